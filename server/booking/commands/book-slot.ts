import { loadPublicMotifs, type PublicMotif } from '@/server/directory/queries'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { identifyPerson } from '@/server/people/commands/identify-person'
import { joinOrganisation } from '@/server/people/commands/join-organisation'
import { inRead, inTransaction, type Ctx, type TxCtx } from '@/server/platform/ctx'
import { violatedConstraint } from '@/server/platform/sql'
import { loadAgendas, type AgendaQuestion, type MotifAgendas } from '@/server/scheduling/queries'
import { rdvBooked } from '../events'
import { findBookingByKey, loadOpenRdvCount } from '../queries/bookings'
import type { Candidate, GroupSearch } from '../rules/availability'
import { rankCandidates, whyNotBook } from '../rules/booking'
import type { Coordinates } from '../rules/draft'
import type { BookRefusal } from '../rules/tunnel'
import { drawRdvIds, insertRdv, lockAgents, type BookingContact, type NewRdv, type RdvIds } from '../store'

export type BookingTerritory = { id: number; zone: string; departmentNumber: string; maxOpenRdvsPerMotif: number }

export type BookSlot = {
  /** The draft's id: sent twice, it books once. */
  bookingKey: string
  territory: BookingTerritory
  /** The motifs behind the person's choice, at the chosen place. */
  motifIds: readonly number[]
  lieuId: number | null
  startAt: Date
  coordinates: Coordinates
}

export type Booked = { rdvId: number; agentId: number; participationId: number; linkId: number }

/**
 * Books an exact start with whoever is free then, the least loaded first: one short transaction an agent, under the
 * agent's lock, judged again on the agenda as it then is. Refuses with `slot-taken` when nobody is left.
 */
export async function bookSlot(ctx: Ctx, input: BookSlot): Promise<Outcome<Booked, BookRefusal>> {
  const startMs = input.startAt.getTime()
  const { motifIds, territory } = input
  const [motifs, agendas] = await inRead(ctx, (read) =>
    Promise.all([
      loadPublicMotifs(read, { territoryIds: [territory.id], motifIds }),
      loadAgendas(read, agendaQuestion(input, { motifIds, agents: 'any' })),
    ]),
  )
  const group = groupOf(ctx, input, motifs, agendas)
  const why = whyNotBook(group, startMs)
  if (why && why !== 'slot-taken') return refused(why)
  for (const candidate of rankCandidates(group, startMs)) {
    const outcome = await attempt(ctx, input, candidate, motifs)
    if (outcome.ok || outcome.reason !== 'slot-taken') return outcome
  }
  const mine = await inRead(ctx, (read) => findBookingByKey(read, input.bookingKey))
  return mine ? sameBooking(mine, startMs) : refused('slot-taken')
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

async function attempt(
  ctx: Ctx,
  input: BookSlot,
  candidate: Candidate,
  motifs: readonly PublicMotif[],
): Promise<Outcome<Booked, BookRefusal>> {
  try {
    return await inTransaction(ctx, (tx) => bookWith(tx, input, candidate, motifs))
  } catch (error) {
    // The same key, sent twice at once and offered to two agents: the other one won.
    if (violatedConstraint(error) !== 'participations_booking_key_unique') throw error
    return refused('slot-taken')
  }
}

async function bookWith(
  tx: TxCtx,
  input: BookSlot,
  candidate: Candidate,
  motifs: readonly PublicMotif[],
): Promise<Outcome<Booked, BookRefusal>> {
  const startMs = input.startAt.getTime()
  const motif = motifs.find(({ id }) => id === candidate.motifId)
  if (!motif) return refused('motif-closed')
  // One flight: each statement sees what was committed before it, so the agenda is read after the lock is granted.
  const [, mine, agendas, ids] = await Promise.all([
    lockAgents(tx, [candidate.agentId]),
    findBookingByKey(tx, input.bookingKey),
    loadAgendas(tx, agendaQuestion(input, { motifIds: [motif.id], agents: [candidate.agentId] })),
    drawRdvIds(tx, 1),
  ])
  if (mine) return sameBooking(mine, startMs)
  const why = whyNotBook(groupOf(tx, input, [motif], agendas), startMs)
  if (why) return refused(why)
  return insertBooking(tx, input, candidate, motif, ids)
}

async function insertBooking(
  tx: TxCtx,
  input: BookSlot,
  candidate: Candidate,
  motif: PublicMotif,
  ids: RdvIds,
): Promise<Outcome<Booked, BookRefusal>> {
  const { person, relative } = input.coordinates
  const identified = await identifyPerson(tx, { territoryId: input.territory.id, person, relative })
  if (!identified.ok) return identified
  const { usagerId, isNew, contactId } = identified.value
  const openCount = isNew ? 0 : await loadOpenRdvCount(tx, { usagerId, motifIds: input.motifIds })
  if (openCount >= input.territory.maxOpenRdvsPerMotif) return refused('too-many-open')
  const { agentId } = candidate
  const territoryId = input.territory.id
  const { organisationId } = motif
  const [participationId, linkId] = [ids.participationIds[0], ids.linkIds[0]]
  if (participationId === undefined || linkId === undefined) throw new Error('an RDV needs somebody')
  const newRdv: NewRdv = {
    territoryId,
    organisationId,
    motifId: motif.id,
    lieuId: input.lieuId,
    startsAt: input.startAt,
    endsAt: new Date(candidate.endMs),
    agentIds: [agentId],
    usagerIds: [usagerId],
    notifies: motif.visibility === 'visible_and_notified',
    exclusive: true,
    bookingKey: input.bookingKey,
    contact: contactOf(person),
    homeAddress: person.address,
    author: { kind: 'usager', id: contactId },
  }
  // One flight; a time refused by the database takes the rest back with it.
  const [isInserted] = await Promise.all([
    insertRdv(tx, ids, newRdv),
    joinOrganisation(tx, { territoryId, organisationId, usagerIds: [usagerId] }),
    tx.emit(rdvBooked({ id: ids.rdvId, territoryId }, { participationId, linkId, agentId })),
  ])
  return isInserted ? done({ rdvId: ids.rdvId, agentId, participationId, linkId }) : refused('slot-taken')
}
