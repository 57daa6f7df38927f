import { sql } from 'drizzle-orm'
import { mayAdministerTerritory } from '@/server/access/policy'
import { AppError } from '@/server/kernel/errors'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { idsSql } from '@/server/platform/sql'
import { territoryServicesSet } from '../events/organisations'
import type { ServicesRefusal } from '../rules/organisation'
import type { SetTerritoryServices } from '../schema/organisations'
import * as store from '../store/organisations'

/** Sets which services a territory offers. One that still has motifs there is kept: they would lose their place. */
export const setTerritoryServices = (
  ctx: Ctx,
  { territoryId, serviceIds }: SetTerritoryServices,
): Promise<Outcome<null, ServicesRefusal>> =>
  inTransaction(ctx, async (tx) => {
    if (!mayAdministerTerritory(tx.actor, territoryId)) throw new AppError('not-found')
    await tx.db.execute(sql`select id from territories where id = ${territoryId} for no key update`)
    const known = await tx.db.execute<{ id: number; isOffered: boolean; isUsed: boolean }>(sql`
      select s.id::float8 as id, t.service_id is not null as "isOffered",
             exists (select from motifs m where m.territory_id = ${territoryId} and m.service_id = s.id and m.deleted_at is null)
               as "isUsed"
      from services s left join territory_services t on t.service_id = s.id and t.territory_id = ${territoryId}
      where t.service_id is not null or s.id = any(${idsSql(serviceIds)}) order by s.id`)
    const added = known.filter(({ id, isOffered }) => !isOffered && serviceIds.includes(id))
    const removed = known.filter(({ id, isOffered }) => isOffered && !serviceIds.includes(id))
    if (added.length + removed.length === 0) return done(null)
    if (removed.some(({ isUsed }) => isUsed)) return refused('service-in-use')
    const idsOf = (services: readonly { id: number }[]) => services.map(({ id }) => id)
    if (added.length > 0) await store.insertTerritoryServices(tx, territoryId, idsOf(added))
    if (removed.length > 0) await store.deleteTerritoryServices(tx, territoryId, idsOf(removed))
    const from = idsOf(known.filter(({ isOffered }) => isOffered))
    const to = idsOf(known.filter(({ id }) => serviceIds.includes(id)))
    await tx.emit(territoryServicesSet(territoryId, { from, to }))
    return done(null)
  })
