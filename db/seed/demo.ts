import { pathToFileURL } from 'node:url'
import { sql } from 'drizzle-orm'
import { createDb, type Db, type Tx } from '../client'
import { runMigrations } from '../migrate'
import { analyze, fillDemo } from './fill'

const ADVISORY_LOCK = 620_081

export type SeedOutcome =
  | { kind: 'filled'; counts: Awaited<ReturnType<typeof fillDemo>> }
  | { kind: 'already-there' }
  | { kind: 'refused'; why: 'not-migrated' | 'not-stamped' | 'stamped-otherwise' }

/** Fills an empty database with the demo. Never touches one that is not, or not stamped as, a demo. */
export async function seedDemo(db: Db, now: Date): Promise<SeedOutcome> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${ADVISORY_LOCK})`)
    if (!(await hasTables(tx))) return { kind: 'refused', why: 'not-migrated' }
    const state = await stateOf(tx)
    if (state.stamp !== null && state.stamp !== 'demo') return { kind: 'refused', why: 'stamped-otherwise' }
    if (state.stamp === null && !state.isEmpty) return { kind: 'refused', why: 'not-stamped' }
    if (!state.isEmpty) return { kind: 'already-there' }
    await tx.execute(sql`insert into installation (environment) values ('demo') on conflict (id) do nothing`)
    const counts = await fillDemo(tx, now)
    await analyze(tx)
    return { kind: 'filled', counts }
  })
}

/** Empties a demo database, and only that, down to its tables. False when it refuses. */
export async function dropDemo(db: Db): Promise<boolean> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${ADVISORY_LOCK})`)
    // A reset stopped half-way left no table at all: there is nothing to lose, and nothing to drop.
    if (!(await hasTables(tx))) return true
    const { stamp } = await stateOf(tx)
    if (stamp !== 'demo') return false
    await tx.execute(sql`drop schema if exists graphile_worker, drizzle, public cascade`)
    await tx.execute(sql`create schema public`)
    return true
  })
}

async function stateOf(tx: Tx) {
  const [tables] = await tx.execute<{ installed: boolean }>(
    sql`select to_regclass('public.installation') is not null as installed`,
  )
  if (!tables?.installed) return { stamp: null, isEmpty: false }
  const [row] = await tx.execute<{ stamp: string | null; is_empty: boolean }>(sql`
    select (select environment from installation) as stamp,
      not exists (select from territories) and not exists (select from agents) as is_empty`)
  return { stamp: row?.stamp ?? null, isEmpty: row?.is_empty ?? false }
}

async function hasTables(tx: Tx) {
  const [row] = await tx.execute<{ found: boolean }>(sql`
    select exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'public' and c.relkind in ('r', 'p')) as found`)
  return row?.found ?? true
}

const WHY = {
  'not-migrated': 'Cette base n’a pas encore ses tables : lancez d’abord « npm run db:migrate ».',
  'not-stamped': 'Cette base n’est pas vide et n’est pas une base de démonstration : rien n’a été touché.',
  'stamped-otherwise': 'Cette base appartient à un autre environnement que la démonstration : rien n’a été touché.',
}

async function main(url: string, resets: boolean) {
  const open = () => createDb(url, { poolSize: 1, applicationName: 'seed', prepares: false })
  if (resets) {
    const { db, close } = open()
    const isDropped = await dropDemo(db).finally(close)
    if (!isDropped) return fail('Cette base n’est pas une base de démonstration : --reset ne touche à rien.')
    await runMigrations(url)
  }
  const startedAt = performance.now()
  const { db, close } = open()
  const outcome = await seedDemo(db, new Date(process.env['SEED_NOW'] ?? Date.now())).finally(close)
  switch (outcome.kind) {
    case 'refused':
      return fail(WHY[outcome.why])
    case 'already-there':
      return console.log('La base de démonstration est déjà remplie : rien à faire.')
    case 'filled': {
      const { territories, lieux, agents, motifs, usagers, rdvs } = outcome.counts
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1).replace('.', ',')
      console.log(
        `Démonstration prête en ${seconds} s : ${territories} territoires, ${lieux} lieux, ${agents} agents, ` +
          `${motifs} motifs, ${usagers} usagers, ${rdvs} rendez-vous.`,
      )
    }
  }
}

/** A query's error carries its whole document: only its cause says what is wrong. */
function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return 'Le remplissage a échoué.'
  if (error.cause) return sentenceOf(error.cause)
  if ('code' in error && ['ECONNREFUSED', 'ENOTFOUND', 'CONNECT_TIMEOUT'].includes(String(error.code))) {
    return `La base de données ne répond pas (${String(error.code)}).`
  }
  return `Le remplissage a échoué, rien n’a été écrit : ${error.message}`
}

function fail(message: string) {
  console.error(message)
  process.exitCode = 1
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const url = process.env['DATABASE_DIRECT_URL'] ?? process.env['DATABASE_URL']
  if (url) await main(url, process.argv.includes('--reset')).catch((error: unknown) => fail(sentenceOf(error)))
  else fail('DATABASE_URL manque.')
}
