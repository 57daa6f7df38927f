import { sql, type SQL } from 'drizzle-orm'
import { dayOf } from '@/server/kernel/dates'
import { found } from '@/server/kernel/errors'
import type { AgentActor } from '@/server/kernel/actor'
import { readNeeds } from '@/server/people/queries/needs'
import { listUsagers } from '@/server/people/queries/search'
import { inRead, type ReadCtx } from '@/server/platform/ctx'
import { idsSql } from '@/server/platform/sql'
import { mayPlaceWith, mayUseMotif } from '../policy'
import type { PlaceableMotif, Placement } from '../rules/placing'
import { warningsOf, type Warning } from '../rules/warnings'
import type { ListPlaceableMotifs, PlacementQuestion } from '../schema'
import type { AgentCtx } from './agent-rdvs'
import { readLieux } from './lieux'
import { loadOpeningTimes } from './opening-times'
import { readPlacingFacts } from './placing-facts'

const MAX_MOTIFS = 1000
/** Far above what an organisation counts; those of one RDV are read by their numbers. */
const MAX_AGENTS = 2000

type MotifRow = Omit<PlaceableMotif, 'isOfOpening'> &
  Pick<Placement['motif'], 'territoryId' | 'zone' | 'takesContext' | 'notifies' | 'isShown'> & {
    isConfidential: boolean
    department: string
  }

const motifColumns = sql`
  m.id::float8 as id, m.name, m.color, m.duration_min as "durationMin", m.location_type as "locationType",
  m.organisation_id::float8 as "organisationId", o.name as "organisationName", m.service_id::float8 as "serviceId",
  s.name as "serviceName", m.territory_id::float8 as "territoryId", t.zone, m.is_confidential as "isConfidential",
  t.department_number as department, t.enables_context as "takesContext", m.visibility = 'visible_and_notified' as notifies,
  m.visibility <> 'invisible' as "isShown"`
const motifJoins = sql`
  motifs m join organisations o on o.id = m.organisation_id join services s on s.id = m.service_id
  join territories t on t.id = m.territory_id`
const isIndividual = sql`m.deleted_at is null and not m.is_collective`

/** Motifs the agent places RDVs of; those of the openings that cover the start, in that agent's agenda, are marked. */
export const listPlaceableMotifs = (
  ctx: AgentCtx,
  { agentId, startAt }: ListPlaceableMotifs,
): Promise<PlaceableMotif[]> =>
  inRead(ctx, async (read) => {
    const offered = agentId !== undefined && startAt !== undefined ? await motifsOfferedAt(read, agentId, startAt) : []
    const rows = await read.db.execute<MotifRow>(sql`
      select ${motifColumns} from ${motifJoins}
      where ${isIndividual} and ${mayHoldWrite(ctx.actor)}
      order by o.name collate "fr-x-icu", s.name collate "fr-x-icu", m.name collate "fr-x-icu", m.id limit ${MAX_MOTIFS}`)
    return rows
      .filter((motif) =>
        agentId === undefined ? mayUseMotif(ctx.actor, motif) : mayPlaceWith(ctx.actor, motif, agentId),
      )
      .map((motif) => toPlaceable(motif, offered.includes(motif.id)))
  })

const factsOf = (row: MotifRow) => ({
  id: row.id,
  name: row.name,
  color: row.color,
  durationMin: row.durationMin,
  locationType: row.locationType,
  organisationId: row.organisationId,
  organisationName: row.organisationName,
  serviceId: row.serviceId,
  serviceName: row.serviceName,
})

const toPlaceable = (row: MotifRow, isOfOpening: boolean): PlaceableMotif => ({ ...factsOf(row), isOfOpening })

const toChosen = (row: MotifRow): Placement['motif'] => ({
  ...factsOf(row),
  territoryId: row.territoryId,
  zone: row.zone,
  takesContext: row.takesContext,
  notifies: row.notifies,
  isShown: row.isShown,
})

/** Where any right to write may lie: organisations named by a place or a scope, whole territories. */
function mayHoldWrite({ memberships, scopes }: AgentActor): SQL {
  const writing = scopes.filter(({ level }) => level === 'write')
  const named = writing.flatMap(({ organisationIds }) => (organisationIds === 'any' ? [] : organisationIds))
  const whole = writing.flatMap(({ organisationIds, territoryId }) => (organisationIds === 'any' ? [territoryId] : []))
  const places = memberships.map(({ organisationId }) => organisationId)
  return sql`(m.organisation_id = any(${idsSql([...new Set([...places, ...named])])})
              or m.territory_id = any(${idsSql([...new Set(whole)])}))`
}

async function motifsOfferedAt(read: ReadCtx, agentId: number, startAt: Date): Promise<number[]> {
  const openingIds = (await openingsAt(read, [agentId], startAt)).map(({ openingId }) => openingId)
  const rows = await read.db.execute<{ id: number }>(
    sql`select distinct motif_id::float8 as id from opening_motifs where opening_id = any(${idsSql(openingIds)})`,
  )
  return rows.map(({ id }) => id)
}

