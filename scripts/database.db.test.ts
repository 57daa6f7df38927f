import { sql } from 'drizzle-orm'
import { afterEach, describe, expect, test } from 'vitest'
import { runMigrations } from '@/db/migrate'
import { cloneDatabase } from '@/db/testing/database'
import { kindOf } from './database.mjs'
import { prepareDatabase } from './demo-database.mjs'

const opened: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of opened.splice(0)) await close()
})

/** A database with its tables, and no row. */
async function migrated() {
  const clone = await cloneDatabase({ poolSize: 1 })
  opened.push(clone.close)
  return clone
}

type Clone = Awaited<ReturnType<typeof migrated>>

const stampOf = async ({ db }: Clone) => {
  const rows = await db.execute<{ environment: string }>(sql`select environment from installation`)
  return rows.map(({ environment }) => environment)
}

const prepare = ({ url }: Clone, isReset: boolean, appEnv = 'demo') =>
  prepareDatabase({ ...process.env, DATABASE_URL: url, DATABASE_DIRECT_URL: url, APP_ENV: appEnv }, isReset)

describe('the migrations', () => {
  test('stamp a database with its environment, once', async () => {
    const clone = await migrated()
    await runMigrations(clone.url, 'production')
    await runMigrations(clone.url, 'recette')
    expect(await stampOf(clone)).toEqual(['production'])
  })

  test.each([undefined, 'demo'])('leave it without a stamp under the environment %s', async (environment) => {
    const clone = await migrated()
    await runMigrations(clone.url, environment)
    expect(await stampOf(clone)).toEqual([])
  })
})

describe('a database is taken for an empty one', () => {
  test('when our tables hold no row, or when there is none', async () => {
    const clone = await migrated()
    expect(await kindOf(clone.url)).toBe('empty')
    await clone.db.execute(sql`drop schema public, drizzle, graphile_worker cascade`)
    expect(await kindOf(clone.url)).toBe('empty')
  })

  test.each([
    ['a table of somebody else', `create table factures (id integer)`],
    ['a schema of somebody else', `create schema paie`],
    [
      'a table of somebody else, and none of ours',
      `drop schema public cascade; create schema public; create table t ()`,
    ],
    ['a row in whichever table of ours', `insert into communes values ('62498', 'Lens', '62', '{62300}')`],
    ['another stamp than the demo', `insert into installation (environment) values ('recette')`],
  ])('never with %s', async (_, statements) => {
    const clone = await migrated()
    for (const statement of statements.split('; ')) await clone.db.execute(sql.raw(statement))
    expect(await kindOf(clone.url)).toBe('foreign')
  })
})

test('a production database migrated but not yet filled is neither filled nor emptied', async () => {
  const clone = await migrated()
  await runMigrations(clone.url, 'production')
  for (const isReset of [false, true])
    await expect(prepare(clone, isReset)).rejects.toThrow("n'est pas marquée comme base de démonstration")
  expect(await stampOf(clone)).toEqual(['production'])
})

test('what the demo fills ends stamped as a demo, whatever APP_ENV says', async () => {
  const clone = await migrated()
  await prepare(clone, false, 'development')
  expect(await stampOf(clone)).toEqual(['demo'])
  expect(await kindOf(clone.url)).toBe('demo')
})
