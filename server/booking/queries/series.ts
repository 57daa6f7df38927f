import { sql } from 'drizzle-orm'
import { rdvsWithin } from '@/server/access/queries/reach'
import { reachOf } from '@/server/access/rules/reach'
import { found } from '@/server/kernel/errors'
import { inRead } from '@/server/platform/ctx'
import { wallClock } from '@/server/scheduling/rules/civil'
import { holidayOn } from '@/server/scheduling/rules/opening'
import { mayPlaceWith } from '../policy'
import { phaseOf } from '../rules/phase'
import { seriesDates, type RdvSeries, type SeriesJudgement } from '../rules/rdv-series'
import type { Status } from '../rules/status'
import { warningsOf } from '../rules/warnings'
import type { SeriesQuestion } from '../schema/series'
import type { AgentCtx, AgentReadCtx } from './agent-rdvs'
import { readAgents, readMotif } from './placing'
import { readPlacingFacts } from './placing-facts'

/**
 * Each date of an RDV that repeats, with what there is to know of it: as of one RDV, and its public holiday. As many
 * statements for two dates as for all. A motif beyond reach is not found.
 */
export const judgeSeries = (ctx: AgentCtx, question: SeriesQuestion): Promise<SeriesJudgement> =>
  inRead(ctx, async (read) => {
    const motif = await readMotif(read, ctx.actor, question.motifId)
    const here = await readAgents(read, motif.organisationId, { named: question.agentIds })
    // Of those one may place with alone: whether somebody else is taken is not told.
    const agentIds = question.agentIds.filter(
      (agentId) => mayPlaceWith(ctx.actor, motif, agentId) && here.some(({ id }) => id === agentId),
    )
    const { zone } = motif
    const { startsAt: starts, ...rule } = seriesDates(question.startAt, zone, question.repeat, read.now)
    const lengthMs = (question.durationMin ?? motif.durationMin) * 60_000
    const times = starts.map((startsAt) => ({ startsAt, endsAt: new Date(startsAt.getTime() + lengthMs) }))
    const about = { agentIds, motifId: motif.id, usagerIds: question.usagerIds, zone, exceptRdvId: null }
    const facts = await readPlacingFacts(read, ctx.actor, about, times)
    return {
      ...rule,
      zone,
      dates: times.map((time, i) => ({
        startAt: time.startsAt,
        holiday: holidayOn(motif.department, wallClock(zone, time.startsAt.getTime()).onDay),
        warnings: warningsOf({ agentIds, lieuId: question.lieuId ?? null, ...time }, found(facts[i]), read.now),
      })),
    }
  })

/**
 * The RDVs placed together with this one, as far as the agent may read: of the others, not even how many. Null when it
 * was placed alone. Beyond reach is not found.
 */
export async function readSeries({ db, actor, now }: AgentReadCtx, rdvId: number): Promise<RdvSeries | null> {
  const reach = reachOf(actor)
  const [asked] = await db.execute<{ seriesId: string | null }>(sql`
    select rdvs.series_id as "seriesId" from rdvs where rdvs.id = ${rdvId} and ${rdvsWithin(reach, 'read')}`)
  const { seriesId } = found(asked)
  if (seriesId === null) return null
  type Row = {
    rdvId: number
    territory_id: number
    start_ms: number
    status: Status
    zone: string
    may_write: boolean
  }
  const rows = await db.execute<Row>(sql`
    select rdvs.id::float8 as "rdvId", rdvs.territory_id::float8 as territory_id, extract(epoch from rdvs.starts_at)::float8 * 1000 as start_ms, rdvs.status, t.zone,
           ${rdvsWithin(reach, 'write')} as may_write
    from rdvs join territories t on t.id = rdvs.territory_id
    where rdvs.series_id = ${seriesId}::uuid and ${rdvsWithin(reach, 'read')}
    order by rdvs.starts_at, rdvs.id`)
  const { territory_id: territoryId, zone } = found(rows[0])
  return {
    territoryId,
    zone,
    rdvs: rows.map(({ rdvId: id, status, start_ms, may_write }) => ({
      rdvId: id,
      status,
      startAt: new Date(start_ms),
      phase: phaseOf(new Date(start_ms), zone, now),
      level: may_write ? 'write' : 'read',
    })),
  }
}

/** The same, for its page. */
export const getSeries = (ctx: AgentCtx, { rdvId }: { rdvId: number }): Promise<RdvSeries | null> =>
  inRead(ctx, (read) => readSeries({ ...read, actor: ctx.actor }, rdvId))
