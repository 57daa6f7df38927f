import { sql } from 'drizzle-orm'
import { rdvsWithin } from '@/server/access/queries/reach'
import { reachOf, type RdvInReach } from '@/server/access/rules/reach'
import type { LocationType } from '@/server/directory/rules/motif'
import type { AgentActor } from '@/server/kernel/actor'
import { dayOf } from '@/server/kernel/dates'
import { inIdOrder } from '@/server/kernel/ids'
import type { Outcome } from '@/server/kernel/outcome'
import type { ReadCtx } from '@/server/platform/ctx'
import { idsSql, instantSql } from '@/server/platform/sql'
import { loadAgendas, type MotifAgendas } from '@/server/scheduling/queries/agendas'
import { addDays, instantMs } from '@/server/scheduling/rules/civil'
import { areFreeAt, searchTogether } from '@/server/scheduling/rules/together'
import { mayPlaceWith } from '../policy'
import { HORIZON_DAYS } from '../rules/agent-slots'
import {
  lengthOf,
  OFFERED_RDVS,
  shareOut,
  whyNoSearch,
  whyNotMoves,
  type ChosenMove,
  type Movable,
  type MoveFateRefusal,
  type MoveOffer,
} from '../rules/offers'
import { isPlaceable } from '../rules/placing'
import type { AgentReadCtx } from './agent-rdvs'

export type MovableRdv = Movable &
  RdvInReach & {
    motifId: number
    lieuId: number | null
    locationType: LocationType
    zone: string
    department: string
    /** Those still expected. */
    usagerIds: readonly number[]
    /** Days on which somebody of it comes for the same motif already, as far as the reader may know. */
    takenDays: readonly string[]
  }

/**
 * Of these RDVs, the first to come that the actor may move, in order: those named before the others. One statement; the
 * others, and how many they are, are told to nobody.
 */
export async function readMovables(
  { db, actor, now }: AgentReadCtx,
  rdvIds: readonly number[],
  named: readonly number[] = [],
): Promise<MovableRdv[]> {
  const reach = reachOf(actor)
  type Row = Omit<MovableRdv, 'startsAt' | 'endsAt' | 'isTeamOpen'> & { startMs: number; endMs: number }
  const rows = await db.execute<Row>(sql`
    with movable as materialized (
      select rdvs.* from rdvs
      where rdvs.id = any(${idsSql(rdvIds)}) and rdvs.status = 'unknown' and rdvs.starts_at > ${instantSql(now)}
        and ${rdvsWithin(reach, 'write')}
      order by rdvs.id = any(${idsSql(named)}) desc, rdvs.starts_at, rdvs.id limit ${OFFERED_RDVS}
    )
    select v.id::float8 as id, v.territory_id::float8 as "territoryId", v.organisation_id::float8 as "organisationId",
           m.service_id::float8 as "serviceId", v.motif_id::float8 as "motifId", m.is_confidential as "isConfidential",
           m.deleted_at is null as "isMotifLive", m.location_type as "locationType", v.lieu_id::float8 as "lieuId",
           v.is_collective as "isCollective", v.sequence, t.zone, t.department_number as department,
           extract(epoch from v.starts_at)::float8 * 1000 as "startMs", extract(epoch from v.ends_at)::float8 * 1000 as "endMs",
           coalesce((select json_agg(x.agent_id order by x.agent_id) from agent_times x where x.rdv_id = v.id), '[]') as "agentIds",
           coalesce((select json_agg(p.usager_id order by p.id) from participations p
                     where p.rdv_id = v.id and p.status = 'unknown'), '[]') as "usagerIds",
           coalesce((select json_agg(distinct (rdvs.starts_at at time zone t.zone)::date)
                     from participations mine join participations p on p.usager_id = mine.usager_id join rdvs on rdvs.id = p.rdv_id
                     where mine.rdv_id = v.id and mine.status = 'unknown' and p.status in ('unknown', 'seen', 'noshow')
                       and rdvs.id <> v.id and rdvs.motif_id = v.motif_id and rdvs.occupies and rdvs.starts_at > ${instantSql(now)}
                       and ${rdvsWithin(reach, 'read')}), '[]') as "takenDays"
    from movable v join motifs m on m.id = v.motif_id join territories t on t.id = v.territory_id
    order by v.starts_at, v.id`)
  return rows.map(({ startMs, endMs, ...row }) => ({
    ...row,
    startsAt: new Date(startMs),
    endsAt: new Date(endMs),
    isTeamOpen: isTeamOpen(actor, row),
  }))
}

