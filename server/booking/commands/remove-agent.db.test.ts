import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from 'drizzle-orm'
import type { Db } from '@/db/client'
import { bookingQuestion, ctxFor, signedInAs, tally } from '@/db/testing/booking'
import { cloneDatabase } from '@/db/testing/database'
import { makeAgent, makeBookablePlace } from '@/db/testing/make'
import { AppError } from '@/server/kernel/errors'
import { listFutureRdvsOf } from '../queries/leaving'
import { bookSlot } from './book-slot'
import { removeAgent } from './remove-agent'

let database: Awaited<ReturnType<typeof cloneDatabase>>
let db: Db
beforeAll(async () => {
  database = await cloneDatabase()
  db = database.db
})
afterAll(() => database.close())

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
