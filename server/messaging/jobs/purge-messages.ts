import { done } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { deletePlanningMessages } from '../store'
import { deleteOldReplies } from '../store/replies'

const DAY_MS = 86_400_000
const KEPT_MS = 30 * DAY_MS
/** Longest a mail server is asked to forward an answer. */
const FORWARDED_MS = 7 * DAY_MS

/**
 * Messages about a planning or a file, thirty days after their fate was known; what was answered and could not be forwarded within seven
 * days; what says that a mail was taken (docs/retention.md).
 */
export const purgeMessages = (ctx: Ctx) =>
  inTransaction(ctx, async (tx) => {
    const before = (ms: number) => new Date(tx.now.getTime() - ms)
    await deleteOldReplies(tx, { forwardsBefore: before(FORWARDED_MS), mailsBefore: before(KEPT_MS) })
    return done(await deletePlanningMessages(tx, before(KEPT_MS)))
  })
