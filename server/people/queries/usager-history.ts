import { sql } from 'drizzle-orm'
import type { Actor } from '@/server/kernel/actor'
import { inRead } from '@/server/platform/ctx'
import { idsSql } from '@/server/platform/sql'
import { FILE_FIELDS } from '../rules/usager-file'
import type { UsagerHistoryLine } from '../rules/usager-sheet'
import { requireOpenUsager } from './reach'
import type { AgentCtx } from './search'

const MAX_LINES = 50

/**
 * Who did what to this file, newest first, one line for each field that changed. A colleague of none of the reader's
 * organisations stays without a name: it would say who else receives the person.
 */
export const listUsagerHistory = (ctx: AgentCtx, { usagerId }: { usagerId: number }): Promise<UsagerHistoryLine[]> =>
  inRead(ctx, async (read) => {
    const { actor } = ctx
    await requireOpenUsager(read, actor, usagerId)
    const own = idsSql(actor.memberships.map(({ organisationId }) => organisationId))
    const rows = await read.db.execute<{
      at_ms: number
      kind: string
      actor_kind: Actor['kind']
      author: string | null
      is_impersonated: boolean
      field: string | null
      new_value: unknown
    }>(sql`
      select extract(epoch from e.occurred_at)::float8 * 1000 as at_ms, e.kind, e.actor_kind,
             e.impersonator_id is not null as is_impersonated,
             (select concat_ws(' ', a.first_name, a.last_name) from agents a
              where e.actor_kind = 'agent' and a.id = e.actor_id and (a.id = ${actor.agentId} or exists (
                select from agent_roles place where place.agent_id = a.id and place.organisation_id = any(${own})))) as author,
             told.field, v.new_value
      from events e
      left join lateral jsonb_array_elements_text(e.payload->'fields') with ordinality as told (field, rank) on true
      left join event_values v on v.event_id = e.id and v.occurred_at = e.occurred_at and v.field = told.field
      where e.subject_kind = 'usager' and e.subject_id = ${usagerId}
      order by e.occurred_at desc, e.id desc, told.rank limit ${MAX_LINES}`)
    return rows.map((row) => ({
      at: new Date(row.at_ms),
      kind: row.kind,
      author: { kind: row.actor_kind, name: row.author, isImpersonated: row.is_impersonated },
      field: FILE_FIELDS.find((field) => field === row.field) ?? null,
      to: typeof row.new_value === 'boolean' ? row.new_value : null,
    }))
  })
