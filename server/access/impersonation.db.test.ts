import { randomUUID } from 'node:crypto'
import { TRPCError } from '@trpc/server'
import { and, eq } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { agents, events, impersonations, sessions, superAdmins, territories } from '@/db/schema'
import { aSuperAdmin, bookingQuestion, ctxFor, NOW, tally } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeAgent, makeBookablePlace, makeOrganisation, makeService, makeTerritory } from '@/db/testing/make'
import { bookSlot } from '@/server/booking/commands/book-slot'
import { ANONYMOUS, type AgentActor, type SuperAdminActor } from '@/server/kernel/actor'
import { AppError } from '@/server/kernel/errors'
import { done } from '@/server/kernel/outcome'
import { inTransaction } from '@/server/platform/ctx'
import { violatedConstraint } from '@/server/platform/sql'
import { appRouter } from '@/server/root'
import { createCallerFactory } from '@/server/trpc'
import { resumeSession } from './commands/resume-session'
import { signOut, signOutEverywhere } from './commands/sign-out'
import { startImpersonation } from './commands/start-impersonation'
import { agentRenamed } from './events'
import { loadImpersonations } from './queries/impersonations'

const REASON = 'Vérifier une plage qui ne s’affiche pas'
const minutesLater = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000)

const house = await ownDatabase({ poolSize: 12 })
let place: { territoryId: number; organisationId: number; serviceId: number }

beforeAll(async () => {
  const territory = await makeTerritory(house.db)
  const organisation = await makeOrganisation(house.db, territory.id)
  const service = await makeService(house.db, territory.id)
  place = { territoryId: territory.id, organisationId: organisation.id, serviceId: service.id }
})

const allowWrites = (isAllowed: boolean) =>
  house.db.update(territories).set({ allowsImpersonatedWrites: isAllowed }).where(eq(territories.id, place.territoryId))

/** The next request of a session. */
const next = (sessionId: string, now = NOW) => resumeSession(ctxFor(house.db, { actor: ANONYMOUS, now }), sessionId)

const start = (support: SuperAdminActor, agentId: number, now = NOW) =>
  startImpersonation(ctxFor(house.db, { actor: support, now }), { agentId, reason: REASON })

/** A super-admin in an agent's place, as the next request finds them. */
async function standingIn(now = NOW) {
  const [support, agent] = [await aSuperAdmin(house.db), await makeAgent(house.db, place)]
  expect(await start(support, agent.id, now)).toMatchObject({ ok: true })
  const { actor } = await next(support.sessionId, now)
  if (actor.kind !== 'agent') throw new Error(actor.kind)
  return { support, agent, actor, caller: callerAs(actor, now) }
}

const callerAs = (actor: AgentActor | SuperAdminActor, now = NOW) =>
  createCallerFactory(appRouter)(ctxFor(house.db, { actor, now }))

/** What a call is refused with, in the house's own word. */
const refusalOf = (call: Promise<unknown>) =>
  call.then(
    () => null,
    (error: unknown) => (error instanceof TRPCError && error.cause instanceof AppError ? error.cause.code : error),
  )

const kindsAbout = async (agentId: number) => {
  const rows = await house.db
    .select({ kind: events.kind, actor: events.actorKind, impersonatorId: events.impersonatorId })
    .from(events)
    .where(and(eq(events.subjectKind, 'agent'), eq(events.subjectId, agentId)))
    .orderBy(events.id)
  return rows
}

