import type { SuperAdminActor } from '@/server/kernel/actor'
import { AppError } from '@/server/kernel/errors'
import { done, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { territoryImpersonatedWritesSet } from '../events/territories'
import type { SetImpersonatedWrites } from '../schema/territories'
import * as store from '../store/territories'

type SuperCtx = Ctx & { readonly actor: SuperAdminActor }

/** Lets super-admins write in the place of this territory's agents, or no longer: it counts at their next request. */
export const setImpersonatedWrites = (
  ctx: SuperCtx,
  { territoryId, isAllowed }: SetImpersonatedWrites,
): Promise<Outcome<null, never>> =>
  inTransaction<null, never>(ctx, async (tx) => {
    const { isKnown, isChanged } = await store.setImpersonatedWrites(tx, territoryId, isAllowed)
    if (!isKnown) throw new AppError('not-found')
    if (isChanged) await tx.emit(territoryImpersonatedWritesSet(territoryId, isAllowed))
    return done(null)
  })
