import { sql, type SQL } from 'drizzle-orm'
import { rdvsWithin } from '@/server/access/queries/reach'
import { isAtLeast, reachOf } from '@/server/access/rules/reach'
import type { AgentActor } from '@/server/kernel/actor'
import { fold } from '@/server/kernel/text'
import { readOpenUsagers } from '@/server/people/queries/needs'
import { inRead, type ReadCtx } from '@/server/platform/ctx'
import { idsSql } from '@/server/platform/sql'
import { mayKnowMotif, type MotifInReach } from '../policy'
import type { Author, ListSort, RdvListChoices, RdvListPage, RdvPage, SavedFilter } from '../rules/rdv-list'
import type { RdvList, RdvListPageQuestion } from '../schema/rdv-list'
import { selectRdvs, type AgentCtx } from './agent-rdvs'

type AgentReadCtx = ReadCtx & { readonly actor: AgentActor }

export const LISTED_AT_ONCE = 50
const MAX_CHOICES = 2000

/** Where anything may be read: agendas, organisations, whole territories. Busy ones are not among them. */
function readablePlaces({ agentId, scopes }: AgentActor) {
  const readable = scopes.filter(({ level }) => isAtLeast(level, 'read'))
  const everybody = readable.filter(({ agentIds }) => agentIds === 'any')
  const unique = (ids: readonly number[]) => idsSql([...new Set(ids)])
  return {
    agents: unique([agentId, ...readable.flatMap(({ agentIds }) => (agentIds === 'any' ? [] : agentIds))]),
    organisations: unique(
      everybody.flatMap(({ organisationIds }) => (organisationIds === 'any' ? [] : organisationIds)),
    ),
    territories: unique(
      everybody.flatMap(({ organisationIds, territoryId }) => (organisationIds === 'any' ? [territoryId] : [])),
    ),
  }
}

/** Those that may be in the list, by the indexes on a start: of the agendas and the organisations one reads. */
function candidates(actor: AgentActor, { fromDay, toDay, agentId }: RdvList): SQL {
  // A zone is at most fourteen hours from UTC.
  const about = (column: SQL) =>
    sql`${column} >= ${fromDay}::date - interval '1 day' and ${column} < ${toDay}::date + interval '2 days'`
  const { agents, organisations, territories } = readablePlaces(actor)
  const ofAgendas = (ids: SQL) => sql`
    select part.rdv_id as id from agent_times part
    where part.kind = 'rdv' and part.agent_id = any(${ids}) and ${about(sql`part.starts_at`)}`
  if (agentId !== 'any') return ofAgendas(idsSql([agentId]))
  return sql`${ofAgendas(agents)}
    union
    select near.id from organisations place join rdvs near on near.organisation_id = place.id and ${about(sql`near.starts_at`)}
    where place.id = any(${organisations}) or place.territory_id = any(${territories})`
}

const KEYS = {
  start: sql`rdvs.starts_at`,
  created: sql`rdvs.created_at`,
  motif: sql`(m.name collate "fr-x-icu")`,
  person: sql`coalesce((select min(concat_ws(' ', u.last_name, u.first_name) collate "fr-x-icu")
                        from participations p join usagers u on u.id = p.usager_id where p.rdv_id = rdvs.id), '')`,
} as const satisfies Record<ListSort, SQL>

const JOINED = sql`join territories t on t.id = rdvs.territory_id join motifs m on m.id = rdvs.motif_id`

function conditions(question: RdvList): SQL {
  const { fromDay, toDay, organisationId, motifId, lieuId, statuses, author, person } = question
  const words = fold(person)
    .split(' ')
    .filter((word) => word !== '')
  const named = sql.join(
    words.map((word) => sql`(u.folded_name like ${`${word}%`} or u.folded_name like ${`% ${word}%`})`),
    sql` and `,
  )
  return sql.join(
    [
      sql`(rdvs.starts_at at time zone t.zone)::date between ${fromDay}::date and ${toDay}::date`,
      ...(organisationId === 'any' ? [] : [sql`rdvs.organisation_id = ${organisationId}`]),
      ...(motifId === 'any' ? [] : [sql`rdvs.motif_id = ${motifId}`]),
      ...(lieuId === 'any' ? [] : [sql`rdvs.lieu_id = ${lieuId}`]),
      ...(statuses === 'any' ? [] : [sql`rdvs.status = any(${`{${statuses.join(',')}}`}::text[])`]),
      ...(author === 'any' ? [] : [sql`rdvs.author_kind = ${author}`]),
      ...(words.length === 0
        ? []
        : [
            sql`exists (select from participations p join usagers u on u.id = p.usager_id where p.rdv_id = rdvs.id and ${named})`,
          ]),
    ],
    sql` and `,
  )
}

