import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import { runMigrations as runJobMigrations } from 'graphile-worker'
import postgres from 'postgres'

const ADVISORY_LOCK = 620_080

/** What `installation` may say, but for 'demo': that is leave to empty the database, which its seed alone gives. */
const STAMPED = ['production', 'recette', 'development', 'test']

/**
 * Brings the database at `url` to the newest schema, the job queue's included. Several callers at once: one works.
 * A database nobody has stamped yet is stamped with `environment`, so that it is not taken for an empty one.
 */
export async function runMigrations(url: string, environment?: string) {
  const sql = postgres(url, { max: 1, onnotice: () => undefined })
  try {
    await sql`select pg_advisory_lock(${ADVISORY_LOCK})`
    await migrate(drizzle(sql), { migrationsFolder: path.join(import.meta.dirname, 'migrations') })
    await runJobMigrations({ connectionString: url })
    if (environment && STAMPED.includes(environment)) {
      await sql`insert into installation (environment) values (${environment}) on conflict (id) do nothing`
    }
  } finally {
    await sql.end()
  }
}

async function main() {
  const url = process.env['DATABASE_DIRECT_URL'] ?? process.env['DATABASE_URL']
  if (!url) throw new Error('DATABASE_URL manque.')
  const environment = process.env['APP_ENV']
  if (environment && ![...STAMPED, 'demo'].includes(environment)) {
    throw new Error(`APP_ENV vaut « ${environment} » : donnez ${[...STAMPED, 'demo'].join(', ')}.`)
  }
  await runMigrations(url, environment)
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main().catch((error: Error) => {
    // All of it for whoever migrates by hand, then its cause alone: the launch commands tell the last line.
    console.error(error)
    console.error(error.cause instanceof Error ? error.cause.message : error.message)
    process.exitCode = 1
  })
}
