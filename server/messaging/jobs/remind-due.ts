import { openMissingLinks } from '@/server/booking/jobs'
import { certain, done } from '@/server/kernel/outcome'
import { inTransaction, type Ctx, type TxCtx } from '@/server/platform/ctx'
import { errorFacts, log } from '@/server/platform/log'
import { findReminded, listReminded, type Reminded, type RemindedRdv } from '../queries/reminding'
import { isFresh, JUDGED_AGAIN_MS, LATER_LEAD_MIN, remindsLaterAt } from '../rules/reminder'
import { reachedBy } from '../rules/sending'
import { leavesAt } from '@/server/booking/rules/sending-hours'
import { channelsFor } from '../rules/telling'
import { queueMessages, type NewMessage } from '../store'
import {
  closeReminder,
  leaveForNow,
  lockDueReminder,
  planLater,
  putReminderOff,
  type DueReminder,
} from '../store/reminders'

/**
 * Gives every reminder that is due, each in a transaction of its own: killed anywhere, none is lost nor given twice. One that
 * cannot be judged keeps none of the others back.
 */
export async function remindDue(ctx: Ctx): Promise<number> {
  let given = 0
  for (;;) {
    const next = await remindNextOrPutOff(ctx)
    if (next === null) return given
    given += next
  }
}

/** What went wrong in judging this one. */
class Unjudged extends Error {
  constructor(
    readonly reminder: DueReminder,
    override readonly cause: unknown,
  ) {
    super('a reminder could not be judged')
  }
}

async function remindNextOrPutOff(ctx: Ctx): Promise<number | null> {
  try {
    return certain(await inTransaction<number | null, never>(ctx, async (tx) => done(await remindNext(tx))))
  } catch (error) {
    if (!(error instanceof Unjudged)) throw error
    const { id: reminderId } = error.reminder
    log().error({ reminderId, error: errorFacts(error.cause) }, error.message)
    const again = new Date(ctx.now.getTime() + JUDGED_AGAIN_MS)
    await inTransaction(ctx, async (tx) => done(await putReminderOff(tx, reminderId, again)))
    return 0
  }
}

/** How many messages the next reminder makes; null when none is due. */
async function remindNext(tx: TxCtx): Promise<number | null> {
  const reminder = await lockDueReminder(tx)
  if (!reminder) return null
  try {
    return await judge(tx, reminder)
  } catch (error) {
    throw new Unjudged(reminder, error)
  }
}

async function judge(tx: TxCtx, reminder: DueReminder): Promise<number> {
  const rdv = await findReminded(tx, reminder.rdvId)
  const isOfThisStart = rdv?.startsAt.getTime() === reminder.startsAt.getTime()
  // The hours may have changed since it was planned, or the workers may have been away.
  const leaves = isOfThisStart ? leavesAt(tx.now, rdv.startsAt, rdv.hours, rdv.zone) : tx.now
  if (leaves > tx.now) {
    await putReminderOff(tx, reminder.id, leaves)
    return 0
  }
  if (!isOfThisStart && reminder.startsAt > tx.now) {
    await leaveForNow(tx, reminder)
    return 0
  }
  if (isOfThisStart) return remind(tx, reminder, rdv)
  await closeReminder(tx, reminder.id)
  return 0
}

/**
 * Gives it to those who have not just been told, once each family. While what tells a family is on its way, it may be unsaid
 * still, and they would hear of nothing: the reminder stays, for them alone, and is judged again; until the RDV starts.
 */
async function remind(tx: TxCtx, reminder: DueReminder, rdv: RemindedRdv): Promise<number> {
  const { id, rdvId, startsAt, leadMin } = reminder
  const all = await listReminded(tx, reminder)
  const families = (which: (one: Reminded) => boolean) => new Set(all.filter(which).map(({ toldId }) => toldId))
  const isJustTold = ({ toldAt }: Reminded) => isFresh(toldAt, tx.now, leadMin)
  const done = families(({ isReminded, isGiven }) => (leadMin === LATER_LEAD_MIN ? isReminded : isGiven))
  const awaiting = families((one) => one.isOnItsWay && isJustTold(one) && !done.has(one.toldId))
  if (awaiting.size > 0) await putReminderOff(tx, id, earlier(startsAt, new Date(tx.now.getTime() + JUDGED_AGAIN_MS)))
  else await closeReminder(tx, id)
  const meant = all.filter(({ toldId }) => !done.has(toldId) && !awaiting.has(toldId))
  await remindLater(tx, reminder, rdv, meant)
  const people = meant.filter((one) => !isJustTold(one))
  if (people.length === 0) return 0
  await openMissingLinks(tx, [rdvId])
  const byFamily = new Map(people.map((person) => [person.toldId, person] as const).reverse())
  const lines = [...byFamily.values()].flatMap((person) =>
    channelsFor('reminder', person, { isOwnDoing: false }).flatMap((channel): NewMessage[] => {
      const recipient = reachedBy(channel, person)
      if (recipient === null) return []
      return [
        {
          ...{ rdvId, territoryId: rdv.territoryId, participationId: person.participationId },
          ...{ reminderId: id, news: 'reminder' },
          ...{ channel, recipient, version: person.knownVersion ?? 0, previousStartsAt: startsAt },
        },
      ]
    }),
  )
  return queueMessages(tx, lines, tx.now)
}

const earlier = (one: Date, other: Date): Date => (one < other ? one : other)

/** Whoever has just been told is reminded the day before, as of an RDV placed late. */
async function remindLater(
  tx: TxCtx,
  reminder: DueReminder,
  rdv: RemindedRdv,
  meant: readonly Reminded[],
): Promise<void> {
  const told = meant.flatMap(({ toldAt }) =>
    toldAt && isFresh(toldAt, tx.now, reminder.leadMin) ? [toldAt.getTime()] : [],
  )
  if (told.length === 0) return
  const dueAt = remindsLaterAt({ ...rdv, now: tx.now, toldAt: new Date(Math.max(...told)) })
  if (dueAt && dueAt > tx.now) await planLater(tx, reminder, { territoryId: rdv.territoryId, dueAt })
}