/** The list as SQL: ids and the key of the order, of those the reader may read and nothing else. */
const keptSql = (actor: AgentActor, question: RdvList): SQL => sql`
  candidate as materialized (${candidates(actor, question)}),
  kept as (
    select rdvs.id, ${KEYS[question.sort]} as key
    from candidate join rdvs on rdvs.id = candidate.id ${JOINED}
    where ${conditions(question)} and ${rdvsWithin(reachOf(actor), 'read')})`

/** Ids of one page, in the order asked, and one more when there is more. An RDV beyond reach leads nowhere. */
async function selectIds(
  { db, actor }: AgentReadCtx,
  { from, ...question }: RdvListPageQuestion,
  limit: number,
): Promise<number[]> {
  const isBackwards = from?.way === 'before'
  const isUp = (question.direction === 'asc') !== isBackwards
  const [order, than] = isUp ? [sql`asc`, sql`>`] : [sql`desc`, sql`<`]
  const beyond = from
    ? sql`where (kept.key, kept.id) ${than} (
        select ${KEYS[question.sort]}, rdvs.id from rdvs ${JOINED}
        where rdvs.id = ${from.rdvId} and ${rdvsWithin(reachOf(actor), 'read')})`
    : sql``
  const rows = await db.execute<{ id: number }>(sql`
    with ${keptSql(actor, question)}
    select kept.id::float8 as id from kept ${beyond} order by kept.key ${order}, kept.id ${order} limit ${limit + 1}`)
  return rows.map(({ id }) => id)
}

/** The RDVs of these ids that may still be read, in their order. */
async function readListed(read: AgentReadCtx, ids: readonly number[]): Promise<RdvPage['rdvs']> {
  const reach = reachOf(read.actor)
  const [rdvs, origins] = await Promise.all([
    selectRdvs(read, sql`rdvs.id = any(${idsSql(ids)}) and ${rdvsWithin(reach, 'read')}`, {
      limit: ids.length,
      mayWrite: rdvsWithin(reach, 'write'),
    }),
    read.db.execute<{ id: number; author: Author; created_ms: number }>(sql`
      select id::float8 as id, author_kind as author, extract(epoch from created_at)::float8 * 1000 as created_ms
      from rdvs where id = any(${idsSql(ids)})`),
  ])
  const originOf = new Map(origins.map((origin) => [origin.id, origin]))
  const byId = new Map(rdvs.map((rdv) => [rdv.id, rdv]))
  return ids.flatMap((id) => {
    const [rdv, origin] = [byId.get(id), originOf.get(id)]
    return rdv && origin ? [{ ...rdv, author: origin.author, createdAt: new Date(origin.created_ms) }] : []
  })
}

/** A page of the list, inside a read. */
export async function readRdvPage(read: AgentReadCtx, question: RdvListPageQuestion, limit: number): Promise<RdvPage> {
  const ids = await selectIds(read, question, limit)
  const isBackwards = question.from?.way === 'before'
  const hasMore = ids.length > limit
  const shown = isBackwards ? ids.slice(0, limit).reverse() : ids.slice(0, limit)
  const [first, last] = [shown[0] ?? null, shown.at(-1) ?? null]
  return {
    rdvs: await readListed(read, shown),
    beforeId: isBackwards ? (hasMore ? first : null) : question.from ? first : null,
    afterId: isBackwards || hasMore ? last : null,
  }
}

