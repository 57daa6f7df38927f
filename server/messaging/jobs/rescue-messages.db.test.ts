import { sql } from 'drizzle-orm'
import { describe, expect, test, vi } from 'vitest'
import { adminOf, bookingQuestion, ctxFor, NOW } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace } from '@/db/testing/make'
import { tellAs } from '@/db/testing/tell'
import { bookSlot } from '@/server/booking/commands/book-slot'
import { listUntold } from '../queries/untold'
import { JOB_TRIES } from '../rules/sending'
import { rescueMessages } from './rescue-messages'
import { sendMessage } from './send-message'

const NINE = new Date('2027-03-02T08:00:00Z')
const MINUTE_MS = 60_000

const { db } = await ownDatabase()

const after = (minutes: number) => ctxFor(db, { now: new Date(NOW.getTime() + minutes * MINUTE_MS) })

/** An RDV whose messages wait to leave, and what becomes of them and of their jobs. */
async function booked({ email = true, phone = true } = {}) {
  await db.execute(sql`delete from messages`)
  await db.execute(sql`delete from graphile_worker._private_jobs`)
  const place = await makeBookablePlace(db)
  const question = bookingQuestion(place, NINE)
  const person = { ...question.coordinates.person, email: email ? 'lea@example.org' : null }
  if (!phone) Object.assign(person, { phone: '03 21 00 00 00' })
  const outcome = await bookSlot(ctxFor(db), { ...question, coordinates: { person, relative: null } })
  if (!outcome.ok) throw new Error(outcome.reason)
  const { rdvId } = outcome.value
  await tellAs(ctxFor(db), { rdvId, byAgent: false, isSettled: false })
  const actor = adminOf(place, place.agents[0]?.id ?? 0)
  return { rdvId, desk: { ...ctxFor(db, { actor }), actor } }
}

type Fate = { id: number; channel: string; state: string; failure: string | null }
const fates = async () => [
  ...(await db.execute<Fate>(sql`select id::float8 as id, channel, state, failure from messages order by channel, id`)),
]
const live = async () => [
  ...(await db.execute<{ messageId: number; tries: number }>(sql`
    select (payload ->> 'messageId')::float8 as "messageId", max_attempts as tries
    from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    where t.identifier = 'send-message' and j.attempts < j.max_attempts order by 1`)),
]
const killJobs = () => db.execute(sql`update graphile_worker._private_jobs set attempts = max_attempts`)

