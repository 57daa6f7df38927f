import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { events, eventValues } from '@/db/schema'
import { ownDatabase } from '@/db/testing/database'
import { makeTerritoryAdmin } from '@/db/testing/territory-admin'
import { getSendingRules } from '../queries/territories'
import { setSendingSchema } from '../schema/territories'
import { setSending } from './set-sending'

const { db } = await ownDatabase()

const typed = { from: '08:00', until: '20:00', weekdays: [1, 2, 3, 4, 5, 6], leadsMin: [2880] }

test('a territory begins with two days before, from 8 h to 20 h, and Sunday off; a change is one fact', async () => {
  const { territoryId, ctx } = await makeTerritoryAdmin(db)
  const usual = { fromMin: 480, untilMin: 1200, weekdays: [1, 2, 3, 4, 5, 6], leadsMin: [2880] }
  expect(await getSendingRules(ctx, { territoryId })).toEqual(usual)
  await setSending(ctx, setSendingSchema.parse({ ...typed, territoryId }))
  await setSending(
    ctx,
    setSendingSchema.parse({ territoryId, from: '09:30', until: '00:00', weekdays: [5, 1, 5], leadsMin: [60, 10080] }),
  )
  expect(await getSendingRules(ctx, { territoryId })).toEqual({
    ...{ fromMin: 570, untilMin: 1440, weekdays: [1, 5], leadsMin: [10_080, 60] },
  })
  const told = (await db.select().from(events).where(eq(events.territoryId, territoryId))).filter(
    ({ kind }) => kind === 'territory.sending-set',
  )
  expect(told).toHaveLength(1)
  const values = await db
    .select({ field: eventValues.field, to: eventValues.newValue })
    .from(eventValues)
    .where(eq(eventValues.eventId, told[0]?.id ?? 0))
  expect(values).toContainEqual({ field: 'leadsMin', to: '10080,60' })
  expect(values).toHaveLength(4)
})

test.each([
  ['no day', { weekdays: [] }, 'missing'],
  ['a day that is none', { weekdays: [8] }, null],
  ['the end before the start', { from: '10:00', until: '09:00' }, 'not-after'],
  ['an hour that is none', { from: '25:00' }, 'not-a-time'],
  ['four reminders', { leadsMin: [60, 120, 1440, 2880] }, 'too-many'],
  ['a reminder nobody offers', { leadsMin: [61] }, null],
])('%s is refused', (_case, over, message) => {
  const parsed = setSendingSchema.safeParse({ ...typed, territoryId: 1, ...over })
  expect(parsed.success).toBe(false)
  if (message) expect(parsed.error?.issues[0]?.message).toBe(message)
})

test('the admin of another territory reads and changes nothing', async () => {
  const [here, there] = [await makeTerritoryAdmin(db), await makeTerritoryAdmin(db)]
  const { territoryId } = here
  await expect(getSendingRules(there.ctx, { territoryId })).rejects.toMatchObject({ code: 'not-found' })
  await expect(setSending(there.ctx, { ...typed, territoryId })).rejects.toMatchObject({ code: 'not-found' })
})
