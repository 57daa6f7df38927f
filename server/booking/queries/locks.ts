import { sql } from 'drizzle-orm'
import { rdvsWithin } from '@/server/access/queries/reach'
import { reachOf } from '@/server/access/rules/reach'
import type { LocationType } from '@/server/directory/rules/motif'
import { found } from '@/server/kernel/errors'
import type { TxCtx } from '@/server/platform/ctx'
import { idsSql, instantSql } from '@/server/platform/sql'
import type { Status } from '../rules/status'

/** Holds a person's file to the end of the transaction; after any agent's and any contact's. */
export async function lockUsager({ db }: TxCtx, usagerId: number): Promise<void> {
  await db.execute(sql`select id from usagers where id = ${usagerId} for no key update`)
}

/** Those of these motifs that are live: nobody takes them away before the end of the transaction. After any agent. */
export async function holdMotifs({ db }: TxCtx, motifIds: readonly number[]): Promise<number[]> {
  const rows = await db.execute<{ id: number }>(sql`
    select id::float8 as id from motifs where id = any(${idsSql(motifIds)}) and deleted_at is null
    order by id for key share`)
  return rows.map(({ id }) => id)
}

export type LockedRdv = {
  id: number
  territoryId: number
  organisationId: number
  serviceId: number
  motifId: number
  lieuId: number | null
  locationType: LocationType
  status: Status
  startsAt: Date
  endsAt: Date
  isCollective: boolean
  title: string | null
  zone: string
  isConfidential: boolean
  /** Whoever placed it knew that its agents were taken then, and chose to. */
  isOverlapAcknowledged: boolean
  cancelledAt: Date | null
  /** Grows with each change people are told of: whoever saw another one saw another RDV. */
  sequence: number
  agentIds: number[]
  participations: { id: number; usagerId: number; status: Status }[]
}

/**
 * Locks one RDV and reads what the judge needs. `within`: as far as the agent may read it, else not found; 'any' when the
 * caller proved their right otherwise (a signed link).
 */
export async function lockRdv(tx: TxCtx, rdvId: number, within: 'reach' | 'any' = 'reach'): Promise<LockedRdv> {
  const allowed = within === 'any' ? sql`true` : rdvsWithin(reachOf(tx.actor), 'read')
  await tx.db.execute(sql`select id from rdvs where rdvs.id = ${rdvId} and ${allowed} for no key update`)
  const [row] = await tx.db.execute<
    Omit<LockedRdv, 'startsAt' | 'endsAt' | 'cancelledAt' | 'agentIds' | 'participations'> & {
      start_ms: number
      end_ms: number
      cancelled_ms: number | null
      agent_ids: number[] | null
      people: LockedRdv['participations'] | null
    }
  >(sql`
    select rdvs.id::float8 as id, rdvs.territory_id::float8 as "territoryId", rdvs.organisation_id::float8 as "organisationId",
           m.service_id::float8 as "serviceId", m.id::float8 as "motifId", rdvs.lieu_id::float8 as "lieuId",
           m.location_type as "locationType", rdvs.status, rdvs.is_collective as "isCollective", rdvs.title, t.zone,
           m.is_confidential as "isConfidential", rdvs.sequence,
           extract(epoch from rdvs.starts_at)::float8 * 1000 as start_ms, extract(epoch from rdvs.ends_at)::float8 * 1000 as end_ms,
           extract(epoch from rdvs.cancelled_at)::float8 * 1000 as cancelled_ms,
           not exists (select 1 from agent_times x where x.rdv_id = rdvs.id and x.exclusive) as "isOverlapAcknowledged",
           (select json_agg(agent_id order by agent_id) from agent_times x where x.rdv_id = rdvs.id) as agent_ids,
           (select json_agg(json_build_object('id', p.id, 'usagerId', p.usager_id, 'status', p.status) order by p.id) from participations p where p.rdv_id = rdvs.id) as people
    from rdvs join motifs m on m.id = rdvs.motif_id join territories t on t.id = rdvs.territory_id
    where rdvs.id = ${rdvId} and ${allowed}`)
  const { start_ms, end_ms, cancelled_ms, agent_ids, people, ...rdv } = found(row)
  return {
    ...rdv,
    startsAt: new Date(start_ms),
    endsAt: new Date(end_ms),
    cancelledAt: cancelled_ms === null ? null : new Date(cancelled_ms),
    agentIds: agent_ids ?? [],
    participations: people ?? [],
  }
}

/** Holds those of these RDVs that the actor may write, to the end of the transaction; before any agent's. Which they are. */
export async function lockRdvs({ db, actor }: TxCtx, rdvIds: readonly number[]): Promise<number[]> {
  if (rdvIds.length === 0) return []
  const rows = await db.execute<{ id: number }>(sql`
    select id::float8 as id from rdvs where rdvs.id = any(${idsSql(rdvIds)}) and ${rdvsWithin(reachOf(actor), 'write')}
    order by rdvs.id for no key update`)
  return rows.map(({ id }) => id)
}

/**
 * Whether any of these agents is taken in [startsAt, endsAt), but for `exceptRdvId`; `sinceAt` counts only RDVs placed or
 * changed from then on. Read under the agents' lock.
 */
export async function isAnyAgentTaken(
  { db }: TxCtx,
  {
    agentIds,
    startsAt,
    endsAt,
    exceptRdvId,
    sinceAt = null,
  }: { agentIds: readonly number[]; startsAt: Date; endsAt: Date; exceptRdvId: number | null; sinceAt?: Date | null },
): Promise<boolean> {
  const [row] = await db.execute(sql`
    select 1 from agent_times t
    where t.agent_id = any(${idsSql(agentIds)}) and t.occupies
      and t.starts_at < ${instantSql(endsAt)} and t.ends_at > ${instantSql(startsAt)}
      and t.starts_at > ${instantSql(startsAt)} - interval '24 hours'
      and (t.rdv_id is null or t.rdv_id is distinct from ${exceptRdvId})
      ${sinceAt === null ? sql`` : sql`and not exists (select from rdvs r where r.id = t.rdv_id and r.updated_at < ${instantSql(sinceAt)})`}
    limit 1`)
  return row !== undefined
}
