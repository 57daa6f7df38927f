import { sql, type SQL } from 'drizzle-orm'
import { rdvsWithin } from '@/server/access/queries/reach'
import { isAtLeast, levelOnAgenda, placesOf, reachOf } from '@/server/access/rules/reach'
import type { LocationType } from '@/server/directory/rules/motif'
import type { AgentActor } from '@/server/kernel/actor'
import { AppError, found } from '@/server/kernel/errors'
import { certain, done } from '@/server/kernel/outcome'
import { readNeeds } from '@/server/people/queries/needs'
import { noteAccess } from '@/server/platform/access-log'
import { inRead, inTransaction, type Ctx, type ReadCtx } from '@/server/platform/ctx'
import { idsSql, instantSql } from '@/server/platform/sql'
import { loadAbsenceTimes } from '@/server/scheduling/queries/absences'
import { wallClock } from '@/server/scheduling/rules/civil'
import {
  TO_FILL_LISTED,
  type AgentRdv,
  type AgentRdvPage,
  type OpenAgenda,
  type PersonOnRdv,
} from '../rules/agent-views'
import { phaseOf } from '../rules/phase'
import { allowedMoves, type Status } from '../rules/status'
import { videoUrlOf } from '../rules/video'
import type { RdvsToMove } from '../schema'
import { asTaken, heldTimesSql, type TakenRow } from './holds'
import { isOverbookedSql } from './overlapping'
import { mayUseMotif, type MotifInReach } from '../policy'
import { isShownSql } from './shown'

export type AgentCtx = Ctx & { readonly actor: AgentActor }
export type AgentReadCtx = ReadCtx & { readonly actor: AgentActor }

const MAX_LISTED = 500

type Row = Record<'id' | 'motif_id', number> & {
  lieu_id: number | null
  territory_id: number
  start_ms: number
  end_ms: number
  zone: string
  status: Status
  motif_name: string
  color: string
  service: string
  organisation: string
  location_type: LocationType
  place_name: string | null
  place_address: string | null
  home_address: string | null
  uuid: string
  video_base_url: string | null
  is_collective: boolean
  title: string | null
  seats_taken: number
  max_seats: number | null
  context: string | null
  may_write: boolean
  is_overbooked: boolean
  agents: AgentRdv['agents'] | null
  people: PersonOnRdv[] | null
}

/**
 * RDVs with everything their card shows, in one statement: `which` keeps to those the agent may read. What was typed
 * belongs to whoever booked.
 */
