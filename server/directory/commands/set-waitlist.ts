import { mayAdministerTerritory } from '@/server/access/policy'
import { AppError } from '@/server/kernel/errors'
import { done, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { territoryWaitlistSet } from '../events/territories'
import type { SetWaitlist } from '../schema/territories'
import * as store from '../store/territories'

/**
 * Says how long a freed slot is kept for who waits for one, or that nobody waits: those who do are then told nothing more.
 * To the territory's admins; beyond reach is not found.
 */
export const setWaitlist = (ctx: Ctx, { territoryId, holdMin }: SetWaitlist): Promise<Outcome<null, never>> =>
  inTransaction<null, never>(ctx, async (tx) => {
    if (!mayAdministerTerritory(tx.actor, territoryId)) throw new AppError('not-found')
    const from = await store.lockWaitlistHold(tx, territoryId)
    if (from === holdMin) return done(null)
    await store.setWaitlistHold(tx, territoryId, holdMin)
    await tx.emit(territoryWaitlistSet(territoryId, { from, to: holdMin }))
    return done(null)
  })
