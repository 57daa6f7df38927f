import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { ctxFor, NOW } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeTerritory } from '@/db/testing/make'
import { purgeDrafts } from './jobs'

const { db } = await ownDatabase()

test('what was typed is erased once its draft has expired, and not before', async () => {
  const { id } = await makeTerritory(db)
  const draftOf = (name: string, expiresAt: Date) =>
    db.execute(sql`insert into booking_drafts (territory_id, answers, expires_at)
      values (${id}, ${JSON.stringify({ lastName: name })}::jsonb, ${expiresAt.toISOString()}::timestamptz)`)
  await draftOf('expired', new Date(NOW.getTime() - 1))
  await draftOf('open', new Date(NOW.getTime() + 1))
  expect(await purgeDrafts(ctxFor(db))).toEqual({ ok: true, value: { rows: 1 } })
  expect([...(await db.execute(sql`select answers->>'lastName' as name from booking_drafts`))]).toEqual([
    { name: 'open' },
  ])
})
