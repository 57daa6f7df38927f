import { sql } from 'drizzle-orm'
import { found } from '@/server/kernel/errors'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx, type TxCtx } from '@/server/platform/ctx'
import { violatedConstraint } from '@/server/platform/sql'
import { grantChanged, memberLeft } from '../events/rights'
import { lockMembership } from '../queries/members'
import { findAdministered, hasPlaceLeft, loadOrganisationIds, lockGrants, type Place } from '../queries/places'
import type { LeaveRefusal } from '../rules/members'
import * as sharedStore from '../store'
import * as store from '../store/members'

type Member = { organisationId: number; agentId: number }

/**
 * Takes an agent out of an organisation, with what their place there opened: of their agenda, and to them. Out of the last
 * one of a territory, they leave its groups and rights too; out of the last of all, their sessions are over. Whoever never answered their invitation and works nowhere else
 * may be invited anew. What they hold of RDVs is judged by `removeAgent` of booking. The last admin stays.
 */
export async function leaveOrganisation(ctx: Ctx, member: Member): Promise<Outcome<null, LeaveRefusal>> {
  try {
    return await inTransaction(ctx, async (tx) => {
      const place = await findAdministered(tx, member.organisationId)
      const { isActive } = found(await lockMembership(tx, member))
      await store.deleteRole(tx, member.organisationId, member.agentId)
      const remaining = await loadOrganisationIds(tx, place.territoryId, member.agentId)
      const lost = await lockGrants(tx, remaining.length === 0 ? ofTerritory(place, member) : ofPlace(member))
      await store.deleteGrants(
        tx,
        lost.map(({ id }) => id),
      )
      if (remaining.length === 0) await store.deleteFromTerritory(tx, place.territoryId, member.agentId)
      if (!(await hasPlaceLeft(tx, member.agentId))) await close(tx, member.agentId, isActive)
      await Promise.all([
        ...lost.map((grant) => tx.emit(grantChanged(grant, { from: grant.level, to: 'none' }))),
        tx.emit(memberLeft(place, member.agentId)),
      ])
      return done(null)
    })
  } catch (error) {
    const constraint = violatedConstraint(error)
    if (constraint === 'agent_roles_last_admin') return refused('last-admin')
    if (constraint === 'territory_roles_last_admin') return refused('last-territory-admin')
    throw error
  }
}

/** What the place itself opened, and what was given to the agent of that organisation alone. */
const ofPlace = ({ organisationId, agentId }: Member) => sql`
  (g.target_agent_id = ${agentId} and g.grantee_organisation_id = ${organisationId})
  or (g.grantee_agent_id = ${agentId}
      and (g.target_organisation_id = ${organisationId} or g.scope_organisation_ids = array[${organisationId}::bigint]))`

const ofTerritory = ({ territoryId }: Place, { agentId }: Member) => sql`
  g.territory_id = ${territoryId} and (g.target_agent_id = ${agentId} or g.grantee_agent_id = ${agentId})`

/** Nothing is left to open: whoever is inside is out, an invitation is worth nothing. */
async function close(tx: TxCtx, agentId: number, isActive: boolean): Promise<void> {
  await sharedStore.revokeSessionsOf(tx, agentId)
  if (isActive) return
  await store.deleteInvitation(tx, agentId)
  await store.deleteAgent(tx, agentId)
}
