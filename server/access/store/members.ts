import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import {
  agentGroupMembers,
  agentRoles,
  agents,
  agentServices,
  grants,
  loginLinks,
  placeInvitations,
  territoryRoles,
} from '@/db/schema'
import type { TxCtx } from '@/server/platform/ctx'
import { rowOf, type Grant } from '../rules/grants'
import type { Preferences } from '../rules/preferences'
import { linkExpiry } from '../rules/session'
import type { RoleChoice } from '../rules/members'

export type NewAgent = {
  readonly email: string
  readonly firstName: string
  readonly lastName: string
  readonly serviceIds: readonly number[]
}

/** Somebody invited: an account nobody may enter yet. */
export async function insertAgent(tx: TxCtx, { serviceIds, ...person }: NewAgent): Promise<number> {
  const [agent] = await tx.db
    .insert(agents)
    .values({ ...person, invitedAt: tx.now, createdAt: tx.now })
    .returning({ id: agents.id })
  if (!agent) throw new Error('insert returned no row')
  await insertServices(tx, agent.id, serviceIds)
  return agent.id
}

export async function insertServices(tx: TxCtx, agentId: number, serviceIds: readonly number[]): Promise<void> {
  if (serviceIds.length === 0) return
  await tx.db
    .insert(agentServices)
    .values(serviceIds.map((serviceId) => ({ agentId, serviceId })))
    .onConflictDoNothing()
}

export async function deleteServices(tx: TxCtx, agentId: number, serviceIds: readonly number[]): Promise<void> {
  await tx.db
    .delete(agentServices)
    .where(and(eq(agentServices.agentId, agentId), inArray(agentServices.serviceId, [...serviceIds])))
}

type Place = { readonly territoryId: number; readonly organisationId: number }

/** False when they have a place there already. */
export async function insertRole(tx: TxCtx, place: Place, agentId: number, role: RoleChoice): Promise<boolean> {
  const rows = await tx.db
    .insert(agentRoles)
    .values({ ...place, agentId, ...role })
    .onConflictDoNothing()
    .returning({ id: agentRoles.id })
  return rows.length === 1
}

const theirRole = (organisationId: number, agentId: number) =>
  and(eq(agentRoles.organisationId, organisationId), eq(agentRoles.agentId, agentId))

export async function setRole(tx: TxCtx, organisationId: number, agentId: number, role: RoleChoice): Promise<void> {
  await tx.db.update(agentRoles).set(role).where(theirRole(organisationId, agentId))
}

export async function deleteRole(tx: TxCtx, organisationId: number, agentId: number): Promise<void> {
  await tx.db.delete(agentRoles).where(theirRole(organisationId, agentId))
}

/** Those already there stand as they are, whatever their level. */
export async function insertGrants(tx: TxCtx, given: readonly Grant[]): Promise<void> {
  if (given.length > 0) await tx.db.insert(grants).values(given.map(rowOf)).onConflictDoNothing()
}

export async function deleteGrants(tx: TxCtx, grantIds: readonly number[]): Promise<void> {
  if (grantIds.length > 0) await tx.db.delete(grants).where(inArray(grants.id, [...grantIds]))
}

/** What an agent is in a territory beyond their organisations: a member of groups, an admin. */
export async function deleteFromTerritory(tx: TxCtx, territoryId: number, agentId: number): Promise<void> {
  await tx.db
    .delete(agentGroupMembers)
    .where(
      and(
        eq(agentGroupMembers.agentId, agentId),
        sql`${agentGroupMembers.groupId} in (select id from agent_groups where territory_id = ${territoryId})`,
      ),
    )
  await tx.db
    .delete(territoryRoles)
    .where(and(eq(territoryRoles.territoryId, territoryId), eq(territoryRoles.agentId, agentId)))
}

export async function setTerritoryAdmin(
  tx: TxCtx,
  territoryId: number,
  agentId: number,
  isAdmin: boolean,
): Promise<void> {
  await tx.db
    .insert(territoryRoles)
    .values({ territoryId, agentId, isAdmin })
    .onConflictDoUpdate({ target: [territoryRoles.agentId, territoryRoles.territoryId], set: { isAdmin } })
}

const openInvitation = (agentId: number) =>
  and(eq(loginLinks.agentId, agentId), eq(loginLinks.purpose, 'invitation'), isNull(loginLinks.usedAt))

/** Another week for the link already sent: whoever kept the first mail may still use it. Null when there is none. */
export async function extendInvitation(tx: TxCtx, agentId: number): Promise<number | null> {
  const [link] = await tx.db
    .update(loginLinks)
    .set({ expiresAt: linkExpiry('invitation', tx.now) })
    .where(openInvitation(agentId))
    .returning({ id: loginLinks.id })
  return link?.id ?? null
}

export async function deleteInvitation(tx: TxCtx, agentId: number): Promise<void> {
  await tx.db.delete(loginLinks).where(openInvitation(agentId))
}

/** Somebody who never answered, and works nowhere: their e-mail may be invited again. */
export async function deleteAgent(tx: TxCtx, agentId: number): Promise<void> {
  await tx.db.update(agents).set({ deletedAt: tx.now }).where(eq(agents.id, agentId))
}

export async function renameAgent(
  tx: TxCtx,
  agentId: number,
  names: { firstName: string; lastName: string },
): Promise<void> {
  await tx.db.update(agents).set(names).where(eq(agents.id, agentId))
}

export async function setEmail(tx: TxCtx, agentId: number, email: string): Promise<void> {
  await tx.db.update(agents).set({ email }).where(eq(agents.id, agentId))
}

export async function setPreferences(tx: TxCtx, agentId: number, chosen: Preferences): Promise<void> {
  await tx.db.update(agents).set(chosen).where(eq(agents.id, agentId))
}

/** Offered again, it is what was offered last, for another week. */
export async function offerPlace(tx: TxCtx, place: Place, agentId: number, role: RoleChoice): Promise<void> {
  const offered = { ...role, expiresAt: linkExpiry('invitation', tx.now) }
  await tx.db
    .insert(placeInvitations)
    .values({ ...place, agentId, ...offered })
    .onConflictDoUpdate({ target: [placeInvitations.agentId, placeInvitations.organisationId], set: offered })
}

const theirOffer = (organisationId: number, agentId: number) =>
  and(eq(placeInvitations.organisationId, organisationId), eq(placeInvitations.agentId, agentId))

/** Another week. False when there is none. */
export async function extendOffer(tx: TxCtx, organisationId: number, agentId: number): Promise<boolean> {
  const rows = await tx.db
    .update(placeInvitations)
    .set({ expiresAt: linkExpiry('invitation', tx.now) })
    .where(theirOffer(organisationId, agentId))
    .returning({ agentId: placeInvitations.agentId })
  return rows.length === 1
}

/** Answered or taken back: of two at once, one finds it. Answers what it was; null when there is none. */
export async function takeOffer(tx: TxCtx, organisationId: number, agentId: number) {
  const [offer] = await tx.db.delete(placeInvitations).where(theirOffer(organisationId, agentId)).returning({
    territoryId: placeInvitations.territoryId,
    organisationId: placeInvitations.organisationId,
    level: placeInvitations.level,
    isSecretary: placeInvitations.isSecretary,
    expiresAt: placeInvitations.expiresAt,
  })
  return offer ?? null
}
