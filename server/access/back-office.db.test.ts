import { eq, sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import {
  agents,
  events,
  loginLinks,
  rateLimits,
  secondFactors,
  sessions,
  superAdmins,
  territoryRoles,
} from '@/db/schema'
import { aSuperAdmin, ctxFor, NOW, signedInAs, tally } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeAgent, makeWorkplace } from '@/db/testing/make'
import { ANONYMOUS } from '@/server/kernel/actor'
import { appRouter } from '@/server/root'
import { createCallerFactory } from '@/server/trpc'
import { createSuperAdmin } from './commands/create-super-admin'
import { disableSuperAdmin } from './commands/disable-super-admin'
import { resumeSession } from './commands/resume-session'
import { signInAsSuperAdmin } from './commands/sign-in'

const house = await ownDatabase()
beforeEach(async () => {
  await house.db.delete(rateLimits)
})

const anonymous = (now = NOW) => ctxFor(house.db, { actor: ANONYMOUS, now })
const office = async () => createCallerFactory(appRouter)(ctxFor(house.db, { actor: await aSuperAdmin(house.db) }))

const LOU = { email: 'lou@example.org', firstName: 'Lou', lastName: 'Marchand', password: 'Orage-violet 7 lampes' }
const create = () => createSuperAdmin(ctxFor(house.db, { actor: { kind: 'system', job: 'super-admin' } }), LOU)

test('a super-admin just made is led to a second factor; made anew, they start from nothing', async () => {
  expect(await create()).toEqual({ ok: true, value: { isNew: true } })
  const signIn = () => signInAsSuperAdmin(anonymous(), { email: LOU.email, password: LOU.password })
  const first = await signIn()
  if (!first.ok || first.value.step !== 'inside') throw new Error('not inside')
  const { sessionId } = first.value
  expect((await resumeSession(anonymous(), sessionId)).actor).toMatchObject({ hasSecondFactor: false })

  const [{ id } = { id: 0 }] = await house.db.select().from(superAdmins).where(eq(superAdmins.email, LOU.email))
  await house.db.insert(secondFactors).values({ superAdminId: id, sealedSecret: 'x', confirmedAt: NOW })
  expect(await signIn()).toMatchObject({ value: { step: 'code' } })
  expect(await create()).toEqual({ ok: true, value: { isNew: false } })
  expect((await resumeSession(anonymous(), sessionId)).actor.kind).toBe('anonymous')
  expect(await signIn()).toMatchObject({ value: { step: 'inside' } })
})

describe('switching a super-admin off', () => {
  const system = () => ctxFor(house.db, { actor: { kind: 'system', job: 'super-admin' } as const })
  const off = (email: string) => disableSuperAdmin(system(), { email })
  const emailOf = async ({ superAdminId }: { superAdminId: number }) => {
    const [row] = await house.db.select().from(superAdmins).where(eq(superAdmins.id, superAdminId))
    return row?.email ?? ''
  }

  test('ends their sessions and where they stand in, and is told', async () => {
    const [one] = [await aSuperAdmin(house.db), await aSuperAdmin(house.db)]
    expect((await resumeSession(anonymous(), one.sessionId)).actor.kind).toBe('super-admin')
    expect(await off(await emailOf(one))).toMatchObject({ ok: true })
    expect((await resumeSession(anonymous(), one.sessionId)).actor.kind).toBe('anonymous')
    const [session] = await house.db.select().from(sessions).where(eq(sessions.id, one.sessionId))
    expect(session?.revokedAt).toEqual(NOW)
    const told = await house.db.select().from(events).where(eq(events.kind, 'super-admin.disabled'))
    expect(told).toMatchObject([{ subjectId: one.superAdminId, actorKind: 'system' }])
    expect(await off(await emailOf(one))).toEqual({ ok: false, reason: 'already-off' })
    expect(await off('nobody@example.org')).toEqual({ ok: false, reason: 'unknown' })
  })

  test('their password opens nothing any more, until they are made anew', async () => {
    await create()
    await aSuperAdmin(house.db)
    const signIn = () => signInAsSuperAdmin(anonymous(), { email: LOU.email, password: LOU.password })
    expect(await signIn()).toMatchObject({ ok: true })
    await off(LOU.email)
    expect(await signIn()).toEqual({ ok: false, reason: 'wrong-credentials' })
    await create()
    expect(await signIn()).toMatchObject({ ok: true })
  })

  test('leaves the last one on, be all of them switched off at once', async () => {
    await house.db.update(superAdmins).set({ disabledAt: NOW })
    const emails = await Promise.all(Array.from({ length: 5 }, async () => emailOf(await aSuperAdmin(house.db))))
    expect(tally(await Promise.all(emails.map(off)))).toEqual({ done: 4, 'last-active': 1 })
  })
})

test('a wrong password, an unknown address and an agent’s own account get the same answer', async () => {
  const place = await makeWorkplace(house.db)
  const agent = await makeAgent(house.db, place, { passwordHash: 'x' })
  for (const email of [LOU.email, 'nobody@example.org', agent.email ?? '']) {
    const answer = await signInAsSuperAdmin(anonymous(), { email, password: 'Mauvais-mot-de-passe-1' })
    expect(answer).toEqual({ ok: false, reason: 'wrong-credentials' })
  }
})

