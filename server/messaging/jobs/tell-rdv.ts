import { openMissingLinks } from '@/server/booking/jobs'
import { done } from '@/server/kernel/outcome'
import { inTransaction, type Ctx, type TxCtx } from '@/server/platform/ctx'
import { enqueueOnceAt, enqueueSettling } from '@/server/platform/jobs'
import { findSendingHours } from '../queries/reminding'
import { listTellable, type Tellable } from '../queries/tellable'
import { reachedBy } from '../rules/sending'
import { awaitedAt, leavesAt } from '@/server/booking/rules/sending-hours'
import {
  areWordsAlone,
  channelsFor,
  maySettle,
  SETTLING,
  wordFor,
  type Known,
  type News,
  type Word,
} from '../rules/telling'
import { lockSeriesToTell, lockWaiting, queueMessages, writeUnreached, type NewMessage } from '../store'
import { unsayTellings, writeTellings, type Heard } from '../store/tellings'

/** `isOwnDoing`: they did it themselves, or somebody of their family did. */
type Telling = { person: Tellable; news: News; since: Known | null; isOwnDoing: boolean }
type Due = Word & Omit<Telling, keyof Word>

/**
 * Tells each person of an RDV what they do not know of it yet. The first word goes at once, and tells of every date of a
 * series; what changes waits two minutes for another change, unless `isSettled`, or it begins meanwhile. What waits to leave, and is no longer so, is
 * said anew from what its person knows, or unsaid. Run twice, it says nothing more: what is known is written with the
 * messages, under the RDVs' lock and theirs. `byParticipationId`: of whom did it themselves; null when somebody else did.
 */
export const tellRdv = (
  ctx: Ctx,
  { rdvId, byParticipationId, isSettled }: { rdvId: number; byParticipationId: number | null; isSettled: boolean },
) =>
  inTransaction(ctx, async (tx) => {
    const rdvIds = await lockSeriesToTell(tx, rdvId)
    await lockWaiting(tx, rdvIds)
    const people = await listTellable(tx, rdvIds)
    const toldOf = new Map(people.map(({ participationId, toldId }) => [participationId, toldId]))
    const all = people.flatMap((person): Due[] => {
      const word = wordFor(person, person.current, tx.now)
      // Of several who leave one after the other, the job knows the last alone.
      const doers = [byParticipationId, word?.news === 'cancelled' ? person.cancelledBy : null]
      const isOwnDoing = doers.some((doer) => doer !== null && toldOf.get(doer) === person.toldId)
      return word ? [{ ...word, person, isOwnDoing }] : []
    })
    const own = all.filter(({ person }) => person.rdvId === rdvId)
    const ownDue = own.filter(
      (one) => isSettled || isFirstWord(one) || one.news === null || !maySettle(one.since, one.person.current, tx.now),
    )
    const others = ownDue.some(isFirstWord) ? all.filter((one) => one.person.rdvId !== rdvId && isFirstWord(one)) : []
    const due = [...ownDue, ...others].sort(byDate)
    if (ownDue.length < own.length) {
      // Newcomers, who are told at once, do not keep the others waiting for ever.
      const job = { payload: { rdvId, byParticipationId }, key: `tell-rdv-${String(rdvId)}` }
      const at = new Date(tx.now.getTime() + SETTLING.byMs)
      if (ownDue.length > 0) await enqueueOnceAt(tx.db, 'tell-rdv', [job], at)
      else await enqueueSettling(tx.db, 'tell-rdv', job, { now: tx.now, ...SETTLING })
    }
    await unsayTellings(
      tx,
      due.flatMap(({ person, news }) => (news === null ? [person] : [])),
    )
    await tell(
      tx,
      rdvId,
      due.flatMap(({ news, ...one }) => (news === null ? [] : [{ ...one, news }])),
    )
    return done({ told: due.length })
  })

const isFirstWord = ({ since }: Due): boolean => since === null
const byDate = ({ person: one }: Due, { person: other }: Due): number =>
  one.current.startsAt.getTime() - other.current.startsAt.getTime() || one.participationId - other.participationId