export async function selectRdvs(
  { db, now }: AgentReadCtx,
  which: SQL,
  { limit, mayWrite }: { limit: number; mayWrite: SQL },
): Promise<AgentRdv[]> {
  const rows = await db.execute<Row>(sql`
    select rdvs.id::float8 as id, rdvs.territory_id::float8 as territory_id,
           extract(epoch from rdvs.starts_at)::float8 * 1000 as start_ms,
           extract(epoch from rdvs.ends_at)::float8 * 1000 as end_ms, t.zone, rdvs.status, m.color,
           o.name as organisation,
           m.location_type, l.name as place_name, l.address as place_address, rdvs.is_collective,
           rdvs.seats_taken, rdvs.max_seats, s.short_name as service, ${mayWrite} as may_write, ${isOverbookedSql} as is_overbooked,
           rdvs.motif_id::float8 as motif_id, rdvs.lieu_id::float8 as lieu_id, m.name as motif_name, rdvs.home_address, rdvs.title, rdvs.context,
           t.video_base_url, rdvs.uuid,
           (select json_agg(json_build_object('id', a.id, 'name', concat_ws(' ', a.first_name, a.last_name)) order by a.id)
              from agent_times at join agents a on a.id = at.agent_id where at.rdv_id = rdvs.id) as agents,
           (select json_agg(json_build_object(
                      'participationId', p.id, 'usagerId', u.id, 'status', p.status,
                      'firstName', u.first_name, 'lastName', u.last_name, 'bornOn', u.born_on,
                      'phone', coalesce(u.phone_e_164, u.phone), 'email', u.email,
                      'given', case when typed.by_them then typed.contact end,
                      'address', concat_ws(', ', u.address, u.city_name),
                      'isMaybeDouble', u.maybe_same_as_id is not null,
                      'responsible', case when g.id is not null and not m.is_confidential then json_build_object(
                        'firstName', g.first_name, 'lastName', g.last_name,
                        'phone', coalesce(g.phone_e_164, g.phone), 'email', g.email,
                        'given', case when not typed.by_them then typed.contact end) end
                    ) order by u.last_name collate "fr-x-icu", u.first_name collate "fr-x-icu", u.id)
             from participations p join usagers u on u.id = p.usager_id
             left join usagers g on g.id = u.responsible_id
             cross join lateral (select
               p.author_id is not distinct from u.id or (g.id is null and not m.is_confidential) as by_them,
               case when num_nonnulls(p.contact_phone, p.contact_email) > 0
                    then json_build_object('phone', p.contact_phone, 'email', p.contact_email) end as contact) typed
             where p.rdv_id = rdvs.id) as people
    from rdvs
    join territories t on t.id = rdvs.territory_id
    join organisations o on o.id = rdvs.organisation_id
    join motifs m on m.id = rdvs.motif_id
    join services s on s.id = m.service_id
    left join lieux l on l.id = rdvs.lieu_id
    where ${which}
    order by rdvs.starts_at, rdvs.id
    limit ${limit}`)
  return rows.map((row) => toAgentRdv(row, now))
}

function toAgentRdv(row: Row, now: Date): AgentRdv {
  const [startAt, endAt] = [new Date(row.start_ms), new Date(row.end_ms)]
  const phase = phaseOf(startAt, row.zone, now)
  const moves = row.may_write
    ? allowedMoves(row.status, { startsAt: startAt, phase, isCollective: row.is_collective }, now)
    : []
  return {
    id: row.id,
    territoryId: row.territory_id,
    startAt,
    endAt,
    durationMin: Math.round((row.end_ms - row.start_ms) / 60_000),
    zone: row.zone,
    onDay: wallClock(row.zone, row.start_ms).onDay,
    phase,
    status: row.status,
    moves,
    ...{ motifId: row.motif_id, lieuId: row.lieu_id },
    motifName: row.motif_name,
    motifColor: row.color,
    serviceShortName: row.service,
    organisationName: row.organisation,
    locationType: row.location_type,
    placeName: row.place_name,
    placeAddress: row.place_address,
    homeAddress: row.home_address,
    videoUrl: videoUrlOf({ uuid: row.uuid, locationType: row.location_type, videoBaseUrl: row.video_base_url }),
    isCollective: row.is_collective,
    title: row.title,
    seats: row.is_collective ? { taken: row.seats_taken, max: row.max_seats } : null,
    agents: row.agents ?? [],
    people: (row.people ?? []).map((person) => ({ ...person, address: person.address === '' ? null : person.address })),
    isOverbooked: row.is_overbooked,
    level: row.may_write ? 'write' : 'read',
    context: row.context,
  }
}

/** Of those that are all the agent's to change. */
const OWN = sql`true`

/** RDVs of an agent: by their own part in them, read by the index on (agent, start). */
const mine = (agentId: number, condition: SQL) =>
  sql`rdvs.id in (select mine.rdv_id from agent_times mine where mine.agent_id = ${agentId} and mine.kind = 'rdv' and ${condition})`

const partOf = (agentId: number, fromDay: string, toDay: string) =>
  mine(
    agentId,
    sql`mine.starts_at >= ${fromDay}::date - interval '1 day' and mine.starts_at < ${toDay}::date + interval '2 days'`,
  )

/** In the RDV's own territory's zone. */
const within = (fromDay: string, toDay: string) =>
  sql`(rdvs.starts_at at time zone t.zone)::date between ${fromDay}::date and ${toDay}::date`

