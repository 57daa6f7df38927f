import { sql } from 'drizzle-orm'
import { communeTermsIn, searchTerm, type Commune } from './rules'
import { found } from '@/server/kernel/errors'
import { inRead, type Ctx, type ReadCtx } from '@/server/platform/ctx'

const MAX_COMMUNES = 8

type CommuneRow = { code: string; name: string; post_codes: string[]; department_number: string }

const toCommune = (row: CommuneRow): Commune => ({
  code: row.code,
  name: row.name,
  postCodes: row.post_codes,
  departmentNumber: row.department_number,
})

/** Communes by name (accents, case, hyphens and « St » aside) or by five-digit postcode, at most eight, best first. */
export const searchCommunes = (ctx: Ctx, input: { q: string }): Promise<Commune[]> =>
  inRead(ctx, async (read) => {
    const found = await loadCommunes(read, input.q)
    return found.length > 0 ? found : loadCommunesLike(read, input.q)
  })

/** The communes a whole address may lie in, for want of an address service: no closeness, a street is not a commune. */
export const searchCommunesOfAddress = (ctx: Ctx, input: { q: string }): Promise<Commune[]> =>
  inRead(ctx, async (read) => {
    for (const term of communeTermsIn(input.q)) {
      const found = await loadCommunes(read, term)
      if (found.length > 0) return found
    }
    return []
  })

async function loadCommunes({ db }: ReadCtx, typed: string): Promise<Commune[]> {
  const term = searchTerm(typed)
  if (term === null) return []
  if (term.kind === 'post-code') {
    const rows = await db.execute<CommuneRow>(sql`
      select code, name, post_codes, department_number from communes
      where post_codes @> array[${term.postCode}]
      order by population desc, code limit ${MAX_COMMUNES}`)
    return rows.map(toCommune)
  }
  const rows = await db.execute<CommuneRow>(sql`
    select code, name, post_codes, department_number from communes
    where folded_name like ${`%${term.name}%`}
    order by folded_name = ${term.name} desc, folded_name like ${`${term.name}%`} desc, population desc, code
    limit ${MAX_COMMUNES}`)
  return rows.map(toCommune)
}

/** Spelled nearly so. */
async function loadCommunesLike({ db }: ReadCtx, typed: string): Promise<Commune[]> {
  const term = searchTerm(typed)
  if (term?.kind !== 'name') return []
  const rows = await db.execute<CommuneRow>(sql`
    select code, name, post_codes, department_number from communes
    where folded_name % ${term.name}
    order by similarity(folded_name, ${term.name}) desc, population desc, code
    limit ${MAX_COMMUNES}`)
  return rows.map(toCommune)
}

/** Throws `not-found` when INSEE knows no such code. */
export const getCommune = (ctx: Ctx, { code }: { code: string }): Promise<Commune> =>
  inRead(ctx, async ({ db }) => {
    const rows = await db.execute<CommuneRow>(
      sql`select code, name, post_codes, department_number from communes where code = ${code}`,
    )
    return toCommune(found(rows[0]))
  })

export type CommuneTerritory = {
  id: number
  name: string
  zone: string
  phone: string | null
  departmentNumber: string
}

/** A commune and the territories that serve its département, by id; null when INSEE knows no such code. */
export async function findCommuneWithTerritories(
  { db }: ReadCtx,
  code: string,
): Promise<{ commune: Commune; territories: CommuneTerritory[] } | null> {
  const rows = await db.execute<
    CommuneRow & { territory_id: string | null; territory_name: string; zone: string; phone: string | null }
  >(sql`
    select c.code, c.name, c.post_codes, c.department_number,
           t.id as territory_id, t.name as territory_name, t.zone, t.phone
    from communes c left join territories t on t.department_number = c.department_number
    where c.code = ${code}
    order by t.id`)
  const [first] = rows
  if (!first) return null
  const territories = rows.flatMap((row) =>
    row.territory_id === null
      ? []
      : [
          {
            id: Number(row.territory_id),
            name: row.territory_name,
            zone: row.zone,
            phone: row.phone,
            departmentNumber: row.department_number,
          },
        ],
  )
  return { commune: toCommune(first), territories }
}
