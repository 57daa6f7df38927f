import { sql } from 'drizzle-orm'
import type { ExportFormat } from '@/server/booking/rules/exports'
import type { ReadCtx } from '@/server/platform/ctx'
import { instantSql } from '@/server/platform/sql'

/** A file that waits for whoever asked for it. */
export type ReadyExport = {
  agentId: number
  format: ExportFormat
  rowCount: number
  expiresAt: Date
  /** Of the first place its agent works at. */
  zone: string
  /** They have taken it already. */
  isTaken: boolean
}

type Row = Omit<ReadyExport, 'expiresAt'> & { expires_ms: number }

/**
 * The file an event says is written; null once it is erased, and for another event than the first of those that say so: there is one a
 * territory.
 */
export async function findReadyExport({ db, now }: ReadCtx, eventId: number): Promise<ReadyExport | null> {
  const [row] = await db.execute<Row>(sql`
    select x.agent_id::float8 as "agentId", x.format, x.done_count as "rowCount",
           extract(epoch from x.expires_at)::float8 * 1000 as expires_ms,
           coalesce((select t.zone from agent_roles r join territories t on t.id = r.territory_id
             where r.agent_id = x.agent_id order by r.organisation_id limit 1), 'Europe/Paris') as zone,
           exists (select from access_log l
             where l.subject_kind = 'export' and l.subject_id = x.id and l.purpose = 'export-file') as "isTaken"
    from events e join exports x on x.id = e.subject_id
    where e.id = ${eventId} and e.kind = 'export.written' and x.state = 'done' and x.expires_at > ${instantSql(now)}
      and not exists (select from events first
        where first.subject_kind = 'export' and first.subject_id = x.id and first.kind = e.kind and first.id < e.id)`)
  if (!row) return null
  const { expires_ms, ...ready } = row
  return { ...ready, expiresAt: new Date(expires_ms) }
}
