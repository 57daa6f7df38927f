import { mayAdministerTerritory } from '@/server/access/policy'
import { AppError } from '@/server/kernel/errors'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { territoryWordsSet } from '../events'
import { isMotifOf } from '../queries/wordings'
import { nameOfWording } from '../rules/standard-wordings'
import type { ResetWording } from '../schema'
import * as store from '../store/wordings'

/**
 * Goes back to the standard words, or for a motif to those of its territory; to the territory's admins, from the version
 * they saw. Beyond reach is not found.
 */
export const resetWording = (ctx: Ctx, { seen, ...place }: ResetWording): Promise<Outcome<null, 'changed-meanwhile'>> =>
  inTransaction<null, 'changed-meanwhile'>(ctx, async (tx) => {
    const { territoryId, motifId, key } = place
    if (!mayAdministerTerritory(tx.actor, territoryId)) throw new AppError('not-found')
    if (motifId !== null && !(await isMotifOf(tx, { territoryId, motifId }))) throw new AppError('not-found')
    const before = await store.lockWording(tx, place)
    if ((before?.seen ?? '') !== seen) return refused('changed-meanwhile')
    if (!before) return done(null)
    await store.deleteWording(tx, before.id)
    await tx.emit(territoryWordsSet(territoryId, { name: nameOfWording(key), motifId }, { from: before, to: null }))
    return done(null)
  })
