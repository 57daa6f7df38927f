import { and, eq, inArray, sql } from 'drizzle-orm'
import { agentTimes, participations, rdvLinks, rdvs } from '@/db/schema'
import type { TxCtx } from '@/server/platform/ctx'
import { idsSql, instantSql } from '@/server/platform/sql'
import { hashToken, tokenOf } from '@/server/platform/tokens'
import { isCancelled, type Status } from './rules/status'

/** Locks agents in id order, so that two bookings never wait for each other. Held to the end of the transaction. */
export async function lockAgents({ db }: TxCtx, agentIds: readonly number[]): Promise<void> {
  await db.execute(sql`select id from agents where id = any(${idsSql(agentIds)}) order by id for no key update`)
}

/** Where messages about one booking go: as typed then. Null when an agent booked: the file's own contact is told. */
export type BookingContact = { phoneE164: string | null; email: string | null } | null

export type NewRdv = {
  territoryId: number
  organisationId: number
  motifId: number
  lieuId: number | null
  startsAt: Date
  endsAt: Date
  agentIds: readonly number[]
  usagerIds: readonly number[]
  notifies: boolean
  exclusive: boolean
  /** Of an online booking, for its one participant. */
  bookingKey: string | null
  contact: BookingContact
  homeAddress: string | null
  author: { kind: 'agent' | 'usager'; id: number | null }
}

export type InsertedRdv = { rdvId: number; participationIds: number[]; linkIds: number[] }

/**
 * One statement: the RDV, its agents' time, its participations and their links.
 * Null when the database refused the time (`agent_times_no_double_booking`): the caller must roll back.
 */
export async function insertRdv(tx: TxCtx, rdv: NewRdv): Promise<InsertedRdv | null> {
  const [row] = await tx.db.execute<{ rdv_id: string; taken: number; participations: string[]; links: string[] }>(sql`
    with rdv as (
      insert into rdvs (territory_id, organisation_id, motif_id, lieu_id, starts_at, ends_at, author_kind, author_id,
                        home_address, updated_at)
      values (${rdv.territoryId}, ${rdv.organisationId}, ${rdv.motifId}, ${rdv.lieuId}, ${instantSql(rdv.startsAt)},
              ${instantSql(rdv.endsAt)}, ${rdv.author.kind}, ${rdv.author.id}, ${rdv.homeAddress},
              ${instantSql(tx.now)})
      returning id, territory_id, organisation_id, starts_at, ends_at, occupies
    ), times as (
      insert into agent_times (agent_id, kind, rdv_id, starts_at, ends_at, occupies, exclusive)
      select agent_id, 'rdv', rdv.id, rdv.starts_at, rdv.ends_at, rdv.occupies, ${rdv.exclusive}
      from rdv, unnest(${idsSql(rdv.agentIds)}) as agent_id order by agent_id
      on conflict do nothing
      returning id
    ), people as (
      insert into participations (territory_id, rdv_id, usager_id, notifies_lifecycle, notifies_reminder, author_kind, author_id, booking_key,
                                  contact_phone, contact_email)
      select rdv.territory_id, rdv.id, usager_id, ${rdv.notifies}, ${rdv.notifies}, ${rdv.author.kind}, ${rdv.author.id}::bigint, ${rdv.bookingKey}::uuid,
             ${rdv.contact?.phoneE164 ?? null}::text, ${rdv.contact?.email ?? null}::text
      from rdv, unnest(${idsSql(rdv.usagerIds)}) as usager_id
      returning id, rdv_id
    ), links as (
      insert into rdv_links (rdv_id, participation_id) select rdv_id, id from people returning id, participation_id
    )
    select rdv.id as rdv_id, (select count(*)::integer from times) as taken,
           array(select id from people order by id) as participations,
           array(select id from links order by participation_id) as links
    from rdv`)
  if (row?.taken !== rdv.agentIds.length) return null
  return { rdvId: Number(row.rdv_id), participationIds: row.participations.map(Number), linkIds: row.links.map(Number) }
}

