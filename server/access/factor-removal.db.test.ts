import { and, eq, isNull, sql } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { events, rateLimits, secondFactors, sessions, superAdmins } from '@/db/schema'
import { aSuperAdmin, ctxFor, NOW, signedInAs } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeAgent, makeWorkplace } from '@/db/testing/make'
import { ANONYMOUS } from '@/server/kernel/actor'
import { seal } from '@/server/platform/seal'
import { appRouter } from '@/server/root'
import { createCallerFactory } from '@/server/trpc'
import { codeAt, hashPassword, newFactorSecret } from './auth'
import { createSuperAdmin } from './commands/create-super-admin'
import { disableSuperAdmin } from './commands/disable-super-admin'
import { resetSuperAdminFactor } from './commands/reset-super-admin-factor'
import { resumeSession } from './commands/resume-session'
import { signInAsSuperAdmin, signInWithCode, signInWithPassword } from './commands/sign-in'
import { onSecondFactorRemoved } from './reactions'
import { placeOf, stepOf, type FactorOwner } from './rules/second-factor'
import { SEAL } from './queries/second-factors'

const PASSWORD = 'Orage-violet 7 lampes'
const REASON = 'Téléphone perdu, rappelée à son bureau'

const house = await ownDatabase()
let place: { territoryId: number; organisationId: number; serviceId: number }
let passwordHash: string
beforeAll(async () => {
  place = await makeWorkplace(house.db)
  passwordHash = await hashPassword(PASSWORD)
})
beforeEach(async () => {
  await house.db.delete(rateLimits)
})

const anonymous = () => ctxFor(house.db, { actor: ANONYMOUS })
const system = () => ctxFor(house.db, { actor: { kind: 'system', job: 'super-admin' } as const })
const office = async () => createCallerFactory(appRouter)(ctxFor(house.db, { actor: await aSuperAdmin(house.db) }))
const signIn = (email: string | null) => signInWithPassword(anonymous(), { email: email ?? '', password: PASSWORD })

/** Sealed for another place: as with another APP_SECRET, it opens no more. */
const unreadable = (secret: string) => seal(SEAL, 'somebody else', secret)

async function protectedAgent(sealed: (secret: string, owner: FactorOwner) => string) {
  const agent = await makeAgent(house.db, place, { passwordHash })
  const secret = newFactorSecret()
  const sealedSecret = sealed(secret, { kind: 'agent', id: agent.id })
  await house.db.insert(secondFactors).values({ agentId: agent.id, sealedSecret, confirmedAt: NOW })
  return { ...agent, secret }
}
const readable = (secret: string, owner: FactorOwner) => seal(SEAL, placeOf(owner), secret)

