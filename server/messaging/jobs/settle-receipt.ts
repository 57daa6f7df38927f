import { sql, type SQL } from 'drizzle-orm'
import { AppError, found } from '@/server/kernel/errors'
import { done, type Outcome } from '@/server/kernel/outcome'
import type { TxCtx } from '@/server/platform/ctx'
import { instantSql } from '@/server/platform/sql'
import { afterReceipt, type ReceiptFate } from '../rules/receipts'
import { lockMessage, setDelivered, setMessageState } from '../store'
import { tryOtherChannel } from './other-channel'

/** Of `m` and its RDV `r`, whether there is something left to say: the RDV has not begun, nor as they know it. */
export const isAheadSql = (now: Date): SQL => sql`
  (m.rdv_id is null or r.starts_at > ${instantSql(now)} or coalesce(m.previous_starts_at > ${instantSql(now)}, false))`

/**
 * What was said afterwards of a message that had left: it goes by the other channel when it reached nobody, and else to the
 * desk, unless there is nothing left to say. Throws `unavailable` while we do not know ourselves that it left.
 */
export async function settleReceipt(
  tx: TxCtx,
  { messageId, isAhead }: { messageId: number; isAhead: boolean },
  fate: ReceiptFate,
): Promise<Outcome<{ isNew: boolean }, never>> {
  const message = found(await lockMessage(tx, messageId))
  const { state, failure } = message
  const known = { isDelivered: message.deliveredAt !== null, isToldOtherwise: message.toldOtherwiseAt !== null }
  const next = afterReceipt({ state, failure, ...known }, fate)
  if (next === 'later') throw new AppError('unavailable')
  if (!next) return done({ isNew: false })
  if (next.isDelivered) await setDelivered(tx, messageId)
  if (next.to) await setMessageState(tx, messageId, { from: [state], ...next.to })
  if (next.to?.state === 'failed' && isAhead) await tryOtherChannel(tx, messageId)
  return done({ isNew: true })
}
