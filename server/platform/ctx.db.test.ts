import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { ctxFor } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { done } from '@/server/kernel/outcome'
import { inRead, inTransaction, type Ctx } from './ctx'

const database = await ownDatabase({ poolSize: 1 })
let ctx: Ctx
beforeAll(() => {
  ctx = ctxFor(database.db)
})

const countTerritories = () =>
  inRead(ctx, async ({ db }) => {
    const [row] = await db.execute<{ count: number }>(sql`select count(*)::integer as count from territories`)
    return row?.count
  })

/** What the database itself answered, under drizzle's own words. */
const refusalOf = (asked: Promise<unknown>) =>
  asked.then(
    () => null,
    (error: Error) => (error.cause instanceof Error ? error.cause.message : error.message),
  )

describe('a read', () => {
  test('may not write', async () => {
    const write = inRead(ctx, ({ db }) => db.execute(sql`insert into services (name, short_name) values ('a', 'a')`))
    expect(await refusalOf(write)).toContain('read-only transaction')
  })

  test('inside a read is the same read', async () => {
    const isSame = await inRead(ctx, (read) => inRead(read, (inner) => Promise.resolve(inner === read)))
    expect(isSame).toBe(true)
  })

  test('hands on what went wrong, first things first, and gives its only connection back', async () => {
    const broken = inRead(ctx, ({ db }) =>
      Promise.all([db.execute(sql`select 1 / 0`), db.execute(sql`select count(*) from territories`)]),
    )
    expect(await refusalOf(broken)).toBe('division by zero')
    expect(await refusalOf(inRead(ctx, () => Promise.reject(new Error('of our own'))))).toBe('of our own')
    expect(await countTerritories()).toBe(0)
  })

  test('sees what was written just before, whoever follows whom on the connection', async () => {
    for (let count = 1; count <= 20; count++) {
      await inTransaction(ctx, async ({ db }) => {
        await db.execute(
          sql`insert into territories (department_number, name, zone) values ('62', ${`T${count}`}, 'Europe/Paris')`,
        )
        return done(null)
      })
      expect(await countTerritories()).toBe(count)
    }
  })
})