/** Where the agent still has a place: what they hold elsewhere is no longer theirs to see. */
const atTheirPlaces = (actor: AgentActor) => sql`rdvs.organisation_id = any(${idsSql(placesOf(actor))})`

/** My RDVs whose civil day, in their own territory's zone, lies in [fromDay, toDay]. */
export const listMyRdvs = (
  ctx: AgentCtx,
  { fromDay, toDay }: { fromDay: string; toDay: string },
): Promise<AgentRdv[]> =>
  inRead(ctx, (read) =>
    selectRdvs(
      { ...read, actor: ctx.actor },
      sql`${partOf(ctx.actor.agentId, fromDay, toDay)} and ${within(fromDay, toDay)} and ${atTheirPlaces(ctx.actor)}`,
      { limit: MAX_LISTED, mayWrite: OWN },
    ),
  )

/**
 * An agenda on the civil days [fromDay, toDay], one's own or a colleague's, as far as it is open: what may be read, and
 * when its agent is taken by the rest. Unknown and closed are the same.
 */
export async function listAgendaOf(
  ctx: AgentCtx,
  { agentId, fromDay, toDay }: { agentId: number; fromDay: string; toDay: string },
): Promise<OpenAgenda> {
  const level = levelOnAgenda(reachOf(ctx.actor), agentId)
  if (!isAtLeast(level, 'busy')) throw new AppError('not-found')
  return inRead(ctx, async (read) => {
    const [{ rdvs, busy }, absences] = await Promise.all([
      readRdvs(
        { ...read, actor: ctx.actor },
        sql`${partOf(agentId, fromDay, toDay)} and ${within(fromDay, toDay)}`,
        sql`held.agent_id = ${agentId} and held.starts_at >= ${fromDay}::date - interval '1 day' and held.starts_at < ${toDay}::date + interval '2 days'
            and (held.starts_at at time zone t.zone)::date between ${fromDay}::date and ${toDay}::date`,
      ),
      loadAbsenceTimes(read, { agentIds: [agentId], fromDay, toDay }),
    ])
    if (isAtLeast(level, 'read')) return { rdvs, busy, away: absences }
    const taken = [...busy, ...absences].map(({ startAt, endAt }) => ({ startAt, endAt }))
    return { rdvs, busy: taken.sort((a, b) => a.startAt.getTime() - b.startAt.getTime()), away: [] }
  })
}

/** Those of these RDVs still to come that the agent may write: what is left to move once a planning is changed. */
export const listRdvsToMove = (ctx: AgentCtx, { rdvIds }: RdvsToMove): Promise<AgentRdv[]> =>
  inRead(ctx, (read) =>
    selectRdvs(
      { ...read, actor: ctx.actor },
      sql`rdvs.id = any(${idsSql(rdvIds)}) and rdvs.status = 'unknown' and rdvs.starts_at > ${instantSql(ctx.now)}
          and ${rdvsWithin(reachOf(ctx.actor), 'write')}`,
      { limit: MAX_LISTED, mayWrite: OWN },
    ),
  )

export type RdvsOfAgenda = Omit<OpenAgenda, 'away'>

/**
 * Those of an agenda that may be read, and when it is taken by the rest: that leaves the database as two instants. Among
 * the rest, slots kept for people who wait: those `ofHolds` says, of `held` (none unless it is told).
 */
export async function readRdvs(read: AgentReadCtx, ofThose: SQL, ofHolds: SQL = sql`false`): Promise<RdvsOfAgenda> {
  const reach = reachOf(read.actor)
  const [rdvs, busy] = await Promise.all([
    selectRdvs(read, sql`${ofThose} and ${rdvsWithin(reach, 'read')}`, {
      limit: MAX_LISTED,
      mayWrite: rdvsWithin(reach, 'write'),
    }),
    read.db.execute<TakenRow>(sql`
      select null::float8 as agent_id, extract(epoch from rdvs.starts_at)::float8 * 1000 as start_ms,
             extract(epoch from rdvs.ends_at)::float8 * 1000 as end_ms, null::float8 as until_ms
      from rdvs join territories t on t.id = rdvs.territory_id
      where ${ofThose} and rdvs.occupies and not ${rdvsWithin(reach, 'read')}
      union all
      ${heldTimesSql(ofHolds)}
      order by start_ms, end_ms limit ${MAX_LISTED}`),
  ])
  return { rdvs, busy: busy.map(asTaken) }
}

