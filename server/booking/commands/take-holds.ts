import type { Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { lockHoldsOf } from '../store/waitlist'
import { settleOffers } from './settle-offers'

/**
 * An agent places RDVs where slots are kept for people who wait, knowingly: those are taken from them, and do not count
 * among their three. For commands that locked the agents and judged; nothing where nothing is kept.
 */
export const takeHolds = (
  ctx: Ctx,
  agentIds: readonly number[],
  times: readonly { startsAt: Date; endsAt: Date }[],
): Promise<Outcome<{ count: number }, never>> =>
  inTransaction<{ count: number }, never>(ctx, async (tx) => {
    const holds = await lockHoldsOf(tx, agentIds, times)
    return settleOffers(tx, { offerIds: holds.map(({ id }) => id), state: 'taken' })
  })
