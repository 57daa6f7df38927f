import { sql } from 'drizzle-orm'
import type { SuperAdminActor } from '@/server/kernel/actor'
import { found } from '@/server/kernel/errors'
import { inRead, type Ctx } from '@/server/platform/ctx'
import type { TerritoryLine } from '../rules/territory'

type SuperCtx = Ctx & { readonly actor: SuperAdminActor }

const LISTED = 200

const columns = sql`t.id::float8 as "territoryId", t.name, t.department_number as "departmentNumber", t.zone,
  t.allows_impersonated_writes as "allowsImpersonatedWrites",
  (select count(*)::integer from organisations o where o.territory_id = t.id) as "organisationCount",
  (select count(distinct r.agent_id)::integer from agent_roles r join organisations o on o.id = r.organisation_id
   where o.territory_id = t.id) as "agentCount"`

/** Every territory, by name, counted. */
export const listTerritories = (ctx: SuperCtx): Promise<TerritoryLine[]> =>
  inRead(ctx, async ({ db }) => {
    const rows = await db.execute<TerritoryLine>(
      sql`select ${columns} from territories t order by t.name collate "fr-x-icu", t.id limit ${LISTED}`,
    )
    return [...rows]
  })

export type TerritoryOrganisation = {
  readonly organisationId: number
  readonly name: string
  readonly agentCount: number
  readonly motifCount: number
}

/** One territory and its organisations, counted. */
export const getTerritory = (
  ctx: SuperCtx,
  { territoryId }: { territoryId: number },
): Promise<TerritoryLine & { organisations: TerritoryOrganisation[] }> =>
  inRead(ctx, async ({ db }) => {
    const [territory] = await db.execute<TerritoryLine>(
      sql`select ${columns} from territories t where t.id = ${territoryId}`,
    )
    const organisations = await db.execute<TerritoryOrganisation>(sql`
      select o.id::float8 as "organisationId", o.name,
             (select count(*)::integer from agent_roles r where r.organisation_id = o.id) as "agentCount",
             (select count(*)::integer from motifs m where m.organisation_id = o.id) as "motifCount"
      from organisations o where o.territory_id = ${territoryId} order by o.name collate "fr-x-icu", o.id limit ${LISTED}`)
    return { ...found(territory), organisations: [...organisations] }
  })
