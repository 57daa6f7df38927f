import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { bookingQuestion, ctxFor } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace } from '@/db/testing/make'
import { bookSlot } from '@/server/booking/commands/book-slot'
import { inTransaction } from '@/server/platform/ctx'
import { sendMessage } from './send-message'
import { settleReceipt } from './settle-receipt'
import { tellAs } from '@/db/testing/tell'

const TUESDAY = new Date('2027-03-09T08:00:00Z')
/** In Paris in winter: nine in the evening, a minute after, half past three, and eight in the morning. */
const EVENING = new Date('2027-03-01T20:00:00Z')
const AT_ONCE = new Date('2027-03-01T20:01:00Z')
const NIGHT = new Date('2027-03-02T02:30:00Z')
const MORNING_MS = Date.parse('2027-03-02T07:00:00Z')

const { db } = await ownDatabase()

/** Booked by its person, at nine in the evening. */
async function bookedInTheEvening() {
  const question = bookingQuestion(await makeBookablePlace(db), TUESDAY)
  const person = { ...question.coordinates.person, email: `${question.bookingKey}@example.org` }
  const booked = await bookSlot(ctxFor(db), { ...question, coordinates: { person, relative: null } })
  if (!booked.ok) throw new Error(booked.reason)
  const { rdvId } = booked.value
  await tellAs(ctxFor(db, { now: EVENING }), { rdvId, byAgent: false, isSettled: true })
  return rdvId
}

type Row = { id: number; state: string; leavesMs: number | null }
async function theirs(rdvId: number, news: string, channel: string): Promise<Row | undefined> {
  const [row] = await db.execute<Row>(sql`
    select id::float8 as id, state, extract(epoch from leaves_at)::float8 * 1000 as "leavesMs"
    from messages where rdv_id = ${rdvId} and news = ${news} and channel = ${channel}`)
  return row
}

/** Its mail left, and comes back. */
async function mailComesBack(rdvId: number, news: string, now: Date) {
  const mail = await theirs(rdvId, news, 'mail')
  await sendMessage(ctxFor(db, { now: EVENING }), { messageId: mail?.id ?? 0 })
  await inTransaction(ctxFor(db, { now }), (tx) =>
    settleReceipt(tx, { messageId: mail?.id ?? 0, isAhead: true }, 'undelivered'),
  )
}
const withoutSms = (rdvId: number) => db.execute(sql`delete from messages where rdv_id = ${rdvId} and channel = 'sms'`)

describe('what somebody does themselves in the evening', () => {
  test('a cancellation whose mail comes back is told by no SMS: they know of it', async () => {
    const rdvId = await bookedInTheEvening()
    await db.execute(sql`update messages set state = 'sent' where rdv_id = ${rdvId}`)
    await db.execute(sql`update rdvs set status = 'excused', cancelled_at = now() where id = ${rdvId}`)
    await tellAs(ctxFor(db, { now: EVENING }), { rdvId, byAgent: false, isSettled: true })
    await mailComesBack(rdvId, 'cancelled', NIGHT)
    expect(await theirs(rdvId, 'cancelled', 'mail')).toMatchObject({ state: 'failed' })
    expect(await theirs(rdvId, 'cancelled', 'sms')).toBeUndefined()
  })

  test('a booking whose mail comes back in the night is told by SMS in the morning', async () => {
    const rdvId = await bookedInTheEvening()
    await withoutSms(rdvId)
    await mailComesBack(rdvId, 'created', NIGHT)
    expect(await theirs(rdvId, 'created', 'sms')).toMatchObject({ state: 'waiting', leavesMs: MORNING_MS })
  })

  test('a booking whose mail is refused at once is told by SMS at once: they are awake', async () => {
    const rdvId = await bookedInTheEvening()
    await withoutSms(rdvId)
    await mailComesBack(rdvId, 'created', AT_ONCE)
    const sms = await theirs(rdvId, 'created', 'sms')
    expect(sms).toMatchObject({ state: 'waiting', leavesMs: null })
    await sendMessage(ctxFor(db, { now: AT_ONCE }), { messageId: sms?.id ?? 0 })
    expect(await theirs(rdvId, 'created', 'sms')).toMatchObject({ state: 'sent' })
  })

  test('an SMS that its gateway puts off leaves at once as long as it is of use, then in the morning; a mail wakes nobody', async () => {
    const rdvId = await bookedInTheEvening()
    const [sms, mail] = [await theirs(rdvId, 'created', 'sms'), await theirs(rdvId, 'created', 'mail')]
    for (const one of [sms, mail]) await sendMessage(ctxFor(db, { now: NIGHT }), { messageId: one?.id ?? 0 })
    expect(await theirs(rdvId, 'created', 'sms')).toMatchObject({ state: 'waiting', leavesMs: MORNING_MS })
    expect(await theirs(rdvId, 'created', 'mail')).toMatchObject({ state: 'sent', leavesMs: null })
  })
})
