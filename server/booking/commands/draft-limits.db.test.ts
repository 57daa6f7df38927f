import { sql } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ctxFor, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace, makeCommune } from '@/db/testing/make'
import { motifKey } from '@/server/directory/rules/motif'
import { LIMITS, type Limit } from '@/server/platform/limits'
import { confirmDraft } from './confirm-draft'
import { saveDraft } from './save-draft'

const { db } = await ownDatabase()
let place: BookablePlace
let elsewhere: BookablePlace
beforeAll(async () => {
  await makeCommune(db)
})
beforeEach(async () => {
  await db.execute(sql`delete from rate_limits`)
  place = await makeBookablePlace(db, { agentCount: 3 })
  elsewhere = await makeBookablePlace(db)
})

type Booking = { phone: string; email: string; clientAddress: string; at: BookablePlace }

const lea = (): Booking => ({
  phone: '06 12 34 56 78',
  email: 'lea@example.org',
  clientAddress: '203.0.113.1',
  at: place,
})
const awa = (): Booking => ({
  phone: '06 12 34 56 79',
  email: 'awa@example.org',
  clientAddress: '203.0.113.2',
  at: elsewhere,
})

const save = ({ phone, email, clientAddress, at }: Booking) =>
  saveDraft(ctxFor(db, { clientAddress }), {
    tunnel: {
      commune: '62498',
      service: at.service.id,
      motif: motifKey(at.motif),
      lieu: at.lieu.id,
      creneau: new Date('2027-03-02T08:00:00Z'),
    },
    answers: { firstName: 'Léa', lastName: 'Martin', phone, email },
  })
const book = async (booking: Booking) =>
  confirmDraft(ctxFor(db, { clientAddress: booking.clientAddress }), await save(booking))

/** Whoever was counted against `limit` has reached it. */
const spend = (limit: Limit) =>
  db.execute(sql`update rate_limits set points = ${limit.points} where starts_with(key, ${`${limit.name}:`})`)

describe('a booking too many is refused', () => {
  test.each<[string, Limit, () => Partial<Booking>]>([
    ['of one phone', LIMITS.bookingsPerContact, () => ({ phone: lea().phone })],
    ['of one e-mail', LIMITS.bookingsPerContact, () => ({ email: lea().email })],
    ['from one address', LIMITS.bookingsPerAddress, () => ({ clientAddress: lea().clientAddress })],
    ['for one motif', LIMITS.bookingsPerMotif, () => ({ at: place })],
  ])('%s, and nobody else’s', async (_whose, limit, shared) => {
    expect(await book(lea())).toMatchObject({ ok: true })
    await spend(limit)
    await expect(book({ ...awa(), ...shared() })).rejects.toMatchObject({ code: 'rate-limited' })
    expect(await book(awa())).toMatchObject({ ok: true })
  })
})

test('a draft too many from one address is refused, and nobody else’s', async () => {
  await save(lea())
  await spend(LIMITS.draftsPerAddress)
  await expect(save({ ...awa(), clientAddress: lea().clientAddress })).rejects.toMatchObject({ code: 'rate-limited' })
  await expect(save(awa())).resolves.toMatchObject({ isValid: true })
})
