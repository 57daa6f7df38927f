import { sql, type SQL } from 'drizzle-orm'
import { found } from '@/server/kernel/errors'
import { inRead, type Ctx, type ReadCtx } from '@/server/platform/ctx'
import { idsSql, instantSql } from '@/server/platform/sql'
import { mayWritePlanning } from '../policy'
import { absenceTimes, type AbsenceKind, type AbsenceSpan } from '../rules/absence'
import type { CivilDay } from '../rules/civil'
import { absenceColumns, toAbsenceRow, type AbsenceSqlRow } from './agendas'

/** The zone an agent's absences are written in: their first territory's. */
export async function loadAgendaZone({ db }: ReadCtx, agentId: number): Promise<string> {
  const [row] = await db.execute<{ zone: string }>(sql`
    select t.zone from agent_roles r join territories t on t.id = r.territory_id
    where r.agent_id = ${agentId} order by t.name limit 1`)
  return row?.zone ?? 'Europe/Paris'
}

/** An absence as its agent's calendar shows it. */
export type AbsenceLine = AbsenceSpan & {
  id: number
  agentId: number
  zone: string
  kind: AbsenceKind
  title: string
  /** Several occurrences: told, not changed here. */
  repeats: boolean
}

const MAX_ABSENCES = 200

async function readAbsences({ db }: ReadCtx, which: SQL): Promise<AbsenceLine[]> {
  const rows = await db.execute<AbsenceLine>(sql`
    select b.id::float8 as id, b.agent_id::float8 as "agentId", b.zone, b.kind, b.title, b.first_day as "firstDay",
           b.start_min as "startMin", b.last_day as "lastDay", b.end_min as "endMin", b.rrule is not null as repeats
    from absences b where ${which}
    order by b.first_day, b.start_min, b.id limit ${MAX_ABSENCES}`)
  return [...rows]
}

/** Absences of an agent now and to come, to whoever writes them. Beyond reach is not found. */
export const listAbsences = (ctx: Ctx, { agentId }: { agentId: number }): Promise<AbsenceLine[]> => {
  found(mayWritePlanning(ctx.actor, agentId) ? agentId : undefined)
  return inRead(ctx, (read) =>
    readAbsences(
      read,
      sql`b.agent_id = ${agentId} and coalesce(b.ends_on, case when b.rrule is null then b.last_day end, 'infinity'::date)
          >= (${instantSql(ctx.now)} at time zone b.zone)::date`,
    ),
  )
}

/** One of them. */
export async function getAbsence(ctx: Ctx, { absenceId }: { absenceId: number }): Promise<AbsenceLine> {
  const [absence] = await inRead(ctx, (read) => readAbsences(read, sql`b.id = ${absenceId}`))
  return found(absence && mayWritePlanning(ctx.actor, absence.agentId) ? absence : undefined)
}

/** One time an absence keeps its agent away. */
export type AbsenceTime = {
  absenceId: number
  agentId: number
  kind: AbsenceKind
  title: string
  startAt: Date
  endAt: Date
}

type Days = { agentIds: readonly number[]; fromDay: CivilDay; toDay: CivilDay }

/** When agents are away on these civil days of the absences' own zone, in order. Ignores reach: for those who apply it. */
export async function loadAbsenceTimes({ db }: ReadCtx, { agentIds, fromDay, toDay }: Days): Promise<AbsenceTime[]> {
  const rows = await db.execute<AbsenceSqlRow & { kind: AbsenceKind; title: string }>(sql`
    select ${absenceColumns}, b.kind, b.title
    from absences b
    where b.agent_id = any(${idsSql(agentIds)})
      and (b.first_day <= ${toDay}::date or exists (select from absence_exceptions x where x.absence_id = b.id and x.to_day <= ${toDay}::date))
      and (b.ends_on is null or b.ends_on >= ${fromDay}::date - (b.last_day - b.first_day)
           or exists (select from absence_exceptions x where x.absence_id = b.id and x.to_day >= ${fromDay}::date - (b.last_day - b.first_day)))
    order by b.id limit ${MAX_ABSENCES * agentIds.length}`)
  const times = rows.flatMap(({ kind, title, ...row }) => {
    const absence = toAbsenceRow(row)
    return absenceTimes(absence, fromDay, toDay).map(({ startMs, endMs }) => ({
      absenceId: absence.id,
      agentId: absence.agentId,
      kind,
      title,
      startAt: new Date(startMs),
      endAt: new Date(endMs),
    }))
  })
  return times.sort((a, b) => a.startAt.getTime() - b.startAt.getTime())
}
