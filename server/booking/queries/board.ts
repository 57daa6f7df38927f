import { sql, type SQL } from 'drizzle-orm'
import { rdvsWithin } from '@/server/access/queries/reach'
import { isAtLeast, levelOnAgenda, mayKnowLieu, reachOf, type Reach } from '@/server/access/rules/reach'
import type { LocationType } from '@/server/directory/rules/motif'
import { AppError } from '@/server/kernel/errors'
import { inRead, type ReadCtx } from '@/server/platform/ctx'
import { idsSql } from '@/server/platform/sql'
import { loadAbsenceTimes } from '@/server/scheduling/queries/absences'
import { addDays, instantMs } from '@/server/scheduling/rules/civil'
import { holidaysOf } from '@/server/scheduling/rules/holidays'
import type { BusyTime } from '../rules/agent-views'
import { pagingOf, type Board, type BoardAgent, type BoardRdv, type OpeningTime } from '../rules/board'
import { phaseOf } from '../rules/phase'
import type { Status } from '../rules/status'
import type { BoardQuestion } from '../schema'
import type { AgentCtx } from './agent-rdvs'
import { asTaken, heldTimesSql, type TakenRow } from './holds'
import { isOverbookedSql } from './overlapping'
import { loadOpeningTimes } from './opening-times'

type LoadedOpening = Awaited<ReturnType<typeof loadOpeningTimes>>[number]

/** Agents side by side on a page; more columns would be a spreadsheet. */
export const BOARD_AGENTS = 12
/** In the week of a lieu a column is a day, whoever receives there. */
export const LIEU_WEEK_AGENTS = 100
const MAX_RDVS = 5000
const DEFAULT_ZONE = 'Europe/Paris'

/**
 * The agendas asked for that are open to the agent, on the civil days [fromDay, toDay], each as far as it is: where they
 * may only know that somebody is taken, two instants leave the database; a page of them at once. Of a lieu on several
 * days, what happens there, and no more of its agents. Five statements whatever the number of agents, six for a lieu.
 * An agenda asked for by name that is closed is not found, like one that does not exist.
 */
export async function getBoard(ctx: AgentCtx, question: BoardQuestion): Promise<Board> {
  return inRead(ctx, async (read) => {
    const { agents, zone, department, paging } = await readAgents(ctx, read, question)
    const { fromDay, toDay } = question
    const agentIds = agents.map(({ agentId }) => agentId)
    const readable = new Set(agents.flatMap(({ agentId, level }) => (isAtLeast(level, 'read') ? [agentId] : [])))
    const part = partOf(agentIds, zone, question)
    const lieuId = onlyLieuOf(question)
    // A day more each side: openings and absences may be of other zones, where it is already tomorrow or still yesterday.
    const around = { agentIds, fromDay: addDays(fromDay, -1), toDay: addDays(toDay, 1) }
    const [fromMs, toMs] = [instantMs(zone, fromDay, 0), instantMs(zone, around.toDay, 0)]
    const isShown = ({ startAt, endAt }: BusyTime) => startAt.getTime() < toMs && endAt.getTime() > fromMs
    const [openings, absences, rdvs, busy] = await Promise.all([
      loadOpeningTimes(read, { ...around, lieuId: lieuId ?? 'any' }),
      loadAbsenceTimes(read, around),
      readRdvs(ctx, read, lieuId === null ? part : sql`${part} and rdvs.lieu_id = ${lieuId}`),
      readTaken(ctx, read, { agentIds, zone, question }),
    ])
    const reach = reachOf(ctx.actor)
    const within = openings.filter((opening) => isShown(opening) && (lieuId === null || mayKnowLieu(reach, opening)))
    const kept = within.map((opening) => toBoardOpening(opening, reach, readable.has(opening.agentId)))
    const away = absences.filter(isShown)
    const hidden = away.filter(({ agentId }) => !readable.has(agentId))
    return {
      zone,
      agents,
      paging,
      holidays: holidaysOf(department, fromDay, addDays(toDay, 1)),
      openings: kept,
      away: away.filter(({ agentId }) => readable.has(agentId)),
      rdvs,
      busy: inOrder([
        ...busy.map((time) => (readable.has(time.agentId) ? time : asBusy(time))),
        ...hidden.map(({ agentId, startAt, endAt }) => ({ agentId, startAt, endAt })),
      ]),
    }
  })
}

/** Of a lieu on several days; null when whole agendas are shown. */
const onlyLieuOf = ({ which, fromDay, toDay }: BoardQuestion): number | null =>
  which.kind === 'lieu' && fromDay < toDay ? which.lieuId : null

/** Its title wherever the agenda is read; its lieu within the wall of a territory. */
function toBoardOpening(
  { openingId, agentId, territoryId, startAt, endAt, title, lieuId, placeName }: LoadedOpening,
  reach: Reach,
  isRead: boolean,
): OpeningTime {
  const where = mayKnowLieu(reach, { agentId, territoryId }) ? { lieuId, placeName } : { lieuId: null, placeName: null }
  return { openingId, agentId, startAt, endAt, told: isRead ? { title, ...where } : null }
}

