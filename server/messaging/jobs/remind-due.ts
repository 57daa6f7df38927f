import { openMissingLinks } from '@/server/booking/jobs'
import { done } from '@/server/kernel/outcome'
import { inTransaction, type Ctx, type TxCtx } from '@/server/platform/ctx'
import { enqueueAll } from '@/server/platform/jobs'
import { findReminded, listReminded } from '../queries/reminding'
import { leavesAt } from '../rules/sending-hours'
import {
  closeReminder,
  insertMessages,
  lockDueReminder,
  putReminderOff,
  type DueReminder,
  type NewMessage,
} from '../store'

/** Gives every reminder that is due, each in a transaction of its own: killed anywhere, none is lost nor given twice. */
export async function remindDue(ctx: Ctx): Promise<number> {
  let given = 0
  for (;;) {
    const outcome = await inTransaction(ctx, async (tx) => done(await remindNext(tx)))
    if (!outcome.ok || outcome.value === null) return given
    given += outcome.value
  }
}

/** How many messages the next reminder makes; null when none is due. */
async function remindNext(tx: TxCtx): Promise<number | null> {
  const reminder = await lockDueReminder(tx)
  if (!reminder) return null
  const rdv = await findReminded(tx, reminder.rdvId)
  if (rdv?.startsAt.getTime() === reminder.startsAt.getTime()) {
    // The hours may have changed since it was planned, or the workers may have been away.
    const leaves = leavesAt(tx.now, rdv.startsAt, rdv.hours, rdv.zone)
    if (leaves > tx.now) {
      await putReminderOff(tx, reminder.id, leaves)
      return 0
    }
    const count = await remind(tx, reminder, rdv.territoryId)
    await closeReminder(tx, reminder.id)
    return count
  }
  await closeReminder(tx, reminder.id)
  return 0
}

async function remind(tx: TxCtx, { id, rdvId }: DueReminder, territoryId: number): Promise<number> {
  const people = await listReminded(tx, rdvId)
  if (people.length === 0) return 0
  await openMissingLinks(tx, rdvId)
  const byFamily = new Map(people.map((person) => [person.toldId, person] as const).reverse())
  const lines = [...byFamily.values()].flatMap((person): NewMessage[] =>
    [
      { channel: 'mail' as const, recipient: person.email },
      { channel: 'sms' as const, recipient: person.mobile },
    ].flatMap(({ channel, recipient }) =>
      recipient === null
        ? []
        : {
            ...{ rdvId, territoryId, participationId: person.participationId, reminderId: id },
            ...{ news: 'reminder' as const, channel, recipient, version: person.knownVersion ?? 0 },
          },
    ),
  )
  const ids = await insertMessages(tx, lines)
  await enqueueAll(
    tx.db,
    'send-message',
    ids.map((messageId) => ({ messageId })),
  )
  return ids.length
}
