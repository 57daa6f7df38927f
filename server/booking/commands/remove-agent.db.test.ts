import { and, eq, inArray, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { bookingQuestion, ctxFor, signedInAs, tally } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeAgent, makeBookablePlace, makeOpening, makeOrganisation } from '@/db/testing/make'
import { agentRoles, agents, openingMotifs, openings } from '@/db/schema'
import { actorOf, findAgentActor } from '@/server/access/queries/logins'
import { hashPassword } from '@/server/access/auth'
import { signInWithPassword } from '@/server/access/commands/sign-in'
import { loadPublicMotifs } from '@/server/directory/queries'
import { ANONYMOUS } from '@/server/kernel/actor'
import { inRead } from '@/server/platform/ctx'
import { AppError } from '@/server/kernel/errors'
import { countRdvsToFill, getRdv, listAgendaOf, listMyRdvs, listRdvsToFill } from '../queries/agent-rdvs'
import { getCalendarFeed, getCalendarFile } from '../queries/calendar-feed'
import { listFutureRdvsOf } from '../queries/leaving'
import { bookSlot } from './book-slot'
import { removeAgent } from './remove-agent'
import { renewCalendarFeed } from './renew-calendar-feed'
import { setStatus } from './set-status'

const { db } = await ownDatabase()

async function placeWithAdmin() {
  const place = await makeBookablePlace(db)
  const ids = { territoryId: place.territory.id, organisationId: place.organisation.id, serviceId: place.service.id }
  const admin = await makeAgent(db, ids, { level: 'admin' })
  const actor = await signedInAs(db, admin.id)
  const member = { organisationId: place.organisation.id, agentId: place.agents[0]?.id ?? 0 }
  return { place, member, adminId: admin.id, ctx: { ...ctxFor(db, { actor }), actor } }
}
const START = new Date('2027-03-02T08:00:00Z')

test('an agent with RDVs to come leaves only knowingly; they keep them, and offer nothing any more', async () => {
  const { place, member, ctx } = await placeWithAdmin()
  const booked = await bookSlot(ctxFor(db), bookingQuestion(place, START))
  expect(booked).toMatchObject({ ok: true })
  expect(await listFutureRdvsOf(ctx, member)).toMatchObject({ count: 1, first: [{ startAt: START, rdvId: null }] })
  expect(await removeAgent(ctx, { ...member, acknowledged: [] })).toEqual({ ok: false, reason: 'future-rdvs' })
  expect(await removeAgent(ctx, { ...member, acknowledged: ['future-rdvs'] })).toMatchObject({ ok: true })
  const [left] = await db.execute(sql`
    select (select count(*)::integer from agent_roles where agent_id = ${member.agentId}) as roles,
           (select count(*)::integer from openings where agent_id = ${member.agentId}) as openings,
           (select count(*)::integer from agent_times where agent_id = ${member.agentId} and occupies) as times`)
  expect(left).toEqual({ roles: 0, openings: 0, times: 1 })
  const next = await bookSlot(ctxFor(db), bookingQuestion(place, new Date('2027-03-03T08:00:00Z')))
  expect(next.ok).toBe(false)
})

test('whoever books while an agent leaves comes before and is counted, or after and finds nobody', async () => {
  for (let turn = 0; turn < 5; turn += 1) {
    const { place, member, ctx } = await placeWithAdmin()
    const [removed, booked] = await Promise.all([
      removeAgent(ctx, { ...member, acknowledged: [] }),
      bookSlot(ctxFor(db), bookingQuestion(place, START)),
    ])
    expect(tally([removed, booked])).toMatchObject({ done: 1 })
  }
})

test('nobody leaves by an agent who does not administer the organisation, nor the last admin by anybody', async () => {
  const { member, adminId, ctx } = await placeWithAdmin()
  const actor = await signedInAs(db, member.agentId)
  await expect(removeAgent(ctxFor(db, { actor }), { ...member, acknowledged: [] })).rejects.toThrow(
    new AppError('not-found'),
  )
  const last = { ...member, agentId: adminId, acknowledged: [] }
  expect(await removeAgent(ctx, last)).toEqual({ ok: false, reason: 'last-admin' })
})

