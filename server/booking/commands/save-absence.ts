import { AppError } from '@/server/kernel/errors'
import { done } from '@/server/kernel/outcome'
import { writeAbsence } from '@/server/scheduling/commands/write-absence'
import { mayWritePlanning } from '@/server/scheduling/policy'
import type { AgentCtx } from '../queries/agent-rdvs'
import { judgeAway } from '../queries/away'
import type { SaveAbsence } from '../schema'
import { inPlanning, lockPlanning, writePlanning, type Saved } from './write-planning'

/**
 * Saves an absence for each of its agents, all or none. RDVs to come that it meets stay where they are, move or
 * are cancelled as chosen, and only knowingly: refused unless `judgeAbsence` showed the very same.
 */
export const saveAbsence = (ctx: AgentCtx, input: SaveAbsence): Promise<Saved> =>
  inPlanning(ctx, async (tx) => {
    if (!input.agentIds.every((agentId) => mayWritePlanning(tx.actor, agentId))) throw new AppError('not-found')
    await lockPlanning(tx, input)
    return writePlanning(tx, await judgeAway(tx, input), input, async (plan) => {
      const written = await writeAbsence(tx, plan)
      return written.ok ? done(written.value.absenceId) : written
    })
  })