describe('in an agent’s place, to look', () => {
  test('one has the agent’s rights, and both names', async () => {
    const { support, agent, actor, caller } = await standingIn()
    expect(actor).toMatchObject({
      agentId: agent.id,
      sessionId: support.sessionId,
      impersonation: { superAdminId: support.superAdminId, isWriting: false, expiresAt: minutesLater(30) },
    })
    expect(actor.memberships).toHaveLength(1)
    expect((await caller.access.me()).impersonation).toMatchObject({ by: 'Lou Marchand', isWriting: false })
    expect(await kindsAbout(agent.id)).toEqual([
      { kind: 'impersonation.started', actor: 'super-admin', impersonatorId: null },
    ])
  })

  test('what comes by another door writes nothing either: the ledger refuses, and the rows go back', async () => {
    const { actor, agent } = await standingIn()
    const write = inTransaction(ctxFor(house.db, { actor }), async (tx) => {
      await tx.db.update(agents).set({ lastName: 'Changé' }).where(eq(agents.id, agent.id))
      await tx.emit(agentRenamed(agent.id, { from: 'a', to: 'b' }))
      return done(null)
    })
    await expect(write).rejects.toMatchObject({ code: 'read-only' })
    const [row] = await house.db.select().from(agents).where(eq(agents.id, agent.id))
    expect(row?.lastName).toBe(agent.lastName)
  })

  test('it ends with its half-hour, and the session goes on as a super-admin’s', async () => {
    const { support } = await standingIn()
    expect((await next(support.sessionId, minutesLater(29))).actor.kind).toBe('agent')
    expect((await next(support.sessionId, minutesLater(30))).actor.kind).toBe('super-admin')
  })

  test('the session closed, nothing is left at the next request', async () => {
    const { support } = await standingIn()
    await house.db.update(sessions).set({ revokedAt: NOW }).where(eq(sessions.id, support.sessionId))
    expect((await next(support.sessionId)).actor.kind).toBe('anonymous')
  })

  test('the super-admin switched off, nothing is left at the next request', async () => {
    const { support } = await standingIn()
    await house.db.update(superAdmins).set({ disabledAt: NOW }).where(eq(superAdmins.id, support.superAdminId))
    expect((await next(support.sessionId)).actor.kind).toBe('anonymous')
  })

  test('leaving is one act, told once, and signing out closes both', async () => {
    const { support, agent, caller } = await standingIn()
    await caller.impersonation.end()
    await caller.impersonation.end()
    expect((await next(support.sessionId)).actor.kind).toBe('super-admin')
    expect((await kindsAbout(agent.id)).map(({ kind }) => kind)).toEqual([
      'impersonation.started',
      'impersonation.ended',
    ])

    await start(support, agent.id, minutesLater(1))
    await signOut(await next(support.sessionId, minutesLater(1)))
    expect((await next(support.sessionId, minutesLater(1))).actor.kind).toBe('anonymous')
    const [last] = await house.db
      .select()
      .from(impersonations)
      .where(eq(impersonations.startedAt, minutesLater(1)))
    expect(last?.endedAt).not.toBeNull()
  })
})

describe('whose place one may stand in', () => {
  test('nobody’s without a reason, and nobody’s who has no account open', async () => {
    const support = await aSuperAdmin(house.db)
    const agent = await makeAgent(house.db, place)
    const invited = await makeAgent(house.db, place, { activatedAt: null })
    const caller = callerAs(support)
    expect(await caller.impersonation.start({ agentId: agent.id, reason: '  trop    ' }).catch(() => 'no')).toBe('no')
    expect(await start(support, invited.id)).toMatchObject({ reason: 'not-active' })
    expect(await refusalOf(caller.impersonation.start({ agentId: 999_999, reason: REASON }))).toBe('not-found')
  })

  test('never another super-admin’s, which the database refuses too', async () => {
    const support = await aSuperAdmin(house.db)
    const twin = await makeAgent(house.db, place)
    const other = await aSuperAdmin(house.db, twin.email ?? '')
    expect(await start(support, twin.id)).toMatchObject({ reason: 'super-admin' })
    const { sessionId, superAdminId } = other
    const row = {
      superAdminId,
      sessionId,
      agentId: twin.id,
      reason: REASON,
      startedAt: NOW,
      expiresAt: minutesLater(5),
    }
    const refused = await house.db
      .insert(impersonations)
      .values(row)
      .then(() => null, violatedConstraint)
    expect(refused).toBe('impersonations_no_super_admin')
  })

  test('never from within another: whoever stands there is an agent, and there is no back-office for agents', async () => {
    const { caller, agent } = await standingIn()
    expect(await refusalOf(caller.superAdmins.getOverview())).toBe('not-found')
    expect(await refusalOf(caller.impersonation.start({ agentId: agent.id, reason: REASON }))).toBe('read-only')
  })

  test('one at a time for a session, of several asked at once', async () => {
    const support = await aSuperAdmin(house.db)
    const people = await Promise.all(Array.from({ length: 6 }, () => makeAgent(house.db, place)))
    const outcomes = await Promise.all(people.map(({ id }) => start(support, id)))
    expect(tally(outcomes)).toEqual({ done: 1, 'already-elsewhere': 5 })
    expect(await start(support, people[0]?.id ?? 0, minutesLater(31))).toMatchObject({ ok: true })
  })

  test('an agent has nothing to leave, nor to turn to', async () => {
    const agent = await makeAgent(house.db, place)
    const [session] = await house.db
      .insert(sessions)
      .values({ agentId: agent.id, seenAt: NOW, expiresAt: minutesLater(60) })
      .returning({ id: sessions.id })
    const { actor } = await next(session?.id ?? '')
    if (actor.kind !== 'agent') throw new Error(actor.kind)
    expect(await refusalOf(callerAs(actor).impersonation.end())).toBe('not-found')
    expect(await refusalOf(callerAs(actor).impersonation.turnToWriting())).toBe('not-found')
  })
})

