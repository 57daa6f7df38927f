import { eq } from 'drizzle-orm'
import { absences } from '@/db/schema'
import { found } from '@/server/kernel/errors'
import { done, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { absenceDeleted } from '../events'
import { mayWritePlanning } from '../policy'
import * as store from '../store'

/** Takes an absence away: its time may be booked at once. Beyond reach is not found. */
export const deleteAbsence = (ctx: Ctx, { absenceId }: { absenceId: number }): Promise<Outcome<null, never>> =>
  inTransaction(ctx, async (tx) => {
    const [absence] = await tx.db
      .select({ agentId: absences.agentId })
      .from(absences)
      .where(eq(absences.id, absenceId))
      .for('update')
    const { agentId } = found(absence && mayWritePlanning(tx.actor, absence.agentId) ? absence : undefined)
    await store.deleteAbsence(tx, absenceId)
    await tx.emit(absenceDeleted(absenceId, { agentId }))
    return done(null)
  })
