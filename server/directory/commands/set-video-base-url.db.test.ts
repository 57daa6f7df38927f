import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { events, territories } from '@/db/schema'
import { ownDatabase } from '@/db/testing/database'
import { makeTerritoryAdmin } from '@/db/testing/territory-admin'
import { setVideoBaseUrlSchema } from '../schema/territories'
import { setVideoBaseUrl } from './set-video-base-url'

const { db } = await ownDatabase()

const urlOf = async (territoryId: number) => {
  const [row] = await db.select().from(territories).where(eq(territories.id, territoryId))
  return row?.videoBaseUrl ?? null
}

test('a territory says where its video RDVs are held, changes it, and takes it away: one fact each', async () => {
  const { territoryId, ctx } = await makeTerritoryAdmin(db)
  for (const typed of [
    ' https://visio.example.org/ ',
    'https://visio.example.org',
    'https://salle.example.org/x',
    '',
  ]) {
    await setVideoBaseUrl(ctx, setVideoBaseUrlSchema.parse({ territoryId, videoBaseUrl: typed }))
    expect(await urlOf(territoryId)).toBe(typed.trim().replace(/\/$/, '') || null)
  }
  const told = await db.select().from(events).where(eq(events.territoryId, territoryId))
  expect(told.filter(({ kind }) => kind === 'territory.video-set')).toHaveLength(3)
})

test.each([
  'http://visio.example.org',
  'visio.example.org',
  'https://',
  'https://visio exemple',
  'javascript:alert(1)',
])('« %s » is no address for it', (videoBaseUrl) => {
  expect(setVideoBaseUrlSchema.safeParse({ territoryId: 1, videoBaseUrl }).success).toBe(false)
})

test('the admin of another territory changes nothing', async () => {
  const [here, there] = [await makeTerritoryAdmin(db), await makeTerritoryAdmin(db)]
  const input = { territoryId: here.territoryId, videoBaseUrl: 'https://visio.example.org' }
  await expect(setVideoBaseUrl(there.ctx, input)).rejects.toMatchObject({ code: 'not-found' })
})
