import { sql } from 'drizzle-orm'
import type { AgentActor } from '@/server/kernel/actor'
import { inRead, type Ctx } from '@/server/platform/ctx'
import type { FactorRemoval } from '../rules/second-factor'

const LAST_COUNT = 20

/** When the support took this agent's second factor away, who and why, the latest first. For the agent, and for super-admins. */
export const loadFactorRemovals = (ctx: Ctx, agentId: number): Promise<FactorRemoval[]> =>
  inRead(ctx, async ({ db }) => {
    const rows = await db.execute<Omit<FactorRemoval, 'at'> & { atMs: number }>(sql`
      select e.id::float8 as "eventId", extract(epoch from e.occurred_at)::float8 * 1000 as "atMs",
             coalesce((select concat_ws(' ', s.first_name, s.last_name) from super_admins s
                       where s.id = e.actor_id and e.actor_kind = 'super-admin'), '') as by,
             (select v.new_value #>> '{}' from event_values v
              where v.event_id = e.id and v.occurred_at = e.occurred_at and v.field = 'reason') as reason
      from events e
      where e.subject_kind = 'agent' and e.subject_id = ${agentId} and e.kind = 'second-factor.removed'
      order by e.occurred_at desc, e.id desc limit ${LAST_COUNT}`)
    return rows.map(({ atMs, ...line }) => ({ ...line, at: new Date(atMs) }))
  })

export const listMyFactorRemovals = (ctx: Ctx & { readonly actor: AgentActor }): Promise<FactorRemoval[]> =>
  loadFactorRemovals(ctx, ctx.actor.agentId)
