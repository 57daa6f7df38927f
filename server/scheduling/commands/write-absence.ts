import { AppError } from '@/server/kernel/errors'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { absenceDeleted, absenceSaved } from '../events'
import { mayWritePlanning } from '../policy'
import { daysAway, type AbsencePlan, type AbsenceValues } from '../rules/absence'
import { wallClock } from '../rules/civil'
import { nextTouchedInDays } from '../rules/touched'
import * as store from '../store'

/**
 * Writes what a change makes of absences: the row changed or gone, another begun, whatever stands within. `saveAbsence` of
 * booking judges that first. Beyond reach is not found.
 */
export const writeAbsence = (
  ctx: Ctx,
  plan: AbsencePlan,
): Promise<Outcome<{ absenceId: number | null }, 'changed-meanwhile'>> =>
  inTransaction(ctx, async (tx) => {
    const { seen, row, begun, scope, day } = plan
    const agentIds = [seen, row, begun].flatMap((one) => (one ? [one.agentId] : []))
    if (!agentIds.every((agentId) => mayWritePlanning(tx.actor, agentId))) throw new AppError('not-found')
    const today = wallClock(plan.zone, tx.now.getTime()).onDay
    const said = { scope, day, nextInDays: nextTouchedInDays<AbsenceValues>(plan, today, daysAway) }
    if (seen) {
      const isDone = await (row ? store.updateAbsence(tx, seen, row) : store.deleteAbsence(tx, seen))
      if (!isDone) return refused('changed-meanwhile')
      const { id, agentId } = seen
      await tx.emit(
        row ? absenceSaved(id, { agentId, isNew: false, ...said }) : absenceDeleted(id, { ...seen, ...said }),
      )
    }
    const begunId = begun && (await store.insertAbsence(tx, begun))
    if (begun && begunId !== null)
      await tx.emit(absenceSaved(begunId, { agentId: begun.agentId, isNew: seen === null, ...said }))
    return done({ absenceId: begunId ?? seen?.id ?? null })
  })
