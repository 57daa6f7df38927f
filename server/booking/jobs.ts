import { lt } from 'drizzle-orm'
import { bookingDrafts } from '@/db/schema'
import { done } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'

/** What was typed in a tunnel is erased once its draft has expired, confirmed or not: no page shows it any more. */
export const purgeDrafts = (ctx: Ctx) =>
  inTransaction(ctx, async ({ db, now }) => {
    const purged = await db
      .delete(bookingDrafts)
      .where(lt(bookingDrafts.expiresAt, now))
      .returning({ id: bookingDrafts.id })
    return done({ rows: purged.length })
  })
