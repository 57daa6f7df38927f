import { sql, type SQL } from 'drizzle-orm'
import { found } from '@/server/kernel/errors'
import { inRead, type Ctx, type ReadCtx } from '@/server/platform/ctx'
import { idsSql, instantSql } from '@/server/platform/sql'
import { mayWriteOpening, mayWritePlanning, openingTerritories } from '../policy'
import type { CivilDay } from '../rules/civil'
import { mayReceiveFor, type OpenSeries, type Receiver } from '../rules/opening'
import { SERIES_LISTED } from '../rules/series'
import type { OpeningsOf } from '../schema'
import { toException, type ExceptionJson } from './agendas'

/** An opening with everything its page says of it. */
export type OpeningLine = OpenSeries & {
  id: number
  version: number
  agentId: number
  territoryId: number
  organisationId: number
  organisationName: string
  zone: string
  department: string
  lieuId: number | null
  lieuName: string | null
  title: string
  lastDay: CivilDay | null
  motifs: readonly { id: number; name: string; durationMin: number }[]
}

type Row = Omit<OpeningLine, 'exceptions' | 'motifs'> & {
  exceptions: ExceptionJson[] | null
  motifs: OpeningLine['motifs'] | null
}

const ORDERS = {
  earliest: sql`o.first_day, o.start_min, o.id`,
  latest: sql`o.last_day desc nulls first, o.first_day desc, o.start_min desc, o.id desc`,
} as const

/** The first of each agent, so that none hides another's. `which` speaks of `o` and its territory `t`. Ignores reach: for those who apply it. */
export async function loadOpenings(
  { db }: ReadCtx,
  which: SQL,
  order: keyof typeof ORDERS = 'earliest',
): Promise<OpeningLine[]> {
  const rows = await db.execute<Row>(sql`
    select o.id::float8 as id, o.version, o.agent_id::float8 as "agentId", o.territory_id::float8 as "territoryId",
           o.organisation_id::float8 as "organisationId", place.name as "organisationName", t.zone,
           t.department_number as department, o.lieu_id::float8 as "lieuId", l.name as "lieuName", o.title,
           o.first_day as "firstDay", o.start_min as "startMin", o.end_min as "endMin", o.rrule,
           o.last_day as "lastDay", o.on_holidays as "onHolidays",
           (select json_agg(x order by x.on_day) from opening_exceptions x where x.opening_id = o.id) as exceptions,
           (select json_agg(json_build_object('id', m.id, 'name', m.name, 'durationMin', m.duration_min) order by m.name, m.id)
              from opening_motifs om join motifs m on m.id = om.motif_id where om.opening_id = o.id) as motifs
    from (select o.*, row_number() over (partition by o.agent_id order by ${ORDERS[order]}) as rank
          from openings o join territories t on t.id = o.territory_id where ${which}) o
    join organisations place on place.id = o.organisation_id
    join territories t on t.id = o.territory_id
    left join lieux l on l.id = o.lieu_id
    where o.rank <= ${SERIES_LISTED}
    order by ${ORDERS[order]}`)
  return rows.map((row) => ({
    ...row,
    exceptions: (row.exceptions ?? []).map(toException),
    motifs: row.motifs ?? [],
  }))
}

/** Over: no occurrence falls today or later, nor was moved there. */
const isOver = (now: Date): SQL => sql`(
  o.last_day < (${instantSql(now)} at time zone t.zone)::date
  and not exists (select from opening_exceptions x
                  where x.opening_id = o.id and x.to_day >= (${instantSql(now)} at time zone t.zone)::date))`

/** Those of some agents that may still open, but one. */
export const loadLiveOpenings = (
  read: ReadCtx,
  { agentIds, exceptId }: { agentIds: readonly number[]; exceptId: number | null },
): Promise<OpeningLine[]> =>
  loadOpenings(
    read,
    sql`o.agent_id = any(${idsSql(agentIds)}) and o.id is distinct from ${exceptId} and not coalesce(${isOver(read.now)}, false)`,
  )

