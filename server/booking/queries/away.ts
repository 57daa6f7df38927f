import { AppError } from '@/server/kernel/errors'
import type { ReadCtx } from '@/server/platform/ctx'
import { mayWritePlanning } from '@/server/scheduling/policy'
import { findAbsence, loadAgendaZones } from '@/server/scheduling/queries/absences'
import {
  isNewlyAway,
  lastingDays,
  planAbsence,
  type AbsencePlan,
  type AbsenceValues,
} from '@/server/scheduling/rules/absence'
import { withAbsences } from '@/server/scheduling/rules/planned'
import { isOfNoDate } from '@/server/scheduling/rules/series'
import type { PlanningJudgement } from '../rules/planning-views'
import type { SaveAbsence } from '../schema'
import type { AgentCtx } from './agent-rdvs'
import { loadTimesToCome, tell, warningsOfLost, type Judged } from './judged'

/** Judges an absence as it would be, for each agent it is for: the RDVs to come that it did not meet before. */
export async function judgeAway(read: ReadCtx, input: SaveAbsence): Promise<Judged<AbsencePlan>> {
  const { target, agentIds } = input
  if (!agentIds.every((agentId) => mayWritePlanning(read.actor, agentId))) throw new AppError('not-found')
  const [seen, zoneOf, times] = await Promise.all([
    target && findAbsence(read, target.id),
    loadAgendaZones(read, agentIds),
    loadTimesToCome(read, agentIds),
  ])
  if (seen && seen.agentId !== agentIds[0]) throw new AppError('not-found')
  const isOneDate = seen !== null && seen.rrule !== null && target?.scope === 'this'
  if (seen && target && seen.version === target.version && isOfNoDate(seen, target)) throw new AppError('invalid')
  // One date lasts as many days as the others.
  if (isOneDate && lastingDays(seen) !== lastingDays(input)) throw new AppError('invalid')

  const plans = agentIds.map((agentId): AbsencePlan => {
    // One date has no rule, and gives none to what no longer repeats.
    const rrule = target?.scope === 'this' ? null : input.rrule
    const zone = seen?.zone ?? zoneOf(agentId)
    const given: Omit<AbsenceValues, 'exceptions'> = { ...input, rrule, agentId, zone }
    if (!seen || !target)
      return { seen: null, zone, scope: 'all', day: null, row: null, begun: { ...given, exceptions: [] } }
    const plan = planAbsence<AbsenceValues>(seen, { ...target, given })
    return { seen: { ...seen, version: target.version }, zone, scope: target.scope, day: target.day, ...plan }
  })
  const after = plans.flatMap(({ row, begun }) => [row, begun]).filter((one) => one !== null)
  const hurt = times.filter((time) =>
    isNewlyAway(
      time,
      seen,
      after.filter(({ agentId }) => agentId === time.agentId),
    ),
  )
  return {
    plans,
    isStale: seen !== null && seen.version !== target?.version,
    faults: [],
    warnings: seen && target ? warningsOfLost(read, seen, target, plans) : [],
    rdvIds: [...new Set(hurt.map(({ rdvId }) => rdvId))],
  }
}

/** Before an absence is saved: the RDVs it would meet. */
export const judgeAbsence = (ctx: AgentCtx, input: SaveAbsence): Promise<PlanningJudgement> =>
  tell(ctx, input.fates, {
    judge: (read) => judgeAway(read, input),
    after: (plans) => (agendas) => ({ ...agendas, absences: withAbsences(agendas.absences, plans) }),
  })
