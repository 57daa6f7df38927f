import { eq, sql } from 'drizzle-orm'
import { agentRoles, agents, sessions, territoryRoles } from '@/db/schema'
import type { Actor, AgentActor, Membership } from '@/server/kernel/actor'
import { ANONYMOUS } from '@/server/kernel/actor'
import { found } from '@/server/kernel/errors'
import { inRead, type Ctx } from '@/server/platform/ctx'
import { env } from '@/server/platform/env'
import { isLive, isWorthTouching, mayEnter } from './rules/session'

/** Who a session stands for, rights read now; anonymous when it is over. `isStale`: its last request is worth noting. */
export async function actorOf(ctx: Ctx, sessionId: string): Promise<{ actor: Actor; isStale: boolean }> {
  const row = await inRead(ctx, async ({ db }) => {
    const [session] = await db
      .select({
        agentId: agents.id,
        email: agents.email,
        activatedAt: agents.activatedAt,
        deletedAt: agents.deletedAt,
        seenAt: sessions.seenAt,
        expiresAt: sessions.expiresAt,
        revokedAt: sessions.revokedAt,
        memberships: sql<Membership[]>`(
          select coalesce(json_agg(json_build_object('organisationId', ${agentRoles.organisationId},
            'territoryId', ${agentRoles.territoryId}, 'level', ${agentRoles.level}, 'isSecretary', ${agentRoles.isSecretary})
            order by ${agentRoles.organisationId}), '[]')
          from ${agentRoles} where ${agentRoles.agentId} = ${agents.id})`,
        administers: sql<number[]>`(
          select coalesce(json_agg(${territoryRoles.territoryId} order by ${territoryRoles.territoryId}), '[]')
          from ${territoryRoles} where ${territoryRoles.agentId} = ${agents.id} and ${territoryRoles.isAdmin})`,
      })
      .from(sessions)
      .innerJoin(agents, eq(agents.id, sessions.agentId))
      .where(eq(sessions.id, sessionId))
    return session
  })
  if (!row || !isLive(row, ctx.now) || !mayEnter(row, env().APP_ENV)) return { actor: ANONYMOUS, isStale: false }
  const actor: AgentActor = {
    kind: 'agent',
    agentId: row.agentId,
    sessionId,
    memberships: row.memberships,
    administers: row.administers,
  }
  return { actor, isStale: isWorthTouching(row, ctx.now) }
}

/** What the actor may know of themselves. */
export async function getMe(ctx: Ctx & { actor: AgentActor }) {
  const { agentId } = ctx.actor
  const [me] = await inRead(ctx, ({ db }) =>
    db
      .select({ agentId: agents.id, firstName: agents.firstName, lastName: agents.lastName, email: agents.email })
      .from(agents)
      .where(eq(agents.id, agentId)),
  )
  return found(me)
}
