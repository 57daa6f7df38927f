import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { adminOf, bookingQuestion, ctxFor, NOW } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace } from '@/db/testing/make'
import { AGENDA_CHANNEL } from '@/server/platform/live'
import { drainOutbox } from '@/server/platform/outbox'
import { tokenOf } from '@/server/platform/tokens'
import { closeOpenings } from '@/server/scheduling/commands/close-openings'
import { bookSlot } from './commands/book-slot'
import { cancelByLink } from './commands/cancel-by-link'
import { joinWaitlistByLink } from './commands/join-waitlist'
import { saveAbsence } from './commands/save-absence'
import { tellAgendasOf } from './jobs'
import { expireOffers, fillWaitlist } from './jobs/waitlist'

const database = await ownDatabase()
const { db } = database
let ear: postgres.Sql
const heard: string[] = []
beforeAll(async () => {
  ear = postgres(database.url, { max: 1 })
  await ear.listen(AGENDA_CHANNEL, (ids) => void heard.push(ids))
})
afterAll(async () => {
  await ear.end()
})

/** What the worker does at each turn. */
const drain = () => db.transaction(async (tx) => tellAgendasOf(tx, await drainOutbox(tx, [], 500)))

test('an RDV booked and an absence saved are told by the agents they concern, once a turn', async () => {
  const place = await makeBookablePlace(db, { agentCount: 2 })
  const [claire, karim] = place.agents.map(({ id }) => id)
  const booked = await bookSlot(ctxFor(db), bookingQuestion(place, new Date('2027-03-02T08:00:00Z')))
  if (!booked.ok) throw new Error(booked.reason)
  const other = booked.value.agentId === claire ? karim : claire
  const day = { firstDay: '2027-04-03', startMin: 0, lastDay: '2027-04-03', endMin: 1440 }
  const actor = adminOf(place, other ?? 0)
  await saveAbsence(
    { ...ctxFor(db, { actor }), actor },
    {
      ...{ agentIds: [other ?? 0], target: null, kind: 'leave', title: '', color: null, ...day },
      ...{ rrule: null, known: null, fates: [] },
    },
  )
  await drain()
  await expect.poll(() => heard.map((ids) => ids.split(',').map(Number).sort())).toEqual([[claire, karim].sort()])
  await drain()
  expect(heard).toHaveLength(1)
})

test('openings closed are told by the agenda of who had them', async () => {
  const place = await makeBookablePlace(db)
  const agentId = place.agents[0]?.id ?? 0
  heard.length = 0
  await closeOpenings(ctxFor(db), { agentId, organisationId: place.organisation.id })
  await drain()
  await expect.poll(() => heard).toEqual([String(agentId)])
})

test('a turn that fails says nothing', async () => {
  const place = await makeBookablePlace(db)
  await bookSlot(ctxFor(db), bookingQuestion(place, new Date('2027-03-02T08:00:00Z')))
  const before = heard.length
  const failing = db.transaction(async (tx) => {
    await tellAgendasOf(tx, await drainOutbox(tx, [], 500))
    throw new Error('cut short')
  })
  await expect(failing).rejects.toThrow('cut short')
  await drain()
  await expect.poll(() => heard.length).toBe(before + 1)
})

test('a slot kept for somebody who waits is told by the agenda that keeps it, and again once it is kept no more', async () => {
  const place = await makeBookablePlace(db, { motif: { minLeadMin: 27 * 60 } })
  const agentId = place.agents[0]?.id ?? 0
  const ten = new Date(NOW.getTime() + 3 * 3_600_000)
  const tokenAt = async (startAt: string) => {
    const booked = await bookSlot(ctxFor(db, { now: ten }), bookingQuestion(place, new Date(startAt)))
    if (!booked.ok) throw new Error(booked.reason)
    return { token: tokenOf('rdv-link', booked.value.linkId) }
  }
  const sooner = await tokenAt('2027-03-03T08:00:00Z')
  expect((await joinWaitlistByLink(ctxFor(db, { now: ten }), await tokenAt('2027-03-10T09:00:00Z'))).ok).toBe(true)
  expect((await cancelByLink(ctxFor(db, { now: ten }), sooner)).ok).toBe(true)
  await drain()
  await expect.poll(() => heard.at(-1)).toBe(String(agentId))
  heard.length = 0

  expect(await fillWaitlist(ctxFor(db, { now: ten }), { territoryId: place.territory.id })).toEqual({ offerCount: 1 })
  await drain()
  await expect.poll(() => heard).toEqual([String(agentId)])
  heard.length = 0

  await expireOffers(ctxFor(db, { now: new Date(ten.getTime() + 24 * 3_600_000) }))
  await drain()
  await expect.poll(() => heard).toEqual([String(agentId)])
})
