import type { Logger } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import * as schema from './schema'

export type DbOptions = { poolSize: number; applicationName: string; prepares: boolean }

/**
 * drizzle asks postgres.js for unprepared statements: each is then planned anew at every call, which costs more than
 * running it, and two never share a flight. Prepared here; the client's own `prepare: false` still wins behind a pooler.
 */
function preparing<Client extends postgres.ISql>(client: Client): Client {
  const unsafe = client.unsafe.bind(client)
  client.unsafe = (text, values, options) => unsafe(text, values, { ...options, prepare: true })
  return client
}

type Work = (tx: postgres.TransactionSql) => unknown

/**
 * Transactions that outlive their connection. Left to itself, postgres.js writes what comes next, were it only the
 * rollback, on the socket that is no more: that throws beside every promise, and the pool waits for that connection for
 * ever. Once it is lost, nothing more is written and the transaction never ends: its caller has been told already.
 */
function surviving(begin: postgres.Sql['begin']) {
  return async (options: string, work: Work): Promise<unknown> => {
    let isLost = false
    const whileHeld = (tell: () => void) => !isLost && tell()
    const outcome = begin(options, (tx) => {
      const unsafe = tx.unsafe.bind(tx)
      tx.unsafe = (...statement) => {
        if (isLost) throw new Error('the connection to the database was lost')
        return unsafe(...statement)
      }
      return new Promise((resolve, reject) => {
        Promise.resolve(work(preparing(tx))).then(
          (value) => whileHeld(() => resolve(value)),
          // The statement cut short fails just before its connection is known to be lost.
          (error: Error) => setImmediate(whileHeld, () => reject(error)),
        )
      })
    })
    try {
      return await outcome
    } catch (error) {
      isLost = true
      throw error
    }
  }
}

/**
 * The same client, for transactions that only read: `begin read only` is one trip where drizzle makes two, and the
 * answer does not wait for the commit, which has nothing to say.
 */
function reading(client: postgres.Sql): postgres.Sql {
  const begin = (read: Work) =>
    new Promise((resolve, reject) => {
      client.begin('read only', async (tx) => resolve(await read(tx))).catch(reject)
    })
  return Object.assign(client.bind(null), client, { begin }) as postgres.Sql
}

/** drizzle on a client; `reader` is for transactions that only read. */
export function dbOn(sql: postgres.Sql, logger?: Logger) {
  const config = { schema, casing: 'snake_case', ...(logger && { logger }) } as const
  return Object.assign(drizzle(sql, config), { reader: drizzle(reading(sql), config) })
}

/** Opens a pool on `url`. `prepares` is false behind a transaction pooler that can't keep prepared statements. */
export function createDb(url: string, { poolSize, applicationName, prepares }: DbOptions) {
  const sql = preparing(
    postgres(url, {
      max: poolSize,
      prepare: prepares,
      onnotice: () => undefined,
      connect_timeout: 10,
      connection: {
        application_name: applicationName,
        TimeZone: 'UTC',
        // Our statements keep to shapes one plan suits: left to itself PostgreSQL plans the searches anew at each call.
        ...(prepares && { plan_cache_mode: 'force_generic_plan' }),
      },
    }),
  )
  const begin = surviving(sql.begin.bind(sql))
  sql.begin = ((...given: [Work] | [string, Work]) =>
    given.length === 1 ? begin('', given[0]) : begin(...given)) as typeof sql.begin
  return { db: dbOn(sql), close: () => sql.end({ timeout: 5 }) }
}

export type Db = ReturnType<typeof createDb>['db']
export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0]
