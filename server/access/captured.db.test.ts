import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { loginLinks } from '@/db/schema'
import { LINK_PURPOSES } from '@/db/schema/access'
import { aPerson, aSuperAdmin, ctxFor, NOW, signedInAs } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeAgent, makeBookablePlace, makeUsager } from '@/db/testing/make'
import type { Actor } from '@/server/kernel/actor'
import { sendChallenge } from '@/server/messaging/jobs/send-challenge'
import { captureSms } from '@/server/platform/sms/capture'
import { codeOf, tokenOf } from '@/server/platform/tokens'
import { done } from '@/server/kernel/outcome'
import { inTransaction } from '@/server/platform/ctx'
import { askSignIn } from './commands/ask-challenge'
import { agentLinkRequested } from './events'
import { listCapturedMessages } from './queries/messages'
import { onLinkRequested } from './reactions'

const { db } = await ownDatabase()
let place: Awaited<ReturnType<typeof makeBookablePlace>>
const somebody = (over: Parameters<typeof makeAgent>[2] = {}) =>
  makeAgent(
    db,
    { territoryId: place.territory.id, organisationId: place.organisation.id, serviceId: place.service.id },
    over,
  )
const as = async (agent: { id: number }) => signedInAs(db, agent.id)

beforeAll(async () => {
  // Read once, at its first use.
  vi.stubEnv('APP_ENV', 'recette')
  place = await makeBookablePlace(db)
})
afterAll(() => {
  vi.unstubAllEnvs()
})

const ANY = { channel: 'any', recipient: 'any', words: 'any' } as const
const read = (actor: Actor, filter: Partial<Parameters<typeof listCapturedMessages>[1]> = {}) =>
  listCapturedMessages(ctxFor(db, { actor }), { ...ANY, ...filter })

/** A link of each purpose sent to an agent, and what it is. */
async function linksTo(agent: { id: number; email: string | null }) {
  const tokens: string[] = []
  for (const purpose of LINK_PURPOSES) {
    const [link] = await db
      .insert(loginLinks)
      .values({
        ...{ agentId: agent.id, purpose, tokenHash: `${purpose}-${String(agent.id)}` },
        ...{ email: purpose === 'email-change' ? `nouvelle.${String(agent.id)}@example.org` : null },
        expiresAt: new Date(NOW.getTime() + 3_600_000),
      })
      .returning({ id: loginLinks.id })
    if (!link) throw new Error('no link')
    await onLinkRequested(ctxFor(db), { id: link.id, ...agentLinkRequested(agent.id, link.id, purpose) })
    tokens.push(tokenOf(purpose, link.id))
  }
  return tokens
}

/** What a person asks for to sign in, and the code or the link that carries it. */
async function askedBy(contact: Parameters<typeof askSignIn>[1]) {
  const asked = await askSignIn(ctxFor(db), contact)
  if (!asked.ok) throw new Error('it is never refused')
  await sendChallenge(ctxFor(db), asked.value)
  const { challengeId } = asked.value
  return contact.kind === 'email' ? tokenOf('account-link', challengeId) : codeOf('account-code', challengeId)
}

const everyKey = async () => {
  const victim = await somebody()
  const phoneE164 = '+33612000001'
  await makeUsager(db, place.territory.id, { phoneE164, email: 'lea@example.org' })
  const keys = [
    ...(await linksTo(victim)),
    await askedBy({ kind: 'phone', phoneE164 }),
    await askedBy({ kind: 'email', email: 'lea@example.org' }),
  ]
  return { victim, keys }
}

describe('on a recette', () => {
  test('an agent reads no key of anybody’s account, nor finds one by looking for it; the support reads each', async () => {
    const { keys } = await everyKey()
    const admin = await as(await somebody({ level: 'admin' }))
    const seen = await read(admin)
    expect(seen.length).toBeGreaterThanOrEqual(keys.length)
    const support = await read(await aSuperAdmin(db))
    for (const key of keys) {
      expect(JSON.stringify(seen)).not.toContain(key)
      expect(await read(admin, { words: key.slice(0, 6) })).toEqual([])
      expect(JSON.stringify(support)).toContain(key)
    }
    expect(seen.every(({ isMasked, text, html }) => isMasked && text === null && html === null)).toBe(true)
    // That there is one, to whom and what for stays readable.
    expect(seen.map(({ subject }) => subject)).toContain('[recette] Choisir un nouveau mot de passe')
  })

  test('each reads what was for their own address', async () => {
    const agent = await somebody()
    const [signIn, reset, invitation, change] = await linksTo(agent)
    const mine = JSON.stringify(await read(await as(agent)))
    for (const key of [signIn, reset, invitation]) expect(mine).toContain(key)
    // The address it would become is not theirs yet: it may be anybody's.
    expect(mine).not.toContain(change)
    expect(await read(await as(agent), { words: signIn ?? '' })).toHaveLength(1)
  })

  test('everything else stays readable', async () => {
    await inTransaction(ctxFor(db), async (tx) => {
      await captureSms(tx.db, { to: '+33612000009', text: 'RDV le 3 mars à 9 h', sender: 'RDV' })
      return done(null)
    })
    const [sms] = await read(await as(await somebody()), { recipient: '+33612000009' })
    expect(sms).toMatchObject({ isMasked: false, text: '[recette] RDV le 3 mars à 9 h' })
  })

  test('who is not here, or in an agent’s place, reads nothing', async () => {
    const agent = await as(await somebody())
    const impersonation = { impersonationId: 1, superAdminId: 1, expiresAt: NOW, isWriting: false }
    for (const actor of [{ kind: 'anonymous' } as const, { ...agent, impersonation }, await aPerson(db)]) {
      await expect(read(actor)).rejects.toMatchObject({ code: 'not-found' })
    }
  })

  test('what holds a link or a code of an account says so, and nothing else does', async () => {
    const [row] = await db.execute<{ count: number }>(sql`
      select count(*)::integer as count from captured_messages
      where opens_account <> (text ~ '[?]jeton=' or text ~ 'est votre code RDV Territoires')`)
    expect(row?.count).toBe(0)
  })
})
