import { found } from '@/server/kernel/errors'
import { refused, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { writeAbsence } from '@/server/scheduling/commands/write-absence'
import { mayWritePlanning } from '@/server/scheduling/policy'
import { loadAgendaZone } from '@/server/scheduling/queries/absences'
import { absenceInterval } from '@/server/scheduling/rules/absence'
import type { SaveAbsence } from '@/server/scheduling/schema'
import { isAnyAgentTaken } from '../queries/locks'
import type { AbsenceRefusal } from '../rules/agent-views'
import { lockAgents } from '../store'

/**
 * Saves an absence. RDVs to come that stand within stay where they are, and only knowingly: without
 * `acknowledged: ['rdvs']` it is refused. Under the agent's lock: whoever books at this moment comes before, and is
 * counted, or after, and finds nobody.
 */
export const saveAbsence = (ctx: Ctx, input: SaveAbsence): Promise<Outcome<{ absenceId: number }, AbsenceRefusal>> =>
  inTransaction(ctx, async (tx) => {
    const { agentId } = input
    found(mayWritePlanning(tx.actor, agentId) ? agentId : undefined)
    await lockAgents(tx, [agentId])
    const { startMs, endMs } = absenceInterval(await loadAgendaZone(tx, agentId), input)
    const startsAt = new Date(Math.max(startMs, tx.now.getTime()))
    const within = { agentIds: [agentId], startsAt, endsAt: new Date(endMs), exceptRdvId: null }
    const isToCome = within.startsAt < within.endsAt
    const isKnown = input.acknowledged.includes('rdvs')
    if (isToCome && !isKnown && (await isAnyAgentTaken(tx, within))) return refused('rdvs-within')
    return writeAbsence(tx, input)
  })
