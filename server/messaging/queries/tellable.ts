import { sql } from 'drizzle-orm'
import { listRecipients, type RdvRecipient } from '@/server/booking/queries/recipients'
import { isShownSql } from '@/server/booking/queries/shown'
import { isCancelled, type Status } from '@/server/booking/rules/status'
import type { ReadCtx } from '@/server/platform/ctx'
import { idsSql } from '@/server/platform/sql'
import type { Known } from '../rules/telling'

/** One person of an RDV: what they know of it, what it is, and how to reach them. */
export type Tellable = RdvRecipient & {
  territoryId: number
  told: (Known & { version: number }) | null
  current: Known
}

type Row = {
  participationId: number
  territoryId: number
  rdv_status: Status
  status: Status
  start_ms: number
  end_ms: number
  lieu_id: number | null
  told: { is_on: boolean; start_ms: number; end_ms: number; lieu_id: number | null; version: number } | null
}

/** Those to be notified of these RDVs, in the order they came; nobody of one that is gone. */
export async function listTellable(read: ReadCtx, rdvIds: readonly number[]): Promise<Tellable[]> {
  const [rows, recipients] = await Promise.all([
    read.db.execute<Row>(sql`
      select p.id::float8 as "participationId", r.territory_id::float8 as "territoryId", r.status as rdv_status, p.status, r.lieu_id::float8 as lieu_id,
             extract(epoch from r.starts_at)::float8 * 1000 as start_ms, extract(epoch from r.ends_at)::float8 * 1000 as end_ms,
             case when t.participation_id is not null then json_build_object('is_on', t.is_on, 'lieu_id', t.lieu_id, 'version', t.version,
               'start_ms', extract(epoch from t.starts_at) * 1000, 'end_ms', extract(epoch from t.ends_at) * 1000) end as told
      from participations p
      join rdvs r on r.id = p.rdv_id
      join motifs m on m.id = r.motif_id
      left join tellings t on t.participation_id = p.id
      where p.rdv_id = any(${idsSql(rdvIds)}) and p.notifies_lifecycle and ${isShownSql}`),
    listRecipients(read, rdvIds),
  ])
  const rowOf = new Map(rows.map((row) => [row.participationId, row]))
  return recipients.flatMap((recipient) => {
    const row = rowOf.get(recipient.participationId)
    if (!row) return []
    const at = (ms: number) => new Date(ms)
    const { told } = row
    return {
      ...recipient,
      territoryId: row.territoryId,
      told: told && {
        isOn: told.is_on,
        startsAt: at(told.start_ms),
        endsAt: at(told.end_ms),
        lieuId: told.lieu_id,
        version: told.version,
      },
      current: {
        isOn: !isCancelled(row.rdv_status) && !isCancelled(row.status),
        startsAt: at(row.start_ms),
        endsAt: at(row.end_ms),
        lieuId: row.lieu_id,
      },
    }
  })
}
