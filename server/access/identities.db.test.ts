import { eq, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { accounts, secondFactors } from '@/db/schema'
import { aPerson, ctxFor } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeAgent, makeTerritory, makeUsager, makeWorkplace } from '@/db/testing/make'
import { confirmOwnEmail } from '@/server/booking/commands/change-own-contact'
import { done } from '@/server/kernel/outcome'
import { inTransaction } from '@/server/platform/ctx'
import { tokenOf } from '@/server/platform/tokens'
import { getOwnContacts } from '@/server/people/queries/account-files'
import { askContactChange } from './commands/ask-challenge'
import { signInWithProConnect } from './commands/sign-in'
import { signInWithFranceConnect } from './commands/sign-in-person'
import { actorOf } from './queries/logins'
import { personOf } from './queries/accounts'
import type { Contact } from './rules/accounts'
import type { PersonIdentity } from './rules/identity'
import { giveContact, openAccount } from './store/accounts'

const { db } = await ownDatabase()

const AWA: PersonIdentity = {
  ...{ subject: 'awa', firstName: 'Awa', lastName: 'NDIAYE', usualLastName: null },
  ...{ bornOn: '1990-02-28', email: 'awa@example.org' },
}

async function enter(identity: PersonIdentity) {
  const outcome = await signInWithFranceConnect(ctxFor(db), identity)
  if (!outcome.ok || outcome.value.step !== 'inside') throw new Error('it is never refused')
  const { actor } = await personOf(ctxFor(db), outcome.value.sessionId)
  if (actor.kind !== 'usager') throw new Error('the session opened nothing')
  return actor
}
const deleteAccountOf = (id: number) => db.delete(accounts).where(eq(accounts.id, id))
const namesOf = async (actor: Awaited<ReturnType<typeof enter>>) =>
  (await getOwnContacts(ctxFor(db, { actor }))).files.map(({ firstName, lastName }) => `${firstName} ${lastName}`)

describe('a person FranceConnect answers for', () => {
  test('sees their file, of the same names, e-mail and day of birth, and has one account for ever', async () => {
    const { id } = await makeTerritory(db)
    await makeUsager(db, id, { firstName: 'Awa', lastName: 'Ndiaye', email: 'awa@example.org', bornOn: '1990-02-28' })
    const one = await enter(AWA)
    expect(await namesOf(one)).toEqual(['Awa Ndiaye'])
    const again = await Promise.all([enter(AWA), enter(AWA)])
    expect(again.map(({ accountId }) => accountId)).toEqual([one.accountId, one.accountId])
  })

  test('of another name, or born another day, sees nothing by an e-mail they typed there', async () => {
    const [other, younger] = [
      await enter({ ...AWA, subject: 'other', firstName: 'Moussa' }),
      await enter({ ...AWA, subject: 'younger', bornOn: '1991-02-28' }),
    ]
    const { id } = await makeTerritory(db)
    await makeUsager(db, id, { firstName: 'Awa', lastName: 'Ndiaye', email: 'awa@example.org', bornOn: '1990-02-28' })
    expect(await namesOf(other)).toEqual([])
    expect(await namesOf(younger)).toEqual([])
  })

  test('sees a file without a birth date once its e-mail is proven by a link, and not before', async () => {
    const email = 'sans.date@example.org'
    const { id } = await makeTerritory(db)
    await makeUsager(db, id, { firstName: 'Awa', lastName: 'Ndiaye', email, bornOn: null })
    const actor = await enter({ ...AWA, subject: 'unproven', email })
    expect(await namesOf(actor)).toEqual([])
    const asked = await askContactChange(ctxFor(db, { actor }), { kind: 'email', email })
    if (!asked.ok) throw new Error('it is never refused')
    const token = tokenOf('account-link', asked.value.challengeId)
    expect((await confirmOwnEmail(ctxFor(db, { actor }), { token })).ok).toBe(true)
    expect(await namesOf(actor)).toEqual(['Awa Ndiaye'])
  })

  test('keeps their account from who shares their telephone, who has their own beside it', async () => {
    const phoneE164 = '+33655667799'
    const { id } = await makeTerritory(db)
    await makeUsager(db, id, { firstName: 'Awa', lastName: 'Ndiaye', bornOn: '1990-02-28', phoneE164 })
    const [awa, partner] = [await enter({ ...AWA, subject: 'shared' }), await aPerson(db, phoneE164)]
    await db.update(accounts).set({ family: 'ndiaye' }).where(eq(accounts.id, partner.accountId))
    const give = (accountId: number, contact: Contact) =>
      inTransaction(ctxFor(db), async (tx) => done(await giveContact(tx, accountId, contact)))
    const open = () =>
      inTransaction(ctxFor(db), async (tx) => done(await openAccount(tx, { kind: 'phone', phoneE164 }, 'ndiaye')))
    const isLeft = async (accountId: number) =>
      (await db.select().from(accounts).where(eq(accounts.id, accountId))).length

    await give(awa.accountId, { kind: 'phone', phoneE164 })
    expect(await isLeft(partner.accountId)).toBe(1)
    expect(await open()).toEqual(done(partner.accountId))
    await deleteAccountOf(partner.accountId)
    const opened = await open()
    expect(opened.ok && opened.value).not.toBe(awa.accountId)
    await give(opened.ok ? opened.value : 0, { kind: 'phone', phoneE164 })
    expect(await isLeft(awa.accountId)).toBe(1)
  })

  test('born on a day the State does not know whole is the person all the same', async () => {
    const presumed = { ...AWA, subject: 'presumed', bornOn: null, usualLastName: 'Diop' }
    const { identity } = await getOwnContacts(ctxFor(db, { actor: await enter(presumed) }))
    expect(identity).toMatchObject({ usualLastName: 'Diop', bornOn: null })
  })

  test('bears the names the provider says now, and its own account alone', async () => {
    const one = await enter({ ...AWA, subject: 'renamed', lastName: 'Petit' })
    const [first, second] = await Promise.all([
      enter({ ...AWA, subject: 'renamed', lastName: 'Petit-Ndiaye' }),
      enter({ ...AWA, subject: 'stranger', lastName: 'Petit' }),
    ])
    expect(first.accountId).toBe(one.accountId)
    expect(second.accountId).not.toBe(one.accountId)
    const { identity } = await getOwnContacts(ctxFor(db, { actor: first }))
    expect(identity).toMatchObject({ firstName: 'Awa', lastName: 'Petit-Ndiaye' })
  })
})

