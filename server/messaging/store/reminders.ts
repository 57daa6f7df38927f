import { and, eq, isNull, lte, sql } from 'drizzle-orm'
import { reminders } from '@/db/schema'
import type { TxCtx } from '@/server/platform/ctx'
import { instantSql } from '@/server/platform/sql'
import { rdvsToCome, type WhichRdvs } from '../queries/reminding'
import { LATER_LEAD_MIN } from '../rules/reminder'

/**
 * Held to the end of the transaction, in the order of their numbers: the next RDVs to come of a territory or of a motif from
 * `after` on, so many at most.
 */
export async function lockRdvsToCome(
  tx: TxCtx,
  which: WhichRdvs,
  { after, atOnce }: { after: number; atOnce: number },
): Promise<number[]> {
  const rows = await tx.db.execute<{ id: number }>(sql`
    select r.id::float8 as id from rdvs r where ${rdvsToCome(tx, which)} and r.id > ${after}
    order by r.id limit ${atOnce} for no key update`)
  return rows.map(({ id }) => id)
}

/** The reminders of an RDV still to be given; `rdv` null of one that is gone, cancelled or begun. `isKnown`: as it is now. */
export type PlannedRdv = {
  rdvId: number
  rdv: { territoryId: number; startsAt: Date; isKnown: boolean } | null
  planned: readonly { leadMin: number; dueAt: Date }[]
}

/**
 * The reminders of these RDVs for the start they have, in place of those they had, by two statements however many they are.
 * Those already given stay given; so do those of another start, of an RDV that is gone, and the one for latecomers, judged when
 * they are due: what was done may be undone. One that went by meanwhile (`leaveForNow`) is due at once, when its RDV is as it
 * was; the one for latecomers is too, unless they are about to be told of the RDV anew, and then it is gone. Another moment that
 * is past is planned no more, but one planned before stays due.
 */
export async function writeReminders({ db, now }: TxCtx, rdvs: readonly PlannedRdv[]): Promise<void> {
  const all = rdvs.flatMap(({ rdvId, rdv, planned }) => (rdv ? planned.map((one) => ({ ...one, ...rdv, rdvId })) : []))
  const kept = all.map(({ rdvId, leadMin }) => ({ rdvId, leadMin }))
  const starts = rdvs.flatMap(({ rdvId, rdv }) =>
    rdv ? [{ rdvId, startsAt: rdv.startsAt, isKnown: rdv.isKnown }] : [],
  )
  if (starts.length === 0) return
  await db.execute(sql`
    with starts as (
      select * from jsonb_to_recordset(${JSON.stringify(starts)}::jsonb)
        as s ("rdvId" bigint, "startsAt" timestamptz, "isKnown" boolean)),
    kept as (
      select "rdvId", "leadMin" from jsonb_to_recordset(${JSON.stringify(kept)}::jsonb) as k ("rdvId" bigint, "leadMin" integer)),
    theirs as (
      select r.id, r.due_at >= r.starts_at as went_by,
             case when r.lead_min = ${LATER_LEAD_MIN} then s."isKnown" or r.due_at < r.starts_at
                  else exists (select from kept where kept."rdvId" = r.rdv_id and kept."leadMin" = r.lead_min) end as stays
      from reminders r join starts s on s."rdvId" = r.rdv_id and s."startsAt" = r.starts_at where r.done_at is null),
    gone as (delete from reminders r using theirs where theirs.id = r.id and not theirs.stays)
    update reminders r set due_at = ${instantSql(now)} from theirs where theirs.id = r.id and theirs.stays and theirs.went_by`)
  const ahead = all.filter(({ dueAt }) => dueAt > now)
  if (ahead.length === 0) return
  await db
    .insert(reminders)
    .values(ahead)
    .onConflictDoUpdate({
      target: [reminders.rdvId, reminders.startsAt, reminders.leadMin],
      set: { dueAt: sql`excluded.due_at` },
      setWhere: isNull(reminders.doneAt),
    })
}

/** One more, for those who had just been told when this one was due; another like it stands. */
export async function planLater(
  { db }: TxCtx,
  { rdvId, startsAt }: DueReminder,
  { territoryId, dueAt }: { territoryId: number; dueAt: Date },
): Promise<void> {
  await db
    .insert(reminders)
    .values({ territoryId, rdvId, startsAt, dueAt, leadMin: LATER_LEAD_MIN })
    .onConflictDoNothing()
}

export type DueReminder = Pick<typeof reminders.$inferSelect, 'id' | 'rdvId' | 'startsAt' | 'leadMin'>

/** One that is due, of what is due together the first to start, held to the end of the transaction; what another worker holds is left to it. Null when there is none. */
export async function lockDueReminder({ db, now }: TxCtx): Promise<DueReminder | null> {
  const [row] = await db
    .select({
      id: reminders.id,
      rdvId: reminders.rdvId,
      startsAt: reminders.startsAt,
      leadMin: reminders.leadMin,
    })
    .from(reminders)
    .where(and(isNull(reminders.doneAt), lte(reminders.dueAt, now)))
    .orderBy(reminders.dueAt, reminders.startsAt, reminders.id)
    .limit(1)
    .for('update', { skipLocked: true })
  return row ?? null
}

export async function closeReminder({ db, now }: TxCtx, id: number): Promise<void> {
  await db.update(reminders).set({ doneAt: now }).where(eq(reminders.id, id))
}

/** Nothing is to be said now of an RDV that is not as it was: unless it is again, it waits until nothing can be said any more. */
export const leaveForNow = (tx: TxCtx, { id, startsAt }: DueReminder): Promise<void> => putReminderOff(tx, id, startsAt)

/** Of one that is due still: what another worker has given meanwhile, or what was planned for later, stays as it is. */
export async function putReminderOff({ db, now }: TxCtx, id: number, dueAt: Date): Promise<void> {
  const isDue = and(isNull(reminders.doneAt), lte(reminders.dueAt, now))
  await db
    .update(reminders)
    .set({ dueAt })
    .where(and(eq(reminders.id, id), isDue))
}
