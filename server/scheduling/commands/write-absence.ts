import { AppError, found } from '@/server/kernel/errors'
import { done, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { absenceSaved } from '../events'
import { mayWritePlanning } from '../policy'
import { loadAgendaZone } from '../queries/absences'
import type { SaveAbsence } from '../schema'
import * as store from '../store'

/**
 * Writes an absence, new or changed, whatever stands within: `saveAbsence` of booking judges that first. An absence that
 * repeats is not changed here. Beyond reach is not found.
 */
export const writeAbsence = (
  ctx: Ctx,
  { agentId, absenceId, ...given }: Omit<SaveAbsence, 'knownCount'>,
): Promise<Outcome<{ absenceId: number }, never>> =>
  inTransaction(ctx, async (tx) => {
    found(mayWritePlanning(tx.actor, agentId) ? agentId : undefined)
    const absence = { ...given, zone: await loadAgendaZone(tx, agentId) }
    const id = absenceId ?? (await store.insertAbsence(tx, agentId, absence))
    const isThere = absenceId === null || (await store.updateAbsence(tx, { absenceId, agentId }, absence))
    if (!isThere) throw new AppError('not-found')
    await tx.emit(absenceSaved(id, { agentId, isNew: absenceId === null }))
    return done({ absenceId: id })
  })
