import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { agentLinkRequested } from './events'
import { NOBODY, type LinkJob } from './schema'
import * as store from './store'
import { deleteOldChallenges, takeSending } from './store/accounts'

const KEPT_DAYS = 30

/** Sessions and links over for 30 days: what happened stays in the ledger. */
export const purgeAccess = (ctx: Ctx) =>
  inTransaction(ctx, async (tx) => {
    const before = new Date(tx.now.getTime() - KEPT_DAYS * 86_400_000)
    const dayBefore = new Date(tx.now.getTime() - 86_400_000)
    const rows = (await store.deleteExpired(tx, before)) + (await deleteOldChallenges(tx, dayBefore))
    return done({ rows })
  })

/** Makes the link asked for and says so: its mail leaves. Nothing for nobody. */
export const makeLink = (ctx: Ctx, { agentId, purpose }: LinkJob) =>
  inTransaction(ctx, async (tx) => {
    if (agentId === NOBODY) return done(null)
    const linkId = await store.insertLink(tx, agentId, purpose)
    await tx.emit(agentLinkRequested(agentId, linkId, purpose))
    return done(null)
  })

/** Of two jobs that would send one code, one does. */
export const takeChallenge = (ctx: Ctx, { challengeId }: { challengeId: number }): Promise<Outcome<null, 'taken'>> =>
  inTransaction<null, 'taken'>(ctx, async (tx) =>
    (await takeSending(tx, challengeId)) ? done(null) : refused('taken'),
  )
