import { createDb, type Db } from '@/db/client'
import { env } from './env'

// Next may load a module several times in one process: one pool all the same.
const shared = globalThis as typeof globalThis & { rdvTerritoiresDb?: ReturnType<typeof createDb> }

/** The process's pool, opened at first use. */
export function getDb(): Db {
  shared.rdvTerritoiresDb ??= createDb(env().DATABASE_URL, {
    poolSize: env().DB_POOL,
    applicationName: 'rdv-territoires',
    prepares: env().DATABASE_PREPARES === 'true',
  })
  return shared.rdvTerritoiresDb.db
}
