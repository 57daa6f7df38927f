import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { sql } from 'drizzle-orm'
import { createDb, type Tx } from '../client'

type Source = {
  code: string
  nom: string
  departement: string
  type: string
  codesPostaux?: string[]
  population?: number
}

/** The communes of today, and the arrondissements of Paris, Lyon and Marseille, which carry the postcodes there. */
export async function readCommunes() {
  const path = createRequire(import.meta.url).resolve('@etalab/decoupage-administratif/data/communes.json')
  const source = JSON.parse(await readFile(path, 'utf8')) as Source[]
  return source.filter(({ type }) => type === 'commune-actuelle' || type === 'arrondissement-municipal')
}

/**
 * Loads them. Reference data, for any environment: what has not changed is left alone, what was merged away goes.
 */
export async function loadCommunes(tx: Tx) {
  const rows = (await readCommunes()).map(({ code, nom, departement, codesPostaux, population }) => ({
    code,
    name: nom,
    department_number: departement,
    post_codes: codesPostaux ?? [],
    population: population ?? 0,
  }))
  const document = JSON.stringify(rows)
  await tx.execute(sql`
    insert into communes (code, name, department_number, post_codes, population)
    select code, name, department_number, post_codes, population
    from jsonb_populate_recordset(null::communes, ${document}::text::jsonb)
    on conflict (code) do update set
      name = excluded.name,
      department_number = excluded.department_number,
      post_codes = excluded.post_codes,
      population = excluded.population
    where (communes.name, communes.department_number, communes.post_codes, communes.population)
      is distinct from (excluded.name, excluded.department_number, excluded.post_codes, excluded.population)`)
  const codes = JSON.stringify(rows.map(({ code }) => code))
  await tx.execute(sql`
    delete from communes
    where code not in (select jsonb_array_elements_text(${codes}::text::jsonb))`)
  return rows.length
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const url = process.env['DATABASE_DIRECT_URL'] ?? process.env['DATABASE_URL']
  if (!url) throw new Error('DATABASE_URL manque.')
  const { db, close } = createDb(url, { poolSize: 1, applicationName: 'communes', prepares: false })
  try {
    const count = await db.transaction((tx) => loadCommunes(tx))
    console.log(`${count} communes à jour.`)
  } finally {
    await close()
  }
}
