import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Db } from '@/db/client'
import { events, eventValues, usagers } from '@/db/schema'
import { ctxFor } from '@/db/testing/booking'
import { cloneDatabase } from '@/db/testing/database'
import { makeTerritory, makeUsager } from '@/db/testing/make'
import { signedId } from '@/server/platform/tokens'
import { getConsents } from '../queries/consents'
import { receiveSmsReply } from './receive-sms-reply'
import { setConsent } from './set-consent'

let database: Awaited<ReturnType<typeof cloneDatabase>>
let db: Db
beforeAll(async () => {
  database = await cloneDatabase()
  db = database.db
})
afterAll(() => database.close())

const tokenOf = (usagerId: number) => signedId('message-choices', usagerId)
const smsOf = async (id: number) => {
  const [row] = await db.select({ sms: usagers.notifyBySms }).from(usagers).where(eq(usagers.id, id))
  return row?.sms
}
let numbers = 0
const newNumber = () => `+3361${String(2_000_000 + numbers++)}`

async function aGateway(territoryId: number): Promise<string> {
  const [row] = await db.execute<{ id: number }>(sql`
    insert into sms_gateways (territory_id, position, kind, settings, sealed_secret)
    values (${territoryId}, 1, 'brevo', '{"kind":"brevo"}', 'x') returning id::float8 as id`)
  return signedId('sms-replies', row?.id ?? 0)
}

test('whoever holds the link of an e-mail stops them and takes them up again; each is one fact, said again none', async () => {
  const { id: territoryId, name } = await makeTerritory(db)
  const { id } = await makeUsager(db, territoryId)
  const token = tokenOf(id)
  expect(await getConsents(ctxFor(db), { token })).toEqual({ mail: true, sms: true, territoryName: name })
  const set = (isOn: boolean) => setConsent(ctxFor(db), { token, channel: 'mail', isOn })
  await set(false)
  await set(false)
  expect(await getConsents(ctxFor(db), { token })).toMatchObject({ mail: false, sms: true })
  await set(true)
  expect(await getConsents(ctxFor(db), { token })).toMatchObject({ mail: true })
  const told = await db.select().from(events).where(eq(events.territoryId, territoryId)).orderBy(events.id)
  expect(told.map(({ kind, payload, actorKind }) => [kind, payload, actorKind])).toEqual(
    Array(2).fill(['usager.changed', { fields: ['notifyByEmail'] }, 'anonymous']),
  )
  const [value] = await db
    .select()
    .from(eventValues)
    .where(eq(eventValues.eventId, told[0]?.id ?? 0))
  expect(value).toMatchObject({ field: 'notifyByEmail', oldValue: true, newValue: false, usagerId: id })
})

test('an agent who saves the file they had open is told that it changed', async () => {
  const { id: territoryId } = await makeTerritory(db)
  const { id, version } = await makeUsager(db, territoryId)
  await setConsent(ctxFor(db), { token: tokenOf(id), channel: 'sms', isOn: false })
  const [row] = await db.select({ version: usagers.version }).from(usagers).where(eq(usagers.id, id))
  expect(row?.version).toBe(version + 1)
})

test('a token of nobody, of another purpose or of a file that is gone opens nothing', async () => {
  const { id: territoryId } = await makeTerritory(db)
  const { id } = await makeUsager(db, territoryId, { deletedAt: new Date() })
  for (const token of [tokenOf(id), tokenOf(999_999_999), signedId('sms-replies', id)]) {
    await expect(getConsents(ctxFor(db), { token })).rejects.toMatchObject({ code: 'not-found' })
    const said = setConsent(ctxFor(db), { token, channel: 'mail', isOn: false })
    await expect(said).rejects.toMatchObject({ code: 'not-found' })
  }
})

test('STOP ends the SMS to that number in that territory, START brings them back, and nothing else does', async () => {
  const [here, there] = [await makeTerritory(db), await makeTerritory(db)]
  const phone = newNumber()
  const given = { phone, phoneE164: phone }
  const mine = [await makeUsager(db, here.id, given), await makeUsager(db, here.id, given)].map(({ id }) => id)
  const { id: elsewhere } = await makeUsager(db, there.id, given)
  const { id: other } = await makeUsager(db, here.id, { phone: newNumber(), phoneE164: newNumber() })
  const token = await aGateway(here.id)
  const answer = (text: string, from = phone) => receiveSmsReply(ctxFor(db), { token, from, text })
  const all = async () => Promise.all([...mine, elsewhere, other].map(smsOf))

  await answer('Je serai en retard, stop')
  expect(await all()).toEqual([true, true, true, true])
  expect(await answer(' Stop ')).toEqual({ ok: true, value: { fileCount: 2 } })
  await answer('STOP')
  expect(await all()).toEqual([false, false, true, true])
  // As gateways write it: without its +, or as in France.
  await answer('start', phone.slice(1))
  expect(await all()).toEqual([true, true, true, true])
  await answer('STOP', `0${phone.slice(3)}`)
  expect(await all()).toEqual([false, false, true, true])
  await answer('STOP', 'MDS Arras')
  const told = await db.select().from(events).where(eq(events.territoryId, here.id))
  expect(told.map(({ payload }) => payload)).toEqual(Array(6).fill({ fields: ['notifyBySms'] }))
})

test('eight STOPs at once are one change', async () => {
  const { id: territoryId } = await makeTerritory(db)
  const phone = newNumber()
  await makeUsager(db, territoryId, { phone, phoneE164: phone })
  const token = await aGateway(territoryId)
  await Promise.all(Array.from({ length: 8 }, () => receiveSmsReply(ctxFor(db), { token, from: phone, text: 'STOP' })))
  expect(await db.select().from(events).where(eq(events.territoryId, territoryId))).toHaveLength(1)
})

test('a gateway that is gone says nothing any more', async () => {
  const { id: territoryId } = await makeTerritory(db)
  const token = await aGateway(territoryId)
  await db.execute(sql`delete from sms_gateways where territory_id = ${territoryId}`)
  await expect(receiveSmsReply(ctxFor(db), { token, from: newNumber(), text: 'STOP' })).rejects.toMatchObject({
    code: 'not-found',
  })
})