describe('an agent who lost telephone and codes', () => {
  test('has their second factor taken away: sessions end, the password is enough again', async () => {
    const agent = await protectedAgent(readable)
    await signedInAs(house.db, agent.id)
    expect(await signIn(agent.email)).toMatchObject({ value: { step: 'code' } })
    const support = await office()
    expect(await support.superAdmins.getAgent({ agentId: agent.id })).toMatchObject({ hasSecondFactor: true })
    expect(await support.superAdmins.removeAgentFactor({ agentId: agent.id, reason: REASON })).toMatchObject({
      ok: true,
    })
    const open = await house.db
      .select()
      .from(sessions)
      .where(and(eq(sessions.agentId, agent.id), isNull(sessions.revokedAt)))
    expect(open).toEqual([])
    expect(await signIn(agent.email)).toMatchObject({ value: { step: 'inside' } })
    expect(await support.superAdmins.removeAgentFactor({ agentId: agent.id, reason: REASON })).toEqual({
      ok: false,
      reason: 'factor-off',
    })
  })

  test('is told by mail and in their profile, by whom and why; the ledger has both, and no reason in its payload', async () => {
    const agent = await protectedAgent(readable)
    const actor = await aSuperAdmin(house.db)
    const support = createCallerFactory(appRouter)(ctxFor(house.db, { actor }))
    await support.superAdmins.removeAgentFactor({ agentId: agent.id, reason: REASON })
    const told = await house.db.select().from(events).where(eq(events.kind, 'second-factor.removed'))
    expect(told.filter(({ subjectId }) => subjectId === agent.id)).toMatchObject([
      { subjectKind: 'agent', actorKind: 'super-admin', actorId: actor.superAdminId, payload: {} },
    ])
    const removal = { by: 'Lou Marchand', reason: REASON, at: NOW }
    const own = createCallerFactory(appRouter)(ctxFor(house.db, { actor: await signedInAs(house.db, agent.id) }))
    expect(await own.secondFactor.listRemovals()).toMatchObject([removal])
    expect((await support.superAdmins.getAgent({ agentId: agent.id })).factorRemovals).toMatchObject([removal])

    await onSecondFactorRemoved(system(), { id: 1, subject: { kind: 'agent', id: agent.id } })
    const mails = await house.db.execute<{ text: string }>(
      sql`select text from captured_messages where recipient = ${agent.email}`,
    )
    expect(mails.map(({ text }) => text.includes('retirer la double authentification'))).toEqual([true])
    expect(mails[0]?.text).not.toContain(REASON)
  })

  test('keeps it when no reason is given, when they have none, and when there is nobody', async () => {
    const agent = await protectedAgent(readable)
    const support = await office()
    const without = await makeAgent(house.db, place)
    const refusalOf = (given: { agentId: number; reason: string }) =>
      support.superAdmins.removeAgentFactor(given).catch((error: unknown) => (error as { code: string }).code)
    expect(await refusalOf({ agentId: agent.id, reason: '   court   ' })).toBe('BAD_REQUEST')
    expect(await refusalOf({ agentId: 999_999, reason: REASON })).toBe('NOT_FOUND')
    expect(await refusalOf({ agentId: without.id, reason: REASON })).toMatchObject({ reason: 'factor-off' })
    expect(await signIn(agent.email)).toMatchObject({ value: { step: 'code' } })
  })

  test('is helped the same way once APP_SECRET is another one', async () => {
    const agent = await protectedAgent(unreadable)
    const asked = await signIn(agent.email)
    if (!asked.ok || asked.value.step !== 'code') throw new Error('no code was asked for')
    const code = codeAt(agent.secret, stepOf(NOW))
    expect(await signInWithCode(anonymous(), asked.value.pending, code)).toMatchObject({ reason: 'wrong-code' })
    await (await office()).superAdmins.removeAgentFactor({ agentId: agent.id, reason: REASON })
    expect(await signIn(agent.email)).toMatchObject({ value: { step: 'inside' } })
  })
})

test('a super-admin who lost theirs keeps their password, and sets another up at the next sign-in', async () => {
  const LOU = { email: 'lou@example.org', firstName: 'Lou', lastName: 'Petit', password: PASSWORD }
  await createSuperAdmin(system(), LOU)
  const [{ id } = { id: 0 }] = await house.db.select().from(superAdmins).where(eq(superAdmins.email, LOU.email))
  const enter = () => signInAsSuperAdmin(anonymous(), { email: LOU.email, password: PASSWORD })
  const before = await enter()
  if (!before.ok || before.value.step !== 'inside') throw new Error('not inside')
  await house.db.insert(secondFactors).values({ superAdminId: id, sealedSecret: 'x', confirmedAt: NOW })
  expect(await enter()).toMatchObject({ value: { step: 'code' } })

  expect(await resetSuperAdminFactor(system(), { email: LOU.email })).toMatchObject({ ok: true })
  expect((await resumeSession(anonymous(), before.value.sessionId)).actor.kind).toBe('anonymous')
  const after = await enter()
  if (!after.ok || after.value.step !== 'inside') throw new Error('not inside')
  expect((await resumeSession(anonymous(), after.value.sessionId)).actor).toMatchObject({ hasSecondFactor: false })
  const told = await house.db.select().from(events).where(eq(events.kind, 'super-admin.factor-reset'))
  expect(told).toMatchObject([{ subjectId: id, actorKind: 'system' }])

  expect(await resetSuperAdminFactor(system(), { email: 'nobody@example.org' })).toMatchObject({ reason: 'unknown' })
  await aSuperAdmin(house.db)
  await disableSuperAdmin(system(), { email: LOU.email })
  expect(await resetSuperAdminFactor(system(), { email: LOU.email })).toMatchObject({ reason: 'already-off' })
})
