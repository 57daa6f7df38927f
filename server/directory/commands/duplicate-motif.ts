import { inArray, sql } from 'drizzle-orm'
import { organisations } from '@/db/schema'
import { done, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { motifSaved } from '../events/catalogue'
import { mayAdministerOrganisation } from '@/server/access/policy'
import { lockMotif } from '../queries/locked'
import { changesBetween, isOpeningOffered } from '../rules/motif-settings'
import type { DuplicateMotif } from '../schema/catalogue'
import * as store from '../store/catalogue'

export type CopyResult = {
  readonly organisationId: number
  readonly name: string
  /** Null: it is there. */
  readonly reason: 'name-taken' | 'service-not-offered' | 'not-for-this-organisation' | null
}

/**
 * Copies a motif to other organisations the actor administers, each succeeding or not by itself (domain §1.9); those
 * beyond reach are not answered for.
 */
export const duplicateMotif = (
  ctx: Ctx,
  { motifId, organisationIds }: DuplicateMotif,
): Promise<Outcome<{ results: CopyResult[] }, never>> =>
  inTransaction(ctx, async (tx) => {
    const { settings } = await lockMotif(tx, motifId)
    const asked = await tx.db
      .select({
        organisationId: organisations.id,
        territoryId: organisations.territoryId,
        name: organisations.name,
        verticale: organisations.verticale,
        isServiceOffered: sql<boolean>`exists (select from territory_services t
          where t.territory_id = ${organisations.territoryId} and t.service_id = ${settings.serviceId})`,
      })
      .from(organisations)
      .where(inArray(organisations.id, [...new Set(organisationIds)]))
      .orderBy(organisations.name, organisations.id)
    const places = asked.filter((place) => mayAdministerOrganisation(tx.actor, place))
    const whyNot = (place: (typeof places)[number]) => {
      if (!place.isServiceOffered) return 'service-not-offered' as const
      return isOpeningOffered(settings.bookableBy, place.verticale) ? null : ('not-for-this-organisation' as const)
    }
    const idByOrganisation = await store.insertMotifs(
      tx,
      places.filter((place) => whyNot(place) === null),
      settings,
    )
    const made = places.flatMap((place) => {
      const id = idByOrganisation.get(place.organisationId)
      return id === undefined ? [] : [motifSaved({ ...place, id }, true, changesBetween({}, settings))]
    })
    await Promise.all(made.map((event) => tx.emit(event)))
    const results = places.map((place): CopyResult => {
      const { organisationId, name } = place
      const reason = whyNot(place) ?? (idByOrganisation.has(organisationId) ? null : 'name-taken')
      return { organisationId, name, reason }
    })
    return done({ results })
  })
