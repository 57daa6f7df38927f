import type { Agendas, OpeningRow } from '@/server/scheduling/rules/agenda'
import { type Slot, slotAt, uniqueStartsMin } from '@/server/scheduling/rules/slot-table'
import { nextAvailability, searchSlots } from '@/server/scheduling/rules/slots'
import type { SlotQuestion } from '@/server/scheduling/rules/question'
import { DAY_MIN, MINUTE_MS } from '@/server/scheduling/rules/civil'

/** A motif as slot search needs it. Several stand behind one choice of the person (domain §2.6). */
export type BookableMotif = { id: number; durationMin: number; minLeadMin: number; maxLeadMin: number }

/** The agendas of a group of motifs in one territory, and where and when to look. */
export type GroupSearch = {
  motifs: readonly BookableMotif[]
  openingsByMotif: ReadonlyMap<number, readonly OpeningRow[]>
  absences: Agendas['absences']
  busy: Agendas['busy']
  zone: string
  department: string
  lieuId: number | null | 'any'
  nowMs: number
}

export type Start = { startMs: number; durationMin: number }

/** The question of a person, for one motif of the group. */
export function questionOf(group: GroupSearch, motif: BookableMotif, fromMs: number, toMs: number): SlotQuestion {
  return {
    durationMin: motif.durationMin,
    zone: group.zone,
    department: group.department,
    fromMs,
    toMs,
    nowMs: group.nowMs,
    agents: 'any',
    lieuId: group.lieuId,
    delays: { minMin: motif.minLeadMin, maxMin: motif.maxLeadMin },
  }
}

/** The agendas of one motif of the group. */
export const agendasOf = (group: GroupSearch, motif: BookableMotif): Agendas => ({
  openings: group.openingsByMotif.get(motif.id) ?? [],
  absences: group.absences,
  busy: group.busy,
})

/** Distinct starts a person may choose in [fromMs, toMs), in order; on a tie the shortest motif's. Throws on a malformed agenda. */
export function startsOf(group: GroupSearch, fromMs: number, toMs: number): Start[] {
  if (fromMs >= toMs) return []
  const durationByStart = new Map<number, number>()
  for (const motif of group.motifs) {
    const found = searchSlots(agendasOf(group, motif), questionOf(group, motif, fromMs, toMs))
    if (!found.ok) throw new Error(`slot search refused: ${found.reason}`)
    for (const startMin of uniqueStartsMin(found.value)) {
      const known = durationByStart.get(startMin)
      if (known === undefined || motif.durationMin < known) durationByStart.set(startMin, motif.durationMin)
    }
  }
  return [...durationByStart]
    .map(([startMin, durationMin]) => ({ startMs: startMin * MINUTE_MS, durationMin }))
    .sort((a, b) => a.startMs - b.startMs)
}

/** Somebody is free within these days more often than not. */
const NEAR_MS = 14 * DAY_MIN * MINUTE_MS

/** First start a person may choose in [fromMs, toMs), or null. Days far off are only laid out when the near ones are full. */
export function firstStart(group: GroupSearch, fromMs: number, toMs: number): number | null {
  const nearMs = Math.min(fromMs + NEAR_MS, toMs)
  return firstStartIn(group, fromMs, nearMs) ?? firstStartIn(group, nearMs, toMs)
}

/** One pass over the agendas. */
function firstStartIn(group: GroupSearch, fromMs: number, toMs: number): number | null {
  let bestMs = toMs
  for (const motif of group.motifs) {
    if (fromMs >= bestMs) break
    const found = nextAvailability(agendasOf(group, motif), questionOf(group, motif, fromMs, bestMs))
    if (!found.ok) throw new Error(`slot search refused: ${found.reason}`)
    if (found.value) bestMs = found.value.startMs
  }
  return bestMs < toMs ? bestMs : null
}

/** A place at an exact start: which agent would receive, under which motif. */
export type Candidate = Slot & { motifId: number }

/** How long a start shown stays bookable while its half-day goes on: as long as a tunnel may last. */
const SHOWN_MIN = 60
/** The step by which a grid already begun moves on (domain §2.1). */
const GRID_STEP_MIN = 5

/**
 * Everybody who could receive at exactly `startMs`. Empty when nobody can. The grid of a half-day already begun moves on
 * every five minutes: what it was while the person filled the tunnel still counts, delays and agendas being those of now.
 */
export function candidatesAt(group: GroupSearch, startMs: number): Candidate[] {
  const now = candidatesOnGrid(group, startMs, 0)
  const hasBegun = startMs - group.nowMs < DAY_MIN * MINUTE_MS
  for (let agoMin = GRID_STEP_MIN; hasBegun && now.length === 0 && agoMin <= SHOWN_MIN; agoMin += GRID_STEP_MIN) {
    const shown = candidatesOnGrid(group, startMs, agoMin)
    if (shown.length > 0) return shown
  }
  return now
}

/** On the grid as it was `agoMin` minutes ago. */
function candidatesOnGrid(group: GroupSearch, startMs: number, agoMin: number): Candidate[] {
  return group.motifs.flatMap((motif) => {
    const { delays, nowMs, ...question } = questionOf(group, motif, startMs, startMs + MINUTE_MS)
    const found = searchSlots(agendasOf(group, motif), {
      ...question,
      nowMs: nowMs - agoMin * MINUTE_MS,
      // Counted from the earlier instant, the same two bounds as now.
      delays: delays && { minMin: delays.minMin + agoMin, maxMin: delays.maxMin + agoMin },
    })
    if (!found.ok) throw new Error(`slot search refused: ${found.reason}`)
    const table = found.value
    return Array.from({ length: table.count }, (_, i) => ({ ...slotAt(table, i), motifId: motif.id }))
  })
}

/** Latest instant any motif of the group may be booked at, ms. */
export const horizonMs = (motifs: readonly BookableMotif[], nowMs: number): number =>
  nowMs + Math.max(0, ...motifs.map((motif) => motif.maxLeadMin)) * MINUTE_MS + MINUTE_MS