describe('writing', () => {
  test('needs every territory of the agent to allow it, at each request', async () => {
    const { support, agent, caller } = await standingIn()
    expect(await caller.impersonation.turnToWriting()).toMatchObject({ reason: 'not-allowed-here' })
    await allowWrites(true)
    expect(await caller.impersonation.turnToWriting()).toMatchObject({ ok: true })
    const { actor } = await next(support.sessionId)
    if (actor.kind !== 'agent') throw new Error(actor.kind)
    expect(actor.impersonation?.isWriting).toBe(true)
    await callerAs(actor).administration.renameMe({ firstName: 'Awa', lastName: 'Diop' })
    expect((await kindsAbout(agent.id)).at(-1)).toEqual({
      kind: 'agent.renamed',
      actor: 'agent',
      impersonatorId: support.superAdminId,
    })

    await allowWrites(false)
    const after = await next(support.sessionId)
    if (after.actor.kind !== 'agent') throw new Error(after.actor.kind)
    expect(await refusalOf(callerAs(after.actor).administration.renameMe({ firstName: 'A', lastName: 'B' }))).toBe(
      'read-only',
    )
  })

  test('a territory that refuses is enough, among several', async () => {
    await allowWrites(true)
    const { agent, caller } = await standingIn()
    const other = await makeTerritory(house.db)
    const organisation = await makeOrganisation(house.db, other.id)
    await house.db.execute(
      `insert into agent_roles (agent_id, territory_id, organisation_id) values (${String(agent.id)}, ${String(other.id)}, ${String(organisation.id)})`,
    )
    expect(await caller.impersonation.turnToWriting()).toMatchObject({ reason: 'not-allowed-here' })
  })

  test('a territory where the agent only has RDVs left may refuse too', async () => {
    await allowWrites(true)
    const { agent, caller } = await standingIn()
    const left = await makeBookablePlace(house.db)
    const booked = await bookSlot(ctxFor(house.db), bookingQuestion(left, new Date('2027-03-02T08:00:00Z')))
    if (!booked.ok) throw new Error(booked.reason)
    await house.db.execute(
      `update agent_times set agent_id = ${String(agent.id)} where rdv_id = ${String(booked.value.rdvId)}`,
    )
    expect(await caller.impersonation.turnToWriting()).toMatchObject({ reason: 'not-allowed-here' })
  })

  test('leaves passwords, second factors, addresses and secret links to the agent in person', async () => {
    await allowWrites(true)
    const { support, caller } = await standingIn()
    await caller.impersonation.turnToWriting()
    const ctx = await next(support.sessionId)
    if (ctx.actor.kind !== 'agent') throw new Error(ctx.actor.kind)
    const writer = callerAs(ctx.actor)
    const own = [
      writer.administration.changePassword({ current: 'x', password: 'Neige-verte 9 lunes' }),
      writer.administration.requestEmailChange({ email: `${randomUUID()}@example.org` }),
      writer.territories.setOwnImpersonatedWrites({ territoryId: place.territoryId, isAllowed: true }),
      writer.secondFactor.get(),
      writer.secondFactor.prepare(),
      writer.secondFactor.confirm({ code: '000000', password: 'x' }),
      writer.secondFactor.remove({ code: '000000', password: 'x' }),
      writer.booking.getCalendarFeed(),
      writer.booking.renewCalendarFeed({ includesOpenings: true, includesAbsences: true }),
    ]
    for (const call of own) expect(await refusalOf(call)).toBe('in-person')
    await expect(signOutEverywhere(ctx)).rejects.toMatchObject({ code: 'in-person' })
  })
})

