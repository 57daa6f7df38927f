import { sql, type SQL } from 'drizzle-orm'
import { rdvsWithin } from '@/server/access/queries/reach'
import { reachOf } from '@/server/access/rules/reach'
import type { Actor } from '@/server/kernel/actor'
import { found } from '@/server/kernel/errors'
import { inRead } from '@/server/platform/ctx'
import type { RdvHistoryLine } from '../rules/agent-views'
import type { AgentCtx } from './agent-rdvs'

/** A lieu and agents by their names, anything else as it was written. */
const namedValue = (value: SQL) => sql`
  case v.field
    when 'lieuId' then (select l.name from lieux l where l.id = (${value} #>> '{}')::bigint)
    when 'agentIds' then (select string_agg(concat_ws(' ', a.first_name, a.last_name), ', ' order by a.id)
                          from agents a where a.id in (select jsonb_array_elements_text(${value})::bigint))
    else ${value} #>> '{}'
  end`

/** Who did what to this RDV, newest first; one line for each value that changed. */
export const listRdvHistory = (ctx: AgentCtx, { rdvId }: { rdvId: number }): Promise<RdvHistoryLine[]> =>
  inRead(ctx, async (read) => {
    const { db } = read
    const [visible] = await db.execute(
      sql`select 1 from rdvs where rdvs.id = ${rdvId} and ${rdvsWithin(reachOf(ctx.actor), 'read')}`,
    )
    found(visible)
    const rows = await db.execute<{
      at_ms: number
      kind: string
      actor_kind: Actor['kind']
      author: string | null
      is_impersonated: boolean
      field: string | null
      old_value: string | null
      new_value: string | null
    }>(sql`
      select extract(epoch from e.occurred_at)::float8 * 1000 as at_ms, e.kind, e.actor_kind,
             e.impersonator_id is not null as is_impersonated,
             (select concat_ws(' ', a.first_name, a.last_name) from agents a where e.actor_kind = 'agent' and a.id = e.actor_id) as author,
             v.field, ${namedValue(sql`v.old_value`)} as old_value, ${namedValue(sql`v.new_value`)} as new_value
      from events e left join event_values v on v.event_id = e.id and v.occurred_at = e.occurred_at
      where e.subject_kind = 'rdv' and e.subject_id = ${rdvId}
      order by e.occurred_at desc, e.id desc, v.field limit 50`)
    return rows.map((row) => ({
      at: new Date(row.at_ms),
      kind: row.kind,
      author: { kind: row.actor_kind, name: row.author, isImpersonated: row.is_impersonated },
      field: row.field,
      from: row.old_value,
      to: row.new_value,
    }))
  })
