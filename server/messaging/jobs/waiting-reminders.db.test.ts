import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { ctxFor, NOW } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace } from '@/db/testing/make'
import { tellAs } from '@/db/testing/tell'
import { MONDAY, reminding, WEEK_AFTER } from '../reminding.test-model'
import { planReminders } from './plan-reminders'
import { remindDue } from './remind-due'
import { sendMessage } from './send-message'

const { db } = await ownDatabase()
beforeEach(async () => {
  await db.execute(sql`delete from captured_messages`)
  await db.execute(sql`delete from reminders`)
})
const { book, startAt, pending, add, remind, send } = reminding(() => db)

const minutes = (from: Date, count: number) => new Date(from.getTime() + count * 60_000)
const [SATURDAY_EVENING, CLOSE] = [minutes(MONDAY, -36 * 60), minutes(MONDAY, -30)]
const QUARTER_LATER = minutes(MONDAY, 15)

const lasts = (count: number) => (rdvId: number) =>
  db.execute(sql`update rdvs set ends_at = starts_at + ${`${String(count)} minutes`}::interval where id = ${rdvId}`)
const isCalled = (title: string) => (rdvId: number) =>
  db.execute(sql`update rdvs set title = ${title} where id = ${rdvId}`)
const tell = (rdvId: number, now: Date, byAgent = true) =>
  tellAs(ctxFor(db, { now }), { rdvId, byAgent, isSettled: true })
const plan = (rdvId: number, now: Date) => planReminders(ctxFor(db, { now }), { rdvId, changedAt: now })

/** Booked, and told; a session when it has a title. */
async function known(title: string | null = null): Promise<number> {
  const rdvId = await book(await makeBookablePlace(db))
  if (title !== null) await db.execute(sql`update rdvs set is_collective = true, title = ${title} where id = ${rdvId}`)
  await tell(rdvId, NOW, false)
  await send(NOW)
  return rdvId
}

const CHANGES = [
  ['a duration', null, lasts(60), lasts(30)],
  ['a title', 'Atelier budget', isCalled('Atelier énergie'), isCalled('Atelier budget')],
] as const

describe('while what tells of a change waits to leave', () => {
  test.each(CHANGES)('the reminder waits too, and is given when it is undone: %s', async (_of, title, act, undo) => {
    const rdvId = await known(title)
    await act(rdvId)
    await tell(rdvId, SATURDAY_EVENING)
    expect(await remindDue(ctxFor(db, { now: MONDAY }))).toBe(0)
    expect(await pending(rdvId)).toEqual([QUARTER_LATER])
    await undo(rdvId)
    await tell(rdvId, minutes(MONDAY, 3))
    expect((await remind(QUARTER_LATER)).map(({ channel }) => channel)).toEqual(['mail', 'sms'])
    expect(await remind(minutes(QUARTER_LATER, 15))).toEqual([])
    const sent = await db.execute<{ news: string }>(
      sql`select news from messages where rdv_id = ${rdvId} and state = 'sent' and channel = 'mail' order by id`,
    )
    expect(sent.map(({ news }) => news)).toEqual(['created', 'reminder'])
  })

  test.each(CHANGES)('told, it is reminded of no more just after: %s', async (_of, title, act) => {
    const rdvId = await known(title)
    await act(rdvId)
    await tell(rdvId, CLOSE)
    expect(await remindDue(ctxFor(db, { now: MONDAY }))).toBe(0)
    await send(minutes(MONDAY, 10))
    expect(await remind(QUARTER_LATER)).toEqual([])
    expect(await pending(rdvId)).toEqual([])
  })

  test('it waits while a gateway has the message, who may put it off still', async () => {
    const rdvId = await known()
    await lasts(60)(rdvId)
    await tell(rdvId, CLOSE)
    await db.execute(sql`update messages set state = 'sending' where rdv_id = ${rdvId} and news = 'moved'`)
    expect(await remindDue(ctxFor(db, { now: MONDAY }))).toBe(0)
    expect(await pending(rdvId)).toEqual([QUARTER_LATER])
  })

  test('it waits for its start at most', async () => {
    const rdvId = await known()
    await lasts(60)(rdvId)
    await tell(rdvId, CLOSE)
    await db.execute(
      sql`update reminders set due_at = ${minutes(WEEK_AFTER, -10).toISOString()} where rdv_id = ${rdvId}`,
    )
    await db.execute(
      sql`update tellings set told_at = ${minutes(WEEK_AFTER, -15).toISOString()} where rdv_id = ${rdvId}`,
    )
    expect(await remindDue(ctxFor(db, { now: minutes(WEEK_AFTER, -10) }))).toBe(0)
    expect(await pending(rdvId)).toEqual([WEEK_AFTER])
    expect(await remindDue(ctxFor(db, { now: WEEK_AFTER }))).toBe(0)
    expect(await pending(rdvId)).toEqual([])
  })

  test('the others are reminded all the same, and once; a family when all it is to hear has left', async () => {
    const rdvId = await known()
    await add(rdvId, { firstName: 'Zoé', isOfFamily: true })
    await add(rdvId, { firstName: 'Bob', isOfFamily: false })
    await tell(rdvId, SATURDAY_EVENING)
    // Bob heard of it; Zoé’s family does not know yet that she comes too.
    await db.execute(sql`
      update messages set state = 'sent', leaves_at = ${NOW.toISOString()}
      where rdv_id = ${rdvId} and news = 'created' and state = 'waiting' and recipient = '+33611223344'`)
    await db.execute(sql`
      update tellings set told_at = ${NOW.toISOString()} where participation_id in (
        select participation_id from messages where rdv_id = ${rdvId} and recipient = '+33611223344')`)
    expect(await remindDue(ctxFor(db, { now: MONDAY }))).toBe(1)
    expect(await pending(rdvId)).toContainEqual(QUARTER_LATER)
    await db.execute(sql`update participations set notifies_lifecycle = false where rdv_id = ${rdvId}`)
    await send(minutes(MONDAY, 5))
    await remindDue(ctxFor(db, { now: QUARTER_LATER }))
    const given = await db.execute<{ recipient: string; count: number }>(sql`
      select recipient, count(*)::integer as count from messages where rdv_id = ${rdvId} and news = 'reminder' group by 1`)
    expect(given.map(({ count }) => count)).toEqual([1, 1, 1])
  })
})

