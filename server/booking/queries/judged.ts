import { sql } from 'drizzle-orm'
import { inRead, type ReadCtx } from '@/server/platform/ctx'
import { idsSql, instantSql } from '@/server/platform/sql'
import { keyedHash } from '@/server/platform/tokens'
import { wallClock } from '@/server/scheduling/rules/civil'
import type { Interval } from '@/server/scheduling/rules/interval'
import { lostDays, type SeriesPlan, type SeriesScope, type TimedSeries } from '@/server/scheduling/rules/series'
import type { ChosenFate } from '../rules/impact'
import { chosenMoves } from '../rules/offers'
import type { AgentFault, PlanningJudgement, PlanningWarning } from '../rules/planning-views'
import { readRdvs, type AgentCtx, type AgentReadCtx, type RdvsOfAgenda } from './agent-rdvs'
import { findOffers, type Changed } from './offers'

/** What a change of planning would do, and all there is to say about it. */
export type Judged<Plan> = {
  /** Empty where a fault forbids it. */
  plans: Plan[]
  isStale: boolean
  faults: AgentFault[]
  warnings: PlanningWarning[]
  /** RDVs to come that it hurts, whoever may read them. */
  rdvIds: number[]
}

/** Changes with each warning and each RDV hurt, and tells nothing of them; null when there is nothing to tell. */
export const markOf = ({ warnings, rdvIds }: Pick<Judged<unknown>, 'warnings' | 'rdvIds'>): string | null =>
  warnings.length + rdvIds.length === 0 ? null : keyedHash(`opening|${JSON.stringify([warnings, rdvIds])}`)

/** The RDVs to come of some agents, of any organisation, whoever may read them: in order, once for each agent. */
export async function loadTimesToCome(
  { db, now }: ReadCtx,
  agentIds: readonly number[],
): Promise<(Interval & { agentId: number; rdvId: number; lieuId: number | null })[]> {
  const rows = await db.execute<{
    agentId: number
    rdvId: number
    lieuId: number | null
    startMs: number
    endMs: number
  }>(sql`
    select t.agent_id::float8 as "agentId", t.rdv_id::float8 as "rdvId", r.lieu_id::float8 as "lieuId",
           extract(epoch from t.starts_at)::float8 * 1000 as "startMs", extract(epoch from t.ends_at)::float8 * 1000 as "endMs"
    from agent_times t join rdvs r on r.id = t.rdv_id
    where t.agent_id = any(${idsSql(agentIds)}) and t.occupies and t.starts_at > ${instantSql(now)}
    order by t.starts_at, t.rdv_id`)
  return [...rows]
}

/** Of the dates taken away or moved, from today on, that a change of a series loses: they cannot be guessed elsewhere. */
export function warningsOfLost(
  { now }: ReadCtx,
  seen: TimedSeries & { zone: string },
  target: { scope: SeriesScope; day: string },
  plans: readonly SeriesPlan<TimedSeries>[],
): PlanningWarning[] {
  const today = wallClock(seen.zone, now.getTime()).onDay
  const days = plans.flatMap((plan) => lostDays<TimedSeries>(seen, target, plan, today))
  return days.length === 0 ? [] : [{ kind: 'lost-days', days }]
}

/** Those it hurts, as far as they are open. */
export const readHurt = async (read: AgentReadCtx, rdvIds: readonly number[]): Promise<RdvsOfAgenda> =>
  rdvIds.length === 0 ? { rdvs: [], busy: [] } : readRdvs(read, sql`rdvs.id = any(${idsSql(rdvIds)})`)

/** Before saving or taking away: what would be wrong, surprising, the RDVs it hurts, and where each may be moved. */
export const tell = <Plan>(
  ctx: AgentCtx,
  fates: readonly ChosenFate[],
  { judge, after }: { judge: (read: ReadCtx) => Promise<Judged<Plan>>; after: (plans: readonly Plan[]) => Changed },
): Promise<PlanningJudgement> =>
  inRead(ctx, async (inside) => {
    const read = { ...inside, actor: ctx.actor }
    const judged = await judge(read)
    const { plans, isStale, faults, warnings, rdvIds } = judged
    const [hurt, { offers, refusals }] = await Promise.all([
      readHurt(read, rdvIds),
      findOffers(read, { rdvIds, moves: chosenMoves(fates), changed: after(plans) }),
    ])
    return { isStale, faults, warnings, known: markOf(judged), hurtCount: rdvIds.length, ...hurt, offers, refusals }
  })
