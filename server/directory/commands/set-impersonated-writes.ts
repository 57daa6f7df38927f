import { mayAdministerTerritory } from '@/server/access/policy'
import { AppError } from '@/server/kernel/errors'
import { done, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { territoryImpersonatedWritesSet } from '../events/territories'
import type { SetImpersonatedWrites } from '../schema/territories'
import * as store from '../store/territories'

/**
 * Lets super-admins write in the place of this territory's agents, or no longer: it counts at their next request. For them,
 * and for the admins of the territory in person, whose wall it is.
 */
export const setImpersonatedWrites = (
  ctx: Ctx,
  { territoryId, isAllowed }: SetImpersonatedWrites,
): Promise<Outcome<null, never>> =>
  inTransaction<null, never>(ctx, async (tx) => {
    if (tx.actor.kind !== 'super-admin' && !mayAdministerTerritory(tx.actor, territoryId)) {
      throw new AppError('not-found')
    }
    const { isKnown, isChanged } = await store.setImpersonatedWrites(tx, territoryId, isAllowed)
    if (!isKnown) throw new AppError('not-found')
    if (isChanged) await tx.emit(territoryImpersonatedWritesSet(territoryId, isAllowed))
    return done(null)
  })
