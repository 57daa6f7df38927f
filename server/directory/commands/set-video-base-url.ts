import { mayAdministerTerritory } from '@/server/access/policy'
import { AppError } from '@/server/kernel/errors'
import { done, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { territoryVideoSet } from '../events/territories'
import type { SetVideoBaseUrl } from '../schema/territories'
import * as store from '../store/territories'

/** Says where a territory holds its video RDVs, those already placed too; to its admins. Beyond reach is not found. */
export const setVideoBaseUrl = (
  ctx: Ctx,
  { territoryId, videoBaseUrl: typed }: SetVideoBaseUrl,
): Promise<Outcome<null, never>> =>
  inTransaction<null, never>(ctx, async (tx) => {
    if (!mayAdministerTerritory(tx.actor, territoryId)) throw new AppError('not-found')
    const videoBaseUrl = typed || null
    const from = await store.lockVideoBaseUrl(tx, territoryId)
    if (from === videoBaseUrl) return done(null)
    await store.setVideoBaseUrl(tx, territoryId, videoBaseUrl)
    await tx.emit(territoryVideoSet(territoryId, { from, to: videoBaseUrl }))
    return done(null)
  })
