import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { events } from '@/db/schema'
import { ownDatabase } from '@/db/testing/database'
import { makeTerritoryAdmin } from '@/db/testing/territory-admin'
import { getTerritorySms } from '../queries/sms'
import { getMailIdentity } from '../queries/territories'
import { setSmsPriceSchema } from '../schema/sms'
import { setMailIdentitySchema } from '../schema/territories'
import { setMailIdentity } from './set-mail-identity'
import { setSmsPrice } from './set-sms-price'

const { db } = await ownDatabase()

test('a territory says who its e-mails are from and where they are answered, and takes it back, each change a fact', async () => {
  const { territoryId, ctx } = await makeTerritoryAdmin(db)
  const set = (senderName: string, replyTo: string) =>
    setMailIdentity(ctx, setMailIdentitySchema.parse({ territoryId, senderName, replyTo }))
  await set('', '')
  await set('Département du Nord', 'Accueil@Nord.example')
  expect(await getMailIdentity(ctx, { territoryId })).toEqual({
    ...{ senderName: 'Département du Nord', replyTo: 'accueil@nord.example' },
    takesAnswers: false,
  })
  await set('', '')
  expect(await getMailIdentity(ctx, { territoryId })).toMatchObject({ senderName: null, replyTo: null })
  const told = await db.select().from(events).where(eq(events.territoryId, territoryId))
  expect(told.map(({ kind }) => kind)).toEqual(['territory.mail-set', 'territory.mail-set'])
})

test('a territory says what an SMS costs it, in cents', async () => {
  const { territoryId, ctx } = await makeTerritoryAdmin(db)
  for (const [price, millis] of [
    ['4,5', 45],
    ['6', 60],
    ['0.9', 9],
    ['', null],
  ] as const) {
    await setSmsPrice(ctx, setSmsPriceSchema.parse({ territoryId, price }))
    expect((await getTerritorySms(ctx, { territoryId })).priceMillis).toBe(millis)
  }
  for (const price of ['-1', '4,55', 'cher', '101']) {
    expect(setSmsPriceSchema.safeParse({ territoryId, price }).error?.issues[0]?.message).toBe('not-a-price')
  }
})

test('what would break out of a header, or is no address, is refused', () => {
  const faultOf = (over: object) =>
    setMailIdentitySchema.safeParse({ territoryId: 1, senderName: '', replyTo: '', ...over }).success
  expect(faultOf({ senderName: 'Nord <x@y.example>' })).toBe(false)
  expect(faultOf({ senderName: 'Nord\r\nBcc: x@y.example' })).toBe(false)
  expect(faultOf({ replyTo: 'accueil' })).toBe(false)
})

test('the admin of another territory changes nothing', async () => {
  const [here, there] = [await makeTerritoryAdmin(db), await makeTerritoryAdmin(db)]
  const { territoryId } = here
  const input = { territoryId, senderName: 'Autre', replyTo: '' }
  await expect(setMailIdentity(there.ctx, input)).rejects.toMatchObject({ code: 'not-found' })
  await expect(setSmsPrice(there.ctx, { territoryId, price: 1 })).rejects.toMatchObject({ code: 'not-found' })
  expect(await getMailIdentity(here.ctx, { territoryId })).toMatchObject({ senderName: null, replyTo: null })
})
