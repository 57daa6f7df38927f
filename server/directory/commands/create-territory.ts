import { foundOrganisation } from '@/server/access/commands/found-organisation'
import type { SuperAdminActor } from '@/server/kernel/actor'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { violatedConstraint } from '@/server/platform/sql'
import { organisationSaved } from '../events/organisations'
import { territoryCreated } from '../events/territories'
import type { TerritoryRefusal } from '../rules/territory'
import type { CreateTerritory } from '../schema/territories'
import { insertOrganisation } from '../store/organisations'
import * as store from '../store/territories'

type SuperCtx = Ctx & { readonly actor: SuperAdminActor }
type Created = Outcome<{ territoryId: number }, TerritoryRefusal>

/**
 * Opens a territory with what it needs to go on by itself: a first organisation, and somebody who administers both, invited
 * by mail (domain §7.4). Two of one name are refused by the database.
 */
export async function createTerritory(ctx: SuperCtx, input: CreateTerritory): Promise<Created> {
  const { organisation, name, departmentNumber, zone, ...person } = input
  try {
    return await inTransaction<{ territoryId: number }, TerritoryRefusal>(ctx, async (tx) => {
      const territoryId = await store.insertTerritory(tx, { name, departmentNumber, zone })
      await tx.emit(territoryCreated(territoryId))
      const columns = { name: organisation, phone: null, phoneE164: null, email: null, website: null, hours: null }
      const place = { territoryId, organisationId: await insertOrganisation(tx, territoryId, columns) }
      await tx.emit(organisationSaved(place, true, [{ field: 'name', from: null, to: organisation }]))
      const founded = await foundOrganisation(tx, place, person)
      return founded.ok ? done({ territoryId }) : founded
    })
  } catch (error) {
    if (violatedConstraint(error) === 'territories_name_unique') return refused('territory-taken')
    throw error
  }
}
