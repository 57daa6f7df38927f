import { sql, type SQL } from 'drizzle-orm'
import type { ReadCtx, TxCtx } from '@/server/platform/ctx'
import { idsSql, instantSql } from '@/server/platform/sql'
import type { Placement } from '../rules/placing'

/** Which RDVs a lieu is for. */
type Where = { organisationId: number; motifId: number; agentIds: readonly number[] }

/**
 * Lieux `l` that receive people for a motif: those of its organisation, and those of another's where one of these agents
 * holds an opening that offers it and is not over. The place of one RDV alone is no other's.
 */
const isOpenFor = (now: Date, { organisationId, motifId, agentIds }: Where): SQL => sql`(
  l.availability = 'enabled' and l.id in (
    select own.id from lieux own where own.organisation_id = ${organisationId}
    union all
    select o.lieu_id from openings o
    join opening_motifs om on om.opening_id = o.id and om.motif_id = ${motifId}
    join agent_roles role on role.agent_id = o.agent_id and role.organisation_id = o.organisation_id
    join territories t on t.id = o.territory_id
    where o.agent_id = any(${idsSql(agentIds)})
      and (o.last_day is null or o.last_day >= (${instantSql(now)} at time zone t.zone)::date
           or exists (select from opening_exceptions x
                      where x.opening_id = o.id and x.to_day >= (${instantSql(now)} at time zone t.zone)::date))))`

/** Lieux an RDV may be held at, and the one where it is already, though it be closed since. */
export async function readLieux(
  { db, now }: ReadCtx,
  where: Where,
  currentId: number | null = null,
): Promise<Placement['lieux']> {
  const rows = await db.execute<Placement['lieux'][number]>(sql`
    select l.id::float8 as id, l.name, l.address from lieux l
    where ${isOpenFor(now, where)} or l.id = ${currentId}
    order by l.name collate "fr-x-icu", l.id`)
  return [...rows]
}

/** Whether people are still received there, held until the end; somewhere without a lieu always is. */
export async function isLieuOpen({ db, now }: TxCtx, lieuId: number | null, where: Where): Promise<boolean> {
  if (lieuId === null) return true
  const rows = await db.execute(sql`
    select from lieux l where l.id = ${lieuId} and ${isOpenFor(now, where)} for share of l`)
  return rows.length > 0
}
