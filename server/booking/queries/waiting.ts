import { sql, type SQL } from 'drizzle-orm'
import { inRead, type Ctx, type ReadCtx } from '@/server/platform/ctx'
import { instantSql } from '@/server/platform/sql'
import { askAgainAtMs, EARLIER_BY_DAYS, earlierThanMs, type Waiting } from '../rules/waitlist'
import { isShownSql } from './shown'
import { isTakenSql } from './taken'
import type { SendingHours } from '../rules/sending-hours'

/** What a territory says of who waits. */
export type WaitlistTerritory = {
  id: number
  zone: string
  departmentNumber: string
  /** Null: it keeps no slot for anybody. */
  holdMin: number | null
  /** Nobody is offered a slot while they sleep. */
  hours: SendingHours
}

export async function findWaitlistTerritory({ db }: ReadCtx, territoryId: number): Promise<WaitlistTerritory | null> {
  const [row] = await db.execute<Omit<WaitlistTerritory, 'hours'> & SendingHours>(sql`
    select id::float8 as id, zone, department_number as "departmentNumber", waitlist_hold_min as "holdMin",
           sends_from_min as "fromMin", sends_until_min as "untilMin", sends_on as weekdays
    from territories where id = ${territoryId}`)
  if (!row) return null
  const { fromMin, untilMin, weekdays, ...territory } = row
  const { departmentNumber } = territory
  return { ...territory, hours: { fromMin, untilMin, weekdays, departmentNumber } }
}

/** Whether slots are kept there for who waits. */
export const isWaitlistOpen = (ctx: Ctx, { territoryId }: { territoryId: number }): Promise<boolean> =>
  inRead(ctx, async (read) => ((await findWaitlistTerritory(read, territoryId))?.holdMin ?? null) !== null)

/** How many slots a person without an RDV waits for at this moment, by this number or, without one, this e-mail. */
export async function countOwnWaits(
  { db }: ReadCtx,
  usagerId: number,
  { phoneE164, email }: { phoneE164: string | null; email: string | null },
): Promise<number> {
  const isTheirs =
    phoneE164 === null
      ? sql`contact_phone is null and contact_email is not distinct from ${email}`
      : sql`contact_phone = ${phoneE164}`
  const [row] = await db.execute<{ count: number }>(sql`
    select count(*)::integer as count from waitlist_entries where usager_id = ${usagerId} and rdv_id is null and ended_at is null and ${isTheirs}`)
  return row?.count ?? 0
}

/** Whether anybody waits there for an offer. */
export async function isAnybodyWaiting({ db }: ReadCtx, territoryId: number): Promise<boolean> {
  const rows = await db.execute(
    sql`select from waitlist_entries where territory_id = ${territoryId} and ended_at is null limit 1`,
  )
  return rows.length > 0
}

/** The territories where somebody waits. */
export async function listWaitingTerritories({ db }: ReadCtx): Promise<number[]> {
  const rows = await db.execute<{ id: number }>(
    sql`select distinct territory_id::float8 as id from waitlist_entries where ended_at is null order by 1`,
  )
  return rows.map(({ id }) => id)
}

/** Somebody who waits, and for slots of which motif, at which place. */
export type Waiter = Waiting & { motifId: number; lieuId: number | null }

/** Far above those who wait in a territory; the others come as these leave. */
const MAX_WAITING = 5000

/** Those who wait in a territory and have no offer before them, in turn, whatever they wait for: one statement. */
export const listWaiting = (read: ReadCtx, territory: WaitlistTerritory): Promise<Waiter[]> =>
  readWaiting(read, territory, sql`true`)

/** One of them, as they are by now; null when they wait no more, or have an offer before them. */
export async function findWaiting(
  read: ReadCtx,
  territory: WaitlistTerritory,
  entryId: number,
): Promise<Waiter | null> {
  const [one] = await readWaiting(read, territory, sql`e.id = ${entryId}`)
  return one ?? null
}

async function readWaiting({ db, now }: ReadCtx, { id, zone }: WaitlistTerritory, which: SQL): Promise<Waiter[]> {
  const rows = await db.execute<{
    id: number
    motifId: number
    lieuId: number | null
    offerCount: number
    since_ms: number
    rdv_ms: number | null
    duration_min: number | null
    offered_ms: number[] | null
    known_ms: number[]
    unheard_count: number
    unheard_ms: number | null
  }>(sql`
    select e.id::float8 as id, e.motif_id::float8 as "motifId", e.lieu_id::float8 as "lieuId", e.offer_count as "offerCount",
           extract(epoch from r.starts_at)::float8 * 1000 as rdv_ms,
           (extract(epoch from r.ends_at - r.starts_at) / 60)::integer as duration_min,
           extract(epoch from greatest(e.created_at, max(o.settled_at) filter (where o.state in ('declined', 'expired'))))::float8 * 1000 as since_ms,
           json_agg(extract(epoch from o.starts_at) * 1000) filter (where o.state in ('declined', 'expired', 'lost') or (o.state = 'withdrawn' and e.rdv_id is null)) as offered_ms,
           count(*) filter (where o.state = 'unreached')::integer as unheard_count,
           extract(epoch from max(o.settled_at) filter (where o.state = 'unreached'))::float8 * 1000 as unheard_ms,
           array(select extract(epoch from known)::float8 * 1000 from unnest(e.known_starts) known) as known_ms
    from waitlist_entries e
    left join rdvs r on r.id = e.rdv_id
    left join waitlist_offers o on o.entry_id = e.id
    where e.territory_id = ${id} and e.ended_at is null and ${which}
      and (e.rdv_id is null or (r.status = 'unknown' and r.starts_at > ${instantSql(now)}))
    group by e.id, r.id
    having coalesce(bool_and(o.state <> 'open'), true)
    order by since_ms, e.id
    limit ${MAX_WAITING}`)
  return rows.map((row) => ({
    entryId: row.id,
    motifId: row.motifId,
    lieuId: row.lieuId,
    sinceMs: row.since_ms,
    offerCount: row.offerCount,
    durationMin: row.duration_min,
    beforeMs: row.rdv_ms === null ? null : earlierThanMs(new Date(row.rdv_ms), zone),
    seenMs: [...row.known_ms, ...(row.offered_ms ?? [])],
    askFromMs: row.unheard_ms === null ? null : askAgainAtMs(row.unheard_count, row.unheard_ms),
  }))
}

