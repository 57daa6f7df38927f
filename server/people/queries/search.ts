import { sql, type SQL } from 'drizzle-orm'
import type { AgentActor } from '@/server/kernel/actor'
import { found } from '@/server/kernel/errors'
import { inRead, type Ctx, type ReadCtx } from '@/server/platform/ctx'
import { parsePhone } from '@/server/platform/phone'
import { consume, LIMITS } from '@/server/platform/limits'
import { idsSql } from '@/server/platform/sql'
import { maySearchUsagers } from '../policy'
import { MAX_FOUND, parseSearch, type PeopleSearch } from '../rules/search'
import { masked, type FoundUsager } from '../rules/usager-views'
import { usagersWithin } from './reach'

export type AgentCtx = Ctx & { readonly actor: AgentActor }

/** People of the rest of the territory only complete a short list (domain §3.3). */
export const MAX_WITH_OTHERS = 4

type Which = {
  territoryId: number
  which: SQL
  /** What must hold besides of somebody shown masked; the same when absent. */
  whenMasked?: SQL
  limit: number
}

/**
 * People of a territory, those the agent's organisations receive first; the others masked before anything leaves, and
 * never more than it takes to find one. A territory that shows its people throughout masks nobody.
 */
export async function readUsagers(
  { db }: ReadCtx,
  actor: AgentActor,
  { territoryId, which, whenMasked = which, limit }: Which,
): Promise<FoundUsager[]> {
  const rows = await db.execute<Omit<FoundUsager, 'isMasked'> & { is_open: boolean }>(sql`
    select u.id::float8 as id, u.first_name as "firstName", u.last_name as "lastName", u.born_on as born,
           coalesce(u.phone_e_164, u.phone, g.phone_e_164, g.phone) as phone, coalesce(u.email, g.email) as email,
           nullif(concat_ws(', ', coalesce(u.address, g.address), coalesce(u.city_name, g.city_name)), '') as address,
           case when g.id is not null then json_build_object('firstName', g.first_name, 'lastName', g.last_name) end as responsible,
           open.is_open
    from usagers u
    left join usagers g on g.id = u.responsible_id
    cross join lateral (select ${usagersWithin(actor)} as is_open) open
    where u.territory_id = ${territoryId} and u.deleted_at is null and ${which} and (open.is_open or ${whenMasked})
    order by is_open desc, u.last_name collate "fr-x-icu", u.first_name collate "fr-x-icu", u.id
    limit ${limit}`)
  return rows.map(({ is_open, ...person }) =>
    is_open ? { ...person, isMasked: false } : masked({ ...person, isMasked: true }),
  )
}

/** Whoever carries that contact, and the proches one reaches through them. */
const reachedBy = (territoryId: number, isHeld: SQL): SQL => sql`u.id in (
  select held.id from usagers held where held.territory_id = ${territoryId} and ${isHeld}
  union all
  select proche.id from usagers held
  join usagers proche on proche.territory_id = held.territory_id and proche.responsible_id = held.id
  where held.territory_id = ${territoryId} and ${isHeld})`

/** Somebody masked is found by whoever knows them already: whole names, a whole e-mail. A beginning would spell them out. */
function matchingWhole(search: PeopleSearch, territoryId: number): SQL {
  switch (search.kind) {
    case 'phone':
      return sql`true`
    case 'email':
      return reachedBy(territoryId, sql`held.email = ${search.prefix}`)
    case 'names':
      return sql.join(
        search.words.map((word) => sql`' ' || u.folded_name || ' ' like ${`% ${word} %`}`),
        sql` and `,
      )
  }
}

/** Each word begins one of the names: « mar lin » finds Lina Martin. Folded, it holds letters and digits alone. */
function matching(search: PeopleSearch, territoryId: number): SQL {
  switch (search.kind) {
    case 'phone':
      return reachedBy(territoryId, sql`held.phone_e_164 = ${search.e164}`)
    case 'email':
      // Byte by byte, as the index is ordered; nothing sorts after the last code point.
      return reachedBy(
        territoryId,
        sql`held.email ~>=~ ${search.prefix} and held.email ~<~ ${`${search.prefix}\u{10ffff}`}`,
      )
    case 'names': {
      const words = search.words.map(
        (word) => sql`u.folded_name like ${`%${word}%`} and ' ' || u.folded_name like ${`% ${word}%`}`,
      )
      return sql.join([...words, ...(search.bornOn ? [sql`u.born_on::text = ${search.bornOn}`] : [])], sql` and `)
    }
  }
}

/** Whom the typed words may mean; nobody while too little is typed. */
export async function searchUsagers(
  ctx: AgentCtx,
  { territoryId, q }: { territoryId: number; q: string },
): Promise<FoundUsager[]> {
  found(maySearchUsagers(ctx.actor, territoryId) ? territoryId : undefined)
  const search = parseSearch(q, parsePhone)
  if (!search) return []
  await consume(ctx, LIMITS.peopleSearchesPerAgent, String(ctx.actor.agentId))
  const [which, whole] = [matching(search, territoryId), matchingWhole(search, territoryId)]
  const people = await inRead(ctx, (read) =>
    readUsagers(read, ctx.actor, { territoryId, which, whenMasked: whole, limit: MAX_FOUND }),
  )
  const own = people.filter(({ isMasked }) => !isMasked)
  return [...own, ...people.filter(({ isMasked }) => isMasked).slice(0, Math.max(0, MAX_WITH_OTHERS - own.length))]
}

/**
 * These people, in the order given; those of another territory, or gone, are left out. Masked ones are counted one by one:
 * numbers follow one another, and nobody goes through them. However many they are, none is left out of a family.
 */
export async function listUsagers(
  ctx: AgentCtx,
  { territoryId, usagerIds }: { territoryId: number; usagerIds: readonly number[] },
): Promise<FoundUsager[]> {
  found(maySearchUsagers(ctx.actor, territoryId) ? territoryId : undefined)
  if (usagerIds.length === 0) return []
  const which = sql`u.id = any(${idsSql(usagerIds)})`
  const people = await inRead(ctx, (read) =>
    readUsagers(read, ctx.actor, { territoryId, which, limit: usagerIds.length }),
  )
  const maskedCount = people.filter(({ isMasked }) => isMasked).length
  if (maskedCount > 0) await consume(ctx, LIMITS.maskedFilesPerAgent, String(ctx.actor.agentId), maskedCount)
  return usagerIds.flatMap((id) => people.find((person) => person.id === id) ?? [])
}
