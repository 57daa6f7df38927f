import { eq, sql } from 'drizzle-orm'
import { rdvs } from '@/db/schema'
import { loadPublicMotifs, type PublicMotif } from '@/server/directory/queries'
import { certain, done, refused, type Outcome } from '@/server/kernel/outcome'
import { identifyPerson, openDouble } from '@/server/people/commands/identify-person'
import { joinOrganisation } from '@/server/people/commands/join-organisation'
import { inRead, inTransaction, type Ctx, type TxCtx } from '@/server/platform/ctx'
import { idsSql, instantSql, violatedConstraint } from '@/server/platform/sql'
import { participationAdded } from '../events'
import { findBookingByKey, findParticipation } from '../queries/bookings'
import { isCancelled } from '../rules/status'
import type { BookRefusal } from '../rules/tunnel'
import { insertParticipation, reopenParticipation, sealLinks } from '../store'
import { contactOf, countOpenRdvs, type Booked, type BookSlot } from './book-slot'

type Session = {
  id: number
  seatsTaken: number
  maxSeats: number | null
  motifId: number
  organisationId: number
  agentId: number
}

/** Registers one person to a collective session: seats are counted under the session's lock, and by the database. */
export async function joinSession(ctx: Ctx, input: BookSlot): Promise<Outcome<Booked, BookRefusal>> {
  const motifs = await inRead(ctx, (read) =>
    loadPublicMotifs(read, { territoryIds: [input.territory.id], motifIds: input.motifIds }),
  )
  try {
    return await inTransaction(ctx, (tx) => join(tx, input, motifs))
  } catch (error) {
    const constraint = violatedConstraint(error)
    if (constraint === 'rdvs_seats_left') return refused('session-full')
    if (constraint === 'participations_once_per_rdv') return refused('already-registered')
    throw error
  }
}

async function join(tx: TxCtx, input: BookSlot, motifs: readonly PublicMotif[]): Promise<Outcome<Booked, BookRefusal>> {
  const session = await lockSession(tx, input)
  const mine = await findBookingByKey(tx, input.bookingKey)
  if (mine) return mine.startMs === input.startAt.getTime() ? done(mine) : refused('booked-otherwise')
  if (!session) return refused('not-offered')
  const motif = motifs.find(({ id }) => id === session.motifId)
  if (!motif) return refused('motif-closed')
  const minutesLeft = (input.startAt.getTime() - tx.now.getTime()) / 60_000
  if (minutesLeft < motif.minLeadMin) return refused('slot-past')
  if (minutesLeft > motif.maxLeadMin) return refused('not-offered')
  if (session.maxSeats !== null && session.seatsTaken >= session.maxSeats) return refused('session-full')

  const who = await whoJoins(tx, input, { session, motif })
  if (!who) return refused('already-registered')
  const { usagerId, contactId, known } = who
  const openCount = await countOpenRdvs(tx, usagerId, input)
  if (openCount >= input.territory.maxOpenRdvsPerMotif) return refused('too-many-open')

  const { participationId, linkId } = known
    ? await comeBack(tx, input, { contactId, participationId: known.participationId })
    : await register(tx, input, { session, motif, usagerId, contactId })
  await tx.emit(participationAdded({ id: session.id, territoryId: input.territory.id }, { participationId, linkId }))
  return done({ rdvId: session.id, agentId: session.agentId, participationId, linkId })
}

type Joined = Pick<Newcomer, 'session' | 'motif'>

/**
 * Who it is, and the place they left there. Null when they have one; of a confidential motif that is told to nobody, who may be
 * another, and a file of their own is opened instead (docs/decisions/0035).
 */
async function whoJoins(tx: TxCtx, { territory, coordinates }: BookSlot, { session, motif }: Joined) {
  const asked = { territoryId: territory.id, ...coordinates }
  const identified = certain(await identifyPerson(tx, asked))
  const known = await findParticipation(tx, { rdvId: session.id, usagerId: identified.usagerId })
  if (!known || isCancelled(known.status)) return { ...identified, known }
  return motif.isConfidential ? { ...(await openDouble(tx, asked, identified)), known: null } : null
}

type Newcomer = { session: Session; motif: PublicMotif; usagerId: number; contactId: number }

type Returning = Pick<Newcomer, 'contactId'> & { participationId: number }

async function comeBack(tx: TxCtx, { bookingKey, coordinates }: BookSlot, { participationId, contactId }: Returning) {
  const given = { authorId: contactId, bookingKey, contact: contactOf(coordinates.person) }
  return { participationId, linkId: await reopenParticipation(tx, participationId, given) }
}

async function register(tx: TxCtx, input: BookSlot, { session, motif, usagerId, contactId }: Newcomer) {
  const territoryId = input.territory.id
  const inserted = await insertParticipation(tx, {
    territoryId,
    rdvId: session.id,
    usagerId,
    notifies: motif.visibility === 'visible_and_notified',
    authorId: contactId,
    bookingKey: input.bookingKey,
    contact: contactOf(input.coordinates.person),
  })
  await Promise.all([
    joinOrganisation(tx, { territoryId, organisationId: session.organisationId, usagerIds: [usagerId] }),
    sealLinks(tx, [inserted.linkId]),
  ])
  return inserted
}

/** The session at this exact time and lieu, one with a seat left if there is, locked; null when there is none. */
async function lockSession({ db }: TxCtx, input: BookSlot): Promise<Session | null> {
  const [row] = await db
    .select({
      id: rdvs.id,
      seatsTaken: rdvs.seatsTaken,
      maxSeats: rdvs.maxSeats,
      motifId: rdvs.motifId,
      organisationId: rdvs.organisationId,
      agentId: sql<number>`(select min(agent_id) from agent_times t where t.rdv_id = ${rdvs.id})`.mapWith(Number),
    })
    .from(rdvs)
    .where(
      sql`${rdvs.motifId} = any(${idsSql(input.motifIds)}) and ${rdvs.lieuId} = ${input.lieuId}
          and ${rdvs.isCollective} and ${eq(rdvs.status, 'unknown')} and ${rdvs.startsAt} = ${instantSql(input.startAt)}`,
    )
    .orderBy(sql`${rdvs.maxSeats} is null or ${rdvs.seatsTaken} < ${rdvs.maxSeats} desc`, rdvs.id)
    .limit(1)
    .for('update')
  return row ?? null
}
