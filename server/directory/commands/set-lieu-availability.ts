import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { violatedConstraint } from '@/server/platform/sql'
import { lieuSaved } from '../events/catalogue'
import { lockLieu } from '../queries/locked'
import type { SetLieuAvailability } from '../schema/catalogue'
import * as store from '../store/catalogue'

type Answer = Outcome<null, 'name-taken'>

/**
 * Closes a lieu to new RDVs, or opens it again; those taken stay (domain §1.10). Another of its name may have opened
 * meanwhile. Beyond reach is not found.
 */
export async function setLieuAvailability(ctx: Ctx, input: SetLieuAvailability): Promise<Answer> {
  try {
    return await set(ctx, input)
  } catch (error) {
    if (violatedConstraint(error) === 'lieux_name_unique') return refused('name-taken')
    throw error
  }
}

const set = (ctx: Ctx, { lieuId, to }: SetLieuAvailability): Promise<Answer> =>
  inTransaction(ctx, async (tx): Promise<Answer> => {
    const { subject } = await lockLieu(tx, lieuId)
    if (subject.availability === to) return done(null)
    await store.updateLieu(tx, lieuId, { availability: to })
    await tx.emit(lieuSaved(subject, false, [{ field: 'availability', from: subject.availability, to }]))
    return done(null)
  })
