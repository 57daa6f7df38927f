import { AppError } from '@/server/kernel/errors'
import { type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { findAbsence } from '../queries/absences'
import { planAbsence, type AbsenceValues } from '../rules/absence'
import { isOfNoDate } from '../rules/series'
import type { DeleteAbsence } from '../schema'
import { writeAbsence } from './write-absence'

/**
 * Takes an absence away, or some of its dates: their time may be booked at once. Refused when somebody changed it since it
 * was shown; beyond reach is not found.
 */
export const deleteAbsence = (
  ctx: Ctx,
  { target }: DeleteAbsence,
): Promise<Outcome<{ absenceId: number | null }, 'changed-meanwhile'>> =>
  inTransaction(ctx, async (tx) => {
    const seen = await findAbsence(tx, target.id)
    if (seen.version === target.version && isOfNoDate(seen, target)) throw new AppError('invalid')
    const plan = planAbsence<AbsenceValues>(seen, { ...target, given: null })
    return writeAbsence(tx, { seen: { ...seen, version: target.version }, zone: seen.zone, ...target, ...plan })
  })
