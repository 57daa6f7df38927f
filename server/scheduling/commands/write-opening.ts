import { AppError } from '@/server/kernel/errors'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { openingDeleted, openingSaved } from '../events'
import { mayWriteOpening } from '../policy'
import { wallClock } from '../rules/civil'
import type { OpeningPlan } from '../rules/opening'
import type { TimedSeries } from '../rules/series'
import { nextTouchedInDays } from '../rules/touched'
import * as store from '../store'

/**
 * Writes what a change makes of openings: the row changed or gone, another begun. `saveOpening` and `deleteOpening` of
 * booking judge that first. Beyond reach is not found.
 */
export const writeOpening = (
  ctx: Ctx,
  plan: OpeningPlan,
): Promise<Outcome<{ openingId: number | null }, 'changed-meanwhile'>> =>
  inTransaction(ctx, async (tx) => {
    const { seen, row, begun, scope, day } = plan
    const touched = [seen, row, begun].flatMap((one) => one ?? [])
    if (!touched.every((one) => mayWriteOpening(tx.actor, one))) throw new AppError('not-found')
    const today = wallClock(plan.zone, tx.now.getTime()).onDay
    const said = { scope, day, nextInDays: nextTouchedInDays<TimedSeries>(plan, today) }
    if (seen) {
      const isDone = await (row ? store.updateOpening(tx, seen, row) : store.deleteOpening(tx, seen))
      if (!isDone) return refused('changed-meanwhile')
      await tx.emit(
        row ? openingSaved({ ...row, id: seen.id }, { ...said, isNew: false }) : openingDeleted({ ...seen, ...said }),
      )
    }
    const begunId = begun && (await store.insertOpening(tx, begun))
    if (begun && begunId !== null)
      await tx.emit(openingSaved({ ...begun, id: begunId }, { ...said, isNew: seen === null }))
    return done({ openingId: begunId ?? seen?.id ?? null })
  })
