import { sql } from 'drizzle-orm'
import { loadLieux, loadLieuxOf, type LieuFacts, type PublicMotif } from '@/server/directory/queries'
import { inOneStatement, type Ctx, type ReadCtx } from '@/server/platform/ctx'
import { idsSql, instantSql } from '@/server/platform/sql'
import { loadAgendas } from '@/server/scheduling/queries/agendas'
import type { OpeningRow } from '@/server/scheduling/rules/agenda'
import { addDays, diffDays, instantMs, wallClock, type CivilDay } from '@/server/scheduling/rules/civil'
import { openSessions, seatsLeft } from '@/server/scheduling/rules/sessions'
import { firstStart, horizonMs, startsOf, type GroupSearch } from '../rules/availability'
import { orderPlaces, type LocatedPlace, type OrderedPlaces } from '../rules/place-order'
import type { SlotChoice, SlotDay, SlotPage, TunnelRecap } from '../rules/tunnel'
import { whyEmpty } from '../rules/why-empty'
import type { TunnelQuery } from '../schema'
import { loadPlaced, loadTunnel, organisationPlace, recapOf, toPlace, type Tunnel } from './tunnel'

/** Days shown at once. */
const PAGE_DAYS = 7

/** Loads the agendas of these motifs over the whole booking horizon: three reads that go together. */
export async function loadGroup(
  read: ReadCtx,
  tunnel: { territory: { zone: string; departmentNumber: string } },
  motifs: readonly PublicMotif[],
  lieuId: number | 'any',
  window?: { fromMs: number; toMs: number },
): Promise<GroupSearch> {
  const nowMs = read.now.getTime()
  const agendas = await loadAgendas(read, {
    motifIds: motifs.map(({ id }) => id),
    lieuId,
    agents: 'any',
    fromMs: window?.fromMs ?? nowMs,
    toMs: window?.toMs ?? horizonMs(motifs, nowMs),
  })
  const { zone, departmentNumber: department } = tunnel.territory
  return { motifs, ...agendas, zone, department, lieuId, nowMs }
}

/** Lieux (or organisations) for the chosen motif: those that can receive first, then nearest first, then soonest first. */
export async function listPlaces(ctx: Ctx, query: TunnelQuery): Promise<{ recap: TunnelRecap } & OrderedPlaces> {
  const tunnel = await inOneStatement(ctx, (read) => loadTunnel(read, query))
  const places = await placesOf(ctx, tunnel)
  const { lat, lon } = query
  const at = lat === undefined || lon === undefined ? null : { latitude: lat, longitude: lon }
  return { recap: recapOf(tunnel, null, null), ...orderPlaces(places, tunnel.commune.code, at) }
}

async function placesOf(ctx: Ctx, tunnel: Tunnel): Promise<LocatedPlace[]> {
  const [motif] = tunnel.chosen
  if (!motif) return []
  if (motif.isCollective) return sessionPlaces(ctx, tunnel.chosen)
  return motif.locationType === 'public_office' ? lieuPlaces(ctx, tunnel) : organisationPlaces(ctx, tunnel)
}

/** The first start of a group before its horizon. */
function nextAt(search: GroupSearch): Date | null {
  const startMs = firstStart(search, search.nowMs, horizonMs(search.motifs, search.nowMs))
  return startMs === null ? null : new Date(startMs)
}

async function organisationPlaces(ctx: Ctx, tunnel: Tunnel): Promise<LocatedPlace[]> {
  const group = await inOneStatement(ctx, (read) => loadGroup(read, tunnel, tunnel.chosen, 'any'))
  return tunnel.chosen.map((motif) => ({
    ...organisationPlace(motif),
    nextAt: nextAt({ ...group, motifs: [motif] }),
    point: null,
    cityCode: null,
  }))
}

async function lieuPlaces(ctx: Ctx, tunnel: Tunnel): Promise<LocatedPlace[]> {
  const motifIds = tunnel.chosen.map(({ id }) => id)
  const [group, lieux] = await inOneStatement(ctx, (read) =>
    Promise.all([loadGroup(read, tunnel, tunnel.chosen, 'any'), loadLieuxOf(read, motifIds)]),
  )
  const byLieu = searchesByLieu(group)
  return lieux.flatMap((lieu) => {
    const search = byLieu.get(lieu.id)
    return search ? [{ ...toPlace(lieu), nextAt: nextAt(search), ...whereIs(lieu) }] : []
  })
}

