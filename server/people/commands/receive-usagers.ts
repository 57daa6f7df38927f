import type { AgentActor } from '@/server/kernel/actor'
import { done, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { consume, LIMITS } from '@/server/platform/limits'
import { usagerReceived } from '../events'
import { usagersWithin } from '../queries/reach'
import { receive, type Membership } from '../store'

/**
 * An agent receives people in an organisation, which opens their files there: each new one is written in the file's
 * history, and those the agent could not open are counted: numbers follow one another, and nobody goes through them.
 * Throws `rate-limited`.
 */
export const receiveUsagers = (
  ctx: Ctx & { readonly actor: AgentActor },
  joining: Membership,
): Promise<Outcome<null, never>> =>
  inTransaction<null, never>(ctx, async (tx) => {
    const strangers = await receive(tx, joining, usagersWithin(ctx.actor))
    const closed = strangers.filter(({ isOpen }) => !isOpen)
    if (closed.length > 0) {
      await consume(tx, LIMITS.filesReceivedPerAgent, String(ctx.actor.agentId), closed.length)
    }
    const { territoryId, organisationId } = joining
    await Promise.all(strangers.map(({ id }) => tx.emit(usagerReceived({ id, territoryId }, organisationId))))
    return done(null)
  })