/** Where no more may be known, what keeps a slot is not told. */
const asBusy = ({ agentId, startAt, endAt }: BusyTime & { agentId: number }) => ({ agentId, startAt, endAt })

const inOrder = <Time extends BusyTime>(times: Time[]): Time[] =>
  times.sort((a, b) => a.startAt.getTime() - b.startAt.getTime())

/** Oneself and whoever opened their agenda, at this level at least. */
function openTo(ctx: AgentCtx, least: 'busy' | 'read'): number[] {
  const reach = reachOf(ctx.actor)
  const theirs = ctx.actor.scopes.flatMap(({ agentIds }) => (agentIds === 'any' ? [] : agentIds))
  return [...new Set([ctx.actor.agentId, ...theirs])].filter((id) => isAtLeast(levelOnAgenda(reach, id), least))
}

/** Who works at a lieu says where they are: only of those whose detail one may read. */
async function whichAgents(ctx: AgentCtx, read: ReadCtx, { which, fromDay, toDay }: BoardQuestion): Promise<SQL> {
  const open = sql`a.id = any(${idsSql(openTo(ctx, which.kind === 'lieu' ? 'read' : 'busy'))})`
  switch (which.kind) {
    case 'agents':
      return sql`${open} and a.id = any(${idsSql(which.agentIds)})`
    case 'group':
      return sql`${open} and exists (select from agent_group_members m where m.group_id = ${which.groupId} and m.agent_id = a.id)`
    case 'service':
      return sql`${open} and exists (select from agent_services s where s.service_id = ${which.serviceId} and s.agent_id = a.id)`
    case 'lieu': {
      // By the dates themselves: who receives there on Mondays takes no column of a Tuesday.
      const asked = { agentIds: openTo(ctx, 'read'), fromDay, toDay, lieuId: which.lieuId }
      const times = await loadOpeningTimes(read, asked)
      const known = times.filter((time) => mayKnowLieu(reachOf(ctx.actor), time))
      const receiving = [...new Set(known.map(({ agentId }) => agentId))]
      return sql`${open} and (
        a.id = any(${idsSql(receiving)})
        or exists (select from agent_times x join rdvs on rdvs.id = x.rdv_id
                   where x.agent_id = a.id and rdvs.lieu_id = ${which.lieuId}
                     and x.starts_at >= ${fromDay}::date - interval '1 day' and x.starts_at < ${toDay}::date + interval '2 days'
                     and ${rdvsWithin(reachOf(ctx.actor), 'read')}))`
    }
  }
}

type AgentRow = Omit<BoardAgent, 'level'> & { zone: string | null; department: string | null; total: number }

async function readAgents(ctx: AgentCtx, read: ReadCtx, question: BoardQuestion) {
  const { db } = read
  const isAsked = await whichAgents(ctx, read, question)
  const size = onlyLieuOf(question) === null ? BOARD_AGENTS : LIEU_WEEK_AGENTS
  const asked = question.page ?? 1
  const pagesBefore = sql`least(${asked - 1}::integer, (a.total - 1) / ${size}::integer)`
  const rows = await db.execute<AgentRow>(sql`
    with asked as (
      select a.id, a.first_name, a.last_name, count(*) over () as total,
             row_number() over (order by a.last_name collate "fr-x-icu", a.first_name collate "fr-x-icu", a.id) as place
      from agents a where a.deleted_at is null and ${isAsked})
    select a.id::float8 as "agentId", concat_ws(' ', a.first_name, a.last_name) as name, home.zone, home.department,
           a.total::integer as total,
           coalesce((select string_agg(s.short_name, ', ' order by s.short_name) from agent_services own
                     join services s on s.id = own.service_id where own.agent_id = a.id), '') as services
    from asked a
    left join lateral (select t.zone, t.department_number as department from agent_roles r
                       join territories t on t.id = r.territory_id where r.agent_id = a.id order by t.name limit 1) home on true
    where a.place > ${pagesBefore} * ${size}::integer and a.place <= (${pagesBefore} + 1) * ${size}::integer
    order by a.place`)
  const { which } = question
  if (which.kind === 'agents' && rows.length < new Set(which.agentIds).size) throw new AppError('not-found')
  const reach = reachOf(ctx.actor)
  const agents = rows.flatMap(({ agentId, name, services }) => {
    const level = levelOnAgenda(reach, agentId)
    return level === 'none' ? [] : [{ agentId, name, services, level }]
  })
  const [first] = rows
  return {
    agents,
    zone: first?.zone ?? DEFAULT_ZONE,
    department: first?.department ?? '',
    paging: pagingOf({ agentCount: first?.total ?? 0, size, asked }),
  }
}

/** RDVs these agents have a part in on those days of a zone; read by the index on (agent, start). */
const partOf = (agentIds: readonly number[], zone: string, question: BoardQuestion): SQL => sql`
  rdvs.id in (select part.rdv_id from agent_times part
              where part.agent_id = any(${idsSql(agentIds)}) and part.kind = 'rdv' and ${onDays(sql.raw('part'), zone, question)})`

