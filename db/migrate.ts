import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import { runMigrations as runJobMigrations } from 'graphile-worker'
import postgres from 'postgres'

const ADVISORY_LOCK = 620_080

/** Brings the database at `url` to the newest schema, the job queue's included. Several callers at once: one works. */
export async function runMigrations(url: string) {
  const sql = postgres(url, { max: 1, onnotice: () => undefined })
  try {
    await sql`select pg_advisory_lock(${ADVISORY_LOCK})`
    await migrate(drizzle(sql), { migrationsFolder: path.join(import.meta.dirname, 'migrations') })
    await runJobMigrations({ connectionString: url })
  } finally {
    await sql.end()
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const url = process.env['DATABASE_DIRECT_URL'] ?? process.env['DATABASE_URL']
  if (!url) throw new Error('DATABASE_URL manque.')
  await runMigrations(url)
}
