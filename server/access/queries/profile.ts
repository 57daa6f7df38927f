import { and, asc, desc, eq, gt, isNull } from 'drizzle-orm'
import { agentRoles, agents, organisations, sessions, superAdmins, territories } from '@/db/schema'
import type { Tx } from '@/db/client'
import type { AgentActor } from '@/server/kernel/actor'
import { found } from '@/server/kernel/errors'
import { inRead, type Ctx } from '@/server/platform/ctx'
import type { Preferences } from '../rules/preferences'
import { silentSince } from '../rules/session'
import { loadMayWrite } from './impersonations'

type AgentCtx = Ctx & { readonly actor: AgentActor }

/** What an agent chose for themselves, as it is read. */
export const PREFERENCES = {
  rdvNotifications: agents.rdvNotifications,
  openingNotifications: agents.openingNotifications,
  absenceNotifications: agents.absenceNotifications,
  arrivalNotifications: agents.arrivalNotifications,
  digest: agents.digest,
  displaysSaturdays: agents.displaysSaturdays,
  displaysCancelledRdvs: agents.displaysCancelledRdvs,
} satisfies Record<keyof Preferences, unknown>

/** What the agent may know of themselves. `zone` is their first territory's; null for an agent of no organisation. */
export async function getMe(ctx: AgentCtx) {
  const { agentId } = ctx.actor
  return inRead(ctx, async ({ db }) => {
    const [me] = await db
      .select({
        agentId: agents.id,
        firstName: agents.firstName,
        lastName: agents.lastName,
        email: agents.email,
        preferences: PREFERENCES,
      })
      .from(agents)
      .where(eq(agents.id, agentId))
    const places = await db
      .select({
        organisationId: organisations.id,
        organisation: organisations.name,
        territoryId: organisations.territoryId,
        territory: territories.name,
        zone: territories.zone,
        level: agentRoles.level,
        isSecretary: agentRoles.isSecretary,
      })
      .from(agentRoles)
      .innerJoin(organisations, eq(organisations.id, agentRoles.organisationId))
      .innerJoin(territories, eq(territories.id, agentRoles.territoryId))
      .where(eq(agentRoles.agentId, agentId))
      .orderBy(asc(territories.name), asc(organisations.name))
      .limit(200)
    return { ...found(me), zone: places[0]?.zone ?? null, places, impersonation: await readImpersonation(ctx, db) }
  })
}

/** What the banner says while a super-admin stands in the agent's place; null when the agent is there in person. */
async function readImpersonation(ctx: AgentCtx, db: Tx) {
  const { impersonation, agentId } = ctx.actor
  if (!impersonation) return null
  const { superAdminId, expiresAt, isWriting } = impersonation
  const [by] = await db
    .select({ firstName: superAdmins.firstName, lastName: superAdmins.lastName })
    .from(superAdmins)
    .where(eq(superAdmins.id, superAdminId))
  const mayWrite = isWriting || (await loadMayWrite(ctx, agentId))
  return { by: by ? `${by.firstName} ${by.lastName}` : '', expiresAt, isWriting, mayWrite }
}

/** The agent's open sessions, the last used first. Their ids stay on the server. */
export async function listMySessions(ctx: AgentCtx) {
  const { agentId, sessionId } = ctx.actor
  const rows = await inRead(ctx, ({ db }) =>
    db
      .select({ id: sessions.id, openedAt: sessions.createdAt, seenAt: sessions.seenAt })
      .from(sessions)
      .where(
        and(
          eq(sessions.agentId, agentId),
          isNull(sessions.revokedAt),
          gt(sessions.expiresAt, ctx.now),
          gt(sessions.seenAt, silentSince(ctx.now)),
        ),
      )
      .orderBy(desc(sessions.seenAt), desc(sessions.createdAt))
      .limit(50),
  )
  return rows.map(({ id, openedAt, seenAt }) => ({ openedAt, seenAt, isThisOne: id === sessionId }))
}