describe('out of an organisation where RDVs stay with them, an agent', () => {
  const PASSWORD = 'Orage-violet 8 lampes'
  const DAYS = { fromDay: '2027-03-02', toDay: '2027-03-02' }

  /** Somebody who leaves with one RDV to come, and the address of their calendar. */
  async function leaver() {
    const { place, member, ctx } = await placeWithAdmin()
    const booked = await bookSlot(ctxFor(db), bookingQuestion(place, START))
    if (!booked.ok) throw new Error(booked.reason)
    const [agent] = await db
      .update(agents)
      .set({ passwordHash: await hashPassword(PASSWORD) })
      .where(eq(agents.id, member.agentId))
      .returning()
    const actor = await signedInAs(db, member.agentId)
    await renewCalendarFeed({ ...ctxFor(db, { actor }), actor }, { includesOpenings: true, includesAbsences: true })
    const feed = await getCalendarFeed({ ...ctxFor(db, { actor }), actor })
    const readFeed = () => getCalendarFile(ctxFor(db), { token: feed?.url.split('/').at(-1) ?? '' })
    const leave = () => removeAgent(ctx, { ...member, acknowledged: ['future-rdvs'] })
    const email = agent?.email ?? ''
    return { place, member, rdvId: booked.value.rdvId, actor, email, readFeed, leave }
  }

  test('who works nowhere else is out at once, comes in no more, and is told why', async () => {
    const { actor, email, readFeed, leave } = await leaver()
    const signIn = (password = PASSWORD) => signInWithPassword(ctxFor(db), { email, password })
    expect(await signIn()).toMatchObject({ ok: true })
    expect(await readFeed()).toMatchObject({ ok: true })
    expect(await leave()).toMatchObject({ ok: true })
    expect((await actorOf(ctxFor(db), actor.sessionId)).actor).toEqual(ANONYMOUS)
    const [open] = await db.execute(sql`
      select count(*)::integer as count from sessions where agent_id = ${actor.agentId} and revoked_at is null`)
    expect(open).toEqual({ count: 0 })
    expect(await signIn()).toEqual({ ok: false, reason: 'no-place' })
    expect(await signIn('Orage-violet 9 lampes')).toEqual({ ok: false, reason: 'wrong-credentials' })
    expect(await readFeed()).toEqual({ ok: false, reason: 'renewed' })
  })

  test('who works elsewhere sees that they are taken then, and changes nothing', async () => {
    const { place, member, rdvId, readFeed, leave } = await leaver()
    const other = await makeOrganisation(db, place.territory.id)
    const { territoryId, id: organisationId } = other
    await db.insert(agentRoles).values({ agentId: member.agentId, territoryId, organisationId })
    expect(await leave()).toMatchObject({ ok: true })
    const actor = await signedInAs(db, member.agentId)
    expect((await findAgentActor(ctxFor(db), member.agentId))?.memberships).toEqual(actor.memberships)
    const ctx = { ...ctxFor(db, { actor }), actor }
    const notFound = new AppError('not-found')
    await expect(getRdv(ctx, { rdvId })).rejects.toThrow(notFound)
    await expect(setStatus(ctx, { rdvId, from: 'unknown', to: 'revoked' })).rejects.toThrow(notFound)
    expect(await listMyRdvs(ctx, DAYS)).toEqual([])
    const agenda = await listAgendaOf(ctx, { agentId: member.agentId, ...DAYS })
    expect(agenda).toMatchObject({ rdvs: [], busy: [{ startAt: START }] })
    const nextWeek = { ...ctx, now: new Date('2027-03-09T08:00:00Z') }
    expect([await countRdvsToFill(nextWeek), await listRdvsToFill(nextWeek)]).toEqual([0, []])
    const file = await readFeed()
    const text = file.ok ? file.value.text : ''
    expect(text).toContain('SUMMARY:RDV')
    expect([text.includes(place.motif.name), text.includes('LOCATION')]).toEqual([false, false])
    // Its uuid is the address of a video room.
    const [rdv] = await db.execute<{ uuid: string }>(sql`select uuid from rdvs where id = ${rdvId}`)
    expect(text).not.toContain(rdv?.uuid)
  })
})

test('who works for two organisations offers nothing more of the one they left, wherever they offered it', async () => {
  const place = await makeBookablePlace(db)
  const { territory, lieu } = place
  const agentId = place.agents[0]?.id ?? 0
  const left = await makeBookablePlace(db, { agentCount: 0, within: place })
  const ids = { territoryId: territory.id, organisationId: left.organisation.id }
  const join = () => db.insert(agentRoles).values({ ...ids, agentId })
  await join()
  const here = { territoryId: territory.id, organisationId: place.organisation.id, agentId, lieuId: lieu.id }
  const both = await makeOpening(
    db,
    { ...here, motifIds: [place.motif.id, left.motif.id] },
    { startMin: 780, endMin: 840 },
  )
  const only = await makeOpening(db, { ...here, motifIds: [left.motif.id] }, { startMin: 840, endMin: 900 })
  const ofLeft = { ...left, lieu, agents: place.agents }
  const book = (hour: string) => bookSlot(ctxFor(db), bookingQuestion(ofLeft, new Date(`2027-03-02T${hour}:00Z`)))
  const offered = () =>
    inRead(ctxFor(db), (read) => loadPublicMotifs(read, { territoryIds: [territory.id], motifIds: [left.motif.id] }))
  expect([await book('12:00'), await offered()]).toMatchObject([{ ok: true }, [{ id: left.motif.id }]])

  await db
    .delete(agentRoles)
    .where(and(eq(agentRoles.agentId, agentId), eq(agentRoles.organisationId, ids.organisationId)))
  expect([await book('12:30'), await offered()]).toMatchObject([{ ok: false }, []])

  await join()
  const admin = await makeAgent(db, { ...ids, serviceId: left.service.id }, { level: 'admin' })
  const ctx = ctxFor(db, { actor: await signedInAs(db, admin.id) })
  expect(
    await removeAgent(ctx, { agentId, organisationId: ids.organisationId, acknowledged: ['future-rdvs'] }),
  ).toMatchObject({
    ok: true,
  })
  await join()
  const kept = await db
    .select()
    .from(openingMotifs)
    .where(inArray(openingMotifs.openingId, [both.id, only.id]))
  expect(kept.map(({ openingId, motifId }) => [openingId, motifId])).toEqual([[both.id, place.motif.id]])
  const gone = await db.select().from(openings).where(eq(openings.id, only.id))
  expect([gone, await book('13:00')]).toMatchObject([[], { ok: false }])
})