/** Openings of these agents that are on at an instant, in whatever zone they are. */
async function openingsAt(read: ReadCtx, agentIds: readonly number[], at: Date) {
  const [west, east] = [dayOf(at, 'Etc/GMT+12'), dayOf(at, 'Pacific/Kiritimati')]
  const openings = await loadOpeningTimes(read, { agentIds, fromDay: west, toDay: east })
  return openings.filter(({ startAt, endAt }) => startAt <= at && endAt > at)
}

/** Everything the next steps show, and the warnings once the time is chosen. A motif beyond reach is not found. */
export async function getPlacement(ctx: AgentCtx, question: PlacementQuestion): Promise<Placement> {
  const { motif, agents, lieux, suggestedLieuId, warnings } = await inRead(ctx, async (read) => {
    const asked = await readMotif(read, ctx.actor, question.motifId)
    const shown = toChosen(asked)
    const everybody = await readAgents(read, shown.organisationId)
    const open = everybody.filter(({ id }) => mayPlaceWith(ctx.actor, asked, id))
    const chosen = question.agentIds.filter((agentId) => open.some(({ id }) => id === agentId))
    // Of those one may place with alone: where somebody else receives is not told.
    const [rooms, openings, warnings] = await Promise.all([
      readLieux(read, { organisationId: shown.organisationId, motifId: shown.id, agentIds: chosen }),
      question.startAt ? openingsAt(read, chosen, question.startAt) : [],
      warnIf(read, ctx.actor, { ...question, agentIds: chosen }, shown),
    ])
    const lieuIds = [...new Set(openings.map(({ lieuId }) => lieuId))].filter((lieuId) =>
      rooms.some(({ id }) => id === lieuId),
    )
    return {
      motif: shown,
      agents: [
        ...open.filter(({ id }) => id === ctx.actor.agentId),
        ...open.filter(({ id }) => id !== ctx.actor.agentId),
      ],
      lieux: shown.locationType === 'public_office' ? rooms : [],
      suggestedLieuId: lieuIds.length === 1 ? (lieuIds[0] ?? null) : null,
      warnings,
    }
  })
  const people = await listUsagers(ctx, { territoryId: motif.territoryId, usagerIds: question.usagerIds })
  const known = people.filter(({ isMasked }) => !isMasked).map(({ id }) => id)
  const needs = await inRead(ctx, (read) => readNeeds(read, ctx.actor, known))
  return { motif, agents, lieux, suggestedLieuId, people, needs, warnings }
}

/** A live motif for one person or one family, that the agent places. */
export async function readMotif({ db }: ReadCtx, actor: AgentActor, motifId: number): Promise<MotifRow> {
  const [row] = await db.execute<MotifRow>(
    sql`select ${motifColumns} from ${motifJoins} where m.id = ${motifId} and ${isIndividual}`,
  )
  return found(row && mayUseMotif(actor, row) ? row : undefined)
}

/**
 * Agents of the organisation, whatever their service, but for those who have not answered their invitation (domain §1.4,
 * §1.9); and those already of an RDV, though they have left since.
 */
export async function readAgents(
  { db }: ReadCtx,
  organisationId: number,
  { named = 'any', currentIds = [] }: { named?: 'any' | readonly number[]; currentIds?: readonly number[] } = {},
): Promise<Placement['agents']> {
  const rows = await db.execute<Placement['agents'][number]>(sql`
    select a.id::float8 as id, concat_ws(' ', a.first_name, a.last_name) as name,
           coalesce((select string_agg(s.short_name, ', ' order by s.short_name) from agent_services own
                     join services s on s.id = own.service_id where own.agent_id = a.id), '') as services
    from agents a
    where a.id in (
        select member.id from agent_roles place join agents member on member.id = place.agent_id
        where place.organisation_id = ${organisationId} and member.deleted_at is null
          and (member.invited_at is null or member.activated_at is not null)
        union all select unnest(${idsSql(currentIds)}))
      and ${named === 'any' ? sql`true` : sql`a.id = any(${idsSql(named)})`}
    order by a.last_name collate "fr-x-icu", a.first_name collate "fr-x-icu", a.id limit ${MAX_AGENTS}`)
  return [...rows]
}

async function warnIf(
  read: ReadCtx,
  actor: AgentActor,
  { motifId, agentIds, usagerIds, lieuId, startAt, durationMin, inARow }: PlacementQuestion,
  motif: { durationMin: number; zone: string },
): Promise<Warning[] | null> {
  if (!startAt || agentIds.length === 0) return null
  const count = inARow ? Math.max(1, usagerIds.length) : 1
  const endsAt = new Date(startAt.getTime() + count * (durationMin ?? motif.durationMin) * 60_000)
  const time = { agentIds, lieuId: lieuId ?? null, startsAt: startAt, endsAt }
  const about = { agentIds, motifId, usagerIds, zone: motif.zone, exceptRdvId: null }
  const [facts] = await readPlacingFacts(read, actor, about, [time])
  return warningsOf(time, found(facts), read.now)
}
