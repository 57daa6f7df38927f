import { mayAdministerTerritory } from '@/server/access/policy'
import { AppError } from '@/server/kernel/errors'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { territoryWordsSet } from '../events'
import { isMotifOf, listConfidentialNames } from '../queries/wordings'
import { partThatNames } from '../rules/naming'
import { nameOfWording } from '../rules/standard-wordings'
import type { SaveWording } from '../schema'
import * as store from '../store/wordings'

type Refusal = 'changed-meanwhile' | 'subject-names-motif' | 'body-names-motif'

/**
 * Says what a territory, or one of its motifs, writes instead of the standard words, also in what waits to leave; to the
 * territory's admins, from the version they saw. Of a confidential motif, they do not say what it is. Beyond reach is not found.
 */
export const saveWording = (ctx: Ctx, { seen, wording, ...place }: SaveWording): Promise<Outcome<null, Refusal>> =>
  inTransaction<null, Refusal>(ctx, async (tx) => {
    const { territoryId, motifId, key } = place
    if (!mayAdministerTerritory(tx.actor, territoryId)) throw new AppError('not-found')
    if (motifId !== null && !(await isMotifOf(tx, { territoryId, motifId }))) throw new AppError('not-found')
    const naming =
      motifId === null ? null : partThatNames(key, wording, await listConfidentialNames(tx, { territoryId, motifId }))
    if (naming) return refused(`${naming}-names-motif`)
    const before = await store.lockWording(tx, place)
    if ((before?.seen ?? '') !== seen) return refused('changed-meanwhile')
    if (before?.subject === wording.subject && before.body === wording.body) return done(null)
    await (before ? store.updateWording(tx, before.id, wording) : store.insertWording(tx, place, wording))
    await tx.emit(territoryWordsSet(territoryId, { name: nameOfWording(key), motifId }, { from: before, to: wording }))
    return done(null)
  })