/** `due`: in order of their dates, so that the first of a series tells of the others. */
async function tell(tx: TxCtx, rdvId: number, due: readonly Telling[]): Promise<void> {
  if (due.length === 0) return
  await openMissingLinks(tx, [...new Set(due.map(({ person }) => person.rdvId))])
  const families = familiesIn(due).filter((family) => !isLeftUnsaid(family))
  const lines = families.map(([head]) => ({ isOwnDoing: head.isOwnDoing, lines: linesOf(head) }))
  const ofDoing = (isOwn: boolean) => lines.filter(({ isOwnDoing }) => isOwnDoing === isOwn).flatMap((one) => one.lines)
  await queueMessages(tx, ofDoing(true))
  await queueMessages(tx, ofDoing(false), await leavesWhen(tx, rdvId, due))
  await writeUnreached(
    tx,
    families.filter(isUnreached).map(([head]) => lineOf(head)),
  )
  await writeTellings(
    tx,
    families.flatMap((family) => family.map((one) => heardFrom(one, family))),
  )
}

/**
 * When the hours of the territory let these messages leave. Not of what a person did themselves: whoever books or cancels is
 * awake, and it is confirmed at once, whatever the hour.
 */
async function leavesWhen(tx: TxCtx, rdvId: number, due: readonly Telling[]): Promise<Date> {
  const territory = await findSendingHours(tx, rdvId)
  const [first] = due.map(({ since, person }) => awaitedAt(since, person.current, tx.now))
  return territory && first ? leavesAt(tx.now, first, territory.hours, territory.zone) : tx.now
}

/** Told the same thing once (domain §5.1), by the first of them; their own doing when it is of all. Dates of a series of which nobody knew are one thing. */
type Family = readonly [Telling, ...Telling[]]

function familiesIn(due: readonly Telling[]): Family[] {
  const families = new Map<string, [Telling, ...Telling[]]>()
  for (const one of due) {
    const { person, news, since } = one
    const key = [person.toldId, news, since === null ? 'first' : person.rdvId].join(' ')
    const family = families.get(key)
    if (family) family.push(one)
    else families.set(key, [one])
  }
  return [...families.values()].map(([head, ...rest]) => [
    { ...head, isOwnDoing: [head, ...rest].every(({ isOwnDoing }) => isOwnDoing) },
    ...rest,
  ])
}

/**
 * Nobody can write to them of what somebody else changed: somebody is to call. Who was given the RDV by the person who placed
 * it, or chose it, knows of it.
 */
const isUnreached = ([head]: Family): boolean => isUnwritten(head) && head.since !== null && !head.isOwnDoing
/** Nor is anybody to call, for a title or an agent alone: they know what they knew, and whoever is to call for more still is. */
const isLeftUnsaid = (family: Family): boolean => isUnwritten(family[0]) && family.every(isOfWordsAlone)
const isOfWordsAlone = ({ person, since }: Telling): boolean =>
  areWordsAlone(person.isUnheard ? since : person.said, person.current)
const isUnwritten = (one: Telling): boolean => linesOf(one).length === 0

const heardFrom = ({ person, news, since }: Telling, family: Family): Heard => ({
  ...{ rdvId: person.rdvId, participationId: person.participationId, ...person.current },
  isOn: news !== 'cancelled',
  since,
  by:
    isUnwritten(family[0]) && !isUnreached(family)
      ? null
      : { participationId: family[0].person.participationId, version: family[0].person.version + 1 },
})

const lineOf = ({ person, news, since }: Telling) => ({
  ...{ rdvId: person.rdvId, territoryId: person.territoryId, participationId: person.participationId },
  ...{ news, version: person.version + 1, previousStartsAt: since?.startsAt ?? null },
})

const linesOf = (one: Telling): NewMessage[] =>
  channelsFor(one.news, one.person, one).flatMap((channel) => {
    const recipient = reachedBy(channel, one.person)
    return recipient === null ? [] : { ...lineOf(one), channel, recipient }
  })
