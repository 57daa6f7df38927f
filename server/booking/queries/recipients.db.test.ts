import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { bookingQuestion, ctxFor } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace } from '@/db/testing/make'
import { inRead } from '@/server/platform/ctx'
import { bookSlot } from '../commands/book-slot'
import { listRecipients } from './recipients'

const { db } = await ownDatabase()

const FOREIGN = '+32470123456'

/** An RDV booked online by somebody who typed this number, and their file. */
async function booked(e164: string) {
  const place = await makeBookablePlace(db)
  const plain = bookingQuestion(place, new Date('2027-03-02T08:00:00Z'))
  const person = { ...plain.coordinates.person, phone: { typed: e164, e164 }, email: null }
  const outcome = await bookSlot(ctxFor(db), { ...plain, coordinates: { ...plain.coordinates, person } })
  if (!outcome.ok) throw new Error(outcome.reason)
  const { rdvId } = outcome.value
  const set = (what: ReturnType<typeof sql>) =>
    db.execute(sql`update usagers set ${what} where territory_id = ${place.territory.id}`)
  const mobiles = async () =>
    (await inRead(ctxFor(db), (read) => listRecipients(read, [rdvId]))).map((one) => one.mobile)
  return { rdvId, set, mobiles }
}

test('a foreign number typed online receives no SMS, until an agent vouches for it on the file', async () => {
  const { set, mobiles } = await booked(FOREIGN)
  expect(await mobiles()).toEqual([null])
  await set(sql`phone_confirmed = true`)
  expect(await mobiles()).toEqual([FOREIGN])
})

test('a foreign number typed for one RDV is not vouched for by the number of the file', async () => {
  const { set, mobiles } = await booked(FOREIGN)
  await set(sql`phone = '0612345678', phone_e_164 = '+33612345678', phone_confirmed = true`)
  expect(await mobiles()).toEqual([null])
})

test('where nothing was typed for the RDV, the file alone decides', async () => {
  const { rdvId, set, mobiles } = await booked(FOREIGN)
  await db.execute(sql`update participations set contact_phone = null, contact_email = null where rdv_id = ${rdvId}`)
  expect(await mobiles()).toEqual([null])
  await set(sql`phone_confirmed = true`)
  expect(await mobiles()).toEqual([FOREIGN])
})

test('a French number receives them as it is typed', async () => {
  const { mobiles } = await booked('+262692123456')
  expect(await mobiles()).toEqual(['+262692123456'])
})
