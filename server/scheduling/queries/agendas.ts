import { sql, type SQL } from 'drizzle-orm'
import type { ReadCtx } from '@/server/platform/ctx'
import { worksForMotif } from '@/server/directory/queries'
import { log } from '@/server/platform/log'
import { idsSql } from '@/server/platform/sql'
import {
  isReadableAbsence,
  isReadableOpening,
  type AbsenceRow,
  type AgentFilter,
  type Agendas,
  type BusyOfAgent,
  type OpeningRow,
} from '../rules/agenda'
import { type CivilDay, MINUTE_MS } from '../rules/civil'
import type { OccurrenceException } from '../rules/recurrence'

export type AgendaQuestion = {
  readonly motifIds: readonly number[]
  /** Openings at this lieu only; null = those without a lieu. */
  readonly lieuId: number | null | 'any'
  readonly agents: AgentFilter
  /** Starts looked for, half-open; busy time is read a day further on each side. */
  readonly fromMs: number
  readonly toMs: number
}

/** Openings by the motif they are offered for: one opening may stand under several. */
export type MotifAgendas = Omit<Agendas, 'openings'> & {
  readonly openingsByMotif: ReadonlyMap<number, readonly OpeningRow[]>
}

const DAY_MS = 86_400_000
/** A row of agent_times lasts 24 h at most, and a civil day may begin 14 h before or after UTC's. */
const BUSY_MARGIN_MIN = 2 * 1440

const utcDay = (ms: number): CivilDay => new Date(ms).toISOString().slice(0, 10)

export type ExceptionJson = {
  on_day: string
  kind: 'cancelled' | 'moved'
  to_day: string
  start_min: number
  end_min: number
}

export const toException = (row: ExceptionJson): OccurrenceException =>
  row.kind === 'cancelled'
    ? { onDay: row.on_day, kind: 'cancelled' }
    : { onDay: row.on_day, kind: 'moved', toDay: row.to_day, startMin: row.start_min, endMin: row.end_min }

/**
 * Whether a series may reach the window: by its own days, or by an occurrence moved there, perhaps before its first day
 * or after its last. `lastingDays` is how many days one occurrence lasts beyond its first.
 */
function reaches(
  { fromMs, toMs }: AgendaQuestion,
  series: { firstDay: SQL; lastDay: SQL; moved: SQL; lastingDays: SQL },
): SQL {
  // One day of margin on each side: the window is UTC, the series is not.
  const [from, to] = [sql`${utcDay(fromMs - DAY_MS)}::date`, sql`${utcDay(toMs + DAY_MS)}::date`]
  return sql`(
    (${series.firstDay} <= ${to} and (${series.lastDay} is null or ${series.lastDay} >= ${from}))
    or exists (select 1 from ${series.moved} and x.to_day <= ${to} and x.to_day + ${series.lastingDays} >= ${from} offset 0))`
}

const atLieu = (lieuId: AgendaQuestion['lieuId']): SQL =>
  lieuId === 'any' ? sql`true` : lieuId === null ? sql`o.lieu_id is null` : sql`o.lieu_id = ${lieuId}`

/**
 * The agents whose absences and busy time are read: at least those with a live opening. The others' rows are not looked
 * at, and finding out who they are would cost the joins of `liveOpenings` three times.
 */
const concernedAgents = ({ motifIds, lieuId, agents }: AgendaQuestion): SQL =>
  agents === 'any'
    ? sql`select distinct o.agent_id from opening_motifs om join openings o on o.id = om.opening_id
          where om.motif_id = any(${idsSql(motifIds)}) and ${atLieu(lieuId)}`
    : sql`select unnest(${idsSql(agents)}) as agent_id`

