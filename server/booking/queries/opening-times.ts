import { sql } from 'drizzle-orm'
import type { ReadCtx } from '@/server/platform/ctx'
import { idsSql } from '@/server/platform/sql'
import { toException, type ExceptionJson } from '@/server/scheduling/queries/agendas'
import { civilDayOf, dayNumberOf, instantMs, type CivilDay } from '@/server/scheduling/rules/civil'
import { holidaysOf } from '@/server/scheduling/rules/holidays'
import { occurrencesOf } from '@/server/scheduling/rules/recurrence'

type OpeningSqlRow = {
  id: number
  agentId: number
  territoryId: number
  title: string
  lieuId: number | null
  placeName: string | null
  zone: string
  department: string
  firstDay: CivilDay
  lastDay: CivilDay | null
  startMin: number
  endMin: number
  rrule: string | null
  onHolidays: boolean
  exceptions: ExceptionJson[] | null
}

/** More than anybody holds: one opening a day for two years. */
const MAX_OPENINGS_PER_AGENT = 730

/**
 * When agents receive on the civil days [fromDay, toDay] of each opening's territory, in order: exceptions and holidays
 * applied; those of one lieu only when it is named. A rule that cannot be read shows nothing. Ignores reach: for those who
 * apply it.
 */
export async function loadOpeningTimes(
  { db }: ReadCtx,
  {
    agentIds,
    fromDay,
    toDay,
    lieuId = 'any',
  }: { agentIds: readonly number[]; fromDay: CivilDay; toDay: CivilDay; lieuId?: number | 'any' },
) {
  const rows = await db.execute<OpeningSqlRow>(sql`
    select o.id::float8 as id, o.agent_id::float8 as "agentId",
           o.territory_id::float8 as "territoryId", o.title, o.lieu_id::float8 as "lieuId", l.name as "placeName",
           t.zone, t.department_number as department, o.first_day as "firstDay", o.last_day as "lastDay",
           o.start_min as "startMin", o.end_min as "endMin", o.rrule, o.on_holidays as "onHolidays",
           (select json_agg(x) from opening_exceptions x where x.opening_id = o.id) as exceptions
    from openings o
    join territories t on t.id = o.territory_id
    left join lieux l on l.id = o.lieu_id
    where o.agent_id = any(${idsSql(agentIds)}) and ${lieuId === 'any' ? sql`true` : sql`o.lieu_id = ${lieuId}`}
      and ((o.first_day <= ${toDay}::date and (o.last_day is null or o.last_day >= ${fromDay}::date))
           or exists (select from opening_exceptions x where x.opening_id = o.id and x.to_day between ${fromDay}::date and ${toDay}::date))
    order by o.id limit ${MAX_OPENINGS_PER_AGENT * agentIds.length}`)
  const times = rows.flatMap((row) => timesOf(row, fromDay, toDay))
  return times.sort((a, b) => a.startAt.getTime() - b.startAt.getTime() || a.openingId - b.openingId)
}

function timesOf({ exceptions, ...row }: OpeningSqlRow, fromDay: CivilDay, toDay: CivilDay) {
  const [from, to] = [dayNumberOf(fromDay), dayNumberOf(toDay) + 1]
  const last = row.lastDay === null ? Infinity : dayNumberOf(row.lastDay)
  const found = occurrencesOf({ ...row, exceptions: (exceptions ?? []).map(toException) }, from, to, last)
  if (!found.ok) return []
  const closed = new Set(holidaysOf(row.department, fromDay, civilDayOf(to)).map(({ onDay }) => onDay))
  const days = [
    ...found.value.days.map((day) => ({ day: civilDayOf(day), startMin: row.startMin, endMin: row.endMin })),
    ...found.value.moved.map(({ toDay: day, startMin, endMin }) => ({ day, startMin, endMin })),
  ]
  return days
    .filter(({ day }) => row.onHolidays || !closed.has(day))
    .map(({ day, startMin, endMin }) => ({
      openingId: row.id,
      agentId: row.agentId,
      territoryId: row.territoryId,
      title: row.title,
      lieuId: row.lieuId,
      placeName: row.placeName,
      startAt: new Date(instantMs(row.zone, day, startMin)),
      endAt: new Date(instantMs(row.zone, day, endMin)),
    }))
}
