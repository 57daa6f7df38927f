import { sql } from 'drizzle-orm'
import { rdvsWithin } from '@/server/access/queries/reach'
import { reachOf } from '@/server/access/rules/reach'
import type { AgentActor } from '@/server/kernel/actor'
import { found } from '@/server/kernel/errors'
import { inRead, type Ctx } from '@/server/platform/ctx'
import { instantSql } from '@/server/platform/sql'
import {
  MESSAGES_LISTED,
  MESSAGES_LISTED_AT_MOST,
  type AgentMessageLine,
  type MessageLine,
  type RdvMessages,
} from '../rules/messages'

/** `m`, `p`: about this RDV; or, to somebody who has no message of their own, about all the dates of its series. */
const isAbout = (rdvId: number) => sql`
  m.rdv_id in (select ${rdvId}::bigint union all
               select other.id from rdvs mine join rdvs other on other.series_id = mine.series_id where mine.id = ${rdvId})
  and (m.rdv_id = ${rdvId} or m.news = 'created' and exists (
    select from participations own join tellings t on t.participation_id = own.id
    where own.rdv_id = ${rdvId} and own.usager_id = p.usager_id
      and not exists (select from messages theirs where theirs.participation_id = own.id and theirs.news = 'created')))`

/** Those about an RDV, so many at most of each: to its people, of an earlier slot offered for it, to its agents. */
const chosen = (rdvId: number, limit: number) => sql`
  (select m.id from messages m join participations p on p.id = m.participation_id
    where ${isAbout(rdvId)} order by m.id desc limit ${limit})
  union all
  (select m.id from waitlist_entries e join waitlist_offers o on o.entry_id = e.id join messages m on m.offer_id = o.id
    where e.rdv_id = ${rdvId} order by m.id desc limit ${limit})
  union all
  (select m.id from messages m where m.rdv_id = ${rdvId} and m.agent_id is not null order by m.id desc limit ${limit})`

type Row = Omit<MessageLine, 'news' | 'at' | 'leavesAt' | 'deliveredAt'> & {
  isToAgent: boolean
  news: MessageLine['news'] | AgentMessageLine['news']
  at_ms: number
  leaves_ms: number | null
  delivered_ms: number | null
}

/**
 * What was sent about an RDV one may read, newest first, and what became of it: to its people, with the earlier slots they
 * were offered, and to its agents. Of a date of a series told of by another, that message. `isWhole`: more than a page shows
 * at first. Throws `not-found` beyond reach.
 */
export const listRdvMessages = (
  ctx: Ctx & { readonly actor: AgentActor },
  { rdvId, isWhole = false }: { rdvId: number; isWhole?: boolean },
): Promise<RdvMessages> =>
  inRead(ctx, async ({ db, now }) => {
    const [visible] = await db.execute(
      sql`select 1 from rdvs where rdvs.id = ${rdvId} and ${rdvsWithin(reachOf(ctx.actor), 'read')}`,
    )
    found(visible)
    const listed = isWhole ? MESSAGES_LISTED_AT_MOST : MESSAGES_LISTED
    const rows = await db.execute<Row>(sql`
      select m.id::float8 as id, m.agent_id is not null as "isToAgent", m.news, m.channel, m.recipient, m.state, m.failure,
             m.gateway, m.gateway_reference as "gatewayReference",
             concat_ws(' ', coalesce(u.first_name, a.first_name), coalesce(u.last_name, a.last_name)) as "personName",
             extract(epoch from m.state_at)::float8 * 1000 as at_ms,
             extract(epoch from m.delivered_at)::float8 * 1000 as delivered_ms,
             case when m.state = 'waiting' and m.leaves_at > ${instantSql(now)} then extract(epoch from m.leaves_at)::float8 * 1000 end as leaves_ms
      from (${chosen(rdvId, listed + 1)}) chosen
      join messages m on m.id = chosen.id
      left join agents a on a.id = m.agent_id
      left join waitlist_offers o on o.id = m.offer_id
      left join waitlist_entries e on e.id = o.entry_id
      left join participations p on p.id = coalesce(m.participation_id, e.participation_id)
      left join usagers u on u.id = p.usager_id
      order by m.id desc`)
    const linesOf = (toAgent: boolean) => rows.filter(({ isToAgent }) => isToAgent === toAgent).map(lineOf)
    // The constraints on what may be told to whom say no less.
    const toPeople = linesOf(false) as MessageLine[]
    const toAgents = linesOf(true) as AgentMessageLine[]
    return {
      ...{ toPeople: toPeople.slice(0, listed), toAgents: toAgents.slice(0, listed) },
      isCut: toPeople.length > listed || toAgents.length > listed,
    }
  })

function lineOf({ at_ms, leaves_ms, delivered_ms, ...line }: Row) {
  return {
    ...line,
    at: new Date(at_ms),
    deliveredAt: delivered_ms === null ? null : new Date(delivered_ms),
    leavesAt: leaves_ms === null ? null : new Date(leaves_ms),
  }
}
