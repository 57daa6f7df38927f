import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import * as schema from './schema'

export type DbOptions = { poolSize: number; applicationName: string; prepares: boolean }

/** Opens a pool on `url`. `prepares` is false behind a transaction pooler that can't keep prepared statements. */
export function createDb(url: string, { poolSize, applicationName, prepares }: DbOptions) {
  const sql = postgres(url, {
    max: poolSize,
    prepare: prepares,
    onnotice: () => undefined,
    connect_timeout: 10,
    connection: { application_name: applicationName, TimeZone: 'UTC' },
  })
  return { db: drizzle(sql, { schema, casing: 'snake_case' }), close: () => sql.end({ timeout: 5 }) }
}

export type Db = ReturnType<typeof createDb>['db']
export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0]
