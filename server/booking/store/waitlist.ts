import { eq, sql } from 'drizzle-orm'
import { agentTimes, waitlistEntries, waitlistOffers } from '@/db/schema'
import type { TxCtx } from '@/server/platform/ctx'
import { idsSql, instantsSql, instantSql } from '@/server/platform/sql'
import { hashToken, tokenOf } from '@/server/platform/tokens'
import { isTakenSql } from '../queries/taken'
import { countsAs, MAX_OFFERS, type OfferState, type WaitlistEnd } from '../rules/waitlist'

type NewEntry = Pick<
  typeof waitlistEntries.$inferInsert,
  | 'territoryId'
  | 'motifId'
  | 'lieuId'
  | 'usagerId'
  | 'rdvId'
  | 'participationId'
  | 'contactPhone'
  | 'contactEmail'
  | 'homeAddress'
  | 'knownStarts'
>

/** Answers null when they wait for this already. */
export async function insertEntry({ db, now }: TxCtx, entry: NewEntry): Promise<number | null> {
  const [row] = await db
    .insert(waitlistEntries)
    .values({ ...entry, createdAt: now })
    .onConflictDoNothing()
    .returning({ id: waitlistEntries.id })
  if (!row) return null
  // The token of a row is only known once it has an id; the database keeps its hash.
  const tokenHash = hashToken(tokenOf('waitlist-entry', row.id))
  await db.update(waitlistEntries).set({ tokenHash }).where(eq(waitlistEntries.id, row.id))
  return row.id
}

export type NewOffer = Pick<
  typeof waitlistOffers.$inferInsert,
  'territoryId' | 'entryId' | 'agentId' | 'startsAt' | 'endsAt' | 'isHeld' | 'untilAt'
>

/**
 * Makes an offer, and takes the agent's time for it when it is held. Throws on `agent_times_no_double_booking` when that
 * time is taken, and on `waitlist_offers_one_open` when the person has another offer before them.
 */
export async function insertOffer({ db, now }: TxCtx, offer: NewOffer): Promise<number> {
  const [row] = await db
    .insert(waitlistOffers)
    .values({ ...offer, createdAt: now })
    .returning({ id: waitlistOffers.id })
  if (!row) throw new Error('insert returned no row')
  const { agentId, startsAt, endsAt } = offer
  const tokenHash = hashToken(tokenOf('waitlist-offer', row.id))
  await db.update(waitlistOffers).set({ tokenHash }).where(eq(waitlistOffers.id, row.id))
  await db
    .update(waitlistEntries)
    .set({ offerCount: sql`${waitlistEntries.offerCount} + 1` })
    .where(eq(waitlistEntries.id, offer.entryId))
  if (offer.isHeld) {
    await db.insert(agentTimes).values({ agentId, kind: 'hold', offerId: row.id, startsAt, endsAt, occupies: true })
  }
  return row.id
}

/** Gives back the time an offer holds; nothing when it holds none. */
export async function freeHold({ db }: TxCtx, offerId: number): Promise<void> {
  await db.delete(agentTimes).where(eq(agentTimes.offerId, offerId))
}

export type OpenOffer = { id: number; territoryId: number; entryId: number; agentId: number }
const openOfferColumns = sql`o.id::float8 as id, o.territory_id::float8 as "territoryId", o.entry_id::float8 as "entryId",
  o.agent_id::float8 as "agentId"`

/**
 * Settles those of these offers that are open, and frees what they hold: one that nobody could have taken does not count,
 * and after the last one that does the wait is over. Answers those it settled.
 */
export async function closeOffers(
  { db, now }: TxCtx,
  offerIds: readonly number[],
  state: Exclude<OfferState, 'open'>,
): Promise<OpenOffer[]> {
  if (offerIds.length === 0) return []
  const [counts, endsWaits] = [countsAs(state), countsAs(state) && state !== 'accepted']
  const rows = await db.execute<OpenOffer>(sql`
    with o as (
      update waitlist_offers set state = ${state}, settled_at = ${instantSql(now)}
      where id in (select id from waitlist_offers where id = any(${idsSql(offerIds)}) and state = 'open' order by id for update)
        and state = 'open'
      returning id, territory_id, entry_id, agent_id
    ), freed as (
      delete from agent_times where offer_id in (select id from o)
    ), entries as (
      update waitlist_entries e
      set offer_count = case when ${counts} then e.offer_count else greatest(e.offer_count - 1, 0) end,
          ended_at = case when ${endsWaits} and e.offer_count >= ${MAX_OFFERS} then coalesce(e.ended_at, ${instantSql(now)}) else e.ended_at end,
          ended_by = case when ${endsWaits} and e.offer_count >= ${MAX_OFFERS} then coalesce(e.ended_by, 'exhausted') else e.ended_by end
      from o where e.id = o.entry_id
    )
    select ${openOfferColumns} from o`)
  return [...rows]
}

/**
 * Ends those of these waits that go on. Answers the offers that stood open, to be withdrawn: they are locked first, as
 * whoever settles one locks it before its wait.
 */
