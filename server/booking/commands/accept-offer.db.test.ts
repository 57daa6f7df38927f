import { sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { ctxFor, NOW, tally, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace, makeUsager } from '@/db/testing/make'
import { done } from '@/server/kernel/outcome'
import { inTransaction } from '@/server/platform/ctx'
import { tokenOf } from '@/server/platform/tokens'
import { expireOffers } from '../jobs/waitlist'
import { insertEntry, insertOffer } from '../store/waitlist'
import { acceptOffer } from './accept-offer'

const HOUR_MS = 3_600_000
const UNTIL_AT = new Date(NOW.getTime() + 2 * HOUR_MS)
const { db } = await ownDatabase()
let here: BookablePlace
let there: BookablePlace
let usagerId: number

/** Two organisations offer the public one motif, of which a person may have one RDV to come. */
beforeEach(async () => {
  await db.execute(sql`delete from rate_limits`)
  here = await makeBookablePlace(db, { motif: { name: 'Suivi', publicName: 'Suivi de grossesse' } })
  there = await makeBookablePlace(db, { within: here, motif: { name: 'Suivi de grossesse' } })
  await db.execute(sql`update territories set max_open_rdvs_per_motif = 1 where id = ${here.territory.id}`)
  usagerId = (await makeUsager(db, here.territory.id)).id
})

/** They wait for the motif there, and are offered a slot that is kept for them. */
async function offeredAt(place: BookablePlace): Promise<string> {
  const line = { territoryId: here.territory.id, motifId: place.motif.id, lieuId: place.lieu.id, usagerId }
  const startsAt = new Date('2027-03-04T09:00:00Z')
  const made = await inTransaction<number, never>(ctxFor(db), async (tx) => {
    const entryId = (await insertEntry(tx, { ...line, contactPhone: '+33612345678' })) ?? 0
    const slot = { agentId: place.agents[0]?.id ?? 0, startsAt, endsAt: new Date(startsAt.getTime() + HOUR_MS / 2) }
    return done(
      await insertOffer(tx, { territoryId: here.territory.id, entryId, isHeld: true, untilAt: UNTIL_AT, ...slot }),
    )
  })
  const offerId = made.ok ? made.value : 0
  await db.execute(sql`
    insert into messages (territory_id, offer_id, version, news, channel, recipient, state, state_at)
    values (${here.territory.id}, ${offerId}, 1, 'offer', 'sms', '+33612345678', 'sent', now())`)
  return tokenOf('waitlist-offer', offerId)
}
const accept = (token: string, now = NOW) => acceptOffer(ctxFor(db, { now }), { token })
const rdvCount = async () => {
  const [row] = await db.execute<{ count: number }>(
    sql`select count(*)::integer as count from participations where usager_id = ${usagerId}`,
  )
  return row?.count
}

test('two offers of one motif, accepted at once, make one RDV where one is the most', async () => {
  const tokens = [await offeredAt(here), await offeredAt(there)]
  expect(tally(await Promise.all(tokens.map((token) => accept(token))))).toEqual({ done: 1, 'too-many-open': 1 })
  expect(await rdvCount()).toBe(1)
})

test('what they may not take is kept from nobody, and counts: the next one goes to somebody who may', async () => {
  expect(await accept(await offeredAt(here))).toMatchObject({ ok: true })
  expect(await accept(await offeredAt(there))).toEqual({ ok: false, reason: 'too-many-open' })
  const [row] = await db.execute(sql`
    select o.state, e.offer_count as count, (select count(*)::integer from agent_times where offer_id = o.id) as holds
    from waitlist_offers o join waitlist_entries e on e.id = o.entry_id where e.motif_id = ${there.motif.id}`)
  expect(row).toEqual({ state: 'declined', count: 1, holds: 0 })
})

test('and as many as the territory allows', async () => {
  await db.execute(sql`update territories set max_open_rdvs_per_motif = 2 where id = ${here.territory.id}`)
  const tokens = [await offeredAt(here), await offeredAt(there)]
  expect(tally(await Promise.all(tokens.map((token) => accept(token))))).toEqual({ done: 2 })
})

test('a motif of another name, or received otherwise, is counted apart', async () => {
  await db.execute(sql`update motifs set location_type = 'phone' where id = ${there.motif.id}`)
  expect(await accept(await offeredAt(here))).toMatchObject({ ok: true })
  expect(await accept(await offeredAt(there))).toMatchObject({ ok: true })
})

test('pressed a moment late, while it is still kept for them, it is theirs; once it has gone on, it is not', async () => {
  const late = new Date(UNTIL_AT.getTime() + 30_000)
  const [first, second] = [await offeredAt(here), await offeredAt(there)]
  expect(await accept(first, late)).toMatchObject({ ok: true })
  await expireOffers(ctxFor(db, { now: late }))
  expect(await accept(second, late)).toEqual({ ok: false, reason: 'offer-over' })
})

test('nothing is booked of a motif that was taken away', async () => {
  const token = await offeredAt(here)
  await db.execute(sql`update motifs set deleted_at = now() where id = ${here.motif.id}`)
  expect(await accept(token)).toEqual({ ok: false, reason: 'slot-gone' })
  expect(await rdvCount()).toBe(0)
})

test('of a confidential motif, an offer says nothing of what else stands in their name: whoever waits may be another', async () => {
  await db.execute(sql`update motifs set is_confidential = true where territory_id = ${here.territory.id}`)
  expect(await accept(await offeredAt(here))).toMatchObject({ ok: true })
  expect(await accept(await offeredAt(there))).toMatchObject({ ok: true })
})
