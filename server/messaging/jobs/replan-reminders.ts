import { done } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { enqueue } from '@/server/platform/jobs'
import type { ReplanReminders } from '../schema'
import { lockRdvsToCome } from '../store/reminders'
import { planTogether } from './plan-reminders'

/** RDVs held by one transaction: some tens of milliseconds. */
const PLANNED_AT_ONCE = 200

/**
 * Plans the reminders of a territory or a motif anew, those of some RDVs from `after` on, then has the next ones planned by
 * another job, asked for in the same transaction: killed anywhere, it goes on from where it was. Answers whether there are
 * more. Begun again, it changes nothing more.
 */
export const replanReminders = (ctx: Ctx, { of, id, after }: ReplanReminders, atOnce = PLANNED_AT_ONCE) =>
  inTransaction(ctx, async (tx) => {
    const rdvIds = await lockRdvsToCome(tx, { of, id }, { after, atOnce })
    if (rdvIds.length > 0) await planTogether(tx, rdvIds, null)
    const last = rdvIds.at(-1)
    const hasMore = last !== undefined && rdvIds.length === atOnce
    if (hasMore) await enqueue(tx.db, 'replan-reminders', { of, id, after: last })
    return done({ hasMore })
  })
