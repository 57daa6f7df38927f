import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { violatedConstraint } from '@/server/platform/sql'
import { lieuDeleted } from '../events/catalogue'
import { lockLieu } from '../queries/locked'
import type { LieuRefusal } from '../rules/motif-settings'
import * as store from '../store/catalogue'

type Answer = Outcome<null, Extract<LieuRefusal, 'lieu-used'>>

/** Erases a lieu nothing ever used: the database refuses the others, which are disabled instead (domain §1.10). */
export async function deleteLieu(ctx: Ctx, { lieuId }: { lieuId: number }): Promise<Answer> {
  try {
    return await inTransaction(ctx, async (tx) => {
      const { subject } = await lockLieu(tx, lieuId)
      await store.deleteLieu(tx, lieuId)
      await tx.emit(lieuDeleted(subject))
      return done(null)
    })
  } catch (error) {
    if (['openings_lieu_wall', 'rdvs_lieu_wall'].includes(violatedConstraint(error) ?? '')) return refused('lieu-used')
    throw error
  }
}
