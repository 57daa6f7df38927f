import { done } from '@/server/kernel/outcome'
import { inTransaction, type Ctx, type TxCtx } from '@/server/platform/ctx'
import { readReminded } from '../queries/reminding'
import { remindersOf } from '../rules/reminder'
import { lockRdvToTell } from '../store'
import { writeReminders } from '../store/reminders'

/**
 * Writes when an RDV is to be reminded of, from what it is now: one that moved is reminded of at its new time, one
 * cancelled of nothing. `changedAt`: when something happened to it, if that is why; where its people know
 * another start, or that it was off, they hear of it then; not of what was undone before they did. Run twice, it changes nothing more.
 */
export const planReminders = (ctx: Ctx, { rdvId, changedAt }: { rdvId: number; changedAt: Date | null }) =>
  inTransaction(ctx, async (tx) => {
    await lockRdvToTell(tx, rdvId)
    await planTogether(tx, [rdvId], changedAt)
    return done(null)
  })

/** The same of several at once, which are locked: as many statements for a page of them as for one. */
export async function planTogether(tx: TxCtx, rdvIds: readonly number[], changedAt: Date | null): Promise<void> {
  const rdvs = await readReminded(tx, rdvIds)
  await writeReminders(
    tx,
    rdvIds.map((rdvId) => {
      const rdv = rdvs.get(rdvId) ?? null
      const isNews = rdv && !rdv.isKnown && changedAt && changedAt > rdv.toldAt
      const toldAt = isNews ? changedAt : rdv?.toldAt
      return { rdvId, rdv, planned: rdv && toldAt ? remindersOf(rdv.leadsMin, { ...rdv, toldAt, now: tx.now }) : [] }
    }),
  )
}
