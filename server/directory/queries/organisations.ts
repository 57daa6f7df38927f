import { sql } from 'drizzle-orm'
import { administeredTerritories, mayAdministerOrganisation, mayAdministerTerritory } from '@/server/access/policy'
import type { Actor } from '@/server/kernel/actor'
import { AppError, found } from '@/server/kernel/errors'
import { inRead, type Ctx } from '@/server/platform/ctx'
import type { OrganisationCard } from '../rules/organisation'

export type Organisation = OrganisationCard & {
  readonly organisationId: number
  readonly territoryId: number
  readonly territory: string
  readonly zone: string
  /** Whether the viewer may change it, beyond its people. */
  readonly mayEdit: boolean
}

/** One organisation, for those who administer it. Beyond reach is not found. */
export async function getOrganisation(ctx: Ctx, { organisationId }: { organisationId: number }): Promise<Organisation> {
  const [row] = await inRead(ctx, ({ db }) =>
    db.execute<Omit<Organisation, 'mayEdit'>>(sql`
      select o.id::float8 as "organisationId", o.territory_id::float8 as "territoryId", t.name as territory, t.zone, o.name,
             coalesce(o.phone, '') as phone, coalesce(o.email, '') as email, coalesce(o.website, '') as website,
             coalesce(o.hours, '') as hours
      from organisations o join territories t on t.id = o.territory_id where o.id = ${organisationId}`),
  )
  const organisation = found(row && mayAdministerOrganisation(ctx.actor, row) ? row : undefined)
  return { ...organisation, mayEdit: mayAdministerTerritory(ctx.actor, organisation.territoryId) }
}

export type TerritoryService = {
  readonly serviceId: number
  readonly name: string
  readonly isOffered: boolean
  /** It has motifs there: it stays. */
  readonly isUsed: boolean
}

const administersSomethingIn = (actor: Actor, territoryId: number) =>
  administeredTerritories(actor).includes(territoryId)

/** Every service, with what a territory makes of it, for whoever administers something there. */
export async function listTerritoryServices(
  ctx: Ctx,
  { territoryId }: { territoryId: number },
): Promise<TerritoryService[]> {
  if (!administersSomethingIn(ctx.actor, territoryId)) throw new AppError('not-found')
  const rows = await inRead(ctx, ({ db }) =>
    db.execute<TerritoryService>(sql`
      select s.id::float8 as "serviceId", s.name, t.service_id is not null as "isOffered",
             exists (select from motifs m where m.territory_id = ${territoryId} and m.service_id = s.id and m.deleted_at is null)
               as "isUsed"
      from services s left join territory_services t on t.service_id = s.id and t.territory_id = ${territoryId}
      order by s.name collate "fr-x-icu" limit 200`),
  )
  return [...rows]
}