/** Openings that may hold an occurrence in the window: of live motifs, by agents still of their organisation and of the opening's. */
function liveOpenings(question: AgendaQuestion): SQL {
  const { motifIds, lieuId, agents } = question
  const byAgents = agents === 'any' ? sql`true` : sql`o.agent_id = any(${idsSql(agents)})`
  const inWindow = reaches(question, {
    firstDay: sql`o.first_day`,
    lastDay: sql`o.last_day`,
    moved: sql`opening_exceptions x where x.opening_id = o.id`,
    lastingDays: sql`0`,
  })
  return sql`opening_motifs om
    join motifs m on m.id = om.motif_id and m.deleted_at is null
    join openings o on o.id = om.opening_id
    join agents a on a.id = o.agent_id and a.deleted_at is null
    join agent_roles role on role.agent_id = o.agent_id and role.organisation_id = o.organisation_id
    left join lieux l on l.id = o.lieu_id
    where ${worksForMotif({ agentId: sql`o.agent_id`, organisationId: sql`o.organisation_id` })} and om.motif_id = any(${idsSql(motifIds)}) and ${atLieu(lieuId)} and ${byAgents}
      and (l.id is null or l.availability = 'enabled') and ${inWindow}`
}

/**
 * What the engine needs to answer for these motifs, whatever the number of agents: three statements in one flight.
 * Ignores reach by rule (domain §7.5.8): slot search must see all busy time, in every organisation and territory.
 * A row that cannot be read stops nobody else's agenda: an opening offers nothing, an absence keeps its agent's openings
 * from offering anything, since nobody knows when they are away.
 */
export async function loadAgendas(read: ReadCtx, question: AgendaQuestion): Promise<MotifAgendas> {
  const [openings, absences, busy] = await Promise.all([
    loadOpenings(read, question),
    loadAbsences(read, question),
    loadBusy(read, question),
  ])
  return { ...withoutUnreadable(openings, absences), busy }
}

function withoutUnreadable(
  openingsByMotif: ReadonlyMap<number, readonly OpeningRow[]>,
  absences: readonly AbsenceRow[],
): Omit<MotifAgendas, 'busy'> {
  const openings = [...openingsByMotif.values()].flat()
  const unreadable = openings.filter((row) => !isReadableOpening(row))
  const unknownAway = absences.filter((row) => !isReadableAbsence(row))
  if (unreadable.length + unknownAway.length === 0) return { openingsByMotif, absences }
  const ids = (rows: readonly { id: number }[]) => [...new Set(rows.map(({ id }) => id))]
  log().error({ openingIds: ids(unreadable), absenceIds: ids(unknownAway) }, 'planning that cannot be read is left out')
  const closed = new Set(unreadable)
  const lost = new Set(unknownAway.map(({ agentId }) => agentId))
  const isOffered = (row: OpeningRow) => !closed.has(row) && !lost.has(row.agentId)
  return {
    openingsByMotif: new Map([...openingsByMotif].map(([motifId, rows]) => [motifId, rows.filter(isOffered)])),
    absences: absences.filter(({ agentId }) => !lost.has(agentId)),
  }
}

async function loadOpenings({ db }: ReadCtx, question: AgendaQuestion): Promise<Map<number, OpeningRow[]>> {
  const rows = await db.execute<{
    motif_id: string
    id: string
    agent_id: string
    lieu_id: string | null
    first_day: CivilDay
    start_min: number
    end_min: number
    rrule: string | null
    last_day: CivilDay | null
    on_holidays: boolean
    exceptions: ExceptionJson[] | null
  }>(sql`
    select om.motif_id, o.id, o.agent_id, o.lieu_id, o.first_day, o.start_min, o.end_min, o.rrule, o.last_day, o.on_holidays,
           (select json_agg(x) from opening_exceptions x where x.opening_id = o.id) as exceptions
    from ${liveOpenings(question)}
    order by om.motif_id, o.id`)
  const byMotif = new Map<number, OpeningRow[]>()
  for (const row of rows) {
    const opening: OpeningRow = {
      id: Number(row.id),
      agentId: Number(row.agent_id),
      lieuId: row.lieu_id === null ? null : Number(row.lieu_id),
      firstDay: row.first_day,
      startMin: row.start_min,
      endMin: row.end_min,
      rrule: row.rrule,
      lastDay: row.last_day,
      onHolidays: row.on_holidays,
      exceptions: (row.exceptions ?? []).map(toException),
    }
    const motifId = Number(row.motif_id)
    const known = byMotif.get(motifId)
    if (known) known.push(opening)
    else byMotif.set(motifId, [opening])
  }
  return byMotif
}