/** One search a lieu, with the openings, absences and busy time of its own agents: a lieu costs what it holds. */
function searchesByLieu(group: GroupSearch): Map<number, GroupSearch> {
  const openings = new Map<number, Map<number, OpeningRow[]>>()
  for (const [motifId, ofMotif] of group.openingsByMotif) {
    for (const opening of ofMotif) {
      if (opening.lieuId === null) continue
      const here = openings.get(opening.lieuId) ?? new Map<number, OpeningRow[]>()
      const known = here.get(motifId)
      if (known) known.push(opening)
      else openings.set(opening.lieuId, here.set(motifId, [opening]))
    }
  }
  return new Map(
    [...openings].map(([lieuId, openingsByMotif]) => {
      const agentIds = new Set([...openingsByMotif.values()].flat().map(({ agentId }) => agentId))
      const isHere = ({ agentId }: { agentId: number }) => agentIds.has(agentId)
      const motifs = group.motifs.filter(({ id }) => openingsByMotif.has(id))
      const [absences, busy] = [group.absences.filter(isHere), group.busy.filter(isHere)]
      return [lieuId, { ...group, motifs, openingsByMotif, absences, busy, lieuId }]
    }),
  )
}

const whereIs = ({ latitude, longitude, cityCode }: LieuFacts) => ({
  cityCode,
  point: latitude === null || longitude === null ? null : { latitude, longitude },
})

type Session = {
  motifId: number
  lieuId: number
  startAt: Date
  durationMin: number
  title: string | null
  seatsLeft: number | null
}

/** Sessions of collective motifs the person may join now, by start (domain §2.8). */
async function loadSessions({ db, now }: ReadCtx, motifs: readonly PublicMotif[]): Promise<Session[]> {
  const rows = await db.execute<{
    id: number
    motif_id: number
    lieu_id: number
    start_ms: number
    end_ms: number
    title: string | null
    max_seats: number | null
    seats_taken: number
  }>(sql`
    select r.id::float8 as id, r.motif_id::float8 as motif_id, r.lieu_id::float8 as lieu_id, r.max_seats, r.seats_taken,
           case when not m.is_confidential then r.title end as title,
           extract(epoch from r.starts_at)::float8 * 1000 as start_ms, extract(epoch from r.ends_at)::float8 * 1000 as end_ms
    from rdvs r join motifs m on m.id = r.motif_id
    where r.motif_id = any(${idsSql(motifs.map(({ id }) => id))}) and r.is_collective and r.status = 'unknown'
      and r.lieu_id is not null and r.starts_at > ${instantSql(now)}
    order by r.starts_at, r.id
    limit 1000`)
  const nowMs = now.getTime()
  const sessions = motifs.flatMap((motif) => {
    const ofMotif = rows.filter((row) => row.motif_id === motif.id)
    const open = openSessions(
      ofMotif.map((row) => ({
        rdvId: row.id,
        startMs: row.start_ms,
        endMs: row.end_ms,
        lieuId: row.lieu_id,
        agentIds: [],
        isCancelled: false,
        takenSeats: row.seats_taken,
        seats: row.max_seats,
      })),
      {
        fromMs: nowMs,
        toMs: horizonMs([motif], nowMs),
        nowMs,
        delays: { minMin: motif.minLeadMin, maxMin: motif.maxLeadMin },
        agents: 'any',
        lieuId: 'any',
      },
    )
    if (!open.ok) throw new Error(`session search refused: ${open.reason}`)
    return open.value.flatMap((session) => {
      const row = ofMotif.find(({ id }) => id === session.rdvId)
      return row ? [toSession(row, seatsLeft(session))] : []
    })
  })
  return sessions.sort((a, b) => a.startAt.getTime() - b.startAt.getTime())
}

const toSession = (
  row: { motif_id: number; lieu_id: number; start_ms: number; end_ms: number; title: string | null },
  seats: number | null,
): Session => ({
  motifId: row.motif_id,
  lieuId: row.lieu_id,
  startAt: new Date(row.start_ms),
  durationMin: Math.round((row.end_ms - row.start_ms) / 60_000),
  title: row.title,
  seatsLeft: seats,
})

async function sessionPlaces(ctx: Ctx, motifs: readonly PublicMotif[]): Promise<LocatedPlace[]> {
  const sessions = await inOneStatement(ctx, (read) => loadSessions(read, motifs))
  const lieuIds = [...new Set(sessions.map(({ lieuId }) => lieuId))]
  const lieux = await inOneStatement(ctx, (read) => loadLieux(read, lieuIds))
  return lieux.map((lieu) => ({
    ...toPlace(lieu),
    nextAt: sessions.find(({ lieuId }) => lieuId === lieu.id)?.startAt ?? null,
    ...whereIs(lieu),
  }))
}

