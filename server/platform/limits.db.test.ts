import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { ctxFor, NOW } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { AppError } from '@/server/kernel/errors'
import { consume } from './limits'

const LIMIT = { name: 'test', points: 3, durationSec: 60 }

const { db } = await ownDatabase()

const after = (seconds: number) => ctxFor(db, { now: new Date(NOW.getTime() + seconds * 1000) })

test('lets three through, then says how long to wait, then starts again', async () => {
  for (let i = 0; i < 3; i++) await consume(after(i), LIMIT, 'a')
  await expect(consume(after(10), LIMIT, 'a')).rejects.toMatchObject({ code: 'rate-limited', retryInSec: 50 })
  await consume(after(60), LIMIT, 'a')
})

test('counts each apart, and nobody for nobody', async () => {
  for (let i = 0; i < 3; i++) await consume(after(0), LIMIT, 'b')
  await consume(after(0), LIMIT, 'c')
  for (let i = 0; i < 10; i++) await consume(after(0), LIMIT, null)
})

test('of twenty at once, three pass', async () => {
  const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => consume(after(0), LIMIT, 'd')))
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
  const refusal = outcomes.find(({ status }) => status === 'rejected')
  expect(refusal?.status === 'rejected' && refusal.reason).toBeInstanceOf(AppError)
})

test('keeps no phone and no e-mail, only a keyed hash', async () => {
  await consume(after(0), LIMIT, '+33612345678')
  const rows = await db.execute<{ key: string }>(sql`select key from rate_limits`)
  expect(rows.some(({ key }) => key.includes('612345678'))).toBe(false)
})
