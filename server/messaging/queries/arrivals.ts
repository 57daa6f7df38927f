import { sql } from 'drizzle-orm'
import type { Status } from '@/server/booking/rules/status'
import type { ReadCtx } from '@/server/platform/ctx'
import type { ArrivalFact } from '../rules/arrival'
import { authorOf } from './agent-facts'

export type Arrival = ArrivalFact & {
  rdvId: number
  territoryId: number
  /** Null of a session, and of a confidential motif: a mailbox is not told who. */
  personName: string | null
}

type Row = Pick<Arrival, 'rdvId' | 'territoryId' | 'zone' | 'isStill' | 'personName'> & {
  arrived_ms: number
  rdv_status: Status
  status: Status
  actor_kind: string
  actor_id: number | null
  is_impersonated: boolean
}

/** What an event says of an arrival, and what became of it; null of one taken back, or of somebody who is gone. */
export async function findArrival({ db }: ReadCtx, eventId: number): Promise<Arrival | null> {
  const [row] = await db.execute<Row>(sql`
    select r.id::float8 as "rdvId", r.territory_id::float8 as "territoryId", t.zone, r.status as rdv_status, p.status,
           coalesce(p.arrived_at = e.occurred_at, false) as "isStill",
           extract(epoch from e.occurred_at)::float8 * 1000 as arrived_ms,
           case when r.is_collective or m.is_confidential then null else concat_ws(' ', u.first_name, u.last_name) end as "personName",
           e.actor_kind, e.actor_id::float8 as actor_id, e.impersonator_id is not null as is_impersonated
    from events e
    join rdvs r on r.id = e.subject_id
    join motifs m on m.id = r.motif_id
    join territories t on t.id = r.territory_id
    join participations p on p.rdv_id = r.id and p.id = (e.payload ->> 'participationId')::bigint
    join usagers u on u.id = p.usager_id
    where e.id = ${eventId} and e.kind = 'rdv.arrival-set' and (e.payload ->> 'isHere')::boolean`)
  if (!row) return null
  const { rdvId, territoryId, zone, isStill, personName, arrived_ms, rdv_status: ofRdv, status } = row
  return {
    ...{ rdvId, territoryId, zone, isStill, personName, statuses: [ofRdv, status], author: authorOf(row) },
    arrivedAt: new Date(arrived_ms),
  }
}
