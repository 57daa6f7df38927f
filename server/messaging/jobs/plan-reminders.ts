import { done } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { findReminded } from '../queries/reminding'
import { remindersOf } from '../rules/reminder'
import { lockRdvToTell, writeReminders } from '../store'

/**
 * Writes when an RDV is to be reminded of, from what it is now: one that moved is reminded of at its new time, one
 * cancelled of nothing. `changedAt`: when it was placed or moved, if that is why; its people hear of it then. Run twice,
 * it changes nothing more.
 */
export const planReminders = (ctx: Ctx, { rdvId, changedAt }: { rdvId: number; changedAt: Date | null }) =>
  inTransaction(ctx, async (tx) => {
    await lockRdvToTell(tx, rdvId)
    const rdv = await findReminded(tx, rdvId)
    const toldAt = rdv && changedAt && changedAt > rdv.toldAt ? changedAt : rdv?.toldAt
    const planned = rdv && toldAt ? remindersOf(rdv.leadsMin, { ...rdv, toldAt }) : []
    await writeReminders(tx, rdvId, rdv, planned)
    return done(null)
  })
