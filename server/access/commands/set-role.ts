import { found } from '@/server/kernel/errors'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { violatedConstraint } from '@/server/platform/sql'
import { memberRoleSet } from '../events/rights'
import { lockMembership } from '../queries/members'
import { findAdministered } from '../queries/places'
import { roleOf, roleWord, type RoleRefusal } from '../rules/members'
import type { SetRole } from '../schema/administration'
import * as store from '../store/members'

/**
 * Changes the role of an agent in an organisation, from the one that was seen; true at their next request. The last admin
 * keeps theirs: the database has the last word (`agent_roles_last_admin`).
 */
export async function setRole(ctx: Ctx, input: SetRole): Promise<Outcome<null, RoleRefusal>> {
  try {
    return await change(ctx, input)
  } catch (error) {
    if (violatedConstraint(error) === 'agent_roles_last_admin') return refused('last-admin')
    throw error
  }
}

const change = (ctx: Ctx, { organisationId, agentId, from, role }: SetRole): Promise<Outcome<null, RoleRefusal>> =>
  inTransaction(ctx, async (tx) => {
    const place = await findAdministered(tx, organisationId)
    const { level, isSecretary } = found(await lockMembership(tx, { organisationId, agentId }))
    // An intervenant has no login: another room's business.
    const current = found(level === 'intervenant' ? undefined : { level, isSecretary })
    if (roleWord(current) === role) return done(null)
    if (roleWord(current) !== from) return refused('changed-meanwhile')
    await store.setRole(tx, organisationId, agentId, roleOf(role))
    await tx.emit(memberRoleSet(place, agentId, { from: roleWord(current), to: role }))
    return done(null)
  })