export async function endWaits(
  { db, now }: TxCtx,
  waits: readonly { entryId: number; endedBy: WaitlistEnd }[],
): Promise<{ ended: { entryId: number; territoryId: number; endedBy: WaitlistEnd }[]; openOfferIds: number[] }> {
  if (waits.length === 0) return { ended: [], openOfferIds: [] }
  const ids = waits.map(({ entryId }) => entryId)
  await lockOpenOffers(db, ids)
  await db.execute(sql`select from waitlist_entries where id = any(${idsSql(ids)}) order by id for update`)
  const ended = await db.execute<{ entryId: number; territoryId: number; endedBy: WaitlistEnd }>(sql`
    update waitlist_entries e set ended_at = ${instantSql(now)}, ended_by = given."endedBy"
    from jsonb_to_recordset(${JSON.stringify(waits)}::jsonb) as given ("entryId" bigint, "endedBy" text)
    where e.id = given."entryId" and e.ended_at is null
    returning e.id::float8 as "entryId", e.territory_id::float8 as "territoryId", e.ended_by as "endedBy"`)
  return {
    ended: [...ended],
    openOfferIds: await lockOpenOffers(
      db,
      ended.map(({ entryId }) => entryId),
    ),
  }
}

/** The open offers of these waits, held to the end of the transaction. */
export async function lockOpenOffers(db: TxCtx['db'], entryIds: readonly number[]): Promise<number[]> {
  const open = await db.execute<{ id: number }>(sql`
    select id::float8 as id from waitlist_offers
    where entry_id = any(${idsSql(entryIds)}) and state = 'open' order by id for update`)
  return open.map(({ id }) => id)
}

/** The offers that hold the time of these agents then, locked to the end of the transaction; after the agents. */
export async function lockHoldsOf(
  { db }: TxCtx,
  agentIds: readonly number[],
  times: readonly { startsAt: Date; endsAt: Date }[],
): Promise<OpenOffer[]> {
  const [starts, ends] = [times.map(({ startsAt }) => startsAt), times.map(({ endsAt }) => endsAt)]
  const rows = await db.execute<OpenOffer>(sql`
    select ${openOfferColumns} from waitlist_offers o
    where o.state = 'open' and o.is_held and o.agent_id = any(${idsSql(agentIds)})
      and exists (select from unnest(${instantsSql(starts)}, ${instantsSql(ends)}) as asked (starts_at, ends_at)
                  where o.starts_at < asked.ends_at and o.ends_at > asked.starts_at)
    order by o.id for update`)
  return [...rows]
}

export type ExpiredOffer = {
  id: number
  /** A message about it left, or may have. */
  isTold: boolean
  /** Somebody was faster while it stood. */
  isTaken: boolean
}

/** Offers whose time has run out, held; those another worker settles are left to it. */
export async function lockExpired({ db, now }: TxCtx, limit: number): Promise<ExpiredOffer[]> {
  const rows = await db.execute<ExpiredOffer>(sql`
    select o.id::float8 as id, ${isTakenSql} as "isTaken", exists (
      select from messages m where m.offer_id = o.id and m.state in ('sending', 'sent', 'uncertain')) as "isTold"
    from waitlist_offers o where o.state = 'open' and o.until_at <= ${instantSql(now)}
    order by o.until_at limit ${limit} for update skip locked`)
  return [...rows]
}

/** Waits for an RDV that moved to another lieu are for slots there. Answers how many. */
export async function followRdvs({ db }: TxCtx, territoryId: number): Promise<number> {
  const rows = await db.execute(sql`
    update waitlist_entries e set lieu_id = r.lieu_id from rdvs r
    where e.territory_id = ${territoryId} and e.ended_at is null and r.id = e.rdv_id and r.lieu_id is distinct from e.lieu_id
      and not exists (select from waitlist_offers o where o.entry_id = e.id and o.state = 'open')
    returning e.id`)
  return rows.length
}

/** The RDV that a wait without any led to. */
export async function attachRdv(
  { db }: TxCtx,
  entryId: number,
  rdv: { rdvId: number; participationId: number },
): Promise<void> {
  await db.update(waitlistEntries).set(rdv).where(eq(waitlistEntries.id, entryId))
}

/**
 * Waits and their offers, once they have been over since `before`, and what was offered is over too: its link opens until
 * then. Answers how many went.
 */
export async function deleteEnded({ db, now }: TxCtx, before: Date): Promise<number> {
  const rows = await db
    .delete(waitlistEntries)
    .where(
      sql`${waitlistEntries.endedAt} < ${instantSql(before)} and not exists (
        select from waitlist_offers o left join rdvs r on r.id = ${waitlistEntries.rdvId}
        where o.entry_id = ${waitlistEntries.id} and greatest(o.ends_at, r.ends_at) > ${instantSql(now)} - interval '1 day')`,
    )
    .returning({ id: waitlistEntries.id })
  return rows.length
}