describe('an agent ProConnect answers for', () => {
  const invited = async (email: string) => makeAgent(db, await makeWorkplace(db), { email })

  test('enters by their address, and by no other way than their account', async () => {
    const agent = await invited('claire@departement.example')
    const outcome = await signInWithProConnect(ctxFor(db), { email: 'claire@departement.example' })
    if (!outcome.ok || outcome.value.step !== 'inside') throw new Error(JSON.stringify(outcome))
    const { actor } = await actorOf(ctxFor(db), outcome.value.sessionId)
    expect(actor).toMatchObject({ kind: 'agent', agentId: agent.id })
    const told = await db.execute<{ by: string }>(
      sql`select payload->>'by' as by from events where kind = 'agent.signed-in' and subject_id = ${agent.id}`,
    )
    expect([...told]).toEqual([{ by: 'pro-connect' }])
  })

  test('whom nobody invited, or who left, stays outside', async () => {
    const refused = (reason: string) => ({ ok: false, reason })
    expect(await signInWithProConnect(ctxFor(db), { email: 'x@departement.example' })).toEqual(refused('no-account'))
    const gone = await invited('gone@departement.example')
    await db.execute(sql`delete from agent_roles where agent_id = ${gone.id}`)
    expect(await signInWithProConnect(ctxFor(db), { email: 'gone@departement.example' })).toEqual(refused('no-place'))
    await db.execute(sql`update agents set activated_at = null where id = ${gone.id}`)
    expect(await signInWithProConnect(ctxFor(db), { email: 'gone@departement.example' })).toEqual(refused('no-account'))
  })

  test('is still asked for the code of their telephone', async () => {
    const agent = await invited('deux@departement.example')
    await db.insert(secondFactors).values({ agentId: agent.id, sealedSecret: 'x', confirmedAt: new Date(0) })
    const outcome = await signInWithProConnect(ctxFor(db), { email: 'deux@departement.example' })
    expect(outcome).toMatchObject({ ok: true, value: { step: 'code' } })
  })
})
