import { and, eq, inArray, sql } from 'drizzle-orm'
import { agentTimes, participations, rdvLinks, rdvs } from '@/db/schema'
import type { ReadCtx, TxCtx } from '@/server/platform/ctx'
import { idsSql, instantSql } from '@/server/platform/sql'
import { hashToken, tokenOf } from '@/server/platform/tokens'
import { isCancelled, type Status } from './rules/status'

/** Locks agents in id order, so that two bookings never wait for each other. Held to the end of the transaction. */
export async function lockAgents({ db }: TxCtx, agentIds: readonly number[]): Promise<void> {
  await db.execute(sql`select id from agents where id = any(${idsSql(agentIds)}) order by id for no key update`)
}

/**
 * Locks one agent, the first of the list nobody holds at this moment; when each is held, waits for one of them, which
 * depends on `seed`. Several bookings at once share out the agents instead of queueing on one (docs/decisions/0012).
 */
export async function lockFirstFree({ db }: TxCtx, agentIds: readonly number[], seed: string): Promise<number | null> {
  const [row] = await db.execute<{ id: number }>(sql`
    with ranked as (
      select id, rank, count(*) over () as agents from unnest(${idsSql(agentIds)}) with ordinality as ranked (id, rank)
    ), free as (
      select a.id from ranked join agents a using (id) order by rank limit 1 for no key update of a skip locked
    ), awaited as (
      select a.id from ranked join agents a using (id)
      where rank = 1 + mod(hashtextextended(${seed}, 0) & 2147483647, agents) and not exists (select from free)
      for no key update of a
    )
    select id::float8 as id from (select id from free union all select id from awaited) as locked`)
  return row?.id ?? null
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

/** The identities of an RDV to come and, in the order of its people, of their participations and links. */
export type RdvIds = { rdvId: number; participationIds: readonly number[]; linkIds: readonly number[] }

/** Drawn before the rows exist: a link is then sealed, and the RDV told of, in the flight that inserts it. */
export async function drawRdvIds({ db }: ReadCtx, peopleCount: number): Promise<RdvIds> {
  const rows = await db.execute<{ rdv_id: number | null; participation_id: number; link_id: number }>(sql`
    select case when person = 1 then nextval('rdvs_id_seq')::float8 end as rdv_id,
           nextval('participations_id_seq')::float8 as participation_id, nextval('rdv_links_id_seq')::float8 as link_id
    from generate_series(1, ${peopleCount}::integer) as person`)
  const rdvId = rows[0]?.rdv_id ?? null
  if (rdvId === null) throw new Error('an RDV needs somebody')
  return {
    rdvId,
    participationIds: rows.map((row) => row.participation_id),
    linkIds: rows.map((row) => row.link_id),
  }
}

const sealOf = (linkId: number): string => hashToken(tokenOf('rdv-link', linkId))

/**
 * One statement: the RDV, its agents' time, its participations and their sealed links.
 * False when the database refused the time (`agent_times_no_double_booking`): the caller must roll back.
 */
export async function insertRdv(tx: TxCtx, ids: RdvIds, rdv: NewRdv): Promise<boolean> {
  const seals = `{${ids.linkIds.map(sealOf).join(',')}}`
  const [row] = await tx.db.execute<{ taken: number }>(sql`
    with rdv as (
      insert into rdvs (id, territory_id, organisation_id, motif_id, lieu_id, starts_at, ends_at, author_kind, author_id,
                        home_address, updated_at) overriding system value
      values (${ids.rdvId}, ${rdv.territoryId}, ${rdv.organisationId}, ${rdv.motifId}, ${rdv.lieuId}, ${instantSql(rdv.startsAt)},
              ${instantSql(rdv.endsAt)}, ${rdv.author.kind}, ${rdv.author.id}, ${rdv.homeAddress},
              ${instantSql(tx.now)})
      returning id, territory_id, starts_at, ends_at, occupies
    ), times as (
      insert into agent_times (agent_id, kind, rdv_id, starts_at, ends_at, occupies, exclusive)
      select agent_id, 'rdv', rdv.id, rdv.starts_at, rdv.ends_at, rdv.occupies, ${rdv.exclusive}
      from rdv, unnest(${idsSql(rdv.agentIds)}) as agent_id order by agent_id
      on conflict do nothing
      returning id
    ), people as (
      insert into participations (id, territory_id, rdv_id, usager_id, notifies_lifecycle, notifies_reminder, author_kind, author_id,
                                  booking_key, contact_phone, contact_email) overriding system value
      select person.id, rdv.territory_id, rdv.id, person.usager_id, ${rdv.notifies}, ${rdv.notifies}, ${rdv.author.kind}, ${rdv.author.id}::bigint, ${rdv.bookingKey}::uuid,
             ${rdv.contact?.phoneE164 ?? null}::text, ${rdv.contact?.email ?? null}::text
      from rdv, unnest(${idsSql(ids.participationIds)}, ${idsSql(rdv.usagerIds)}) as person (id, usager_id)
    ), links as (
      insert into rdv_links (id, rdv_id, participation_id, token_hash) overriding system value
      select link.id, rdv.id, link.participation_id, link.seal
      from rdv, unnest(${idsSql(ids.linkIds)}, ${idsSql(ids.participationIds)}, ${seals}::text[]) as link (id, participation_id, seal)
    )
    select count(*)::integer as taken from times`)
  return row?.taken === rdv.agentIds.length
}

/** The link's token is only known once the row has its id; the database keeps its hash. */
export async function sealLink({ db }: TxCtx, linkId: number): Promise<void> {
  await db
    .update(rdvLinks)
    .set({ tokenHash: sealOf(linkId) })
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
