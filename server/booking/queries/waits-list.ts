import { sql } from 'drizzle-orm'
import { inRead } from '@/server/platform/ctx'
import { usagersWithin } from '@/server/people/queries/reach'
import { WAITS_LISTED, type ListedWait } from '../rules/waitlist'
import type { AgentCtx } from './agent-rdvs'
import { waitsWithin } from './waits-within'

type Row = Omit<ListedWait, 'sinceAt' | 'rdvStartAt' | 'offer'> & {
  since_ms: number
  rdv_ms: number | null
  offer: { start_ms: number; until_ms: number; is_held: boolean } | null
}

/**
 * Who waits for a slot, of RDVs one may read or, without one, of motifs one knows: by motif and place, in turn, a page at a
 * time. One statement, whatever their number.
 */
export const listWaits = (
  ctx: AgentCtx,
  { page }: { page: number },
): Promise<{ waits: ListedWait[]; hasNext: boolean }> =>
  inRead(ctx, async ({ db }) => {
    const rows = await db.execute<Row>(sql`
      select e.id::float8 as "entryId", e.rdv_id::float8 as "rdvId", u.id::float8 as "usagerId",
             concat_ws(' ', u.first_name, u.last_name) as "personName", ${usagersWithin(ctx.actor)} as "isFileOpen",
             e.motif_id::float8 as "motifId", motif.name as "motifName", motif.location_type as "locationType",
             e.lieu_id::float8 as "lieuId", l.name as "placeName", g.name as "organisationName", t.zone,
             extract(epoch from e.created_at)::float8 * 1000 as since_ms, extract(epoch from rdvs.starts_at)::float8 * 1000 as rdv_ms,
             e.offer_count as "offerCount", ${waitsWithin(ctx.actor, 'write')} as "mayWrite",
             (select json_build_object('start_ms', extract(epoch from o.starts_at) * 1000,
                'until_ms', extract(epoch from o.until_at) * 1000, 'is_held', o.is_held)
              from waitlist_offers o where o.entry_id = e.id and o.state = 'open') as offer
      from waitlist_entries e
      join motifs motif on motif.id = e.motif_id
      join organisations g on g.id = motif.organisation_id
      join territories t on t.id = e.territory_id
      join usagers u on u.id = e.usager_id
      left join lieux l on l.id = e.lieu_id
      left join rdvs on rdvs.id = e.rdv_id
      where e.ended_at is null and ${waitsWithin(ctx.actor, 'read')}
      order by motif.name collate "fr-x-icu", motif.id, l.name collate "fr-x-icu" nulls first, l.id,
        greatest(e.created_at, (select max(passed.settled_at) from waitlist_offers passed
          where passed.entry_id = e.id and passed.state in ('declined', 'expired'))), e.id
      limit ${WAITS_LISTED + 1} offset ${(page - 1) * WAITS_LISTED}`)
    const waits = rows.slice(0, WAITS_LISTED).map(({ since_ms, rdv_ms, offer, ...row }) => ({
      ...row,
      sinceAt: new Date(since_ms),
      rdvStartAt: rdv_ms === null ? null : new Date(rdv_ms),
      offer: offer && {
        startAt: new Date(offer.start_ms),
        untilAt: new Date(offer.until_ms),
        isHeld: offer.is_held,
      },
    }))
    return { waits, hasNext: rows.length > WAITS_LISTED }
  })