test.each([true, false])('given already, it waits likewise for what was said since (undone: %s)', async (isUndone) => {
  const rdvId = await known()
  await remindDue(ctxFor(db, { now: MONDAY }))
  await lasts(60)(rdvId)
  await tell(rdvId, minutes(MONDAY, 1))
  const ofNews = (news: string) =>
    db.execute<{ id: number; state: string }>(
      sql`select id::float8 as id, state from messages where rdv_id = ${rdvId} and news = ${news} order by id`,
    )
  for (const { id } of await ofNews('reminder')) {
    await sendMessage(ctxFor(db, { now: minutes(MONDAY, 2) }), { messageId: id })
  }
  expect((await ofNews('reminder')).map(({ state }) => state)).toEqual(['waiting', 'waiting'])
  if (isUndone) {
    await lasts(30)(rdvId)
    await tell(rdvId, minutes(MONDAY, 5))
  }
  await send(minutes(MONDAY, 10))
  await send(minutes(MONDAY, 20))
  const [left, dropped] = isUndone ? ['reminder', 'moved'] : ['moved', 'reminder']
  expect((await ofNews(left)).map(({ state }) => state)).toEqual(['sent', 'sent'])
  expect((await ofNews(dropped)).map(({ state }) => state)).toEqual(['dropped', 'dropped'])
})

test('what was dropped before it left told nobody: they are reminded', async () => {
  const rdvId = await known()
  await lasts(60)(rdvId)
  await tell(rdvId, SATURDAY_EVENING)
  await db.execute(sql`update participations set notifies_lifecycle = false where rdv_id = ${rdvId}`)
  await send(minutes(MONDAY, -1))
  expect(await remind(MONDAY)).toHaveLength(2)
})

test('whoever was told late, by a gateway that put it off, has just been told', async () => {
  const rdvId = await known()
  await db.execute(sql`update territories set reminder_leads_min = '{120}'`)
  const noon = minutes(WEEK_AFTER, 3 * 60)
  await startAt(rdvId, noon)
  await tell(rdvId, NOW)
  await send(NOW)
  await db.execute(sql`delete from reminders`)
  await plan(rdvId, NOW)
  const due = minutes(noon, -120)
  expect(await pending(rdvId)).toEqual([due])
  await lasts(60)(rdvId)
  await tell(rdvId, minutes(due, -50))
  expect(await remindDue(ctxFor(db, { now: due }))).toBe(0)
  await send(minutes(due, 10))
  expect(await remind(minutes(due, 15))).toEqual([])
  expect(await pending(rdvId)).toEqual([])
})
