import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { agentLinkRequested } from './events'
import { NOBODY, type LinkJob } from './schema'
import * as store from './store'
import { deleteOldChallenges, releaseSending, takeSending } from './store/accounts'

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

/** Of two jobs that would send one code, one does. `sending`: which try this is, from 1. */
export const takeChallenge = (
  ctx: Ctx,
  { challengeId }: { challengeId: number },
): Promise<Outcome<{ sending: number }, 'taken'>> =>
  inTransaction<{ sending: number }, 'taken'>(ctx, async (tx) => {
    const sending = await takeSending(tx, challengeId)
    return sending === null ? refused('taken') : done({ sending })
  })

/** It did not leave: whoever tries again may take it. */
export const releaseChallenge = (ctx: Ctx, { challengeId }: { challengeId: number }) =>
  inTransaction(ctx, async (tx) => {
    await releaseSending(tx, challengeId)
    return done(null)
  })
