import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDb, type Tx } from './client'
import { ownDatabase } from './testing/database'

const database = await ownDatabase({ poolSize: 1 })
let victim: ReturnType<typeof createDb>
beforeAll(() => {
  victim = createDb(database.url, { poolSize: 1, applicationName: 'victim', prepares: true })
})
afterAll(async () => {
  await victim.close()
})

const ask = (tx: Tx) => tx.execute(sql`select 1`)
const cut = () =>
  database.db.execute(sql`
    select pg_terminate_backend(pid, 5000) from pg_stat_activity where application_name = 'victim' and datname = current_database()`)

const MOMENTS: readonly [string, (tx: Tx) => Promise<unknown>][] = [
  ['during a statement', (tx) => Promise.all([tx.execute(sql`select pg_sleep(5)`), cut()])],
  [
    'between two statements',
    (tx) =>
      ask(tx)
        .then(cut)
        .then(() => ask(tx)),
  ],
  ['after the last statement', (tx) => ask(tx).then(cut)],
  [
    'before an error of our own',
    (tx) =>
      ask(tx)
        .then(cut)
        .then(() => Promise.reject(new Error('of our own'))),
  ],
]

type Transaction = (work: (tx: Tx) => Promise<unknown>) => Promise<unknown>

/** A busy machine makes a connection in seconds. */
const expectToWork = (transaction: Transaction) =>
  expect
    .poll(
      () =>
        transaction(ask).then(
          () => true,
          () => false,
        ),
      { timeout: 15_000 },
    )
    .toBe(true)

describe.each(['db', 'reader'] as const)('a connection cut in a transaction of %s', (kind) => {
  const transaction: Transaction = (work) =>
    kind === 'db' ? victim.db.transaction(work) : victim.db.reader.transaction(work)

  test.each(MOMENTS)('%s is told, and the pool makes another', async (_, work) => {
    await expectToWork(transaction)
    const outcome = await transaction(work).then(
      () => 'done',
      () => 'failed',
    )
    if (kind === 'db') expect(outcome).toBe('failed')
    await expectToWork(transaction)
  })
})
