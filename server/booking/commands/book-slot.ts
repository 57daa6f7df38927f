import { loadPublicMotifs, type PublicMotif } from '@/server/directory/queries'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { openFiles, recognisePerson, type Recognised } from '@/server/people/commands/identify-person'
import { inOneStatement, inRead, inTransaction, type Ctx, type ReadCtx, type TxCtx } from '@/server/platform/ctx'
import { violatedConstraint } from '@/server/platform/sql'
import { loadAgendas, type AgendaQuestion, type MotifAgendas } from '@/server/scheduling/queries/agendas'
import { rdvBooked } from '../events'
import { findBookingByKey, loadOpenRdvCount } from '../queries/bookings'
import { holdMotifs, lockUsager } from '../queries/locks'
import type { Candidate, GroupSearch } from '../rules/availability'
import { awaitedCandidate, rankCandidates, whyNotBook } from '../rules/booking'
import type { Coordinates } from '../rules/draft'
import type { BookRefusal } from '../rules/tunnel'
import { drawRdvIds, insertRdvs, lockFirstFree, type BookingContact, type NewRdv, type RdvIds } from '../store'

export type BookingTerritory = { id: number; zone: string; departmentNumber: string; maxOpenRdvsPerMotif: number }

export type BookSlot = {
  /** The draft's id: sent twice, it books once. */
  bookingKey: string
  territory: BookingTerritory
  /** The motifs behind the person's choice, at the chosen place. */
  motifIds: readonly number[]
  /** Those behind it in the whole territory: one for the cap on open RDVs. */
  choiceMotifIds: readonly number[]
  lieuId: number | null
  startAt: Date
  coordinates: Coordinates
}

export type Booked = { rdvId: number; agentId: number; participationId: number; linkId: number }

/** Far above the agents of a start: beyond, what is read and what is refused disagree. */
const MAX_ROUNDS = 200

/** Whoever won the agent has had the place: others may be left. */
type Attempt = Outcome<Booked, BookRefusal | 'agent-lost'>

/**
 * Books an exact start with whoever is free then, the least loaded first: one short transaction, judged again under the
 * agent's lock on the agenda as it then is. Refuses with `slot-taken` when nobody is left, with
 * `not-offered` when nobody ever was.
 */
export async function bookSlot(ctx: Ctx, input: BookSlot): Promise<Outcome<Booked, BookRefusal>> {
  const startMs = input.startAt.getTime()
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const { mine, group, motifs } = await look(ctx, input)
    if (mine) return sameBooking(mine, startMs)
    const ranked = rankCandidates(group, startMs)
    if (ranked.length === 0) return refused(whyNotBook(group, startMs) ?? 'slot-taken')
    const outcome = await attempt(ctx, input, { ranked, motifs })
    if (outcome.ok) return outcome
    // Each round lost is a place somebody else got: there is an end to them.
    if (outcome.reason !== 'agent-lost') return refused(outcome.reason)
  }
  throw new Error('the agenda shows a time that the database refuses')
}

/** Where the person asked to be reached, this time. */
export const contactOf = ({ phone, email }: Coordinates['person']): BookingContact => ({
  phoneE164: phone?.e164 ?? null,
  email,
})

const agendaQuestion = (
  { lieuId, startAt }: BookSlot,
  who: { motifIds: readonly number[]; agents: 'any' | readonly number[] },
): AgendaQuestion => ({
  ...who,
  lieuId: lieuId ?? 'any',
  fromMs: startAt.getTime(),
  toMs: startAt.getTime() + 60_000,
})

const groupOf = (
  { now }: Ctx,
  { territory, lieuId }: BookSlot,
  motifs: readonly PublicMotif[],
  agendas: MotifAgendas,
): GroupSearch => ({
  motifs,
  ...agendas,
  zone: territory.zone,
  department: territory.departmentNumber,
  lieuId: lieuId ?? 'any',
  nowMs: now.getTime(),
})

/** Sent again, the same question gets the same answer; another time under the same key is a new question. */
function sameBooking(mine: Booked & { startMs: number }, startMs: number): Outcome<Booked, 'booked-otherwise'> {
  const { startMs: bookedMs, ...booked } = mine
  return bookedMs === startMs ? done(booked) : refused('booked-otherwise')
}

/** One statement, no lock: whoever comes too late is told so at this price. */
async function look(ctx: Ctx, input: BookSlot) {
  const { motifIds, territory } = input
  const [mine, motifs, agendas] = await inOneStatement(ctx, (read) =>
    Promise.all([
      findBookingByKey(read, input.bookingKey),
      loadPublicMotifs(read, { territoryIds: [territory.id], motifIds }),
      loadAgendas(read, agendaQuestion(input, { motifIds, agents: 'any' })),
    ]),
  )
  return { mine, motifs, group: groupOf(ctx, input, motifs, agendas) }
}

/** Who could receive, the best first, and under which motifs. */
type Offer = { ranked: readonly Candidate[]; motifs: readonly PublicMotif[] }

