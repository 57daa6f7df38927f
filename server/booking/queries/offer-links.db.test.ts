import { sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { bookingQuestion, ctxFor, NOW, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace } from '@/db/testing/make'
import { tokenOf } from '@/server/platform/tokens'
import { acceptOffer } from '../commands/accept-offer'
import { bookSlot } from '../commands/book-slot'
import { declineOffer } from '../commands/decline-offer'
import { joinWaitlistByLink } from '../commands/join-waitlist'
import { fillWaitlist, purgeWaits } from '../jobs/waitlist'
import { getOffer } from './waits'

/** How long the link of an offer opens. */
const { db } = await ownDatabase()
let here: BookablePlace
beforeEach(async () => {
  await db.execute(sql`delete from rate_limits`)
  here = await makeBookablePlace(db, { motif: { usagerMayMove: false, minLeadMin: 27 * 60 } })
})

const TEN = new Date(NOW.getTime() + 3 * 3_600_000)
const at = (instant: string) => ctxFor(db, { now: new Date(instant) })

/** An RDV on the 16th of March, and the offer of a slot on the 3rd. */
async function offered(): Promise<string> {
  const [ctx, rdv] = [ctxFor(db, { now: TEN }), bookingQuestion(here, new Date('2027-03-16T09:00:00Z'))]
  const booked = await bookSlot(ctx, rdv)
  if (!booked.ok) throw new Error(booked.reason)
  await joinWaitlistByLink(ctx, { token: tokenOf('rdv-link', booked.value.linkId) })
  await fillWaitlist(ctx, { territoryId: here.territory.id })
  const [row] = await db.execute<{ id: number }>(
    sql`select id::float8 as id from waitlist_offers where territory_id = ${here.territory.id}`,
  )
  return tokenOf('waitlist-offer', row?.id ?? 0)
}

test('accepted, it opens until the end of the day of the RDV, and tells nothing of it afterwards', async () => {
  const token = await offered()
  expect(await acceptOffer(ctxFor(db, { now: TEN }), { token })).toMatchObject({ ok: true })
  expect(await getOffer(at('2027-03-03T22:59:00Z'), { token })).toMatchObject({ offer: { state: 'accepted' } })
  await expect(getOffer(at('2027-03-03T23:00:00Z'), { token })).rejects.toMatchObject({ code: 'not-found' })
})

test('let pass, it opens as long as the RDV it would have brought forward is to come', async () => {
  const token = await offered()
  await declineOffer(ctxFor(db, { now: TEN }), { token })
  expect(await getOffer(at('2027-03-16T22:59:00Z'), { token })).toMatchObject({ offer: { state: 'declined' } })
  await expect(getOffer(at('2027-03-16T23:00:00Z'), { token })).rejects.toMatchObject({ code: 'not-found' })
})

test('accepted for an RDV that is more than a month off, it is kept until then', async () => {
  const token = await offered()
  await acceptOffer(ctxFor(db, { now: TEN }), { token })
  await db.execute(sql`
    update rdvs set starts_at = '2027-05-03T09:00Z', ends_at = '2027-05-03T09:30Z' where territory_id = ${here.territory.id}`)
  await purgeWaits(at('2027-05-03T12:00:00Z'))
  expect(await getOffer(at('2027-05-03T12:00:00Z'), { token })).toMatchObject({ offer: { state: 'accepted' } })
  await purgeWaits(at('2027-05-05T12:00:00Z'))
  await expect(getOffer(at('2027-05-03T12:00:00Z'), { token })).rejects.toMatchObject({ code: 'not-found' })
})
