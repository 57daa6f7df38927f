import { done } from '@/server/kernel/outcome'
import { inTransaction, withActor, type Ctx } from '@/server/platform/ctx'
import { personOf } from '../queries/accounts'
import { actorOf } from '../queries/logins'
import * as store from '../store'

/**
 * The same request for whoever the session stands for; anonymous when it is over. Its last use is noted every few
 * minutes: not a fact of the ledger.
 */
export const resumeSession = (ctx: Ctx, sessionId: string): Promise<Ctx> => resume(ctx, sessionId, actorOf)

/** The same of a person's session. */
export const resumePerson = (ctx: Ctx, sessionId: string): Promise<Ctx> => resume(ctx, sessionId, personOf)

async function resume(ctx: Ctx, sessionId: string, whose: typeof actorOf): Promise<Ctx> {
  const { actor, isWorthNoting } = await whose(ctx, sessionId)
  if (isWorthNoting) {
    await inTransaction(ctx, async (tx) => {
      await store.touchSession(tx, sessionId)
      return done(null)
    })
  }
  return withActor(ctx, actor)
}
