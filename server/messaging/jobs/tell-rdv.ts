import { openMissingLinks } from '@/server/booking/jobs'
import { done } from '@/server/kernel/outcome'
import { inTransaction, type Ctx, type TxCtx } from '@/server/platform/ctx'
import { enqueueAt } from '@/server/platform/jobs'
import { findSendingHours } from '../queries/reminding'
import { listTellable, type Tellable } from '../queries/tellable'
import { reachedBy } from '../rules/sending'
import { awaitedAt, leavesAt } from '@/server/booking/rules/sending-hours'
import { channelsFor, newsFor, SETTLING_MS, type News } from '../rules/telling'
import { lockSeriesToTell, queueMessages, writeTellings, type NewMessage } from '../store'

type Telling = { person: Tellable; news: News }

/**
 * Tells each person of an RDV what they do not know of it yet. The first word goes at once, and tells of every date of a
 * series; what changes waits two minutes for another change, unless `isSettled`. Run twice, it says nothing more: what is
 * known is written with the messages, under the RDVs' lock.
 */
export const tellRdv = (
  ctx: Ctx,
  { rdvId, byAgent, isSettled }: { rdvId: number; byAgent: boolean; isSettled: boolean },
) =>
  inTransaction(ctx, async (tx) => {
    const people = await listTellable(tx, await lockSeriesToTell(tx, rdvId))
    const tellings = people.flatMap((person) => {
      const news = newsFor(person.told, person.current, tx.now)
      return news ? { person, news } : []
    })
    const own = tellings.filter(({ person }) => person.rdvId === rdvId)
    const ownDue = own.filter((one) => isSettled || isFirstWord(one))
    const others = ownDue.some(isFirstWord)
      ? tellings.filter((one) => one.person.rdvId !== rdvId && isFirstWord(one))
      : []
    const due = [...ownDue, ...others].sort(byDate)
    if (ownDue.length < own.length) {
      const at = new Date(tx.now.getTime() + SETTLING_MS)
      await enqueueAt(tx.db, 'tell-rdv', { rdvId, byAgent }, at, `tell-rdv-${String(rdvId)}`)
    }
    await tell(tx, rdvId, due, byAgent)
    return done({ told: due.length })
  })

const isFirstWord = ({ person }: Telling): boolean => person.told === null
const byDate = ({ person: one }: Telling, { person: other }: Telling): number =>
  one.current.startsAt.getTime() - other.current.startsAt.getTime() || one.participationId - other.participationId

/** `due`: in order of their dates, so that the first of a series tells of the others. */
async function tell(tx: TxCtx, rdvId: number, due: readonly Telling[], byAgent: boolean): Promise<void> {
  if (due.length === 0) return
  await openMissingLinks(tx, [...new Set(due.map(({ person }) => person.rdvId))])
  const leaves = byAgent ? await leavesWhen(tx, rdvId, due) : null
  const lines = onePerFamily(due).flatMap((one) => linesOf(one, byAgent))
  await queueMessages(tx, lines, leaves)
  await writeTellings(tx, heardBy(due, lines, byAgent))
}

/**
 * When the hours of the territory let these messages leave. Whoever booked or cancelled is awake: what a person did
 * themselves is confirmed at once, whatever the hour (null).
 */
async function leavesWhen(tx: TxCtx, rdvId: number, due: readonly Telling[]): Promise<Date> {
  const territory = await findSendingHours(tx, rdvId)
  const [first] = due.map(({ person: { told, current } }) => awaitedAt(told, current, tx.now))
  return territory && first ? leavesAt(tx.now, first, territory.hours, territory.zone) : tx.now
}

/**
 * Whoever nobody wrote to knows nothing: once they may be reached, the next change tells them all of it. Who cancelled
 * themselves knows it.
 */
function heardBy(due: readonly Telling[], lines: readonly NewMessage[], byAgent: boolean) {
  const written = new Set(lines.map(({ participationId }) => participationId))
  const families = new Set(due.filter(({ person }) => written.has(person.participationId)).map(familyOf))
  return due
    .filter((one) => families.has(familyOf(one)) || (one.news === 'cancelled' && !byAgent))
    .map(({ person: { rdvId, participationId, current }, news }) => ({
      rdvId,
      participationId,
      ...current,
      isOn: news !== 'cancelled',
    }))
}

/** Dates of a series that nobody has told of yet are one thing to tell. */
const familyOf = ({ person: { toldId, told, rdvId }, news }: Telling): string =>
  [toldId, news, told === null ? 'first' : rdvId].join(' ')

/** A family is told the same thing once (domain §5.1). */
function onePerFamily(due: readonly Telling[]): Telling[] {
  const byFamily = new Map<string, Telling>()
  for (const one of due) {
    if (!byFamily.has(familyOf(one))) byFamily.set(familyOf(one), one)
  }
  return [...byFamily.values()]
}

const linesOf = ({ person, news }: Telling, byAgent: boolean): NewMessage[] =>
  channelsFor(news, person, { byAgent }).flatMap((channel) => {
    const recipient = reachedBy(channel, person)
    if (recipient === null) return []
    return {
      ...{ rdvId: person.rdvId, territoryId: person.territoryId, participationId: person.participationId },
      ...{ news, channel, recipient, version: (person.told?.version ?? 0) + 1 },
      previousStartsAt: person.told?.startsAt ?? null,
    }
  })