test('a super-admin’s session ends after an hour without a request', async () => {
  const { sessionId } = await aSuperAdmin(house.db)
  const later = (minutes: number) => resumeSession(anonymous(new Date(NOW.getTime() + minutes * 60_000)), sessionId)
  expect((await later(59)).actor.kind).toBe('super-admin')
  expect((await later(125)).actor.kind).toBe('anonymous')
})

test('a territory opens with an organisation and somebody who administers both, invited', async () => {
  const caller = await office()
  const typed = {
    ...{ name: 'Nièvre', departmentNumber: '58', organisation: 'MDS de Nevers' },
    zone: 'Europe/Paris' as const,
    ...{ firstName: 'Inès', lastName: 'Morel', email: 'ines.morel@example.org' },
  }
  const made = await caller.territories.create(typed)
  if (!made.ok) throw new Error(made.reason)
  const { territoryId } = made.value
  expect(await caller.territories.get({ territoryId })).toMatchObject({
    ...{ organisationCount: 1, agentCount: 1, allowsImpersonatedWrites: false },
  })
  const [admin] = await house.db.select().from(territoryRoles).where(eq(territoryRoles.territoryId, territoryId))
  expect(admin?.isAdmin).toBe(true)
  const links = await house.db
    .select()
    .from(loginLinks)
    .where(eq(loginLinks.agentId, admin?.agentId ?? 0))
  expect(links).toMatchObject([{ purpose: 'invitation' }])
  // Invited, they may enter once they have chosen a password.
  await house.db
    .update(agents)
    .set({ activatedAt: NOW })
    .where(eq(agents.id, admin?.agentId ?? 0))
  const rights = await signedInAs(house.db, admin?.agentId ?? 0)
  expect(rights).toMatchObject({ administers: [territoryId], memberships: [{ level: 'admin' }] })

  expect(await caller.territories.create(typed)).toEqual({ ok: false, reason: 'territory-taken' })
})

test('organisations are found by their name or their territory’s, with what they offer and who works there', async () => {
  const caller = await office()
  const ask = (search: string) => caller.territories.searchOrganisations({ search, territoryId: null, page: 1 })
  const { organisations } = await ask('nièvre MDS')
  expect(organisations).toMatchObject([{ name: 'MDS de Nevers', territory: 'Nièvre', agentCount: 1, motifCount: 0 }])
  expect((await ask('MDS de Never_')).organisations).toEqual([])
  const [{ organisationId, territoryId } = { organisationId: 0, territoryId: 0 }] = organisations
  expect(await caller.territories.getOrganisation({ organisationId })).toMatchObject({ services: [], lieuCount: 0 })
  const elsewhere = await caller.territories.searchOrganisations({ search: 'MDS', territoryId: 999_999, page: 1 })
  expect(elsewhere.organisations).toEqual([])
  const its = { search: '', territoryId: null, page: 1 }
  const there = await caller.superAdmins.searchAgents({ ...its, organisationId })
  expect(there.agents).toMatchObject([{ name: 'Inès Morel' }])
  const beyond = await caller.superAdmins.searchAgents({ ...its, territoryId, organisationId: 999_999 })
  expect(beyond.agents).toEqual([])
  await expect(caller.territories.getOrganisation({ organisationId: 999_999 })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
})

test('agents are found by their name or address, across territories, and their facts by number', async () => {
  const caller = await office()
  const found = await caller.superAdmins.searchAgents({
    search: 'MOREL ines',
    territoryId: null,
    organisationId: null,
    page: 1,
  })
  expect(found.agents).toMatchObject([{ name: 'Inès Morel', places: ['MDS de Nevers (Nièvre)'] }])
  expect(
    (await caller.superAdmins.searchAgents({ search: '100%', territoryId: null, organisationId: null, page: 1 }))
      .agents,
  ).toEqual([])
  const agentId = found.agents[0]?.agentId ?? 0
  const { events: told } = await caller.superAdmins.listEvents({
    territoryId: null,
    agentId,
    kind: 'member',
    before: null,
  })
  expect(told.map(({ kind }) => kind)).toEqual(['member.invited', 'member.administers-set', 'member.joined'])
  expect(JSON.stringify(told)).not.toContain('Morel')
  const before = told[0]?.eventId ?? 0
  const older = await caller.superAdmins.listEvents({ territoryId: null, agentId, kind: 'member', before })
  expect(older.events).toHaveLength(2)
})

test('a job given up goes back into the queue with all its tries, and the ledger says who asked', async () => {
  const [job] = await house.db.execute<{ id: number }>(
    sql`select id::float8 as id from graphile_worker.add_job('react', '{"eventId":1,"reaction":"x"}'::json)`,
  )
  const jobId = job?.id ?? 0
  await house.db.execute(
    sql`update graphile_worker._private_jobs set attempts = max_attempts, last_error = 'Error E1' where id = ${jobId}`,
  )
  const caller = await office()
  const before = await caller.superAdmins.listJobs()
  expect(before.counts.failed).toBe(1)
  expect(before.jobs[0]).toMatchObject({ jobId, task: 'react', state: 'failed', error: 'Error E1' })
  expect(await caller.superAdmins.retryJob({ jobId })).toEqual({ ok: true, value: null })
  expect((await caller.superAdmins.listJobs()).jobs.find((one) => one.jobId === jobId)?.state).toBe('waiting')
  const told = await house.db.select().from(events).where(eq(events.kind, 'job.retried'))
  expect(told).toMatchObject([{ subjectId: jobId, actorKind: 'super-admin' }])
})
