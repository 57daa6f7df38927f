import { sql } from 'drizzle-orm'
import type { Db } from '@/db/client'
import { makeBookablePlace, makeUsager } from '@/db/testing/make'

const AGENTS = 400
const SLOTS = 2000
const USAGERS = 200

/** Books by one statement, without asking anything: the least a booking costs in this database. */
export type Floor = {
  /** Every attempt on a slot of its own. */
  anyBooking: (db: Db) => () => Promise<boolean>
  /** Attempts on the same few slots of new agents: most are refused. */
  hotBooking: (db: Db, agents: number, starts: number) => Promise<() => Promise<boolean>>
}

/** Times of the floor lie half an hour apart in a year nobody else books. */
const FIRST_START_MS = Date.UTC(2028, 0, 3, 8)
const SLOT_MS = 30 * 60_000

const startOf = (slot: number): string => new Date(FIRST_START_MS + slot * SLOT_MS).toISOString()
const endOf = (slot: number): string => startOf(slot + 1)

/**
 * The RDV, its agent's time, its participation and its event. The RDV of a time refused stays behind here; the product
 * rolls it back, and pays for it.
 */
export async function makeFloor(db: Db): Promise<Floor> {
  const { territory, organisation, motif, lieu } = await makeBookablePlace(db)
  const usagers = await Promise.all(Array.from({ length: USAGERS }, () => makeUsager(db, territory.id)))

  const makeAgents = async (count: number): Promise<number[]> => {
    const rows = await db.execute<{ id: number }>(sql`
      insert into agents (email, first_name, last_name)
      select gen_random_uuid() || '@example.org', 'Agent', 'Banc' from generate_series(1, ${count}::int) returning id::float8 as id`)
    return rows.map(({ id }) => id)
  }

  const book = async (on: Db, agentId: number, slot: number, usagerId: number): Promise<boolean> => {
    // Sent as the product sends its own, but prepared: the floor owes nothing to the planner.
    const rows = await on.$client.unsafe<{ taken: number }[]>(
      `with rdv as (
         insert into rdvs (territory_id, organisation_id, motif_id, lieu_id, starts_at, ends_at, author_kind, updated_at)
         values ($1, $2, $3, $4, $5, $6, 'usager', now()) returning id, territory_id, starts_at, ends_at, occupies
       ), times as (
         insert into agent_times (agent_id, kind, rdv_id, starts_at, ends_at, occupies)
         select $7, 'rdv', id, starts_at, ends_at, occupies from rdv on conflict do nothing returning id
       ), people as (
         insert into participations (territory_id, rdv_id, usager_id, notifies_lifecycle, notifies_reminder, author_kind)
         select territory_id, id, $8, true, true, 'usager' from rdv
       ), event as (
         insert into events (occurred_at, kind, territory_id, subject_kind, subject_id, actor_kind, request_id, payload)
         select now(), 'bench.booked', territory_id, 'rdv', id, 'anonymous', 'bench', '{}' from rdv
       )
       select count(*)::integer as taken from times`,
      [territory.id, organisation.id, motif.id, lieu.id, startOf(slot), endOf(slot), agentId, usagerId],
      { prepare: true },
    )
    return rows[0]?.taken === 1
  }

  const agentIds = await makeAgents(AGENTS)
  let next = 0
  const pick = (ids: readonly number[], i: number) => ids[i % ids.length] ?? 0
  const usagerIds = usagers.map(({ id }) => id)
  return {
    anyBooking: (on) => async () => {
      const i = next++
      return book(on, pick(agentIds, i), Math.floor(i / AGENTS) % SLOTS, pick(usagerIds, i))
    },
    hotBooking: async (on, agents, starts) => {
      const ids = await makeAgents(agents)
      let attempts = 0
      return async () => {
        const i = attempts++
        return book(on, pick(ids, i), Math.floor(i / agents) % starts, pick(usagerIds, i))
      }
    },
  }
}
