import { sql, type SQL } from 'drizzle-orm'
import { found } from '@/server/kernel/errors'
import { inRead, type Ctx, type ReadCtx } from '@/server/platform/ctx'
import { idsSql, instantSql } from '@/server/platform/sql'
import { mayWritePlanning } from '../policy'
import { absenceColor, absenceTimes, type AbsenceKind, type AbsenceValues } from '../rules/absence'
import type { CivilDay } from '../rules/civil'
import { SERIES_LISTED } from '../rules/series'
import type { AbsencesOf } from '../schema'
import { absenceColumns, toAbsenceRow, toException, type AbsenceSqlRow, type ExceptionJson } from './agendas'

/** The zones agents' absences are written in: their first territory's. */
export async function loadAgendaZones(
  { db }: ReadCtx,
  agentIds: readonly number[],
): Promise<(agentId: number) => string> {
  const rows = await db.execute<{ agentId: number; zone: string }>(sql`
    select distinct on (r.agent_id) r.agent_id::float8 as "agentId", t.zone
    from agent_roles r join territories t on t.id = r.territory_id
    where r.agent_id = any(${idsSql(agentIds)}) order by r.agent_id, t.name`)
  const zones = new Map(rows.map(({ agentId, zone }) => [agentId, zone]))
  return (agentId) => zones.get(agentId) ?? 'Europe/Paris'
}

/** An absence with everything its page says of it. */
export type AbsenceLine = AbsenceValues & {
  id: number
  version: number
  /** Last day an occurrence may end on; null when it repeats for ever. */
  endsOn: CivilDay | null
}

type Row = Omit<AbsenceLine, 'exceptions'> & { exceptions: ExceptionJson[] | null }

async function readAbsences({ db }: ReadCtx, which: SQL, order: SQL): Promise<AbsenceLine[]> {
  const rows = await db.execute<Row>(sql`
    select b.id::float8 as id, b.version, b.agent_id::float8 as "agentId", b.zone, b.kind, b.title, b.color,
           b.first_day as "firstDay", b.start_min as "startMin", b.last_day as "lastDay", b.end_min as "endMin", b.rrule,
           b.ends_on as "endsOn",
           (select json_agg(x order by x.on_day) from absence_exceptions x where x.absence_id = b.id) as exceptions
    from absences b where ${which}
    order by ${order} limit ${SERIES_LISTED}`)
  return rows.map((row) => ({ ...row, exceptions: (row.exceptions ?? []).map(toException) }))
}

const OLDEST_FIRST = sql`b.first_day, b.start_min, b.id`
const LATEST_FIRST = sql`b.first_day desc, b.start_min desc, b.id desc`

/** Over: no occurrence ends today or later, nor was moved there. */
const isOver = (now: Date): SQL => {
  const today = sql`(${instantSql(now)} at time zone b.zone)::date`
  return sql`(coalesce(b.ends_on, case when b.rrule is null then b.last_day end, 'infinity'::date) < ${today}
    and not exists (select from absence_exceptions x
                    where x.absence_id = b.id and x.to_day + (b.last_day - b.first_day) >= ${today}))`
}

/** Absences of an agent, to whoever writes them: now and to come, or over, the latest first. Beyond reach is not found. */
export async function listAbsences(ctx: Ctx, { agentId, period }: AbsencesOf): Promise<AbsenceLine[]> {
  found(mayWritePlanning(ctx.actor, agentId) ? agentId : undefined)
  const over = isOver(ctx.now)
  return inRead(ctx, (read) =>
    period === 'past'
      ? readAbsences(read, sql`b.agent_id = ${agentId} and ${over}`, LATEST_FIRST)
      : readAbsences(read, sql`b.agent_id = ${agentId} and not ${over}`, OLDEST_FIRST),
  )
}

/** One of them; unknown and beyond reach are the same. */
export async function findAbsence(read: ReadCtx, absenceId: number): Promise<AbsenceLine> {
  const [absence] = await readAbsences(read, sql`b.id = ${absenceId}`, OLDEST_FIRST)
  return found(absence && mayWritePlanning(read.actor, absence.agentId) ? absence : undefined)
}

/** One of them, for its page. */
export const getAbsence = (ctx: Ctx, { absenceId }: { absenceId: number }): Promise<AbsenceLine> =>
  inRead(ctx, (read) => findAbsence(read, absenceId))

/** One time an absence keeps its agent away. */
export type AbsenceTime = {
  absenceId: number
  agentId: number
  kind: AbsenceKind
  title: string
  color: string
  startAt: Date
  endAt: Date
}

type Days = { agentIds: readonly number[]; fromDay: CivilDay; toDay: CivilDay }

/** When agents are away on these civil days of the absences' own zone, in order. Ignores reach: for those who apply it. */
export async function loadAbsenceTimes({ db }: ReadCtx, { agentIds, fromDay, toDay }: Days): Promise<AbsenceTime[]> {
  const rows = await db.execute<AbsenceSqlRow & { kind: AbsenceKind; title: string; color: string | null }>(sql`
    select ${absenceColumns}, b.kind, b.title, b.color
    from absences b
    where b.agent_id = any(${idsSql(agentIds)})
      and (b.first_day <= ${toDay}::date or exists (select from absence_exceptions x where x.absence_id = b.id and x.to_day <= ${toDay}::date))
      and (b.ends_on is null or b.ends_on >= ${fromDay}::date - (b.last_day - b.first_day)
           or exists (select from absence_exceptions x where x.absence_id = b.id and x.to_day >= ${fromDay}::date - (b.last_day - b.first_day)))
    order by b.id limit ${SERIES_LISTED * agentIds.length}`)
  const times = rows.flatMap(({ kind, title, color, ...row }) => {
    const absence = toAbsenceRow(row)
    return absenceTimes(absence, fromDay, toDay).map(({ startMs, endMs }) => ({
      absenceId: absence.id,
      agentId: absence.agentId,
      kind,
      title,
      color: absenceColor({ kind, color }),
      startAt: new Date(startMs),
      endAt: new Date(endMs),
    }))
  })
  return times.sort((a, b) => a.startAt.getTime() - b.startAt.getTime())
}
