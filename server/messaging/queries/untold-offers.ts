import { sql } from 'drizzle-orm'
import type { ReadCtx } from '@/server/platform/ctx'

/** Whether a message about this offer has arrived, or may still. */
export async function isOfferStillReached({ db }: ReadCtx, offerId: number): Promise<boolean> {
  const rows = await db.execute(sql`
    select from messages where offer_id = ${offerId} and state not in ('failed', 'dropped') limit 1`)
  return rows.length > 0
}
