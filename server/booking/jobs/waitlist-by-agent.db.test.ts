import { sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { adminOf, bookingQuestion, ctxFor, NOW, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace } from '@/db/testing/make'
import { tokenOf } from '@/server/platform/tokens'
import { acceptOffer } from '../commands/accept-offer'
import { bookSlot } from '../commands/book-slot'
import { joinWaitlistByLink, joinWaitlistOfRdv } from '../commands/join-waitlist'
import { getEarlierSlotByLink, getEarlierSlotOfRdv } from '../queries/awaitable'
import { fillWaitlist } from './waitlist'

const { db } = await ownDatabase()
let here: BookablePlace

const now = { now: new Date(NOW.getTime() + 3 * 3_600_000) }
const desk = () => ctxFor(db, { ...now, actor: adminOf(here, here.agents[0]?.id ?? 0) })
const fill = () => fillWaitlist(ctxFor(db, now), { territoryId: here.territory.id })

/** An RDV of a motif that only agents place now. */
async function placed(settings = sql`bookable_by = 'agents'`) {
  const booked = await bookSlot(ctxFor(db, now), bookingQuestion(here, new Date('2027-03-16T09:00:00Z')))
  if (!booked.ok) throw new Error(booked.reason)
  await db.execute(sql`update motifs set ${settings} where id = ${here.motif.id}`)
  return { rdvId: booked.value.rdvId, token: tokenOf('rdv-link', booked.value.linkId) }
}
const offerToken = async () => {
  const [row] = await db.execute<{ id: number }>(
    sql`select id::float8 as id from waitlist_offers where territory_id = ${here.territory.id} and state = 'open'`,
  )
  return tokenOf('waitlist-offer', row?.id ?? 0)
}
beforeEach(async () => {
  await db.execute(sql`delete from rate_limits`)
  here = await makeBookablePlace(db, { motif: { minLeadMin: 24 * 60 + 30 } })
})

test('an agent has the people of an RDV wait that is not booked online: they are offered a slot of its motif, and take it', async () => {
  const { rdvId, token } = await placed()
  expect(await getEarlierSlotOfRdv(desk(), { rdvId })).toMatchObject({ isWaiting: false, whyNot: null })
  expect(await joinWaitlistOfRdv(desk(), { rdvId })).toMatchObject({ ok: true })
  expect(await getEarlierSlotByLink(ctxFor(db, now), { token })).toMatchObject({ isWaiting: true })
  expect(await fill()).toEqual({ offerCount: 1 })
  expect(await acceptOffer(ctxFor(db, now), { token: await offerToken() })).toMatchObject({ ok: true })
  const [rdv] = await db.execute(sql`select starts_at < '2027-03-05' as "isEarlier" from rdvs where id = ${rdvId}`)
  expect(rdv).toEqual({ isEarlier: true })
})

test('of an RDV that no link leads to yet too: it has one, so that its page and the offer open', async () => {
  const { rdvId } = await placed()
  await db.execute(sql`delete from rdv_links where rdv_id = ${rdvId}`)
  expect(await joinWaitlistOfRdv(desk(), { rdvId })).toMatchObject({ ok: true })
  expect(await getEarlierSlotOfRdv(desk(), { rdvId })).toMatchObject({ isWaiting: true })
  await fill()
  expect(await acceptOffer(ctxFor(db, now), { token: await offerToken() })).toMatchObject({ ok: true })
})

test('by themselves, they do not: what is not booked online is for an agent to give', async () => {
  const { token } = await placed()
  expect(await getEarlierSlotByLink(ctxFor(db, now), { token })).toMatchObject({ whyNot: 'not-offered' })
  expect(await joinWaitlistByLink(ctxFor(db, now), { token })).toEqual({ ok: false, reason: 'not-offered' })
})

test.each([
  ['that is followed up by one agent', sql`is_follow_up = true`],
  ['that is taken away', sql`deleted_at = now()`],
])('nobody waits for a motif %s, and who did waits no more', async (_, settings) => {
  const { rdvId } = await placed()
  await joinWaitlistOfRdv(desk(), { rdvId })
  await db.execute(sql`update motifs set ${settings} where id = ${here.motif.id}`)
  expect(await fill()).toEqual({ offerCount: 0 })
  const [wait] = await db.execute(sql`select ended_by as "endedBy" from waitlist_entries where rdv_id = ${rdvId}`)
  expect(wait).toEqual({ endedBy: 'over' })
  expect(await joinWaitlistOfRdv(desk(), { rdvId })).toEqual({ ok: false, reason: 'not-offered' })
})