/** Whether a row of agent_times holds some of those days of a zone. */
const onDays = (time: SQL, zone: string, { fromDay, toDay }: BoardQuestion): SQL => sql`(
  ${time}.starts_at < (${addDays(toDay, 1)}::timestamp at time zone ${zone})
  and ${time}.starts_at > (${fromDay}::timestamp at time zone ${zone}) - interval '24 hours'
  and ${time}.ends_at > (${fromDay}::timestamp at time zone ${zone}))`

type RdvRow = Omit<BoardRdv, 'startAt' | 'endAt' | 'phase' | 'seats' | 'isWaiting' | 'level'> & {
  start_ms: number
  end_ms: number
  zone: string
  seats_taken: number
  max_seats: number | null
  has_arrived: boolean
  may_write: boolean
  locationType: LocationType
  status: Status
}

async function readRdvs(ctx: AgentCtx, { db }: ReadCtx, which: SQL): Promise<BoardRdv[]> {
  const reach = reachOf(ctx.actor)
  const rows = await db.execute<RdvRow>(sql`
    select rdvs.id::float8 as "rdvId", extract(epoch from rdvs.starts_at)::float8 * 1000 as start_ms,
           extract(epoch from rdvs.ends_at)::float8 * 1000 as end_ms, t.zone, rdvs.status,
           rdvs.sequence, rdvs.is_collective as "isCollective", rdvs.title, rdvs.seats_taken, rdvs.max_seats,
           m.name as "motifName", m.color as "motifColor", m.location_type as "locationType",
           rdvs.lieu_id::float8 as "lieuId", l.name as "placeName", ${rdvsWithin(reach, 'write')} as may_write,
           ${isOverbookedSql} as "isOverbooked",
           (select json_agg(part.agent_id order by part.agent_id) from agent_times part where part.rdv_id = rdvs.id) as "agentIds",
           coalesce(who.people, '[]') as people, coalesce(who.has_arrived, false) as has_arrived
    from rdvs
    join territories t on t.id = rdvs.territory_id
    join motifs m on m.id = rdvs.motif_id
    left join lieux l on l.id = rdvs.lieu_id
    left join lateral (
      select json_agg(json_build_object('firstName', u.first_name, 'lastName', u.last_name)
                      order by u.last_name collate "fr-x-icu", u.first_name collate "fr-x-icu", u.id) as people,
             bool_or(p.arrived_at is not null and p.status = 'unknown') as has_arrived
      from participations p join usagers u on u.id = p.usager_id where p.rdv_id = rdvs.id) who on true
    where ${which} and ${rdvsWithin(reach, 'read')}
    order by rdvs.starts_at, rdvs.id limit ${MAX_RDVS}`)
  return rows.map((row) => toBoardRdv(row, ctx.now))
}

function toBoardRdv(
  { start_ms, end_ms, zone, seats_taken, max_seats, has_arrived, may_write, ...row }: RdvRow,
  now: Date,
): BoardRdv {
  const startAt = new Date(start_ms)
  const phase = phaseOf(startAt, zone, now)
  return {
    ...row,
    startAt,
    endAt: new Date(end_ms),
    phase,
    seats: row.isCollective ? { taken: seats_taken, max: max_seats } : null,
    isWaiting: has_arrived && phase === 'today' && row.status === 'unknown',
    level: may_write ? 'write' : 'read',
  }
}

/** When these agents are taken by what may not be read, but for a lieu; and by slots kept for people who wait. */
async function readTaken(
  ctx: AgentCtx,
  { db }: ReadCtx,
  { agentIds, zone, question }: { agentIds: readonly number[]; zone: string; question: BoardQuestion },
) {
  const lieuId = onlyLieuOf(question)
  const ids = idsSql(agentIds)
  const rdvsToo =
    lieuId === null
      ? sql`${partOf(agentIds, zone, question)} and rdvs.occupies and not ${rdvsWithin(reachOf(ctx.actor), 'read')}`
      : sql`false`
  const rows = await db.execute<TakenRow & { agent_id: number }>(sql`
    select part.agent_id::float8 as agent_id, extract(epoch from rdvs.starts_at)::float8 * 1000 as start_ms,
           extract(epoch from rdvs.ends_at)::float8 * 1000 as end_ms, null::float8 as until_ms
    from rdvs join agent_times part on part.rdv_id = rdvs.id and part.agent_id = any(${ids})
    where ${rdvsToo}
    union all
    ${heldTimesSql(sql`held.agent_id = any(${ids}) and ${onDays(sql.raw('held'), zone, question)}
      and (${lieuId}::bigint is null or e.lieu_id = ${lieuId})`)}
    order by start_ms, end_ms, agent_id limit ${MAX_RDVS}`)
  return rows.map((row) => ({ agentId: row.agent_id, ...asTaken(row) }))
}
