import { loadLiveMotifs, loadPublicMotifs, type PublicMotif } from '@/server/directory/queries'
import { inOneStatement, type Ctx, type ReadCtx } from '@/server/platform/ctx'
import { loadAgendas } from '@/server/scheduling/queries/agendas'
import { DAY_MIN, MINUTE_MS } from '@/server/scheduling/rules/civil'
import { horizonMs, startsOf, type GroupSearch, type Start } from '../rules/availability'
import type { WaitlistTerritory } from './waiting'

/** What is waited for: slots of one motif, at one place or none. `isPublicOnly`: while it is booked online. */
export type Awaited = { motifId: number; lieuId: number | null; isPublicOnly: boolean }

/** The motif of a wait and the agendas it may be held in; null when it is gone, or no longer booked online where that counts. */
export type WaitingSearch = { motif: PublicMotif; search: GroupSearch }

type Where = { territory: Pick<WaitlistTerritory, 'id' | 'zone' | 'departmentNumber'>; awaited: Awaited }
type Window = { agents: 'any' | readonly number[]; fromMs: number; toMs: number }

/** `durationMin`: of the RDV to bring forward; null: as long as the motif says. */
export const lasting = ({ motif, search }: WaitingSearch, durationMin: number | null): GroupSearch => ({
  ...search,
  motifs: [{ ...motif, durationMin: durationMin ?? motif.durationMin }],
})

/**
 * The agendas a wait is judged on, as the public site would: over the whole horizon of its motif, or in a window. Ignores
 * reach by rule: a slot is free when every agenda says so.
 */
export async function loadWaitingSearch(
  ctx: Ctx | ReadCtx,
  { territory, awaited: { motifId, lieuId, isPublicOnly } }: Where,
  window?: Window,
): Promise<WaitingSearch | null> {
  const nowMs = ctx.now.getTime()
  const [motifs, agendas] = await inOneStatement(ctx, (read) =>
    Promise.all([
      (isPublicOnly ? loadPublicMotifs : loadLiveMotifs)(read, { territoryIds: [territory.id], motifIds: [motifId] }),
      loadAgendas(read, {
        ...{ motifIds: [motifId], lieuId: lieuId ?? 'any' },
        ...(window ?? { agents: 'any', fromMs: nowMs, toMs: nowMs + FURTHEST_MS }),
      }),
    ]),
  )
  const [motif] = motifs
  if (!motif || motif.isCollective) return null
  const { zone, departmentNumber: department } = territory
  return { motif, search: { motifs: [motif], ...agendas, zone, department, lieuId: lieuId ?? 'any', nowMs } }
}

/** No motif is booked online further ahead. */
const FURTHEST_MS = 366 * DAY_MIN * MINUTE_MS

/** Free starts for an RDV so long, computed once for each length. */
export function startsForEach(found: WaitingSearch): (durationMin: number | null) => readonly Start[] {
  const known = new Map<number | null, readonly Start[]>()
  return (durationMin) => {
    const starts = known.get(durationMin) ?? startsOf(lasting(found, durationMin), ...horizonOf(found))
    known.set(durationMin, starts)
    return starts
  }
}

const horizonOf = ({ motif, search }: WaitingSearch): [fromMs: number, toMs: number] => [
  search.nowMs,
  horizonMs([motif], search.nowMs),
]