/** In one's own agenda, or where one may look for times: where and when somebody else receives is not told. */
const isTeamOpen = (actor: AgentActor, rdv: RdvInReach): boolean =>
  rdv.agentIds.length > 0 &&
  rdv.agentIds.every((agentId) => agentId === actor.agentId || mayPlaceWith(actor, rdv, agentId))

/** The agendas as the change will leave them; as they stand when it has been written. */
export type Changed = (agendas: MotifAgendas, motifIds: readonly number[]) => MotifAgendas

type Window = { fromMs: number; toMs: number }

/** From the day of the RDV on; of today's, later alone: who is on their way cannot come sooner. */
const windowOf = ({ startsAt, zone }: MovableRdv, now: Date): Window => {
  const onDay = dayOf(startsAt, zone)
  return {
    fromMs: onDay === dayOf(now, zone) ? startsAt.getTime() : instantMs(zone, onDay, 0),
    toMs: instantMs(zone, addDays(onDay, HORIZON_DAYS), 0),
  }
}

const MINUTE_MS = 60_000

/** What is asked of the agendas: an RDV held nowhere may be placed in any opening of its motif (domain §2.12). */
const questionOf = (rdv: MovableRdv, now: Date) => ({
  durationMin: Math.round(lengthOf(rdv) / MINUTE_MS),
  zone: rdv.zone,
  department: rdv.department,
  nowMs: now.getTime(),
  agents: rdv.agentIds,
  delays: null,
  lieuId: rdv.locationType === 'public_office' ? rdv.lieuId : ('any' as const),
})

function answerOf<T>(found: Outcome<T, string>): T {
  if (!found.ok) throw new Error(`slot search refused: ${found.reason}`)
  return found.value
}

/** The agendas of those for whom a time is looked for, in three statements; nothing is read when nobody is. */
async function agendasOf(
  read: ReadCtx,
  rdvs: readonly MovableRdv[],
  windows: readonly Window[],
  changed: Changed,
): Promise<MotifAgendas> {
  const searched = rdvs.filter((rdv) => whyNoSearch(rdv) === null)
  if (searched.length === 0 || windows.length === 0) return { openingsByMotif: new Map(), absences: [], busy: [] }
  const motifIds = inIdOrder(searched.map(({ motifId }) => motifId))
  const agendas = await loadAgendas(read, {
    motifIds,
    lieuId: 'any',
    agents: inIdOrder(searched.flatMap(({ agentIds }) => agentIds)),
    fromMs: Math.min(...windows.map(({ fromMs }) => fromMs)),
    toMs: Math.max(...windows.map(({ toMs }) => toMs)),
  })
  return changed(agendas, motifIds)
}

const of = ({ openingsByMotif, ...agendas }: MotifAgendas, { motifId }: MovableRdv) => ({
  ...agendas,
  openings: openingsByMotif.get(motifId) ?? [],
})

const freeIn = (agendas: MotifAgendas, now: Date) => (rdv: MovableRdv, startAt: Date) =>
  startAt > now &&
  isPlaceable(startAt, now) &&
  answerOf(areFreeAt(of(agendas, rdv), questionOf(rdv, now), startAt.getTime()))

const minuteFrom = (startAt: Date): Window => ({ fromMs: startAt.getTime(), toMs: startAt.getTime() + MINUTE_MS })

/** Chosen times as far as anybody may place an RDV: what lies beyond is not read for. */
const windowsOf = (moves: readonly ChosenMove[], now: Date): Window[] =>
  moves.flatMap(({ to: { startAt } }) => (startAt > now && isPlaceable(startAt, now) ? [minuteFrom(startAt)] : []))

