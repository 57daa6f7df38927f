import { sql, type SQL } from 'drizzle-orm'
import { motifsWithin, rdvsWithin } from '@/server/access/queries/reach'
import { reachOf, type Level } from '@/server/access/rules/reach'
import type { Actor } from '@/server/kernel/actor'
import type { ReadCtx } from '@/server/platform/ctx'

/**
 * Whether a wait `e`, of its `motif` and, left joined, its RDV in `rdvs`, is open to this actor: as its RDV is; of who has
 * none, as an RDV of its motif would be placed.
 */
export const waitsWithin = (actor: Actor, least: Exclude<Level, 'none'>): SQL => {
  const reach = reachOf(actor)
  return sql`(case when e.rdv_id is null then ${motifsWithin(reach, least)} else ${rdvsWithin(reach, least)} end)`
}

/** A wait that this actor may write, or null. */
export async function findWaitWithin(
  { db, actor }: ReadCtx,
  entryId: number,
): Promise<{ entryId: number; territoryId: number } | null> {
  const [row] = await db.execute<{ entryId: number; territoryId: number }>(sql`
    select e.id::float8 as "entryId", e.territory_id::float8 as "territoryId"
    from waitlist_entries e join motifs motif on motif.id = e.motif_id left join rdvs on rdvs.id = e.rdv_id
    where e.id = ${entryId} and ${waitsWithin(actor, 'write')}`)
  return row ?? null
}