test('the agent reads who stood in their place, when and why', async () => {
  const { agent, support, caller } = await standingIn()
  await caller.impersonation.end()
  const [session] = await house.db
    .insert(sessions)
    .values({ agentId: agent.id, seenAt: NOW, expiresAt: minutesLater(60) })
    .returning({ id: sessions.id })
  const { actor } = await next(session?.id ?? '')
  if (actor.kind !== 'agent') throw new Error(actor.kind)
  expect(await callerAs(actor).impersonation.listMine()).toMatchObject([
    { by: 'Lou Marchand', reason: REASON, startedAt: NOW, isOver: true, writesSince: null },
  ])
  // Purged with its time, the session leaves the history whole.
  await house.db.delete(sessions).where(eq(sessions.id, support.sessionId))
  expect(await callerAs(actor).impersonation.listMine()).toHaveLength(1)
})

describe('to the agent it is over', () => {
  const readBy = async (agentId: number, at: Date) => {
    const [line] = await loadImpersonations(ctxFor(house.db, { now: at }), agentId)
    return { isOver: line?.isOver, endsAt: line?.endsAt }
  }
  const standingCount = async (at: Date) =>
    (await callerAs(await aSuperAdmin(house.db), at).superAdmins.getOverview()).standingIn

  test.each<[string, (support: SuperAdminActor) => Promise<unknown>]>([
    [
      'once its session is revoked',
      ({ sessionId }) =>
        house.db
          .update(sessions)
          .set({ revokedAt: minutesLater(5) })
          .where(eq(sessions.id, sessionId)),
    ],
    [
      'once its session has run out',
      ({ sessionId }) =>
        house.db
          .update(sessions)
          .set({ expiresAt: minutesLater(5) })
          .where(eq(sessions.id, sessionId)),
    ],
    [
      'once its super-admin is switched off',
      ({ superAdminId }) =>
        house.db
          .update(superAdmins)
          .set({ disabledAt: minutesLater(5) })
          .where(eq(superAdmins.id, superAdminId)),
    ],
  ])('%s, at that moment', async (_case, close) => {
    const { support, agent } = await standingIn()
    const before = await standingCount(minutesLater(6))
    expect(await readBy(agent.id, minutesLater(6))).toEqual({ isOver: false, endsAt: minutesLater(30) })
    await close(support)
    expect(await readBy(agent.id, minutesLater(4))).toEqual({ isOver: false, endsAt: minutesLater(5) })
    expect(await readBy(agent.id, minutesLater(6))).toEqual({ isOver: true, endsAt: minutesLater(5) })
    expect(await standingCount(minutesLater(6))).toBe(before - 1)
  })
})

test('a super-admin without a second factor may set one up, and nothing else', async () => {
  const support = { ...(await aSuperAdmin(house.db)), hasSecondFactor: false }
  expect(await refusalOf(callerAs(support).superAdmins.getOverview())).toBe('forbidden')
  expect(await refusalOf(callerAs(support).territories.list())).toBe('forbidden')
  expect((await callerAs(support).superAdmins.me()).hasSecondFactor).toBe(false)
})
