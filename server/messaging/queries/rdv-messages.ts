import { sql } from 'drizzle-orm'
import { rdvsWithin } from '@/server/access/queries/reach'
import { reachOf } from '@/server/access/rules/reach'
import type { AgentActor } from '@/server/kernel/actor'
import { found } from '@/server/kernel/errors'
import { inRead, type Ctx } from '@/server/platform/ctx'
import type { MessageLine } from '../rules/messages'

const MAX_LINES = 100

/** What was sent about an RDV one may read, newest first, and what became of it. Throws `not-found` beyond reach. */
export const listRdvMessages = (
  ctx: Ctx & { readonly actor: AgentActor },
  { rdvId }: { rdvId: number },
): Promise<MessageLine[]> =>
  inRead(ctx, async ({ db }) => {
    const [visible] = await db.execute(
      sql`select 1 from rdvs where rdvs.id = ${rdvId} and ${rdvsWithin(reachOf(ctx.actor), 'read')}`,
    )
    found(visible)
    const rows = await db.execute<
      Omit<MessageLine, 'at' | 'leavesAt'> & { at_ms: number; leaves_ms: number | null }
    >(sql`
      select m.id::float8 as id, m.news, m.channel, m.recipient, m.state, m.failure,
             concat_ws(' ', u.first_name, u.last_name) as "personName", extract(epoch from m.state_at)::float8 * 1000 as at_ms,
             case when m.state = 'waiting' then extract(epoch from m.leaves_at)::float8 * 1000 end as leaves_ms
      from messages m
      join participations p on p.id = m.participation_id
      join usagers u on u.id = p.usager_id
      where m.rdv_id = ${rdvId} order by m.id desc limit ${MAX_LINES}`)
    return rows.map(({ at_ms, leaves_ms, ...line }) => ({
      ...line,
      at: new Date(at_ms),
      leavesAt: leaves_ms === null ? null : new Date(leaves_ms),
    }))
  })