/** Mine, begun, and without a status yet, oldest first (domain §4: « à renseigner » from the day after). */
const toFill = (actor: AgentActor, now: Date) =>
  sql`${mine(actor.agentId, sql`mine.starts_at < ${instantSql(now)} and mine.occupies`)} and rdvs.status = 'unknown'
      and ${atTheirPlaces(actor)} and (rdvs.starts_at at time zone t.zone)::date < (${instantSql(now)} at time zone t.zone)::date`

export const listRdvsToFill = (ctx: AgentCtx): Promise<AgentRdv[]> =>
  inRead(ctx, (read) =>
    selectRdvs({ ...read, actor: ctx.actor }, toFill(ctx.actor, ctx.now), { limit: TO_FILL_LISTED, mayWrite: OWN }),
  )

/** How many of mine still wait for a status. */
export const countRdvsToFill = (ctx: AgentCtx): Promise<number> =>
  inRead(ctx, async ({ db }) => {
    const [row] = await db.execute<{ count: number }>(
      sql`select count(*)::integer as count from rdvs join territories t on t.id = rdvs.territory_id where ${toFill(ctx.actor, ctx.now)}`,
    )
    return row?.count ?? 0
  })

/** What its motif says, longer than all the rest: lists do without. */
async function readMotifOf({ db }: ReadCtx, rdvId: number) {
  const [motif] = await db.execute<
    Pick<AgentRdvPage, 'restriction' | 'instructions' | 'isShownToUsager'> & MotifInReach & { isLive: boolean }
  >(sql`
    select m.restriction, m.instructions, ${isShownSql} as "isShownToUsager", m.territory_id::float8 as "territoryId",
           m.organisation_id::float8 as "organisationId", m.service_id::float8 as "serviceId",
           m.is_confidential as "isConfidential", m.deleted_at is null as "isLive"
    from rdvs r join motifs m on m.id = r.motif_id where r.id = ${rdvId}`)
  return found(motif)
}

/** One RDV within reach; the query itself leaves the trace of who opened these people's data. */
export async function getRdv(ctx: AgentCtx, { rdvId }: { rdvId: number }): Promise<AgentRdvPage> {
  const opened = await inTransaction<AgentRdvPage, never>(ctx, async (tx) => {
    const read = { ...tx, actor: ctx.actor }
    const reach = reachOf(ctx.actor)
    const [row] = await selectRdvs(read, sql`rdvs.id = ${rdvId} and ${rdvsWithin(reach, 'read')}`, {
      limit: 1,
      mayWrite: rdvsWithin(reach, 'write'),
    })
    const rdv = found(row)
    const usagerIds = rdv.people.map(({ usagerId }) => usagerId)
    const [motif, files] = await Promise.all([
      readMotifOf(read, rdvId),
      readNeeds(read, ctx.actor, usagerIds),
      noteAccess(tx, { territoryId: rdv.territoryId, subject: { kind: 'rdv', id: rdvId }, purpose: 'rdv-page' }),
    ])
    const { restriction, instructions, isShownToUsager, isLive } = motif
    const mayRepeat = isLive && !rdv.isCollective && rdv.level === 'write' && mayUseMotif(ctx.actor, motif)
    const isAwaited = isShownToUsager && rdv.status === 'unknown' && rdv.startAt > tx.now && rdv.people.length > 0
    return done({ ...rdv, restriction, instructions, isShownToUsager, isAwaited, mayRepeat, files })
  })
  return certain(opened)
}
