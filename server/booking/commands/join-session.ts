import { eq, sql } from 'drizzle-orm'
import { rdvs } from '@/db/schema'
import { loadPublicMotifs, type PublicMotif } from '@/server/directory/queries'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { identifyPerson } from '@/server/people/commands/identify-person'
import { joinOrganisation } from '@/server/people/commands/join-organisation'
import { inRead, inTransaction, type Ctx, type TxCtx } from '@/server/platform/ctx'
import { instantSql, violatedConstraint } from '@/server/platform/sql'
import { participationAdded } from '../events'
import { findBookingByKey } from '../queries/bookings'
import type { BookRefusal } from '../rules/tunnel'
import { insertParticipation, sealLink } from '../store'
import type { Booked, BookSlot } from './book-slot'

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
  if (!session) return refused('slot-taken')
  const motif = motifs.find(({ id }) => id === session.motifId)
  if (!motif) return refused('motif-closed')
  const minutesLeft = (input.startAt.getTime() - tx.now.getTime()) / 60_000
  if (minutesLeft < motif.minLeadMin || minutesLeft > motif.maxLeadMin) return refused('slot-past')
  if (session.maxSeats !== null && session.seatsTaken >= session.maxSeats) return refused('session-full')

  const { person, relative } = input.coordinates
  const identified = await identifyPerson(tx, { territoryId: input.territory.id, person, relative })
  if (!identified.ok) return identified
  const { participationId, linkId } = await insertParticipation(tx, {
    territoryId: input.territory.id,
    rdvId: session.id,
    usagerId: identified.value.usagerId,
    notifies: motif.visibility === 'visible_and_notified',
    authorId: identified.value.contactId,
    bookingKey: input.bookingKey,
  })
  await Promise.all([
    joinOrganisation(tx, {
      territoryId: input.territory.id,
      organisationId: session.organisationId,
      usagerIds: [identified.value.usagerId],
    }),
    sealLink(tx, linkId),
    tx.emit(participationAdded({ id: session.id, territoryId: input.territory.id }, { participationId, linkId })),
  ])
  return done({ rdvId: session.id, agentId: session.agentId, participationId, linkId })
}

/** The session at this exact time and lieu, locked; null when there is none left to join. */
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
      sql`${rdvs.motifId} = any(${sql`${`{${input.motifIds.join(',')}}`}::bigint[]`}) and ${rdvs.lieuId} = ${input.lieuId}
          and ${rdvs.isCollective} and ${eq(rdvs.status, 'unknown')} and ${rdvs.startsAt} = ${instantSql(input.startAt)}`,
    )
    .orderBy(rdvs.id)
    .limit(1)
    .for('update')
  return row ?? null
}