export type AbsenceSqlRow = {
  id: string
  agent_id: string
  zone: string
  first_day: CivilDay
  start_min: number
  last_day: CivilDay
  end_min: number
  rrule: string | null
  exceptions: ExceptionJson[] | null
}

export const absenceColumns = sql`b.id, b.agent_id, b.zone, b.first_day, b.start_min, b.last_day, b.end_min, b.rrule,
           (select json_agg(x) from absence_exceptions x where x.absence_id = b.id) as exceptions`

export const toAbsenceRow = (row: AbsenceSqlRow): AbsenceRow => ({
  id: Number(row.id),
  agentId: Number(row.agent_id),
  zone: row.zone,
  firstDay: row.first_day,
  startMin: row.start_min,
  lastDay: row.last_day,
  endMin: row.end_min,
  rrule: row.rrule,
  exceptions: (row.exceptions ?? []).map(toException),
})

async function loadAbsences({ db }: ReadCtx, question: AgendaQuestion): Promise<AbsenceRow[]> {
  const inWindow = reaches(question, {
    firstDay: sql`b.first_day`,
    lastDay: sql`b.ends_on`,
    moved: sql`absence_exceptions x where x.absence_id = b.id`,
    lastingDays: sql`(b.last_day - b.first_day)`,
  })
  const rows = await db.execute<AbsenceSqlRow>(sql`
    select ${absenceColumns}
    from absences b
    where b.agent_id in (${concernedAgents(question)})
      and ${inWindow}
    order by b.agent_id, b.id`)
  return rows.map(toAbsenceRow)
}

/**
 * Busy time as one row of 32-bit integers an agent, start and end in turn: rows and digits through the driver cost more
 * than the index scan that finds them. Each agent's are read in the order of the index, so that nothing is sorted.
 */
async function loadBusy({ db }: ReadCtx, question: AgendaQuestion): Promise<BusyOfAgent[]> {
  const fromMin = Math.floor(question.fromMs / MINUTE_MS) - BUSY_MARGIN_MIN
  const toMin = Math.ceil(question.toMs / MINUTE_MS) + BUSY_MARGIN_MIN
  const rows = await db.execute<{ agent_id: string; busy: Buffer | string }>(sql`
    select concerned.agent_id, taken.busy
    from (${concernedAgents(question)}) concerned
    cross join lateral (
      select string_agg(int4send(starts_min) || int4send(ends_min), '') as busy
      from (select t.starts_min, t.ends_min from agent_times t
            where t.agent_id = concerned.agent_id and t.occupies and t.starts_min >= ${fromMin} and t.starts_min < ${toMin}
            order by t.starts_min) t) taken
    where taken.busy is not null`)
  return rows.map(({ agent_id, busy }) => ({ agentId: Number(agent_id), busyMin: integersOf(busy) }))
}

/** The integers `int4send` wrote: bytes, or `\\x` and their hexadecimal digits where JSON carried them. */
function integersOf(busy: Buffer | string): Int32Array {
  const bytes = typeof busy === 'string' ? Buffer.from(busy.slice(2), 'hex') : busy
  const integers = new Int32Array(bytes.length / Int32Array.BYTES_PER_ELEMENT)
  for (let i = 0; i < integers.length; i++) integers[i] = bytes.readInt32BE(i * Int32Array.BYTES_PER_ELEMENT)
  return integers
}
