import { sql } from 'drizzle-orm'
import { found } from '@/server/kernel/errors'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx, type TxCtx } from '@/server/platform/ctx'
import { idsSql } from '@/server/platform/sql'
import { grantChanged, memberServicesSet } from '../events/rights'
import { mayAdministerTerritory } from '../policy'
import { areOffered, isToComeSql, loadOrganisationIds, loadServiceIds, lockGrants } from '../queries/places'
import { defaultGrantsOfMember } from '../rules/grants'
import type { ServicesRefusal } from '../rules/members'
import type { SetServices } from '../schema/administration'
import * as store from '../store/members'

/**
 * Sets the services of an agent, everywhere they work, with what each opens of their agenda in this territory. For the
 * admins of the territory; a service in which they still receive is kept (domain §7.2). None is added to whoever also
 * works in a territory the actor does not administer: it would open RDVs there.
 */
export const setServices = (
  ctx: Ctx,
  { territoryId, agentId, serviceIds }: SetServices,
): Promise<Outcome<null, ServicesRefusal>> =>
  inTransaction(ctx, async (tx) => {
    await tx.db.execute(sql`select id from agents where id = ${agentId} for no key update`)
    const organisationIds = await loadOrganisationIds(tx, territoryId, agentId)
    found(mayAdministerTerritory(tx.actor, territoryId) && organisationIds.length > 0 ? agentId : undefined)
    const current = await loadServiceIds(tx, agentId)
    const added = [...new Set(serviceIds)].filter((id) => !current.includes(id))
    const removed = current.filter((id) => !serviceIds.includes(id))
    if (added.length + removed.length === 0) return done(null)
    if (added.length > 0 && (await worksBeyond(tx, agentId))) return refused('works-beyond')
    if (!(await areOffered(tx, territoryId, added))) return refused('service-not-offered')
    const [open] = await tx.db.execute(sql`
      select 1 from openings o join opening_motifs x on x.opening_id = o.id join motifs m on m.id = x.motif_id
      where o.agent_id = ${agentId} and m.service_id = any(${idsSql(removed)})
        and ${isToComeSql(tx.now)} limit 1`)
    if (open) return refused('opening-in-service')
    if (added.length > 0) await store.insertServices(tx, agentId, added)
    if (removed.length > 0) await store.deleteServices(tx, agentId, removed)
    const opened = organisationIds.flatMap((organisationId) =>
      defaultGrantsOfMember({ territoryId, organisationId }, { agentId, serviceIds: added }),
    )
    await store.insertGrants(
      tx,
      opened.filter(({ grantee }) => 'serviceId' in grantee && grantee.serviceId !== null),
    )
    const closed = await lockGrants(
      tx,
      sql`g.target_agent_id = ${agentId} and g.grantee_kind = 'colleagues' and g.grantee_service_id = any(${idsSql(removed)})`,
    )
    await store.deleteGrants(
      tx,
      closed.map(({ id }) => id),
    )
    await Promise.all([
      ...closed.map((grant) => tx.emit(grantChanged(grant, { from: grant.level, to: 'none' }))),
      tx.emit(
        memberServicesSet(territoryId, agentId, {
          from: current,
          to: [...serviceIds].sort((a, b) => a - b),
        }),
      ),
    ])
    return done(null)
  })

/** Whether the agent has a role in a territory the actor does not administer. */
async function worksBeyond({ db, actor }: TxCtx, agentId: number): Promise<boolean> {
  const rows = await db.execute<{ id: number }>(sql`
    select distinct territory_id::float8 as id from agent_roles where agent_id = ${agentId}`)
  return rows.some(({ id }) => !mayAdministerTerritory(actor, id))
}
