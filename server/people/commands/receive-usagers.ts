import { sql } from 'drizzle-orm'
import type { AgentActor } from '@/server/kernel/actor'
import { done, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { consume, LIMITS } from '@/server/platform/limits'
import { idsSql } from '@/server/platform/sql'
import { usagerReceived } from '../events'
import { usagersWithin } from '../queries/reach'
import { insertFiles, type Membership } from '../store'

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
    const strangers = await tx.db.execute<{ id: number; isOpen: boolean }>(sql`
      select u.id::float8 as id, ${usagersWithin(ctx.actor)} as "isOpen" from usagers u
      where u.id = any(${idsSql(joining.usagerIds)}) and not exists (
        select from usager_organisations known where known.usager_id = u.id and known.organisation_id = ${joining.organisationId})`)
    const closed = strangers.filter(({ isOpen }) => !isOpen)
    if (closed.length > 0) {
      await consume(tx, LIMITS.filesReceivedPerAgent, String(ctx.actor.agentId), closed.length)
    }
    await insertFiles(tx, [], joining)
    const { territoryId, organisationId } = joining
    await Promise.all(strangers.map(({ id }) => tx.emit(usagerReceived({ id, territoryId }, organisationId))))
    return done(null)
  })
