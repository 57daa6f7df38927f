import { lt } from 'drizzle-orm'
import { bookingDrafts } from '@/db/schema'
import { done } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'

/** How long a confirmed tunnel's page stays readable after its draft expired. */
const KEPT_MS = 3_600_000

/** What was typed in a tunnel is erased an hour after its draft expired, confirmed or not. */
export const purgeDrafts = (ctx: Ctx) =>
  inTransaction(ctx, async ({ db, now }) => {
    const purged = await db
      .delete(bookingDrafts)
      .where(lt(bookingDrafts.expiresAt, new Date(now.getTime() - KEPT_MS)))
      .returning({ id: bookingDrafts.id })
    return done({ rows: purged.length })
  })
