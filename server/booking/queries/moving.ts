import { sql } from 'drizzle-orm'
import { found } from '@/server/kernel/errors'
import { inOneStatement, inRead, type Ctx, type ReadCtx } from '@/server/platform/ctx'
import { loadAgendas } from '@/server/scheduling/queries/agendas'
import { wallClock } from '@/server/scheduling/rules/civil'
import { horizonMs, startsOf, type GroupSearch } from '../rules/availability'
import { whyNotBook, whyNotMoveOnline, withoutOwnTime } from '../rules/booking'
import { earlierThanMs } from '../rules/waitlist'
import type { MoveToRefusal, RdvForUsager, SlotPage } from '../rules/tunnel'
import { slotPage } from './slots'
import { findRdvByToken, forUsager, type OwnRdv } from './usager-rdvs'

/** What an RDV asks of agendas when its own person moves it. */
export type MovingRdv = {
  rdvId: number
  motifId: number
  lieuId: number | null
  startAt: Date
  endAt: Date
  agentId: number
}

type MovingFacts = { zone: string; department: string; minLeadMin: number; maxLeadMin: number; agentId: number }

/** Who holds it, and the delays of its motif as they are now. Null when several agents hold it, or none. */
export async function findMovingFacts({ db }: ReadCtx, rdvId: number): Promise<MovingFacts | null> {
  const rows = await db.execute<MovingFacts>(sql`
    select t.zone, t.department_number as department, m.min_lead_min as "minLeadMin", m.max_lead_min as "maxLeadMin",
           x.agent_id::float8 as "agentId"
    from rdvs r join territories t on t.id = r.territory_id join motifs m on m.id = r.motif_id
    join agent_times x on x.rdv_id = r.id
    where r.id = ${rdvId} limit 2`)
  return rows.length === 1 ? (rows[0] ?? null) : null
}

/**
 * The agendas an RDV may move in: its own motif, lieu and length, whoever has an opening for them, at the delays of the
 * motif (domain §2.13). Its own time counts as free.
 */
export async function loadMovingGroup(
  read: ReadCtx,
  rdv: MovingRdv,
  facts: MovingFacts,
  { agents, window }: { agents: 'any' | readonly number[]; window?: { fromMs: number; toMs: number } },
): Promise<GroupSearch> {
  const nowMs = read.now.getTime()
  const [startMs, endMs] = [rdv.startAt.getTime(), rdv.endAt.getTime()]
  const { zone, department, minLeadMin, maxLeadMin } = facts
  const motifs = [{ id: rdv.motifId, durationMin: Math.round((endMs - startMs) / 60_000), minLeadMin, maxLeadMin }]
  const lieuId: GroupSearch['lieuId'] = rdv.lieuId ?? 'any'
  const agendas = await inOneStatement(read, (together) =>
    loadAgendas(together, {
      motifIds: [rdv.motifId],
      lieuId,
      agents,
      fromMs: window?.fromMs ?? nowMs,
      toMs: window?.toMs ?? horizonMs(motifs, nowMs),
    }),
  )
  const group = { motifs, ...agendas, zone, department, lieuId, nowMs }
  return withoutOwnTime(group, { agentId: rdv.agentId, startMs, endMs })
}

/** Agendas around one start. */
export const minuteOf = (startAt: Date) => ({ fromMs: startAt.getTime(), toMs: startAt.getTime() + 60_000 })

type Asked = { own: OwnRdv; facts: MovingFacts; rdv: RdvForUsager }

async function asked(read: ReadCtx, token: string): Promise<Omit<Asked, 'facts'> & { facts: MovingFacts | null }> {
  const own = found(await findRdvByToken(read, token))
  const rdv = forUsager(own, read.now, true)
  return { own, rdv, facts: rdv.whyNotMove ? null : await findMovingFacts(read, own.rdvId) }
}

/** The slots an RDV may move to, seven days at a time; no page when it may not move, which it says. Throws `not-found`. */
export const listMoveSlots = (
  ctx: Ctx,
  { token, fromDay }: { token: string; fromDay?: string | undefined },
): Promise<{ rdv: RdvForUsager; page: SlotPage | null }> =>
  inRead(ctx, async (read) => {
    const { own, rdv, facts } = await asked(read, token)
    if (!facts) return { rdv, page: null }
    const group = await loadMovingGroup(read, { ...own, agentId: facts.agentId }, facts, { agents: 'any' })
    const today = wallClock(facts.zone, read.now.getTime()).onDay
    const isDayGiven = fromDay !== undefined
    return { rdv, page: slotPage(group, { today, asked: isDayGiven && fromDay > today ? fromDay : today, isDayGiven }) }
  })

/** Far above what is free at once before an RDV; of others, no offer is lost. */
const MAX_KNOWN = 500

/** The earlier starts an RDV may move to at once, by its own person, that are worth it; none when it may not. */
export async function listEarlierStarts(read: ReadCtx, token: string): Promise<Date[]> {
  const { own, facts } = await asked(read, token)
  if (!facts) return []
  const window = { fromMs: read.now.getTime(), toMs: earlierThanMs(own.startAt, facts.zone) }
  if (window.fromMs >= window.toMs) return []
  const group = await loadMovingGroup(read, { ...own, agentId: facts.agentId }, facts, { agents: 'any', window })
  return startsOf(group, window.fromMs, window.toMs)
    .slice(0, MAX_KNOWN)
    .map(({ startMs }) => new Date(startMs))
}

/** Whether it may move to that time, as things now stand: what the check page says before the button. Throws `not-found`. */
export const judgeMoveByLink = (
  ctx: Ctx,
  { token, startAt }: { token: string; startAt: Date },
): Promise<{ rdv: RdvForUsager; why: MoveToRefusal | null; endAt: Date }> =>
  inRead(ctx, async (read) => {
    const { own, rdv, facts } = await asked(read, token)
    const endAt = new Date(startAt.getTime() + rdv.endAt.getTime() - rdv.startAt.getTime())
    if (!facts) return { rdv, why: rdv.whyNotMove ?? 'not-movable', endAt }
    const at = { agents: 'any', window: minuteOf(startAt) } as const
    const group = await loadMovingGroup(read, { ...own, agentId: facts.agentId }, facts, at)
    return { rdv, why: whyNotMoveTo(group, startAt), endAt }
  })

/** The judge of a booking, in the words of a move. */
export function whyNotMoveTo(group: GroupSearch, startAt: Date): MoveToRefusal | null {
  const why = whyNotBook(group, startAt.getTime())
  return why === 'motif-closed' ? 'not-movable' : why
}

/** The judge, on an RDV read again under its lock. */
export const whyNotMoveOwn = (own: OwnRdv, now: Date) =>
  whyNotMoveOnline({ ...own, status: own.rdvStatus, startsAt: own.startAt }, now)