/** The slots of seven days at the chosen place. Without a day asked for, the page opens on the first one with a slot. */
export async function searchSlots(ctx: Ctx, query: TunnelQuery): Promise<{ recap: TunnelRecap; page: SlotPage }> {
  const tunnel = await loadPlaced(ctx, query)
  const { place, chosen: motifs } = tunnel
  const recap = recapOf(tunnel, place, null)
  const { zone } = tunnel.territory
  const today = wallClock(zone, ctx.now.getTime()).onDay
  const asked = query.du !== undefined && query.du > today ? query.du : today
  if (!place) return { recap, page: emptyPage(asked) }
  const isDayGiven = query.du !== undefined
  if (motifs[0]?.isCollective) {
    const sessions = await inOneStatement(ctx, (read) => loadSessions(read, motifs))
    const ofPlace = sessions.filter(({ lieuId }) => lieuId === place.id)
    return { recap, page: sessionPage(ofPlace, { zone, asked, isDayGiven }) }
  }
  const lieuId = place.kind === 'lieu' ? place.id : 'any'
  const group = await inOneStatement(ctx, (read) => loadGroup(read, tunnel, motifs, lieuId))
  return { recap, page: slotPage(group, { today, asked, isDayGiven }) }
}

const emptyPage = (fromDay: CivilDay): SlotPage => ({
  days: [],
  fromDay,
  nextFromDay: null,
  previousFromDay: null,
  nextAvailabilityAt: null,
  reasons: [{ reason: 'no-opening', count: 0 }],
})

/** Seven days of this group, from the day asked for, else from the first with a slot. */
export function slotPage(
  group: GroupSearch,
  { today, asked, isDayGiven }: { today: CivilDay; asked: CivilDay; isDayGiven: boolean },
): SlotPage {
  const { zone, nowMs } = group
  const endMs = horizonMs(group.motifs, nowMs)
  const dayOf = (ms: number | null): CivilDay | null => (ms === null ? null : wallClock(zone, ms).onDay)
  const first = dayOf(firstStart(group, nowMs, endMs))
  const fromDay = isDayGiven || first === null ? asked : first
  const untilMs = Math.min(instantMs(zone, addDays(fromDay, PAGE_DAYS), 0), endMs)
  const starts = startsOf(group, Math.max(nowMs, instantMs(zone, fromDay, 0)), untilMs)
  const afterMs = firstStart(group, Math.max(nowMs, untilMs), endMs)
  const days = byDay(
    zone,
    starts.map(({ startMs, durationMin }) => ({
      startAt: new Date(startMs),
      durationMin,
      seatsLeft: null,
      title: null,
    })),
  )
  return {
    days,
    fromDay,
    nextFromDay: dayOf(afterMs),
    previousFromDay: previousDay(fromDay, first ?? today),
    nextAvailabilityAt: days.length === 0 && afterMs !== null ? new Date(afterMs) : null,
    reasons: days.length === 0 ? whyEmpty(group, Math.max(nowMs, instantMs(zone, fromDay, 0)), untilMs) : [],
  }
}

type PageAsked = { asked: CivilDay; isDayGiven: boolean }

/** Seven days of sessions, from the day asked for, else from the first session. */
function sessionPage(
  sessions: readonly Session[],
  { zone, asked, isDayGiven }: PageAsked & { zone: string },
): SlotPage {
  const days = byDay(
    zone,
    sessions.map(({ startAt, durationMin, seatsLeft, title }) => ({ startAt, durationMin, seatsLeft, title })),
  )
  const first = days[0]?.onDay ?? asked
  const fromDay = isDayGiven ? asked : first
  const untilDay = addDays(fromDay, PAGE_DAYS)
  const shown = days.filter(({ onDay }) => onDay >= fromDay && onDay < untilDay)
  const after = days.find(({ onDay }) => onDay >= untilDay)
  return {
    days: shown,
    fromDay,
    nextFromDay: after?.onDay ?? null,
    previousFromDay: previousDay(fromDay, first),
    nextAvailabilityAt: shown.length === 0 ? (after?.slots[0]?.startAt ?? null) : null,
    reasons: shown.length === 0 ? [{ reason: 'no-session', count: 0 }] : [],
  }
}

function previousDay(fromDay: CivilDay, first: CivilDay): CivilDay | null {
  if (diffDays(first, fromDay) <= 0) return null
  const weekBefore = addDays(fromDay, -PAGE_DAYS)
  return diffDays(first, weekBefore) > 0 ? weekBefore : first
}

function byDay(zone: string, slots: readonly SlotChoice[]): SlotDay[] {
  const days: SlotDay[] = []
  for (const slot of slots) {
    const { onDay } = wallClock(zone, slot.startAt.getTime())
    const last = days.at(-1)
    if (last?.onDay === onDay) last.slots.push(slot)
    else days.push({ onDay, slots: [slot] })
  }
  return days
}
