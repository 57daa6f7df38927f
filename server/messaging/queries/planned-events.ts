import { sql } from 'drizzle-orm'
import type { ReadCtx } from '@/server/platform/ctx'
import { toException, type ExceptionJson } from '@/server/scheduling/queries/agendas'
import { addDays, wallClock } from '@/server/scheduling/rules/civil'
import { holidaysOf } from '@/server/scheduling/rules/holidays'
import type { GonePlanned, PlannedEvent } from '../templates/planning-calendar'

type Stored = Omit<PlannedEvent, 'kind' | 'exceptions' | 'closedDays'> & { exceptions: ExceptionJson[] | null }
type Row = {
  openings: (Stored & { department: string; onHolidays: boolean })[]
  absences: Stored[]
  gone: GonePlanned[]
}

/** Holidays said of an opening that repeats: it will have been changed by then, or told of in a feed. */
const HOLIDAYS_AHEAD_DAYS = 2 * 366

/** The rows that the save an event is of wrote, as they are, and took away; of those closed, no day is known but that one. */
export async function listPlannedEvents(
  { db, now }: ReadCtx,
  eventId: number,
): Promise<{ written: PlannedEvent[]; gone: GonePlanned[] }> {
  const [row] = await db.execute<Row>(sql`
    with told as (select * from events where id = ${eventId}),
    save as (
      select e.* from events e, told
      where e.occurred_at = told.occurred_at and e.request_id = told.request_id
        and e.subject_kind = told.subject_kind and e.payload ->> 'agentId' = told.payload ->> 'agentId'),
    said as (
      select v.event_id, max(v.old_value #>> '{}') filter (where v.field = 'title') as title,
             max(v.old_value #>> '{}') filter (where v.field = 'firstDay') as first_day
      from event_values v join save on save.id = v.event_id and save.occurred_at = v.occurred_at group by v.event_id)
    select
      (select coalesce(json_agg(json_build_object('id', o.id, 'version', o.version, 'title', o.title, 'zone', t.zone,
         'firstDay', o.first_day, 'startMin', o.start_min, 'lastDay', o.first_day, 'endMin', o.end_min, 'rrule', o.rrule,
         'onHolidays', o.on_holidays, 'department', t.department_number,
         'place', (select concat_ws(', ', l.name, l.address) from lieux l where l.id = o.lieu_id),
         'exceptions', (select json_agg(x order by x.on_day) from opening_exceptions x where x.opening_id = o.id)) order by o.id), '[]')
       from openings o join territories t on t.id = o.territory_id
       where o.id in (select subject_id from save where kind = 'opening.saved')) as openings,
      (select coalesce(json_agg(json_build_object('id', b.id, 'version', b.version, 'title', b.title, 'zone', b.zone,
         'firstDay', b.first_day, 'startMin', b.start_min, 'lastDay', b.last_day, 'endMin', b.end_min, 'rrule', b.rrule,
         'place', null,
         'exceptions', (select json_agg(x order by x.on_day) from absence_exceptions x where x.absence_id = b.id)) order by b.id), '[]')
       from absences b where b.id in (select subject_id from save where kind = 'absence.saved')) as absences,
      (select coalesce(json_agg(json_build_object('kind', one.kind, 'id', one.id, 'version', coalesce(one.version, 0),
         'title', coalesce(one.title, ''), 'firstDay', one.first_day) order by one.id), '[]')
       from (
         select save.subject_kind as kind, save.subject_id as id, (save.payload ->> 'version')::integer as version, said.title, said.first_day
         from save join said on said.event_id = save.id where save.kind like '%.deleted' and said.first_day is not null
         union all
         select 'opening', closed.id::bigint, closed.version::integer, null, (told.occurred_at at time zone 'UTC')::date::text
         from told, rows from (jsonb_array_elements_text(told.payload -> 'openingIds'),
                               jsonb_array_elements_text(told.payload -> 'versions')) as closed (id, version)
         where told.kind = 'openings.closed') one) as gone`)
  if (!row) return { written: [], gone: [] }
  const openings = row.openings.map(({ department, onHolidays, exceptions, ...one }): PlannedEvent => {
    const { onDay: today } = wallClock(one.zone, now.getTime())
    const closed = onHolidays ? [] : holidaysOf(department, today, addDays(today, HOLIDAYS_AHEAD_DAYS))
    const closedDays = [...new Set(closed.map(({ onDay }) => onDay))]
    return { ...one, kind: 'opening', exceptions: (exceptions ?? []).map(toException), closedDays }
  })
  const absences = row.absences.map(({ exceptions, ...one }): PlannedEvent => {
    return { ...one, kind: 'absence', exceptions: (exceptions ?? []).map(toException), closedDays: [] }
  })
  return { written: [...openings, ...absences], gone: row.gone }
}
