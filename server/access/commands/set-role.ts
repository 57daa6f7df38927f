import { sql } from 'drizzle-orm'
import { found } from '@/server/kernel/errors'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx, type TxCtx } from '@/server/platform/ctx'
import { violatedConstraint } from '@/server/platform/sql'
import { memberRoleSet } from '../events/rights'
import { lockMembership } from '../queries/members'
import { findAdministered, isToComeSql } from '../queries/places'
import { roleOf, roleWord, type RoleChoice, type RoleRefusal } from '../rules/members'
import type { SetRole } from '../schema/administration'
import * as store from '../store/members'

/**
 * Changes the role of an agent in an organisation, from the one that was seen; true at their next request. Refused while
 * they receive for a motif the new one would not let them offer, as with their services (domain §7.2). The last admin keeps theirs: the database has the last word (`agent_roles_last_admin`).
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
    // As the openings they save: one comes after the other.
    await tx.db.execute(sql`select id from agents where id = ${agentId} for no key update`)
    const { level, isSecretary } = found(await lockMembership(tx, { organisationId, agentId }))
    // An intervenant has no login: another room's business.
    const current = found(level === 'intervenant' ? undefined : { level, isSecretary })
    if (roleWord(current) === role) return done(null)
    if (roleWord(current) !== from) return refused('changed-meanwhile')
    if (await receivesBeyond(tx, { organisationId, agentId, role: roleOf(role) })) return refused('opening-beyond-role')
    await store.setRole(tx, organisationId, agentId, roleOf(role))
    await tx.emit(memberRoleSet(place, agentId, { from: roleWord(current), to: role }))
    return done(null)
  })

/** Whether some opening still to come offers a motif of the organisation that this role would not let them (domain §1.9). */
async function receivesBeyond(
  { db, now }: TxCtx,
  { organisationId, agentId, role }: { organisationId: number; agentId: number; role: RoleChoice },
): Promise<boolean> {
  if (role.level === 'admin') return false
  const [open] = await db.execute(sql`
    select 1 from openings o join opening_motifs x on x.opening_id = o.id join motifs m on m.id = x.motif_id
    where o.agent_id = ${agentId} and m.organisation_id = ${organisationId} and m.deleted_at is null
      and not (m.is_for_secretariat and ${role.isSecretary})
      and not exists (select from agent_services own where own.agent_id = ${agentId} and own.service_id = m.service_id)
      and ${isToComeSql(now)} limit 1`)
  return open !== undefined
}
