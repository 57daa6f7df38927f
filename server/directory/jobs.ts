import { done } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { deleteGatewaysRemovedBefore } from './store/sms'

/** Receipts come within days; STOP is answered to an SMS that may have been read again and again. */
const KEPT_DAYS = 90

/** Gateways of SMS taken away ninety days ago: what they still say is not heard any more. */
export const purgeGateways = (ctx: Ctx) =>
  inTransaction(ctx, async (tx) =>
    done({ rows: await deleteGatewaysRemovedBefore(tx, new Date(tx.now.getTime() - KEPT_DAYS * 86_400_000)) }),
  )