async function attempt(ctx: Ctx, input: BookSlot, offer: Offer): Promise<Attempt> {
  try {
    return await inTransaction(ctx, (tx) => book(tx, input, offer))
  } catch (error) {
    // The same key, sent twice at once and offered to two agents: the other one won.
    if (violatedConstraint(error) !== 'participations_booking_key_unique') throw error
    return inRead(ctx, (read) => answerAgain(read, input, 'slot-taken'))
  }
}

/** What stands in the way may be this very booking, sent twice at once: it gets the same answer. */
async function answerAgain(
  read: ReadCtx,
  { bookingKey, startAt }: BookSlot,
  why: BookRefusal,
): Promise<Outcome<Booked, BookRefusal>> {
  const mine = await findBookingByKey(read, bookingKey)
  return mine ? sameBooking(mine, startAt.getTime()) : refused(why)
}

async function book(tx: TxCtx, input: BookSlot, { ranked, motifs }: Offer): Promise<Attempt> {
  const startMs = input.startAt.getTime()
  const agentIds = ranked.map((candidate) => candidate.agentId)
  const [first, awaited] = [ranked[0], awaitedCandidate(ranked, input.bookingKey)]
  if (!first || !awaited) return refused('slot-taken')
  // One flight: each statement sees what was committed before it, so what follows a lock is read once it is granted.
  const [agentId, liveIds, [[ids], agendasOfFirst, recognised]] = await Promise.all([
    lockFirstFree(tx, agentIds, awaited.agentId),
    holdMotifs(tx, [...new Set(ranked.map(({ motifId }) => motifId))]),
    inOneStatement(tx, (read) =>
      Promise.all([
        drawRdvIds(read, 1, 1),
        loadAgendas(read, agendaQuestion(input, { motifIds: [first.motifId], agents: [first.agentId] })),
        recognisePerson(tx, { ...input.coordinates, territoryId: input.territory.id }, read),
      ]),
    ),
  ])
  const candidate = ranked.find((one) => one.agentId === agentId)
  const motif = motifs.find(({ id }) => id === candidate?.motifId)
  if (!candidate || !motif || !ids || !liveIds.includes(motif.id)) return refused('agent-lost')
  const own = { motifIds: [motif.id], agents: [candidate.agentId] }
  const judged =
    candidate === first
      ? agendasOfFirst
      : await inOneStatement(tx, (read) => loadAgendas(read, agendaQuestion(input, own)))
  if (whyNotBook(groupOf(tx, input, [motif], judged), startMs)) return refused('agent-lost')
  return insertBooking(tx, input, { candidate, motif, ids, recognised })
}

/** Counted under the person's lock: whoever is known by a phone and an e-mail may be booking by the other one. */
export async function countOpenRdvs(tx: TxCtx, usagerId: number, { choiceMotifIds }: BookSlot): Promise<number> {
  const [, count] = await Promise.all([
    lockUsager(tx, usagerId),
    loadOpenRdvCount(tx, { usagerId, motifIds: choiceMotifIds }),
  ])
  return count
}

type Decided = { candidate: Candidate; motif: PublicMotif; ids: RdvIds; recognised: Recognised }

async function insertBooking(
  tx: TxCtx,
  input: BookSlot,
  { candidate, motif, ids, recognised }: Decided,
): Promise<Attempt> {
  const { person } = input.coordinates
  const { usagerId, isNew, contactId, newFiles } = recognised
  const openCount = isNew ? 0 : await countOpenRdvs(tx, usagerId, input)
  if (openCount >= input.territory.maxOpenRdvsPerMotif) return answerAgain(tx, input, 'too-many-open')
  const { agentId } = candidate
  const territoryId = input.territory.id
  const { organisationId } = motif
  const [participationId, linkId] = [ids.participationIds[0], ids.linkIds[0]]
  if (participationId === undefined || linkId === undefined) throw new Error('an RDV needs somebody')
  const told = motif.visibility === 'visible_and_notified' ? [usagerId] : []
  const newRdv: NewRdv = {
    territoryId,
    organisationId,
    motifId: motif.id,
    lieuId: input.lieuId,
    ...{ seriesId: null, showsToUsager: null },
    startsAt: input.startAt,
    endsAt: new Date(candidate.endMs),
    agentIds: [agentId],
    usagerIds: [usagerId],
    told: { lifecycleIds: told, reminderIds: told },
    exclusive: true,
    bookingKey: input.bookingKey,
    contact: contactOf(person),
    homeAddress: person.address,
    context: null,
    author: { kind: 'usager', id: contactId },
  }
  // One flight, in this order; a time refused by the database takes the rest back with it.
  const [, isInserted] = await Promise.all([
    openFiles(tx, newFiles, { territoryId, organisationId, usagerIds: [usagerId] }),
    insertRdvs(tx, [{ ids, rdv: newRdv }]),
    tx.emit(rdvBooked({ id: ids.rdvId, territoryId }, { participationId, linkId, agentId })),
  ])
  return isInserted ? done({ rdvId: ids.rdvId, agentId, participationId, linkId }) : refused('agent-lost')
}
