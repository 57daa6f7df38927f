import { and, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { events, eventValues, usagers } from '@/db/schema'
import { aPerson, ctxFor } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeTerritory, makeUsager } from '@/db/testing/make'
import { getOwnContacts } from '../queries/account-files'
import { saveOwnAddressSchema } from '../schema'
import { saveOwnAddress } from './save-own-address'

const { db } = await ownDatabase()
let numbers = 0

/** Somebody signed in by the number of their file, found in Béthune until now. */
async function somebody() {
  const { id: territoryId } = await makeTerritory(db)
  const phoneE164 = `+3361${String(4_000_000 + numbers++)}`
  const { id: usagerId } = await makeUsager(db, territoryId, {
    ...{ firstName: 'Léa', lastName: 'Martin', phone: phoneE164, phoneE164, address: '3 rue des Lilas' },
    ...{ cityName: 'Béthune', cityCode: '62119', postCode: '62400' },
  })
  return { territoryId, phoneE164, usagerId, ctx: ctxFor(db, { actor: await aPerson(db, phoneE164) }) }
}
type Somebody = Awaited<ReturnType<typeof somebody>>

const postalOf = async ({ ctx, usagerId }: Somebody) =>
  (await getOwnContacts(ctx)).files.find((file) => file.usagerId === usagerId)?.postal
const versionOf = async (me: Somebody) => (await postalOf(me))?.version ?? 0
const rowOf = async ({ usagerId }: Somebody) => (await db.select().from(usagers).where(eq(usagers.id, usagerId)))[0]
const toldOf = ({ territoryId }: Somebody) =>
  db
    .select()
    .from(events)
    .where(and(eq(events.territoryId, territoryId), eq(events.kind, 'usager.changed')))

test('a person reads their postal address and changes it: one fact, which says nothing of where', async () => {
  const me = await somebody()
  expect(await postalOf(me)).toEqual({ address: '3 rue des Lilas, Béthune', version: 1 })
  const address = ' 1  place Cantin,\n62300 Lens '
  expect((await saveOwnAddress(me.ctx, { usagerId: me.usagerId, version: 1, address })).ok).toBe(true)
  expect(await postalOf(me)).toEqual({ address: '1 place Cantin, 62300 Lens', version: 2 })
  expect(await rowOf(me)).toMatchObject({ cityName: null, cityCode: null, postCode: null })
  const told = await toldOf(me)
  expect(told.map(({ payload, actorKind }) => [payload, actorKind])).toEqual([[{ fields: ['address'] }, 'usager']])
  expect(
    await db
      .select()
      .from(eventValues)
      .where(eq(eventValues.eventId, told[0]?.id ?? 0)),
  ).toEqual([])
})

test('the address left as it reads is no change, and an empty one takes it away', async () => {
  const me = await somebody()
  const save = async (address: string) =>
    saveOwnAddress(me.ctx, { usagerId: me.usagerId, version: await versionOf(me), address })
  expect((await save('3 rue des Lilas, Béthune')).ok).toBe(true)
  expect(await toldOf(me)).toEqual([])
  expect(await rowOf(me)).toMatchObject({ cityCode: '62119', version: 1 })
  expect((await save('')).ok).toBe(true)
  expect(await rowOf(me)).toMatchObject({ address: null, cityName: null })
  expect((await postalOf(me))?.address).toBe('')
})

test('from an older version nothing is overwritten; two at once, one counts', async () => {
  const me = await somebody()
  const save = (version: number, address: string) => saveOwnAddress(me.ctx, { usagerId: me.usagerId, version, address })
  const both = await Promise.all([save(1, '1 rue A, Lens'), save(1, '2 rue B, Lens')])
  expect(both.filter(({ ok }) => ok)).toHaveLength(1)
  expect(both).toContainEqual({ ok: false, reason: 'changed-meanwhile' })
  expect(await toldOf(me)).toHaveLength(1)
  expect(await save(1, '3 rue C, Lens')).toEqual({ ok: false, reason: 'changed-meanwhile' })
})

test('where somebody else’s file carries the same number, neither address is read nor changed', async () => {
  const me = await somebody()
  const { id: other } = await makeUsager(db, me.territoryId, {
    ...{ firstName: 'Luc', lastName: 'Martin', phone: me.phoneE164, phoneE164: me.phoneE164 },
    address: '9 rue du Refuge, Arras',
  })
  const { files } = await getOwnContacts(me.ctx)
  expect(files.map(({ firstName, postal }) => [firstName, postal])).toEqual([
    ['Léa', null],
    ['Luc', null],
  ])
  for (const usagerId of [me.usagerId, other]) {
    const saved = saveOwnAddress(me.ctx, { usagerId, version: 1, address: '1 rue A, Lens' })
    await expect(saved).rejects.toMatchObject({ code: 'not-found' })
  }
})

test('a file that is not theirs is not found', async () => {
  const [me, other] = [await somebody(), await somebody()]
  const saved = saveOwnAddress(me.ctx, { usagerId: other.usagerId, version: 1, address: '1 rue A, Lens' })
  await expect(saved).rejects.toMatchObject({ code: 'not-found' })
})

test('an address longer than an agent may write is refused before anything', () => {
  const read = (length: number) =>
    saveOwnAddressSchema.safeParse({ usagerId: 1, version: '1', address: 'é'.repeat(length) }).success
  expect([read(300), read(301), read(0)]).toEqual([true, false, true])
})
