import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { ctxFor, NOW } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace } from '@/db/testing/make'
import { tellAs } from '@/db/testing/tell'
import { at, HOUR_MS, MONDAY, reminding, WEEK_AFTER } from '../reminding.test-model'
import { planReminders } from './plan-reminders'
import { remindDue } from './remind-due'

const { db } = await ownDatabase()
beforeEach(async () => {
  await db.execute(sql`delete from captured_messages`)
  await db.execute(sql`delete from reminders`)
})
const { book, startAt, set, pending, remind, send } = reminding(() => db)

describe('what is undone before anybody heard of it leaves its reminder as it was', () => {
  const [EVE, CLOSE] = [new Date(MONDAY.getTime() - 24 * HOUR_MS), new Date(MONDAY.getTime() - HOUR_MS / 4)]
  const FRIDAY = at('2027-03-12T08:00:00Z')
  const moved = (start: Date) => (rdvId: number) => startAt(rdvId, start)
  const put = (status: string) => (rdvId: number) => set(rdvId, status)
  const undoing = [
    ['moved, and back', moved(FRIDAY), moved(WEEK_AFTER)],
    ['said excused, and not', put('excused'), put('unknown')],
    ['said seen, and not', put('seen'), put('unknown')],
    ['said absent, and not', put('noshow'), put('unknown')],
  ] as const
  const plan = (rdvId: number, changedAt: Date) => planReminders(ctxFor(db, { now: changedAt }), { rdvId, changedAt })
  const seconds = (from: Date, count: number) => new Date(from.getTime() + count * 1000)

  test.each(undoing)('%s', async (_case, act, undo) => {
    const rdvId = await book(await makeBookablePlace(db))
    await tellAs(ctxFor(db), { rdvId, byAgent: false, isSettled: false })
    await send(NOW)
    await act(rdvId)
    await plan(rdvId, CLOSE)
    await undo(rdvId)
    await plan(rdvId, seconds(CLOSE, 40))
    expect((await remind(MONDAY)).map(({ channel }) => channel)).toEqual(['mail', 'sms'])
    expect(await remind(seconds(MONDAY, 60))).toEqual([])
  })

  test.each(undoing)('%s, while its moment went by: at once, and once', async (_case, act, undo) => {
    const rdvId = await book(await makeBookablePlace(db))
    await tellAs(ctxFor(db), { rdvId, byAgent: false, isSettled: false })
    await send(NOW)
    await act(rdvId)
    await plan(rdvId, seconds(MONDAY, -20))
    expect(await remind(MONDAY)).toEqual([])
    await undo(rdvId)
    await plan(rdvId, seconds(MONDAY, 20))
    expect((await remind(seconds(MONDAY, 60))).map(({ channel }) => channel)).toEqual(['mail', 'sms'])
    expect(await remind(seconds(MONDAY, 120))).toEqual([])
  })

  test.each([true, false])(
    'given already, it leaves all the same once its gateway takes it (undone: %s)',
    async (isUndone) => {
      const rdvId = await book(await makeBookablePlace(db))
      await tellAs(ctxFor(db), { rdvId, byAgent: false, isSettled: false })
      await send(NOW)
      await remindDue(ctxFor(db, { now: MONDAY }))
      const longer = (minutes: number) =>
        db.execute(
          sql`update rdvs set ends_at = starts_at + ${`${String(minutes)} minutes`}::interval where id = ${rdvId}`,
        )
      await longer(60)
      await tellAs(ctxFor(db, { now: seconds(MONDAY, 30) }), { rdvId, byAgent: true, isSettled: true })
      if (isUndone) {
        await longer(30)
        await tellAs(ctxFor(db, { now: seconds(MONDAY, 60) }), { rdvId, byAgent: true, isSettled: false })
      }
      await send(seconds(MONDAY, 90))
      await send(seconds(MONDAY, 16 * 60))
      const sent = await db.execute<{ news: string; state: string }>(
        sql`select news, state from messages where rdv_id = ${rdvId} and news <> 'created' order by id`,
      )
      expect(sent.map(({ news, state }) => [news, state])).toEqual([
        ...[0, 1].map(() => ['reminder', isUndone ? 'sent' : 'dropped']),
        ...[0, 1].map(() => ['moved', isUndone ? 'dropped' : 'sent']),
      ])
    },
  )

  test('so it is of one that nobody is told of', async () => {
    const rdvId = await book(await makeBookablePlace(db))
    await db.execute(sql`update participations set notifies_lifecycle = false where rdv_id = ${rdvId}`)
    await startAt(rdvId, FRIDAY)
    await plan(rdvId, CLOSE)
    await startAt(rdvId, WEEK_AFTER)
    await plan(rdvId, seconds(CLOSE, 40))
    expect(await remind(MONDAY)).toHaveLength(2)
  })

  test('so it is after a night, of what waits for the morning to be told', async () => {
    const rdvId = await book(await makeBookablePlace(db))
    await tellAs(ctxFor(db), { rdvId, byAgent: false, isSettled: false })
    await send(NOW)
    await startAt(rdvId, FRIDAY)
    await plan(rdvId, EVE)
    await tellAs(ctxFor(db, { now: EVE }), { rdvId, byAgent: true, isSettled: true })
    await startAt(rdvId, WEEK_AFTER)
    await plan(rdvId, CLOSE)
    expect(await pending(rdvId)).toContainEqual(MONDAY)
    await tellAs(ctxFor(db, { now: CLOSE }), { rdvId, byAgent: true, isSettled: false })
    await plan(rdvId, seconds(CLOSE, 60))
    expect(await remind(MONDAY)).toHaveLength(2)
  })

  test('but whoever heard of it is told that it is back, and needs no reminder just after', async () => {
    const rdvId = await book(await makeBookablePlace(db))
    const [thursday, twoDays, dayBefore] = ['11', '09', '10'].map((day) => at(`2027-03-${day}T13:00:00Z`))
    if (!thursday) throw new Error('no day')
    await startAt(rdvId, thursday)
    await plan(rdvId, NOW)
    await tellAs(ctxFor(db), { rdvId, byAgent: false, isSettled: true })
    await send(NOW)
    expect(await pending(rdvId)).toContainEqual(twoDays)
    const told = at('2027-03-09T08:00:00Z')
    await startAt(rdvId, FRIDAY)
    await plan(rdvId, told)
    await tellAs(ctxFor(db, { now: told }), { rdvId, byAgent: true, isSettled: true })
    await send(told)
    await startAt(rdvId, thursday)
    await plan(rdvId, seconds(told, 3600))
    expect(await pending(rdvId)).not.toContainEqual(twoDays)
    expect(await pending(rdvId)).toContainEqual(dayBefore)
  })

  test.each([true, false])(
    'told late, and so reminded the day before, they are at once only of what they know (heard that it was off: %s)',
    async (isHeard) => {
      const rdvId = await book(await makeBookablePlace(db))
      const [thursday, twoDays, dayBefore] = ['11', '09', '10'].map((day) => at(`2027-03-${day}T13:00:00Z`))
      if (!thursday || !twoDays || !dayBefore) throw new Error('no day')
      await startAt(rdvId, thursday)
      await plan(rdvId, NOW)
      const told = seconds(twoDays, -5 * 3600)
      await tellAs(ctxFor(db, { now: told }), { rdvId, byAgent: true, isSettled: true })
      await send(told)
      expect(await remind(twoDays)).toEqual([])
      expect(await pending(rdvId)).toContainEqual(dayBefore)
      const off = isHeard ? seconds(twoDays, 5 * 3600) : seconds(dayBefore, -20)
      await set(rdvId, 'revoked')
      await plan(rdvId, off)
      if (isHeard) {
        await tellAs(ctxFor(db, { now: off }), { rdvId, byAgent: true, isSettled: true })
        await send(off)
      }
      expect(await remind(dayBefore)).toEqual([])
      const back = isHeard ? seconds(dayBefore, 5 * 3600) : seconds(dayBefore, 20)
      await set(rdvId, 'unknown')
      await plan(rdvId, back)
      expect(await remind(seconds(back, 60))).toHaveLength(isHeard ? 0 : 2)
      await tellAs(ctxFor(db, { now: seconds(back, 120) }), { rdvId, byAgent: true, isSettled: true })
      await send(seconds(back, 120))
      const words = await db.execute<{ news: string }>(sql`
        select news from messages where rdv_id = ${rdvId} and state = 'sent' and channel = 'mail' order by id`)
      expect(words.map(({ news }) => news)).toEqual(
        isHeard ? ['created', 'cancelled', 'created'] : ['created', 'reminder'],
      )
    },
  )
})