/** The link's token is only known once the row has its id; the database keeps its hash. */
export async function sealLink({ db }: TxCtx, linkId: number): Promise<void> {
  await db
    .update(rdvLinks)
    .set({ tokenHash: hashToken(tokenOf('rdv-link', linkId)) })
    .where(eq(rdvLinks.id, linkId))
}

/** From a known status only: false when somebody was faster. */
export async function setRdvStatus(
  tx: TxCtx,
  rdvId: number,
  { from, to }: { from: Status; to: Status },
): Promise<boolean> {
  const changed = await tx.db
    .update(rdvs)
    .set({
      status: to,
      cancelledAt: isCancelled(to) ? tx.now : null,
      sequence: sql`${rdvs.sequence} + 1`,
      updatedAt: tx.now,
    })
    .where(and(eq(rdvs.id, rdvId), eq(rdvs.status, from)))
    .returning({ id: rdvs.id })
  return changed.length === 1
}

export async function setParticipationStatus(tx: TxCtx, ids: readonly number[], to: Status): Promise<void> {
  if (ids.length === 0) return
  await tx.db
    .update(participations)
    .set({ status: to })
    .where(inArray(participations.id, [...ids]))
}

/** New time of an RDV; its agents' time follows by the foreign key. */
export async function setRdvTime(tx: TxCtx, rdvId: number, time: { startsAt: Date; endsAt: Date }): Promise<void> {
  await tx.db
    .update(rdvs)
    .set({ ...time, sequence: sql`${rdvs.sequence} + 1`, updatedAt: tx.now })
    .where(eq(rdvs.id, rdvId))
}

/** Whether these agents' part in the RDV tolerates another at the same time. */
export async function setExclusive(tx: TxCtx, rdvId: number, exclusive: boolean): Promise<void> {
  await tx.db.update(agentTimes).set({ exclusive }).where(eq(agentTimes.rdvId, rdvId))
}

export type NewParticipation = {
  territoryId: number
  rdvId: number
  usagerId: number
  notifies: boolean
  authorId: number
  bookingKey: string
  contact: BookingContact
}

/** One more person in a collective session, with their link. Throws on `rdvs_seats_left` and `participations_once_per_rdv`. */
export async function insertParticipation(
  tx: TxCtx,
  given: NewParticipation,
): Promise<{ participationId: number; linkId: number }> {
  const [row] = await tx.db.execute<{ participation_id: number; link_id: number }>(sql`
    with person as (
      insert into participations (territory_id, rdv_id, usager_id, notifies_lifecycle, notifies_reminder, author_kind, author_id, booking_key, contact_phone, contact_email)
      values (${given.territoryId}, ${given.rdvId}, ${given.usagerId}, ${given.notifies}, ${given.notifies}, 'usager',
              ${given.authorId}, ${given.bookingKey}::uuid, ${given.contact?.phoneE164 ?? null}, ${given.contact?.email ?? null})
      returning id, rdv_id
    ), link as (
      insert into rdv_links (rdv_id, participation_id) select rdv_id, id from person returning id
    )
    select person.id::float8 as participation_id, link.id::float8 as link_id from person, link`)
  if (!row) throw new Error('insert returned no row')
  return { participationId: row.participation_id, linkId: row.link_id }
}

/** Somebody who had left a session comes back, under a new key: their seat is taken again, their link still opens it. */
export async function reopenParticipation(
  tx: TxCtx,
  participationId: number,
  given: Pick<NewParticipation, 'bookingKey' | 'contact'>,
): Promise<void> {
  await tx.db
    .update(participations)
    .set({
      status: 'unknown',
      bookingKey: given.bookingKey,
      contactPhone: given.contact?.phoneE164 ?? null,
      contactEmail: given.contact?.email ?? null,
    })
    .where(eq(participations.id, participationId))
}