describe('a message whose job died', () => {
  test('is queued anew, once, with as many tries, and leaves', async () => {
    const { rdvId } = await booked()
    expect((await live()).map(({ tries }) => tries)).toEqual([JOB_TRIES, JOB_TRIES])
    await killJobs()
    expect(await rescueMessages(after(5))).toEqual({ queued: 0, givenUp: 0 })
    expect(await rescueMessages(after(15))).toEqual({ queued: 2, givenUp: 0 })
    expect(await rescueMessages(after(25))).toEqual({ queued: 0, givenUp: 0 })
    const ids = (await fates()).map(({ id }) => id).sort((a, b) => a - b)
    expect(await live()).toEqual(ids.map((messageId) => ({ messageId, tries: JOB_TRIES })))
    // Half an hour late, before eight, an SMS would wait for the hours of the territory.
    for (const messageId of ids) await sendMessage(after(180), { messageId })
    expect((await fates()).map(({ state }) => state)).toEqual(['sent', 'sent'])
    expect(await db.execute(sql`select from messages where rdv_id = ${rdvId}`)).toHaveLength(2)
  })

  test('is queued anew, and put off to the morning, in its place: a reminder after the news', async () => {
    const { rdvId } = await booked()
    await db.execute(sql`
      with planned as (
        insert into reminders (territory_id, rdv_id, starts_at, lead_min, due_at)
        select territory_id, id, starts_at, 2880, starts_at - interval '2 days' from rdvs where id = ${rdvId} returning id, starts_at)
      update messages set news = 'reminder', reminder_id = planned.id, previous_starts_at = planned.starts_at
      from planned where channel = 'sms'`)
    const places = () =>
      db.execute<{ channel: string; place: number }>(sql`
        select m.channel, j.priority as place from graphile_worker._private_jobs j
        join messages m on m.id = (j.payload ->> 'messageId')::bigint
        where j.attempts < j.max_attempts order by 1`)
    await killJobs()
    await rescueMessages(after(15))
    const inOrder = [
      { channel: 'mail', place: 5 },
      { channel: 'sms', place: 10 },
    ]
    expect([...(await places())]).toEqual(inOrder)
    await killJobs()
    await db.execute(sql`update messages set leaves_at = ${NOW.toISOString()}`)
    for (const { id } of await fates()) await sendMessage(after(40), { messageId: id })
    expect([...(await places())]).toEqual(inOrder)
  })

  test('two workers that look at once queue it once', async () => {
    await booked()
    await killJobs()
    const both = await Promise.all([rescueMessages(after(15)), rescueMessages(after(15))])
    expect(both[0].queued + both[1].queued).toBe(2)
    expect(await live()).toHaveLength(2)
  })

  test('and died again is given up: whoever may write the RDV is to tell its person otherwise', async () => {
    const { rdvId, desk } = await booked()
    await killJobs()
    await rescueMessages(after(15))
    await killJobs()
    expect((await listUntold(desk)).untold).toEqual([])
    expect(await rescueMessages(after(30))).toEqual({ queued: 0, givenUp: 2 })
    expect((await fates()).map(({ state, failure }) => [state, failure])).toEqual([
      ['failed', 'gave-up'],
      ['failed', 'gave-up'],
    ])
    expect((await listUntold(desk)).untold).toMatchObject([{ rdvId }])
    expect(await rescueMessages(after(45))).toEqual({ queued: 0, givenUp: 0 })
  })

  test('given up, goes by the other channel when nothing went by it', async () => {
    await booked()
    await db.execute(sql`delete from messages where channel = 'sms'`)
    for (const minutes of [15, 30]) {
      await killJobs()
      await rescueMessages(after(minutes))
    }
    expect((await fates()).map(({ channel, state }) => [channel, state])).toEqual([
      ['mail', 'failed'],
      ['sms', 'waiting'],
    ])
    expect(await live()).toHaveLength(1)
  })

  test('given up, has the other channel in the same transaction: a worker killed between loses neither', async () => {
    await booked()
    await db.execute(sql`delete from messages where channel = 'sms'`)
    await killJobs()
    await rescueMessages(after(15))
    await killJobs()
    const rescue = await db.transaction(async (tx) => {
      await tx.execute(sql`lock table graphile_worker._private_jobs in exclusive mode`)
      const underWay = rescueMessages(after(30))
      const held = sql`select from pg_locks where not granted and relation = 'graphile_worker._private_jobs'::regclass
        and database = (select oid from pg_database where datname = current_database())`
      await vi.waitFor(async () => expect(await db.execute(held)).not.toHaveLength(0), 10_000)
      expect((await fates()).map(({ state }) => state)).toEqual(['waiting'])
      return { underWay }
    })
    expect(await rescue.underWay).toEqual({ queued: 0, givenUp: 1 })
    expect((await fates()).map(({ channel, state }) => [channel, state])).toEqual([
      ['mail', 'failed'],
      ['sms', 'waiting'],
    ])
  })

  test('while it was given to its gateway may have left: it is in doubt, and never given twice', async () => {
    const { rdvId, desk } = await booked()
    await db.execute(sql`update messages set state = 'sending'`)
    for (const minutes of [15, 30]) {
      await killJobs()
      await rescueMessages(after(minutes))
    }
    expect((await fates()).map(({ state, failure }) => [state, failure])).toEqual([
      ['uncertain', null],
      ['uncertain', null],
    ])
    expect((await listUntold(desk)).untold).toMatchObject([{ rdvId }])
  })

  test('of an RDV that has begun meanwhile, never leaves', async () => {
    await booked()
    await killJobs()
    const begun = ctxFor(db, { now: new Date(NINE.getTime() + MINUTE_MS) })
    expect(await rescueMessages(begun)).toEqual({ queued: 2, givenUp: 0 })
    for (const { id } of await fates()) await sendMessage(begun, { messageId: id })
    expect((await fates()).map(({ state, failure }) => [state, failure])).toEqual([
      ['dropped', 'too-late'],
      ['dropped', 'too-late'],
    ])
  })
})

test.each([
  ['has tries left', sql`update graphile_worker._private_jobs set attempts = max_attempts - 1`],
  ['is on its last try', sql`update graphile_worker._private_jobs set attempts = max_attempts, locked_at = now()`],
])('a message whose job %s is left to it', async (_, change) => {
  await booked()
  await db.execute(change)
  expect(await rescueMessages(after(600))).toEqual({ queued: 0, givenUp: 0 })
})

test('a message that waits for the hours of its territory is left alone until then', async () => {
  await booked()
  await db.execute(sql`delete from graphile_worker._private_jobs`)
  await db.execute(sql`update messages set leaves_at = ${new Date(NOW.getTime() + 60 * MINUTE_MS).toISOString()}`)
  expect(await rescueMessages(after(65))).toEqual({ queued: 0, givenUp: 0 })
  expect(await rescueMessages(after(75))).toEqual({ queued: 2, givenUp: 0 })
})

test('what was settled is never looked at: an index holds the others alone', async () => {
  await booked()
  const rows = await db.transaction(async (tx) => {
    await tx.execute(sql`set local enable_seqscan = off`)
    return tx.execute<{ 'QUERY PLAN': string }>(sql`
      explain select id from messages where state in ('waiting', 'sending') and state_at < now()`)
  })
  expect(rows.map((row) => row['QUERY PLAN']).join(' ')).toContain('messages_unsettled')
})
