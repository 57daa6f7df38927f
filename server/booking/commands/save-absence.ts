import { found } from '@/server/kernel/errors'
import { refused, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { writeAbsence } from '@/server/scheduling/commands/write-absence'
import { mayWritePlanning } from '@/server/scheduling/policy'
import { loadAgendaZone } from '@/server/scheduling/queries/absences'
import { absenceInterval } from '@/server/scheduling/rules/absence'
import type { SaveAbsence } from '@/server/scheduling/schema'
import { MAX_LISTED } from '../queries/agent-rdvs'
import { countRdvs } from '../queries/locks'
import type { AbsenceRefusal } from '../rules/agent-views'
import { lockAgents } from '../store'

/**
 * Saves an absence. RDVs to come that stand within stay where they are, and only knowingly: unless
 * `knownCount` says how many, it is refused. Under the agent's lock: whoever books at this moment comes before, and is
 * counted, or after, and finds nobody.
 */
export const saveAbsence = (ctx: Ctx, input: SaveAbsence): Promise<Outcome<{ absenceId: number }, AbsenceRefusal>> =>
  inTransaction(ctx, async (tx) => {
    const { agentId } = input
    found(mayWritePlanning(tx.actor, agentId) ? agentId : undefined)
    await lockAgents(tx, [agentId])
    const { startMs, endMs } = absenceInterval(await loadAgendaZone(tx, agentId), input)
    const startsAt = new Date(Math.max(startMs, tx.now.getTime()))
    const within = { agentId, startsAt, endsAt: new Date(endMs) }
    const count = within.startsAt < within.endsAt ? await countRdvs(tx, within) : 0
    // A page shows so many at most: beyond, all that may be said is « a great many ».
    const seen = (of: number) => Math.min(of, MAX_LISTED)
    if (count > 0 && seen(count) !== seen(input.knownCount)) return refused('rdvs-within')
    return writeAbsence(tx, input)
  })
