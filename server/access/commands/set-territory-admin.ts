import { sql } from 'drizzle-orm'
import { found } from '@/server/kernel/errors'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { violatedConstraint } from '@/server/platform/sql'
import { memberAdministersSet } from '../events/rights'
import { mayAdministerTerritory } from '../policy'
import { loadOrganisationIds } from '../queries/places'
import type { TerritoryAdminRefusal } from '../rules/members'
import type { SetTerritoryAdmin } from '../schema/administration'
import * as store from '../store/members'

/** Makes an agent who works in a territory one of its admins, or no longer. One remains: the database has the last word. */
export async function setTerritoryAdmin(
  ctx: Ctx,
  { territoryId, agentId, isAdmin }: SetTerritoryAdmin,
): Promise<Outcome<null, TerritoryAdminRefusal>> {
  try {
    return await inTransaction(ctx, async (tx) => {
      const works = await loadOrganisationIds(tx, territoryId, agentId)
      found(mayAdministerTerritory(tx.actor, territoryId) && works.length > 0 ? agentId : undefined)
      const [current] = await tx.db.execute<{ isAdmin: boolean }>(sql`
        select is_admin as "isAdmin" from territory_roles
        where territory_id = ${territoryId} and agent_id = ${agentId} for no key update`)
      if ((current?.isAdmin ?? false) === isAdmin) return done(null)
      await store.setTerritoryAdmin(tx, territoryId, agentId, isAdmin)
      await tx.emit(memberAdministersSet(territoryId, agentId, isAdmin))
      return done(null)
    })
  } catch (error) {
    if (violatedConstraint(error) === 'territory_roles_last_admin') return refused('last-territory-admin')
    throw error
  }
}
