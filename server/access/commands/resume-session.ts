import { done } from '@/server/kernel/outcome'
import { inTransaction, withActor, type Ctx } from '@/server/platform/ctx'
import { actorOf } from '../queries/logins'
import * as store from '../store'

/**
 * The same request for whoever the session stands for; anonymous when it is over. Its last use is noted every few
 * minutes: not a fact of the ledger.
 */
export async function resumeSession(ctx: Ctx, sessionId: string): Promise<Ctx> {
  const { actor, isWorthNoting } = await actorOf(ctx, sessionId)
  if (isWorthNoting) {
    await inTransaction(ctx, async (tx) => {
      await store.touchSession(tx, sessionId)
      return done(null)
    })
  }
  return withActor(ctx, actor)
}
