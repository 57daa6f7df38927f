import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { events, participations, usagers, waitlistEntries } from '@/db/schema'
import { bookingQuestion, ctxFor } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace, makeTerritory, makeUsager } from '@/db/testing/make'
import { listFilesOfNumber } from '@/server/people/queries/consents'
import { inRead } from '@/server/platform/ctx'
import { signedId } from '@/server/platform/tokens'
import { bookSlot } from './book-slot'
import { receiveSmsReply } from './receive-sms-reply'

const { db } = await ownDatabase()

const smsOf = async (id: number) => {
  const [row] = await db.select({ sms: usagers.notifyBySms }).from(usagers).where(eq(usagers.id, id))
  return row?.sms
}
let numbers = 0
const newNumber = () => `+3361${String(2_000_000 + numbers++)}`

const takeAway = (territoryId: number) =>
  db.execute(sql`
    update sms_gateways set removed_at = now(), position = null, sealed_secret = null where territory_id = ${territoryId}`)

async function aGateway(territoryId: number): Promise<string> {
  const [row] = await db.execute<{ id: number }>(sql`
    insert into sms_gateways (territory_id, position, kind, settings, sealed_secret)
    values (${territoryId}, 1, 'brevo', '{"kind":"brevo"}', 'x') returning id::float8 as id`)
  return signedId('sms-replies', row?.id ?? 0)
}

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

test('STOP of a number that many files share, of a shelter, reaches every one of them', async () => {
  const { id: territoryId } = await makeTerritory(db)
  const phone = newNumber()
  await db.execute(sql`
    insert into usagers (territory_id, first_name, last_name, phone, phone_e_164)
    select ${territoryId}, 'Léa', 'Martin', ${phone}, ${phone} from generate_series(1, 250)`)
  const token = await aGateway(territoryId)
  const left = async (isOn: boolean) =>
    (await db.execute(sql`select from usagers where territory_id = ${territoryId} and notify_by_sms = ${isOn}`)).length
  const answer = (text: string) => receiveSmsReply(ctxFor(db), { token, from: phone, text })
  expect(await answer('STOP')).toEqual({ ok: true, value: { fileCount: 250 } })
  expect(await left(true)).toBe(0)
  expect(await answer('STOP')).toEqual({ ok: true, value: { fileCount: 0 } })
  await answer('START')
  expect(await left(false)).toBe(0)
})

test('eight STOPs at once are one change', async () => {
  const { id: territoryId } = await makeTerritory(db)
  const phone = newNumber()
  await makeUsager(db, territoryId, { phone, phoneE164: phone })
  const token = await aGateway(territoryId)
  await Promise.all(Array.from({ length: 8 }, () => receiveSmsReply(ctxFor(db), { token, from: phone, text: 'STOP' })))
  expect(await db.select().from(events).where(eq(events.territoryId, territoryId))).toHaveLength(1)
})

test('STOP to an SMS of a gateway taken away since is heard: of its territory, as long as it is kept', async () => {
  const { id: territoryId } = await makeTerritory(db)
  const phone = newNumber()
  const { id } = await makeUsager(db, territoryId, { phone, phoneE164: phone })
  const token = await aGateway(territoryId)
  await takeAway(territoryId)
  expect(await receiveSmsReply(ctxFor(db), { token, from: phone, text: 'STOP' })).toMatchObject({
    value: { fileCount: 1 },
  })
  expect(await smsOf(id)).toBe(false)
})

test('a territory whose gateways were taken away is of those the operator’s speaks for', async () => {
  const { id: territoryId } = await makeTerritory(db)
  const phone = newNumber()
  const { id } = await makeUsager(db, territoryId, { phone, phoneE164: phone })
  await aGateway(territoryId)
  const read = () => inRead(ctxFor(db), (tx) => listFilesOfNumber(tx, { territoryId: null, phone, isOn: false }))
  expect(await read()).toEqual([])
  await takeAway(territoryId)
  expect(await read()).toEqual([id])
})

test('a gateway that is gone says nothing any more', async () => {
  const { id: territoryId } = await makeTerritory(db)
  const token = await aGateway(territoryId)
  await db.execute(sql`delete from sms_gateways where territory_id = ${territoryId}`)
  await expect(receiveSmsReply(ctxFor(db), { token, from: newNumber(), text: 'STOP' })).rejects.toMatchObject({
    code: 'not-found',
  })
})

test('STOP from a number typed for an RDV, or to wait, stops what was typed with it, and not the file it was found to be of', async () => {
  const place = await makeBookablePlace(db)
  const { id: territoryId } = place.territory
  const question = bookingQuestion(place, new Date('2027-03-02T08:00:00Z'))
  const booked = await bookSlot(ctxFor(db), question)
  if (!booked.ok) throw new Error(booked.reason)
  const typed = question.coordinates.person.phone?.e164 ?? ''
  const own = newNumber()
  const [file] = await db
    .update(usagers)
    .set({ phone: own, phoneE164: own })
    .where(eq(usagers.territoryId, territoryId))
    .returning({ id: usagers.id })
  const usagerId = file?.id ?? 0
  await db
    .insert(waitlistEntries)
    .values({ territoryId, motifId: place.motif.id, lieuId: place.lieu.id, usagerId, contactPhone: typed })
  const token = await aGateway(territoryId)
  const stopped = async () => {
    const [part] = await db.select().from(participations).where(eq(participations.usagerId, usagerId))
    const [wait] = await db.select().from(waitlistEntries).where(eq(waitlistEntries.usagerId, usagerId))
    return [part?.stopsSms, wait?.stopsSms, await smsOf(usagerId)]
  }
  await receiveSmsReply(ctxFor(db), { token, from: typed, text: 'STOP' })
  expect(await stopped()).toEqual([true, true, true])
  // Of the file's own number, the file says it alone: taken up again there, it is so of each RDV.
  await db.update(participations).set({ contactPhone: own }).where(eq(participations.usagerId, usagerId))
  await db.update(participations).set({ stopsSms: false }).where(eq(participations.usagerId, usagerId))
  await receiveSmsReply(ctxFor(db), { token, from: own, text: 'STOP' })
  expect(await stopped()).toEqual([false, true, false])
  await receiveSmsReply(ctxFor(db), { token, from: own, text: 'START' })
  await db.update(participations).set({ contactPhone: typed }).where(eq(participations.usagerId, usagerId))
  await receiveSmsReply(ctxFor(db), { token, from: typed, text: 'STOP' })
  expect(await stopped()).toEqual([true, true, true])
  await receiveSmsReply(ctxFor(db), { token, from: typed, text: 'START' })
  expect(await stopped()).toEqual([false, false, true])
})