/** How many RDVs the list holds, `max` at most. */
export async function countRdvs({ db, actor }: AgentReadCtx, question: RdvList, max: number): Promise<number> {
  const [row] = await db.execute<{ count: number }>(sql`
    with ${keptSql(actor, question)}
    select count(*)::integer as count from (select from kept limit ${max}) as counted`)
  return row?.count ?? 0
}

/** RDVs the agent may read, whoever receives, fifty at a time: what is only busy to them is not there (domain §2.14). */
export const listRdvs = (ctx: AgentCtx, question: RdvListPageQuestion): Promise<RdvListPage> =>
  inRead(ctx, async (read) => {
    const page = await readRdvPage({ ...read, actor: ctx.actor }, question, LISTED_AT_ONCE)
    const usagerIds = page.rdvs.flatMap(({ people }) => people.map(({ usagerId }) => usagerId))
    return { ...page, openUsagerIds: await readOpenUsagers(read, ctx.actor, [...new Set(usagerIds)]) }
  })

/** What the list may be narrowed to, by name; of motifs, those of which the agent may read an RDV. */
export const listRdvListChoices = (ctx: AgentCtx): Promise<RdvListChoices> =>
  inRead(ctx, async ({ db }) => {
    const { agents, organisations, territories } = readablePlaces(ctx.actor)
    const places = idsSql(ctx.actor.memberships.map(({ organisationId }) => organisationId))
    const named = (from: SQL, name: SQL) => sql`(
      select coalesce(json_agg(json_build_object('id', id, 'name', name) order by name collate "fr-x-icu", id), '[]')
      from (select one.id, ${name} as name from ${from} limit ${MAX_CHOICES}) as found)`
    type MotifRow = MotifInReach & { id: number; name: string; isOfTheirRdvs: boolean }
    const [row] = await db.execute<Omit<RdvListChoices, 'motifs'> & { motifs: MotifRow[] }>(sql`
      with place as (
        select o.id, o.name from organisations o
        where o.id = any(${organisations}) or o.territory_id = any(${territories}) or o.id = any(${places}))
      select ${named(
        sql`agents one where one.deleted_at is null and (one.id = any(${agents}) or exists (
              select from agent_roles r join place on place.id = r.organisation_id where r.agent_id = one.id))`,
        sql`concat_ws(' ', one.last_name, one.first_name)`,
      )} as agents,
      ${named(sql`place one`, sql`one.name`)} as organisations,
      (select coalesce(json_agg(json_build_object(
                'id', id, 'name', name, 'territoryId', territory_id, 'organisationId', organisation_id, 'serviceId', service_id,
                'isConfidential', is_confidential, 'isOfTheirRdvs', is_of_their_rdvs) order by name collate "fr-x-icu", id), '[]')
       from (select one.id, concat(one.name, ' (', place.name, ')') as name, one.territory_id, one.organisation_id,
                    one.service_id, one.is_confidential, one.id in (
                      select r.motif_id from agent_times own join rdvs r on r.id = own.rdv_id
                      where own.agent_id = ${ctx.actor.agentId}) as is_of_their_rdvs
             from motifs one join place on place.id = one.organisation_id
             where one.deleted_at is null limit ${MAX_CHOICES}) as found) as motifs,
      ${named(sql`lieux one join place on place.id = one.organisation_id where one.availability <> 'single_use'`, sql`one.name`)} as lieux`)
    if (!row) return { agents: [], organisations: [], motifs: [], lieux: [] }
    const known = row.motifs.filter((motif) => motif.isOfTheirRdvs || mayKnowMotif(ctx.actor, motif))
    return { ...row, motifs: known.map(({ id, name }) => ({ id, name })) }
  })

/** The agent's own filters, by name. */
export const listSavedFilters = (ctx: AgentCtx): Promise<SavedFilter[]> =>
  inRead(ctx, async ({ db }) => {
    const rows = await db.execute<SavedFilter>(sql`
      select id::float8 as id, name, query, is_default as "isDefault" from saved_filters
      where agent_id = ${ctx.actor.agentId} order by name collate "fr-x-icu", id`)
    return [...rows]
  })
