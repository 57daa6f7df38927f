import { sql } from 'drizzle-orm'
import type { LocationType } from '@/server/directory/rules/motif'
import type { ReadCtx } from '@/server/platform/ctx'
import { idsSql } from '@/server/platform/sql'

/** What a mail to an agent calls an RDV. */
export type RdvWords = {
  motifName: string
  isConfidential: boolean
  locationType: LocationType
  isCollective: boolean
  organisation: string
  organisationEmail: string | null
  /** Names of people; none of a collective session. */
  people: string[]
  /** By their ids. */
  lieux: Record<string, string>
  agents: Record<string, { name: string; email: string | null }>
  /** RDVs placed together that stand from it on, itself among them; one alone. */
  togetherCount: number
}

/** Names of this RDV, of these lieux and of these agents, by one statement. */
export async function readRdvWords(
  { db }: ReadCtx,
  rdvId: number,
  { lieuIds, agentIds }: { lieuIds: readonly number[]; agentIds: readonly number[] },
): Promise<RdvWords | null> {
  const [row] = await db.execute<RdvWords>(sql`
    select m.name as "motifName", m.is_confidential as "isConfidential", m.location_type as "locationType",
           r.is_collective as "isCollective", o.name as organisation, o.email as "organisationEmail",
           (select coalesce(json_agg(concat_ws(' ', u.first_name, u.last_name) order by u.last_name, u.id), '[]')
              from participations p join usagers u on u.id = p.usager_id
             where p.rdv_id = r.id and not r.is_collective and not m.is_confidential) as people,
           (select coalesce(json_object_agg(l.id, concat_ws(', ', l.name, l.address)), '{}')
              from lieux l where l.id = any(${idsSql(lieuIds)})) as lieux,
           (select coalesce(json_object_agg(a.id, json_build_object(
                     'name', concat_ws(' ', a.first_name, a.last_name), 'email', a.email)), '{}')
              from agents a where a.id = any(${idsSql(agentIds)})) as agents,
           (select count(*)::integer + 1 from rdvs other
             where other.series_id = r.series_id and other.id > r.id and other.status = 'unknown') as "togetherCount"
    from rdvs r
    join motifs m on m.id = r.motif_id
    join organisations o on o.id = r.organisation_id
    where r.id = ${rdvId}`)
  return row ?? null
}
