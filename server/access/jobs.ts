import { done } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import * as store from './store'

const KEPT_DAYS = 30

/** Sessions and links over for 30 days: what happened stays in the ledger. */
export const purgeAccess = (ctx: Ctx) =>
  inTransaction(ctx, async (tx) => {
    const before = new Date(tx.now.getTime() - KEPT_DAYS * 86_400_000)
    return done({ rows: await store.deleteExpired(tx, before) })
  })
