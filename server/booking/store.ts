import { and, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import { calendarFeeds, participations, rdvLinks, rdvs } from '@/db/schema'
import type { ReadCtx, TxCtx } from '@/server/platform/ctx'
import { idsSql } from '@/server/platform/sql'
import { hashToken, tokenOf } from '@/server/platform/tokens'
import { isCancelled, type Status } from './rules/status'

/** Locks agents in id order, so that two bookings never wait for each other. Held to the end of the transaction. */
export async function lockAgents({ db }: TxCtx, agentIds: readonly number[]): Promise<void> {
  await db.execute(sql`select id from agents where id = any(${idsSql(agentIds)}) order by id for no key update`)
}

/**
 * Locks one agent, the first of the list nobody holds at this moment; when each is held, waits for `awaitedId`. Several
 * bookings at once share out the agents instead of queueing on one (docs/decisions/0014).
 */
export async function lockFirstFree(
  { db }: TxCtx,
  agentIds: readonly number[],
  awaitedId: number,
): Promise<number | null> {
  const [row] = await db.execute<{ id: number }>(sql`
    with free as (
      select a.id from unnest(${idsSql(agentIds)}) with ordinality as ranked (id, rank) join agents a using (id)
      order by rank limit 1 for no key update of a skip locked
    ), awaited as (
      select id from agents where id = ${awaitedId} and not exists (select from free) for no key update
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
  /** Of what is placed with it, on other dates. */
  seriesId: string | null
  /** Null: as its motif says. */
  showsToUsager: boolean | null
  startsAt: Date
  endsAt: Date
  agentIds: readonly number[]
  usagerIds: readonly number[]
  /** Who is told of what becomes of it, and reminded. */
  told: { lifecycleIds: readonly number[]; reminderIds: readonly number[] }
  exclusive: boolean
  /** Of an online booking, for its one participant. */
  bookingKey: string | null
  contact: BookingContact
  homeAddress: string | null
  context: string | null
  author: { kind: 'agent' | 'usager'; id: number | null }
}

/** The identities of an RDV to come and, in the order of its people, of their participations and links. */
export type RdvIds = { rdvId: number; participationIds: readonly number[]; linkIds: readonly number[] }

/**
 * Drawn before the rows exist: a link is then sealed, and the RDV told of, in the flight that inserts it. Of as many RDVs
 * of as many people each.
 */
export async function drawRdvIds({ db }: ReadCtx, rdvCount: number, peopleCount: number): Promise<RdvIds[]> {
  const rows = await db.execute<{
    place: number
    rdv_id: number | null
    participation_id: number
    link_id: number
  }>(sql`
    select place, case when person = 1 then nextval('rdvs_id_seq')::float8 end as rdv_id,
           nextval('participations_id_seq')::float8 as participation_id, nextval('rdv_links_id_seq')::float8 as link_id
    from generate_series(1, ${rdvCount}::integer) as place, generate_series(1, ${peopleCount}::integer) as person`)
  return Array.from({ length: rdvCount }, (_, i) => {
    const own = rows.filter(({ place }) => place === i + 1)
    const rdvId = own.find(({ rdv_id }) => rdv_id !== null)?.rdv_id ?? null
    if (rdvId === null) throw new Error('an RDV needs somebody')
    return {
      rdvId,
      participationIds: own.map((row) => row.participation_id),
      linkIds: own.map((row) => row.link_id),
    }
  })
}

const sealOf = (linkId: number): string => hashToken(tokenOf('rdv-link', linkId))

type RdvToInsert = { ids: RdvIds; rdv: NewRdv }

function toInsert({ ids, rdv }: RdvToInsert, now: Date) {
  const people = rdv.usagerIds.map((usagerId, i) => {
    const [id, linkId] = [ids.participationIds[i], ids.linkIds[i]]
    if (id === undefined || linkId === undefined) throw new Error('numbers were drawn for fewer people')
    const [lifecycle, reminder] = [rdv.told.lifecycleIds.includes(usagerId), rdv.told.reminderIds.includes(usagerId)]
    return { id, usagerId, linkId, lifecycle, reminder, seal: sealOf(linkId) }
  })
  return { ...rdv, id: ids.rdvId, people, now }
}

/**
 * One statement, whatever their number: the RDVs, their agents' time, their participations and sealed links.
 * False when the database refused one of the times (`agent_times_no_double_booking`): the caller must roll back.
 */
export async function insertRdvs(tx: TxCtx, given: readonly RdvToInsert[]): Promise<boolean> {
  const rows = given.map((one) => toInsert(one, tx.now))
  const [row] = await tx.db.execute<{ taken: number }>(sql`
    with given as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (
        id bigint, "territoryId" bigint, "organisationId" bigint, "motifId" bigint, "lieuId" bigint, "startsAt" timestamptz,
        "endsAt" timestamptz, "agentIds" bigint[], exclusive boolean, context text, "bookingKey" uuid, contact jsonb,
        "homeAddress" text, author jsonb, people jsonb, now timestamptz, "seriesId" uuid, "showsToUsager" boolean)
    ), people as materialized (
      select given.id as rdv_id, person.* from given, jsonb_to_recordset(people) as person (
        id bigint, "usagerId" bigint, "linkId" bigint, lifecycle boolean, reminder boolean, seal text)
    ), rdv as (
      insert into rdvs (id, territory_id, organisation_id, motif_id, lieu_id, starts_at, ends_at, author_kind, author_id,
                        home_address, context, series_id, shows_to_usager, updated_at) overriding system value
      select id, "territoryId", "organisationId", "motifId", "lieuId", "startsAt", "endsAt", author->>'kind',
             (author->>'id')::bigint, "homeAddress", context, "seriesId", "showsToUsager", now
      from given
      returning id, territory_id, starts_at, ends_at, occupies
    ), times as (
      insert into agent_times (agent_id, kind, rdv_id, starts_at, ends_at, occupies, exclusive)
      select agent_id, 'rdv', rdv.id, rdv.starts_at, rdv.ends_at, rdv.occupies, exclusive
      from rdv join given using (id), unnest("agentIds") as agent_id order by agent_id, rdv.starts_at
      on conflict do nothing
      returning id
    ), participants as (
      insert into participations (id, territory_id, rdv_id, usager_id, notifies_lifecycle, notifies_reminder, author_kind, author_id,
                                  booking_key, contact_phone, contact_email) overriding system value
      select people.id, rdv.territory_id, rdv.id, "usagerId", lifecycle, reminder, author->>'kind', (author->>'id')::bigint,
             "bookingKey", contact->>'phoneE164', contact->>'email'
      from rdv join given using (id) join people on people.rdv_id = rdv.id
    ), links as (
      insert into rdv_links (id, rdv_id, participation_id, token_hash) overriding system value
      select "linkId", rdv.id, people.id, seal from rdv join people on people.rdv_id = rdv.id
    )
    select count(*)::integer as taken from times`)
  return row?.taken === given.reduce((count, { rdv }) => count + rdv.agentIds.length, 0)
}

/** A link's token is only known once its row has an id; the database keeps its hash. */
export async function sealLinks({ db }: TxCtx, linkIds: readonly number[]): Promise<void> {
  const seals = linkIds.map((id) => ({ id, seal: sealOf(id) }))
  await db.execute(sql`
    update rdv_links l set token_hash = sealed.seal
    from jsonb_to_recordset(${JSON.stringify(seals)}::jsonb) as sealed (id bigint, seal text) where l.id = sealed.id`)
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
    .set({ status: to, sequence: sql`${participations.sequence} + 1` })
    .where(inArray(participations.id, [...ids]))
}

/** Into the waiting room at this moment, or out of it. False when nothing changed. */
export async function setArrivedAt(tx: TxCtx, participationId: number, isHere: boolean): Promise<boolean> {
  const known = isHere ? isNull(participations.arrivedAt) : isNotNull(participations.arrivedAt)
  const changed = await tx.db
    .update(participations)
    .set({ arrivedAt: isHere ? tx.now : null })
    .where(and(eq(participations.id, participationId), known))
    .returning({ id: participations.id })
  return changed.length === 1
}

/** The agent's calendar under a new address, and under that one alone. Under the agent's lock. */
export async function replaceCalendarFeed(
  tx: TxCtx,
  agentId: number,
  options: { includesOpenings: boolean; includesAbsences: boolean },
): Promise<void> {
  const live = and(eq(calendarFeeds.agentId, agentId), isNull(calendarFeeds.revokedAt))
  await tx.db.update(calendarFeeds).set({ revokedAt: tx.now }).where(live)
  const [feed] = await tx.db
    .insert(calendarFeeds)
    .values({ agentId, ...options, tokenHash: sql`gen_random_uuid()::text`, createdAt: tx.now })
    .returning({ id: calendarFeeds.id })
  if (!feed) throw new Error('insert returned no row')
  const tokenHash = hashToken(tokenOf('calendar-feed', feed.id))
  await tx.db.update(calendarFeeds).set({ tokenHash }).where(eq(calendarFeeds.id, feed.id))
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

/**
 * Somebody who had left a session comes back, under a new key: their seat is taken again. Under a new link too: whoever opened it
 * the first time may be another, who typed their name. Its id.
 */
export async function reopenParticipation(
  tx: TxCtx,
  participationId: number,
  given: Pick<NewParticipation, 'authorId' | 'bookingKey' | 'contact'>,
): Promise<number> {
  await tx.db
    .update(participations)
    .set({
      status: 'unknown',
      sequence: sql`${participations.sequence} + 1`,
      authorKind: 'usager',
      authorId: given.authorId,
      bookingKey: given.bookingKey,
      contactPhone: given.contact?.phoneE164 ?? null,
      contactEmail: given.contact?.email ?? null,
      stopsMail: false,
      stopsSms: false,
    })
    .where(eq(participations.id, participationId))
  const live = and(eq(rdvLinks.participationId, participationId), isNull(rdvLinks.revokedAt))
  await tx.db.update(rdvLinks).set({ revokedAt: tx.now }).where(live)
  const [link] = await tx.db.execute<{ id: number }>(sql`
    insert into rdv_links (rdv_id, participation_id) select rdv_id, id from participations where id = ${participationId}
    returning id::float8 as id`)
  if (!link) throw new Error('insert returned no row')
  await sealLinks(tx, [link.id])
  return link.id
}
