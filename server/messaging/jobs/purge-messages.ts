import { done } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { deletePlanningMessages } from '../store'

const KEPT_MS = 30 * 86_400_000

/** Messages about a planning, thirty days after their fate was known (docs/retention.md). */
export const purgeMessages = (ctx: Ctx) =>
  inTransaction(ctx, async (tx) => done(await deletePlanningMessages(tx, new Date(tx.now.getTime() - KEPT_MS))))
