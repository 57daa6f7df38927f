import { readFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'drizzle-orm'
import type { Db } from '@/db/client'

/** Silence after which a worker is taken for dead. */
const WORKER_SILENCE_SEC = 60
/** Age of the oldest waiting job, or fact told, above which people should look. */
const QUEUE_AGE_LIMIT_SEC = 300

export type Ready = { ok: boolean; database: boolean; migrations: { applied: number; known: number } | null }
export type Health = Ready & {
  worker: { silentSec: number | null } | null
  queue: { waiting: number; oldestSec: number } | null
}

/** Migrations this build knows. The folder ships with the application. */
function knownMigrations(): number {
  const journal = readFileSync(path.join(process.cwd(), 'db/migrations/meta/_journal.json'), 'utf8')
  const parsed: unknown = JSON.parse(journal)
  const entries = typeof parsed === 'object' && parsed !== null && 'entries' in parsed ? parsed.entries : []
  return Array.isArray(entries) ? entries.length : 0
}

/** For load balancers: the database answers and has at least the migrations of this build. */
export async function readReady(db: Db): Promise<Ready> {
  try {
    const [row] = await db.execute<{ applied: number }>(
      sql`select count(*)::integer as applied from drizzle.__drizzle_migrations`,
    )
    const migrations = { applied: row?.applied ?? 0, known: knownMigrations() }
    return { ok: migrations.applied >= migrations.known, database: true, migrations }
  } catch {
    return { ok: false, database: false, migrations: null }
  }
}

/** For people: also the worker's last sign of life, the queue, and migrations applied = known. */
export async function readHealth(db: Db): Promise<Health> {
  const ready = await readReady(db)
  if (!ready.database) return { ...ready, worker: null, queue: null }
  try {
    const [row] = await db.execute<{ silent: number | null; waiting: number; oldest: number }>(sql`
      select (select extract(epoch from now() - max(beat_at))::integer from worker_heartbeats) as silent,
             count(*)::integer as waiting,
             coalesce(extract(epoch from now() - min(since)), 0)::integer as oldest
      from (select run_at as since from graphile_worker._private_jobs where run_at <= now() and attempts < max_attempts
            union all select created_at from outbox) as queue`)
    const silentSec = row?.silent ?? null
    const oldestSec = row?.oldest ?? 0
    const ok =
      ready.migrations?.applied === ready.migrations?.known &&
      silentSec !== null &&
      silentSec <= WORKER_SILENCE_SEC &&
      oldestSec <= QUEUE_AGE_LIMIT_SEC
    return { ...ready, ok, worker: { silentSec }, queue: { waiting: row?.waiting ?? 0, oldestSec } }
  } catch {
    return { ...ready, ok: false, worker: null, queue: null }
  }
}