/** How many people each start of a motif at a place is offered to without being held for them. */
export async function countAsked(
  { db }: ReadCtx,
  { motifId, lieuId }: { motifId: number; lieuId: number | null },
): Promise<Map<number, number>> {
  const rows = await db.execute<{ start_ms: number; count: number }>(sql`
    select extract(epoch from o.starts_at)::float8 * 1000 as start_ms, count(*)::integer as count
    from waitlist_offers o join waitlist_entries e on e.id = o.entry_id
    where o.state = 'open' and not o.is_held and e.motif_id = ${motifId} and e.lieu_id is not distinct from ${lieuId}
    group by o.starts_at`)
  return new Map(rows.map(({ start_ms, count }) => [start_ms, count]))
}

/** How many people this time of an agent is offered to without being held for them, whatever they wait for. Under the agent's lock. */
export async function countAskedOf(
  { db }: ReadCtx,
  { agentId, startsAt, endsAt }: { agentId: number; startsAt: Date; endsAt: Date },
): Promise<number> {
  const [row] = await db.execute<{ count: number }>(sql`
    select count(*)::integer as count from waitlist_offers
    where agent_id = ${agentId} and state = 'open' and not is_held
      and starts_at < ${instantSql(endsAt)} and ends_at > ${instantSql(startsAt)}`)
  return row?.count ?? 0
}

/** Nobody waits longer for a slot of no date. */
const LONGEST_WAIT_DAYS = 180

/**
 * Waits that have no more reason to be: the RDV is over, cancelled, hidden, or of several agents or families by now; who
 * had none has booked one, or is gone, or their motif left the public site; the motif is gone, or somebody's in particular; nobody may wait in the territory any more.
 */
export async function listIdleWaits(
  { db, now }: ReadCtx,
  territoryId: number,
): Promise<{ entryId: number; endedBy: 'over' | 'served' }[]> {
  const rows = await db.execute<{ entryId: number; endedBy: 'over' | 'served' }>(sql`
    select e.id::float8 as "entryId", case when booked.is_so then 'served' else 'over' end as "endedBy"
    from waitlist_entries e
    join territories t on t.id = e.territory_id
    join motifs m on m.id = e.motif_id
    join usagers u on u.id = e.usager_id
    left join rdvs r on r.id = e.rdv_id
    left join participations p on p.id = e.participation_id
    cross join lateral (select e.rdv_id is null and exists (
      select from participations own_part join rdvs own on own.id = own_part.rdv_id
      where own_part.usager_id = e.usager_id and own_part.status = 'unknown' and own.motif_id = e.motif_id and own.status = 'unknown'
        and own.starts_at > ${instantSql(now)} and own.created_at > e.created_at) as is_so) booked
    where e.territory_id = ${territoryId} and e.ended_at is null
      and (booked.is_so or u.deleted_at is not null or t.waitlist_hold_min is null
           or m.deleted_at is not null or m.is_follow_up or m.sectorisation_level = 'agent'
           or (e.rdv_id is null and (m.bookable_by <> 'everyone' or m.sectorisation_level <> 'departement' or m.visibility = 'invisible'
             or (m.location_type = 'visio' and t.video_base_url is null)))
           or (e.rdv_id is null and e.created_at < ${instantSql(new Date(now.getTime() - LONGEST_WAIT_DAYS * 86_400_000))})
           or (e.rdv_id is not null and (r.status <> 'unknown' or r.starts_at <= ${instantSql(now)} or p.status <> 'unknown'
             or not ${isShownSql} or 1 <> (select count(*) from agent_times x where x.rdv_id = r.id)
             or 1 < (select count(distinct coalesce(one.responsible_id, one.id)) from participations other
                     join usagers one on one.id = other.usager_id where other.rdv_id = r.id and other.status = 'unknown'))))
    order by e.id limit ${MAX_WAITING}`)
  return [...rows]
}

/**
 * Open offers that are of no more use: their RDV was brought forward meanwhile, or moved to another lieu; or they are held
 * for nobody, and their time was taken. `lost` is told apart: somebody was faster.
 */
export async function listUselessOffers(
  { db }: ReadCtx,
  territoryId: number,
): Promise<{ offerId: number; state: 'withdrawn' | 'lost' }[]> {
  const rows = await db.execute<{ offerId: number; state: 'withdrawn' | 'lost' }>(sql`
    select o.id::float8 as "offerId", case when taken.is_so then 'lost' else 'withdrawn' end as state
    from waitlist_offers o
    join waitlist_entries e on e.id = o.entry_id
    join territories t on t.id = e.territory_id
    left join rdvs r on r.id = e.rdv_id
    cross join lateral (select ${isTakenSql} as is_so) taken
    where o.territory_id = ${territoryId} and o.state = 'open'
      and (taken.is_so or (r.id is not null and (r.lieu_id is distinct from e.lieu_id
           or o.starts_at >= ((r.starts_at at time zone t.zone)::date - ${EARLIER_BY_DAYS - 1}::integer) at time zone t.zone)))
    order by o.id limit ${MAX_WAITING}`)
  return [...rows]
}
