import { sql, type SQL } from 'drizzle-orm'
import { rdvsWithin } from '@/server/access/queries/reach'
import { reachOf } from '@/server/access/rules/reach'
import type { LocationType } from '@/server/directory/rules/motif'
import { requireOpenUsager } from '@/server/people/queries/reach'
import { inRead } from '@/server/platform/ctx'
import { instantSql } from '@/server/platform/sql'
import { wallClock } from '@/server/scheduling/rules/civil'
import { phaseOf } from '../rules/phase'
import type { Status } from '../rules/status'
import type { UsagerRdvPage, UsagerRdvs } from '../rules/usager-rdvs'
import type { UsagerRdvsQuestion } from '../schema/usager-rdvs'
import type { AgentCtx, AgentReadCtx } from './agent-rdvs'

export const SHOWN_AT_ONCE = 10

type Row = {
  id: number
  start_ms: number
  end_ms: number
  zone: string
  status: Status
  is_collective: boolean
  title: string | null
  motif_name: string
  color: string
  service: string
  organisation: string
  location_type: LocationType
  place_name: string | null
  agents: string[]
}

/** RDVs of somebody the agent may open, as far as the agent may read them: four statements, whatever their number. */
export const listRdvsOfUsager = (
  ctx: AgentCtx,
  { usagerId, comingAfterId, pastAfterId }: UsagerRdvsQuestion,
): Promise<UsagerRdvs> =>
  inRead(ctx, async (read) => {
    const agentRead = { ...read, actor: ctx.actor }
    await requireOpenUsager(read, ctx.actor, usagerId)
    const [coming, past, noShowCount] = await Promise.all([
      readPage(agentRead, { usagerId, afterId: comingAfterId, isComing: true }),
      readPage(agentRead, { usagerId, afterId: pastAfterId, isComing: false }),
      countNoShows(agentRead, usagerId),
    ])
    return { coming, past, noShowCount }
  })

/** From the index on the person: a few dozen, whatever the size of the platform. An RDV beyond reach leads nowhere. */
async function readPage(
  { db, actor, now }: AgentReadCtx,
  { usagerId, afterId, isComing }: { usagerId: number; afterId: number | null; isComing: boolean },
): Promise<UsagerRdvPage> {
  const [side, order, than]: SQL[] = isComing ? [sql`>=`, sql`asc`, sql`>`] : [sql`<`, sql`desc`, sql`<`]
  const isRead = rdvsWithin(reachOf(actor), 'read')
  const beyond =
    afterId === null
      ? sql``
      : sql`and (rdvs.starts_at, rdvs.id) ${than} (
          select last.starts_at, last.id from (select rdvs.* from rdvs where rdvs.id = ${afterId} and ${isRead}) last)`
  const rows = await db.execute<Row>(sql`
    select rdvs.id::float8 as id, extract(epoch from rdvs.starts_at)::float8 * 1000 as start_ms,
           extract(epoch from rdvs.ends_at)::float8 * 1000 as end_ms, t.zone, p.status, rdvs.is_collective, rdvs.title,
           m.name as motif_name, m.color, s.short_name as service, o.name as organisation, m.location_type,
           l.name as place_name,
           (select coalesce(json_agg(concat_ws(' ', a.first_name, a.last_name) order by a.id), '[]')
            from agent_times part join agents a on a.id = part.agent_id where part.rdv_id = rdvs.id) as agents
    from participations p
    join rdvs on rdvs.id = p.rdv_id
    join territories t on t.id = rdvs.territory_id
    join organisations o on o.id = rdvs.organisation_id
    join motifs m on m.id = rdvs.motif_id
    join services s on s.id = m.service_id
    left join lieux l on l.id = rdvs.lieu_id
    where p.usager_id = ${usagerId} and rdvs.starts_at ${side} ${instantSql(now)} and ${isRead} ${beyond}
    order by rdvs.starts_at ${order}, rdvs.id ${order} limit ${SHOWN_AT_ONCE + 1}`)
  const shown = rows.slice(0, SHOWN_AT_ONCE)
  return {
    rdvs: shown.map((row) => {
      const startAt = new Date(row.start_ms)
      return {
        id: row.id,
        startAt,
        durationMin: Math.round((row.end_ms - row.start_ms) / 60_000),
        zone: row.zone,
        onDay: wallClock(row.zone, row.start_ms).onDay,
        phase: phaseOf(startAt, row.zone, now),
        status: row.status,
        isCollective: row.is_collective,
        title: row.title,
        motifName: row.motif_name,
        motifColor: row.color,
        serviceShortName: row.service,
        organisationName: row.organisation,
        locationType: row.location_type,
        placeName: row.place_name,
        agents: row.agents,
      }
    }),
    nextId: rows.length > SHOWN_AT_ONCE ? (shown.at(-1)?.id ?? null) : null,
  }
}

async function countNoShows({ db, actor }: AgentReadCtx, usagerId: number): Promise<number> {
  const [row] = await db.execute<{ count: number }>(sql`
    select count(*)::integer as count from participations p join rdvs on rdvs.id = p.rdv_id
    where p.usager_id = ${usagerId} and p.status = 'noshow' and ${rdvsWithin(reachOf(actor), 'read')}`)
  return row?.count ?? 0
}