/** Openings of an agent that the actor writes: now and to come, or over. Beyond reach is not found. */
export async function listOpenings(
  ctx: Ctx,
  { agentId, period, motifId, lieuId, text }: OpeningsOf,
): Promise<OpeningLine[]> {
  found(mayWritePlanning(ctx.actor, agentId) ? agentId : undefined)
  const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`
  const territories = openingTerritories(ctx.actor, agentId)
  const over = sql`coalesce(${isOver(ctx.now)}, false)`
  return inRead(ctx, (read) =>
    loadOpenings(
      read,
      sql`o.agent_id = ${agentId} and ${territories === 'any' ? sql`true` : sql`o.territory_id = any(${idsSql(territories)})`}
        and ${period === 'past' ? over : sql`not ${over}`}
        and ${lieuId === null ? sql`true` : sql`o.lieu_id = ${lieuId}`}
        and ${motifId === null ? sql`true` : sql`exists (select from opening_motifs om where om.opening_id = o.id and om.motif_id = ${motifId})`}
        and ${text === '' ? sql`true` : sql`fold(o.title) like fold(${pattern})`}`,
      period === 'past' ? 'latest' : 'earliest',
    ),
  )
}

/** One of them. */
export async function getOpening(ctx: Ctx, { openingId }: { openingId: number }): Promise<OpeningLine> {
  const [opening] = await inRead(ctx, (read) => loadOpenings(read, sql`o.id = ${openingId}`))
  return found(opening && mayWriteOpening(ctx.actor, opening) ? opening : undefined)
}

type Organisation = {
  id: number
  name: string
  territoryId: number
  territory: string
  zone: string
  department: string
}
type Lieu = { id: number; name: string; organisationId: number; territoryId: number }
type Motif = {
  id: number
  name: string
  organisationId: number
  territoryId: number
  serviceId: number
  service: string
  durationMin: number
  needsLieu: boolean
  isForSecretariat: boolean
}

/** What openings of some agents may be made of, and who these agents are. */
export type OpeningMeans = {
  agents: readonly (Receiver & { id: number; name: string })[]
  organisations: readonly Organisation[]
  lieux: readonly Lieu[]
  motifs: readonly Motif[]
}

/** Four statements in one flight, whatever the number of agents. Ignores reach: for those who apply it. */
export async function loadOpeningMeans({ db }: ReadCtx, agentIds: readonly number[]): Promise<OpeningMeans> {
  const theirs = sql`select organisation_id from agent_roles where agent_id = any(${idsSql(agentIds)})`
  const [agents, organisations, lieux, motifs] = await Promise.all([
    db.execute<OpeningMeans['agents'][number] & Record<string, unknown>>(sql`
      select a.id::float8 as id, concat_ws(' ', a.first_name, a.last_name) as name,
             coalesce((select json_agg(json_build_object('organisationId', r.organisation_id, 'level', r.level,
               'isSecretary', r.is_secretary)) from agent_roles r where r.agent_id = a.id), '[]') as roles,
             coalesce((select json_agg(s.service_id) from agent_services s where s.agent_id = a.id), '[]') as "serviceIds"
      from agents a where a.id = any(${idsSql(agentIds)}) and a.deleted_at is null`),
    db.execute<Organisation>(sql`
      select o.id::float8 as id, o.name, t.id::float8 as "territoryId", t.name as territory, t.zone,
             t.department_number as department
      from organisations o join territories t on t.id = o.territory_id
      where o.id in (${theirs}) order by t.name, o.name, o.id`),
    db.execute<Lieu>(sql`
      select l.id::float8 as id, l.name, l.organisation_id::float8 as "organisationId", l.territory_id::float8 as "territoryId"
      from lieux l where l.organisation_id in (${theirs}) and l.availability = 'enabled' order by l.name, l.id`),
    db.execute<Motif>(sql`
      select m.id::float8 as id, m.name, m.organisation_id::float8 as "organisationId", m.territory_id::float8 as "territoryId",
             m.service_id::float8 as "serviceId", s.short_name as service, m.duration_min as "durationMin",
             m.location_type = 'public_office' as "needsLieu", m.is_for_secretariat as "isForSecretariat"
      from motifs m join services s on s.id = m.service_id
      where m.organisation_id in (${theirs}) and m.deleted_at is null and not m.is_collective
      order by s.short_name, m.name, m.id`),
  ])
  return { agents: [...agents], organisations: [...organisations], lieux: [...lieux], motifs: [...motifs] }
}

/** What an opening of one agent may be made of, to whoever writes it, where they write it. */
export async function getOpeningMeans(ctx: Ctx, { agentId }: { agentId: number }): Promise<OpeningMeans> {
  found(mayWritePlanning(ctx.actor, agentId) ? agentId : undefined)
  const means = await inRead(ctx, (read) => loadOpeningMeans(read, [agentId]))
  const agent = found(means.agents[0])
  const isWithin = ({ territoryId }: { territoryId: number }) => mayWriteOpening(ctx.actor, { agentId, territoryId })
  return {
    agents: means.agents,
    organisations: means.organisations.filter(isWithin),
    lieux: means.lieux.filter(isWithin),
    motifs: means.motifs.filter((motif) => isWithin(motif) && mayReceiveFor(agent, motif)),
  }
}