/**
 * The times offered to those of these RDVs that the actor may move, the change once made, and what is wrong with those
 * already chosen. Four statements whatever their number.
 */
export async function findOffers(
  read: AgentReadCtx,
  { rdvIds, moves, changed }: { rdvIds: readonly number[]; moves: readonly ChosenMove[]; changed: Changed },
): Promise<{ offers: MoveOffer[]; refusals: { rdvId: number; reason: MoveFateRefusal }[] }> {
  if (rdvIds.length === 0) return { offers: [], refusals: [] }
  const { now } = read
  const rdvs = await readMovables(
    read,
    rdvIds,
    moves.map(({ rdvId }) => rdvId),
  )
  const windows = [...rdvs.map((rdv) => windowOf(rdv, now)), ...windowsOf(moves, now)]
  const agendas = await agendasOf(read, rdvs, windows, changed)
  const refusals = whyNotMoves(rdvs, moves, freeIn(agendas, now))
  const search = searchIn(agendas, now)
  const heldOf = ({ id }: MovableRdv) =>
    refusals.some(({ rdvId }) => rdvId === id) ? undefined : moves.find(({ rdvId }) => rdvId === id)?.to.startAt
  const shared = shareOut(
    rdvs.map((rdv) => ({
      ...rdv,
      ...{ rdvId: rdv.id, lengthMs: lengthOf(rdv), heldMs: heldOf(rdv)?.getTime() ?? null },
      startsMs: whyNoSearch(rdv) === null ? search(rdv) : [],
    })),
  )
  const offers = rdvs.map((rdv): MoveOffer => {
    const startsAt = (shared.get(rdv.id) ?? []).map((ms) => new Date(ms))
    const whyNone = startsAt.length > 0 ? null : (whyNoSearch(rdv) ?? 'none-free')
    return { rdvId: rdv.id, sequence: rdv.sequence, startsAt, whyNone }
  })
  return { offers, refusals }
}

/** Every free start of an RDV, in order, on no day its people come for the same motif: looked for once for those alike. */
function searchIn(agendas: MotifAgendas, now: Date): (rdv: MovableRdv) => number[] {
  const known = new Map<string, readonly number[]>()
  return (rdv) => {
    const asked = { ...questionOf(rdv, now), ...windowOf(rdv, now) }
    const key = JSON.stringify([rdv.motifId, asked])
    const starts = known.get(key) ?? answerOf(searchTogether(of(agendas, rdv), asked)).map(({ startMs }) => startMs)
    known.set(key, starts)
    const taken = rdv.takenDays.map((day) => [0, 1].map((days) => instantMs(rdv.zone, addDays(day, days), 0)))
    const isTaken = (ms: number) => taken.some(([fromMs = 0, toMs = 0]) => fromMs <= ms && ms < toMs)
    return [...new Set(starts)].filter((ms) => !isTaken(ms))
  }
}

/** What is wrong with these moves, judged on agendas as they stand, under the agents' lock; and the RDVs themselves. */
export async function judgeMoves(
  read: AgentReadCtx,
  moves: readonly ChosenMove[],
): Promise<{ rdvs: MovableRdv[]; refusals: { rdvId: number; reason: MoveFateRefusal }[] }> {
  const ids = moves.map(({ rdvId }) => rdvId)
  const rdvs = await readMovables(read, ids, ids)
  const agendas = await agendasOf(read, rdvs, windowsOf(moves, read.now), (asTheyStand) => asTheyStand)
  return { rdvs, refusals: whyNotMoves(rdvs, moves, freeIn(agendas, read.now)) }
}

/** Whose agendas these moves touch, of RDVs held by the transaction. */
export async function readTeams({ db }: ReadCtx, rdvIds: readonly number[]): Promise<number[]> {
  if (rdvIds.length === 0) return []
  const rows = await db.execute<{ id: number }>(sql`
    select distinct agent_id::float8 as id from agent_times where rdv_id = any(${idsSql(rdvIds)})`)
  return rows.map(({ id }) => id)
}
