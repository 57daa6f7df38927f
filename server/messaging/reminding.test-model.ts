import { sql } from 'drizzle-orm'
import type { Db } from '@/db/client'
import { bookingQuestion, ctxFor, NOW, type BookablePlace } from '@/db/testing/booking'
import { bookSlot } from '@/server/booking/commands/book-slot'
import { planReminders } from './jobs/plan-reminders'
import { remindDue } from './jobs/remind-due'
import { sendMessage } from './jobs/send-message'

export const HOUR_MS = 3_600_000
export const at = (text: string) => new Date(text)
/** Booked on a Monday at seven, for the Tuesday of the week after at nine, in Paris in winter. */
const NINE = at('2027-03-02T08:00:00Z')
export const WEEK_AFTER = at('2027-03-09T08:00:00Z')
/** Two days before is a Sunday: it waits for Monday. */
export const MONDAY = at('2027-03-08T07:00:00Z')
export const relative = { firstName: 'Noé', lastName: 'Martin', bornOn: null }

/** RDVs that are reminded of, in this database. */
export function reminding(db: () => Db) {
  async function book(place: BookablePlace, forWhom: typeof relative | null = null) {
    const question = bookingQuestion(place, NINE)
    const person = { ...question.coordinates.person, email: `${question.bookingKey}@example.org` }
    const outcome = await bookSlot(ctxFor(db()), { ...question, coordinates: { person, relative: forWhom } })
    if (!outcome.ok) throw new Error(outcome.reason)
    const { rdvId } = outcome.value
    await startAt(rdvId, WEEK_AFTER)
    await planReminders(ctxFor(db()), { rdvId, changedAt: NOW })
    return rdvId
  }
  const startAt = (rdvId: number, start: Date) =>
    db().execute(sql`update rdvs set starts_at = ${start.toISOString()}::timestamptz,
      ends_at = ${new Date(start.getTime() + HOUR_MS / 2).toISOString()}::timestamptz where id = ${rdvId}`)
  const set = (rdvId: number, status: string) =>
    db().execute(
      sql`update rdvs set status = ${status}, cancelled_at = case when ${status} in ('excused', 'revoked') then now() end where id = ${rdvId}`,
    )

  async function pending(rdvId: number): Promise<Date[]> {
    const rows = await db().execute<{ ms: number }>(sql`
      select extract(epoch from due_at)::float8 * 1000 as ms from reminders where rdv_id = ${rdvId} and done_at is null order by 1`)
    return rows.map(({ ms }) => new Date(ms))
  }

  type Added = { firstName: string; isOfFamily: boolean; isToldOfChanges?: boolean; isReminded?: boolean }
  /** Somebody more on it: a proche of who is told of it already, or a person with a mobile of their own. */
  const add = (rdvId: number, { firstName, isOfFamily, isToldOfChanges = true, isReminded = true }: Added) =>
    db().execute(sql`
      with first as (select coalesce(u.responsible_id, u.id) as told_id, u.territory_id from participations p
        join usagers u on u.id = p.usager_id where p.rdv_id = ${rdvId} order by p.id limit 1),
      other as (
        insert into usagers (territory_id, first_name, last_name, responsible_id, phone, phone_e_164)
        select territory_id, ${firstName}, 'Autre', case when ${isOfFamily} then told_id end,
               case when ${isOfFamily} then '' else '+33611223344' end, case when ${isOfFamily} then null else '+33611223344' end
        from first returning id, territory_id)
      insert into participations (territory_id, rdv_id, usager_id, notifies_lifecycle, notifies_reminder, author_kind)
      select territory_id, ${rdvId}, id, ${isToldOfChanges}, ${isReminded}, 'agent' from other`)

  /** What leaves when the clock says so. */
  async function remind(now: Date) {
    await db().execute(sql`delete from captured_messages`)
    await remindDue(ctxFor(db(), { now }))
    await send(now)
    const rows = await db().execute<{ channel: string; text: string }>(
      sql`select channel, text from captured_messages order by channel`,
    )
    return rows.map(({ channel, text }) => ({ channel, text: text.replaceAll(/[\u00a0\u202f]/g, ' ') }))
  }
  async function send(now: Date) {
    const waiting = await db().execute<{ id: number }>(
      sql`select id::float8 as id from messages where state = 'waiting' order by id`,
    )
    for (const { id } of waiting) await sendMessage(ctxFor(db(), { now }), { messageId: id })
  }
  return { book, startAt, set, pending, add, remind, send }
}
