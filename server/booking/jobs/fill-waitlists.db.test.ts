import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { expect, test } from 'vitest'
import { dbOn } from '@/db/client'
import { ctxFor, NOW } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace, makeUsager } from '@/db/testing/make'
import { done } from '@/server/kernel/outcome'
import { inTransaction } from '@/server/platform/ctx'
import { insertEntry } from '../store/waitlist'
import { askToFill, fillWaitlists } from './waitlist'

const database = await ownDatabase()
const { db } = database

/** A territory where somebody waits, or nobody does. */
async function aTerritory(isWaitedIn: boolean): Promise<number> {
  const { territory, motif, lieu } = await makeBookablePlace(db)
  if (!isWaitedIn) return territory.id
  const usager = await makeUsager(db, territory.id)
  await inTransaction(ctxFor(db), async (tx) =>
    done(await insertEntry(tx, { territoryId: territory.id, motifId: motif.id, lieuId: lieu.id, usagerId: usager.id })),
  )
  return territory.id
}

const asked = async () => [
  ...(await db.execute<{ key: string; at_ms: number }>(sql`
    select key, extract(epoch from run_at)::float8 * 1000 as at_ms from graphile_worker.jobs
    where task_identifier = 'fill-waitlist' order by key`)),
]

test('every ten minutes, each territory where somebody waits is looked at once, and the others not, by as many statements', async () => {
  const statements: string[] = []
  const client = postgres(database.url, { max: 2 })
  const logged = dbOn(client, { logQuery: (text) => void statements.push(text) })
  const counted = async () => {
    statements.length = 0
    await fillWaitlists(ctxFor(logged))
    return statements.length
  }
  const none = await counted()
  expect(await asked()).toEqual([])
  const first = await aTerritory(true)
  await aTerritory(false)
  const one = await counted()
  const second = await aTerritory(true)
  expect([one - none, await counted()]).toEqual([1, one])
  expect((await asked()).map(({ key }) => key)).toEqual(
    [first, second].map((id) => `fill-waitlist-at-once-${String(id)}`).sort(),
  )
  await client.end()
})

test('asked again while it waits for its time, it keeps it', async () => {
  const territoryId = await aTerritory(true)
  const minutes = (count: number) => ({ now: new Date(NOW.getTime() + count * 60_000) })
  for (const count of [0, 1]) await askToFill(ctxFor(db, minutes(count)), territoryId, 'settled')
  const settled = (await asked()).filter(({ key }) => key === `fill-waitlist-settled-${String(territoryId)}`)
  expect(settled.map(({ at_ms }) => at_ms)).toEqual([minutes(2).now.getTime()])
})
