import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { accounts } from '@/db/schema'
import { ctxFor, NOW } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { findReaction } from '@/server/wiring'
import { askContactChange, askSignIn } from './commands/ask-challenge'
import { setOwnPassword } from './commands/set-own-password'
import type { Contact } from './rules/accounts'

const { db } = await ownDatabase()
let people = 0

async function somebody(given: { email?: null } = {}) {
  const email = given.email === null ? null : `personne${String(people)}@example.org`
  const phoneE164 = `+3361${String(3_000_000 + people++)}`
  const [account] = await db.insert(accounts).values({ email, phoneE164 }).returning({ id: accounts.id })
  const actor = { kind: 'usager', accountId: account?.id ?? 0, sessionId: crypto.randomUUID() } as const
  const change = (contact: Contact) => askContactChange({ ...ctxFor(db, { actor }), actor }, contact)
  return { email, actor, change }
}

/** Runs what is bound to the last fact of this kind, as the worker would. Answers what is in the mailbox, the newest first. */
async function react(kind: string, name: string, mailbox: string | null) {
  const [row] = await db.execute<{ id: number; subject: { kind: string; id: number } }>(sql`
    select id::float8 as id, json_build_object('kind', subject_kind, 'id', subject_id) as subject
    from events where kind = ${kind} order by id desc limit 1`)
  if (!row) throw new Error(`no ${kind}`)
  const event = { ...row, kind, payload: {}, occurredAt: NOW }
  await findReaction(kind, name)?.(ctxFor(db), event)
  const rows = await db.execute<{ subject: string }>(
    sql`select subject from captured_messages where recipient = ${mailbox ?? ''} order by id desc`,
  )
  return rows.map(({ subject }) => subject.replace(/^\[\w+\] /, ''))
}

const onChange = (mailbox: string | null) => react('account.challenge-asked', 'warnAccount', mailbox)

describe('a person who may not be the one who did it is told', () => {
  test('of a password, at the e-mail of their account', async () => {
    const { email, actor } = await somebody()
    await setOwnPassword({ ...ctxFor(db, { actor }), actor }, { password: 'Orage-violet 8 lampes' })
    expect(await react('account.password-set', 'tellPerson', email)).toEqual(['Votre mot de passe vient d’être choisi'])
  })

  test('of another e-mail, at the one they have', async () => {
    const { email, change } = await somebody()
    await change({ kind: 'email', email: `autre.${String(email)}` })
    expect(await onChange(email)).toEqual(['Changement d’adresse e-mail demandé'])
    expect(await onChange(`autre.${String(email)}`)).toEqual([])
  })

  test('of another number, at their e-mail', async () => {
    const { email, change } = await somebody()
    await change({ kind: 'phone', phoneE164: '+33619999999' })
    expect(await onChange(email)).toEqual(['Changement de numéro demandé'])
  })
})

describe('nobody is told', () => {
  test('of an e-mail proven again, nor where there is none', async () => {
    const { email, change } = await somebody()
    await change({ kind: 'email', email: String(email) })
    expect(await onChange(email)).toEqual([])
    const without = await somebody({ email: null })
    const wanted = 'premiere@example.org'
    await without.change({ kind: 'email', email: wanted })
    expect(await onChange(wanted)).toEqual([])
  })

  test('of somebody who signs in', async () => {
    const { email } = await somebody()
    await askSignIn(ctxFor(db), { kind: 'email', email: String(email) })
    expect(await onChange(email)).toEqual([])
  })
})
