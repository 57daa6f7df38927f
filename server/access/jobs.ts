import { done } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { agentLinkRequested } from './events'
import { NOBODY, type LinkJob } from './schema'
import * as store from './store'

const KEPT_DAYS = 30

/** Sessions and links over for 30 days: what happened stays in the ledger. */
export const purgeAccess = (ctx: Ctx) =>
  inTransaction(ctx, async (tx) => {
    const before = new Date(tx.now.getTime() - KEPT_DAYS * 86_400_000)
    return done({ rows: await store.deleteExpired(tx, before) })
  })

/** Makes the link asked for and says so: its mail leaves. Nothing for nobody. */
export const makeLink = (ctx: Ctx, { agentId, purpose }: LinkJob) =>
  inTransaction(ctx, async (tx) => {
    if (agentId === NOBODY) return done(null)
    const linkId = await store.insertLink(tx, agentId, purpose)
    await tx.emit(agentLinkRequested(agentId, linkId, purpose))
    return done(null)
  })
