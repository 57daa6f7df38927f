import { sql, type SQL } from 'drizzle-orm'
import { listRecipients, type RdvRecipient } from '@/server/booking/queries/recipients'
import { isShownSql } from '@/server/booking/queries/shown'
import type { ReadCtx } from '@/server/platform/ctx'
import { idsSql, instantSql } from '@/server/platform/sql'
import { isOnItsWaySql, isUnheardSql } from './tellable'
import type { Remindable } from '../rules/reminder'
import type { SendingHours } from '@/server/booking/rules/sending-hours'

/** What decides of the reminders of an RDV that stands, and has not begun. */
export type RemindedRdv = Omit<Remindable, 'now'> & {
  territoryId: number
  leadsMin: readonly number[]
  /** Whether some of those told of it know that it stands, at the start it has; where nobody is, whether that was planned already. */
  isKnown: boolean
}

type Row = Omit<RemindedRdv, 'startsAt' | 'toldAt' | 'hours'> & {
  id: number
  start_ms: number
  told_ms: number
  from_min: number
  until_min: number
  weekdays: number[]
  department: string
}

/**
 * When the people of `r` were first told of the start it has, null while none was; and how many were told anything. What was
 * said otherwise and nobody heard counts for nothing, nor does when it was unsaid: they know it from before.
 */
const TOLD = sql`
  select count(*) as count, min(case
    when t.is_on and t.starts_at = r.starts_at then case when t.told_by is null then r.created_at else t.told_at end
    when t.before_is_on and t.before_starts_at = r.starts_at and ${isUnheardSql} then r.created_at end) as at
  from tellings t join participations p on p.id = t.participation_id
  where t.rdv_id = r.id and p.notifies_lifecycle and ${isShownSql}`

/** Of these RDVs by their numbers, by one statement; without those that are gone, cancelled or begun. */
export async function readReminded({ db, now }: ReadCtx, rdvIds: readonly number[]): Promise<Map<number, RemindedRdv>> {
  const rows = await db.execute<Row>(sql`
    select r.id::float8 as id, r.territory_id::float8 as "territoryId", t.zone,
           coalesce(m.reminder_leads_min, t.reminder_leads_min) as "leadsMin",
           t.sends_from_min as from_min, t.sends_until_min as until_min, t.sends_on as weekdays,
           t.department_number as department, extract(epoch from r.starts_at)::float8 * 1000 as start_ms,
           extract(epoch from greatest(r.created_at, told.at))::float8 * 1000 as told_ms,
           case when told.count > 0 then told.at is not null
                else exists (select from reminders k where k.rdv_id = r.id and k.starts_at = r.starts_at) end as "isKnown"
    from rdvs r
    join motifs m on m.id = r.motif_id
    join territories t on t.id = r.territory_id
    cross join lateral (${TOLD}) told
    where r.id = any(${idsSql(rdvIds)}) and r.status = 'unknown' and r.starts_at > ${instantSql(now)}`)
  return new Map(
    rows.map(({ id, start_ms, told_ms, from_min, until_min, weekdays, department, ...rest }) => [
      id,
      {
        ...rest,
        startsAt: new Date(start_ms),
        toldAt: new Date(told_ms),
        hours: { fromMin: from_min, untilMin: until_min, weekdays, departmentNumber: department },
      },
    ]),
  )
}

/** Null for one that is gone, cancelled or begun. */
export const findReminded = async (read: ReadCtx, rdvId: number): Promise<RemindedRdv | null> =>
  (await readReminded(read, [rdvId])).get(rdvId) ?? null

/** When the messages of an RDV may leave; null for one that is gone. */
export async function findSendingHours(
  { db }: ReadCtx,
  rdvId: number,
): Promise<{ zone: string; hours: SendingHours } | null> {
  const [row] = await db.execute<SendingHours & { zone: string }>(sql`
    select t.zone, t.sends_from_min as "fromMin", t.sends_until_min as "untilMin", t.sends_on as weekdays,
           t.department_number as "departmentNumber"
    from rdvs r join territories t on t.id = r.territory_id where r.id = ${rdvId}`)
  if (!row) return null
  const { zone, ...hours } = row
  return { zone, hours }
}

type RemindedRow = {
  participationId: number
  version: number | null
  told_ms: number | null
  isOnItsWay: boolean
  isReminded: boolean
  isGiven: boolean
}

/**
 * `knownVersion`: of the RDV they know; `toldAt`: when what told them last leaves, or left, null where it was dropped; `isOnItsWay`:
 * it waits still, and may be unsaid; `isReminded`: of the start it has; `isGiven`: this very reminder.
 */
export type Reminded = RdvRecipient &
  Pick<RemindedRow, 'isOnItsWay' | 'isReminded' | 'isGiven'> & { knownVersion: number | null; toldAt: Date | null }

/** Those to be reminded of an RDV by this reminder. */
export async function listReminded(read: ReadCtx, { rdvId, id }: { rdvId: number; id: number }): Promise<Reminded[]> {
  const rows = await read.db.execute<RemindedRow>(sql`
    select p.id::float8 as "participationId", t.version, extract(epoch from (
             select greatest(t.told_at, max(w.leaves_at), max(w.state_at) filter (where w.state in ('sent', 'uncertain')))
             from messages w
             where w.participation_id = t.told_by and w.version = t.told_by_version and w.reminder_id is null and w.state <> 'dropped'
             having count(*) > 0))::float8 * 1000 as told_ms, ${isOnItsWaySql} as "isOnItsWay",
           exists (select from messages k join reminders given on given.id = k.reminder_id
                   where k.participation_id = p.id and given.starts_at = r.starts_at) as "isReminded",
           exists (select from messages k where k.participation_id = p.id and k.reminder_id = ${id}) as "isGiven"
    from participations p
    join rdvs r on r.id = p.rdv_id
    join motifs m on m.id = r.motif_id
    left join tellings t on t.participation_id = p.id
    where p.rdv_id = ${rdvId} and p.notifies_reminder and p.status = 'unknown' and ${isShownSql}`)
  const rowOf = new Map(rows.map((row) => [row.participationId, row]))
  return (await listRecipients(read, [rdvId])).flatMap((recipient) => {
    const row = rowOf.get(recipient.participationId)
    if (!row) return []
    const toldAt = row.told_ms === null ? null : new Date(row.told_ms)
    const { isOnItsWay, isReminded, isGiven } = row
    return [{ ...recipient, knownVersion: row.version, toldAt, isOnItsWay, isReminded, isGiven }]
  })
}

export type WhichRdvs = { of: 'territory' | 'motif'; id: number }

/** `r`: an RDV that stands and is to come, of a territory or of a motif. */
export const rdvsToCome = ({ now }: ReadCtx, { of, id }: WhichRdvs): SQL =>
  sql`${of === 'motif' ? sql`r.motif_id` : sql`r.territory_id`} = ${id} and r.status = 'unknown' and r.starts_at > ${instantSql(now)}`
