import type { Ctx } from '@/server/platform/ctx'
import { inRead } from '@/server/platform/ctx'
import { listRdvsToCome, type WhichRdvs } from '../queries/reminding'
import { planReminders } from './plan-reminders'

/** Plans the reminders of a territory or a motif anew, page by page: begun again, it changes nothing more. */
export async function replanReminders(ctx: Ctx, which: WhichRdvs): Promise<void> {
  let after = 0
  for (;;) {
    const rdvIds = await inRead(ctx, (read) => listRdvsToCome(read, which, after))
    for (const rdvId of rdvIds) await planReminders(ctx, { rdvId, changedAt: null })
    const last = rdvIds.at(-1)
    if (last === undefined) return
    after = last
  }
}
