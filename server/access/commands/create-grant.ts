import { sql } from 'drizzle-orm'
import { found } from '@/server/kernel/errors'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx, type TxCtx } from '@/server/platform/ctx'
import { idsSql } from '@/server/platform/sql'
import { grantChanged } from '../events/rights'
import { maySetGrant } from '../policy'
import { areOffered, loadOrganisationIds } from '../queries/places'
import { rowOf, type CreateGrantRefusal } from '../rules/grants'
import type { CreateGrant } from '../schema/rights'
import * as store from '../store/rights'

/**
 * Gives a right on agendas; true at the next request of those it is given to. Everything it speaks of works, or stands, in
 * its territory. Whom it is not theirs to give, finds nothing.
 */
export const createGrant = (ctx: Ctx, grant: CreateGrant): Promise<Outcome<{ grantId: number }, CreateGrantRefusal>> =>
  inTransaction(ctx, async (tx) => {
    const { territoryId, grantee, target, level } = grant
    const targetAgentId = target.kind === 'agent' ? target.agentId : null
    const organisationIds =
      target.kind === 'agent'
        ? await loadOrganisationIds(tx, territoryId, target.agentId)
        : target.kind === 'everyone'
          ? [target.organisationId]
          : []
    const scopeOrganisationIds = grant.organisationIds === 'any' ? null : grant.organisationIds
    const facts = { territoryId, targetAgentId, level: 'none' as const, organisationIds, scopeOrganisationIds }
    const isTheirs = target.kind !== 'agent' || organisationIds.length > 0
    found(maySetGrant(tx.actor, facts, level) && isTheirs ? grant : undefined)
    if (grantee.kind === 'agent' && grantee.agentId === targetAgentId) return refused('same-agent')
    if (!(await isOfTerritory(tx, grant))) return refused('not-of-territory')
    const row = rowOf(grant)
    const grantId = await store.insertGrant(tx, row)
    if (grantId === null) return refused('already-given')
    await tx.emit(grantChanged({ ...row, id: grantId }, { from: 'none', to: level }))
    return done({ grantId })
  })

async function isOfTerritory(tx: TxCtx, grant: CreateGrant): Promise<boolean> {
  const { territoryId, grantee, target } = grant
  const organisationIds = [
    ...(grant.organisationIds === 'any' ? [] : grant.organisationIds),
    ...(target.kind === 'everyone' ? [target.organisationId] : []),
  ]
  const groupIds = [grantee, target].flatMap((party) => (party.kind === 'group' ? [party.groupId] : []))
  const [row] = await tx.db.execute<{ organisations: number; groups: number; works: boolean }>(sql`
    select (select count(*)::integer from organisations where territory_id = ${territoryId} and id = any(${idsSql(organisationIds)})) as organisations,
           (select count(*)::integer from agent_groups where territory_id = ${territoryId} and id = any(${idsSql(groupIds)})) as groups,
           exists (select from agent_roles r join agents a on a.id = r.agent_id where r.territory_id = ${territoryId}
                   and a.deleted_at is null and r.agent_id = ${grantee.kind === 'agent' ? grantee.agentId : 0}) as works`)
  const serviceIds = [
    ...(grant.serviceIds === 'any' ? [] : grant.serviceIds),
    ...(target.kind === 'everyone' && target.serviceId !== null ? [target.serviceId] : []),
  ]
  return (
    row?.organisations === new Set(organisationIds).size &&
    row.groups === new Set(groupIds).size &&
    (grantee.kind === 'group' || row.works) &&
    (await areOffered(tx, territoryId, serviceIds))
  )
}
