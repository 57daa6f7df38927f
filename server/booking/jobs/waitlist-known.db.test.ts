import { sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { adminOf, bookingQuestion, ctxFor, NOW, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace } from '@/db/testing/make'
import { tokenOf } from '@/server/platform/tokens'
import { bookSlot } from '../commands/book-slot'
import { cancelByLink } from '../commands/cancel-by-link'
import { joinWaitlistByLink, joinWaitlistOfRdv } from '../commands/join-waitlist'
import { getEarlierSlotByLink } from '../queries/awaitable'
import { fillWaitlist } from './waitlist'

/** Who may move their RDV by themselves, while earlier slots are free. */
const { db } = await ownDatabase()
let here: BookablePlace
beforeEach(async () => {
  await db.execute(sql`delete from rate_limits`)
  here = await makeBookablePlace(db, { motif: { minLeadMin: 24 * 60 + 30 } })
})

const now = { now: new Date(NOW.getTime() + 3 * 3_600_000) }
const TAKEN = new Date('2027-03-04T09:00:00Z')
const LATE = new Date('2027-03-16T09:00:00Z')
const fill = () => fillWaitlist(ctxFor(db, now), { territoryId: here.territory.id })
async function booked(startAt: Date) {
  const outcome = await bookSlot(ctxFor(db, now), bookingQuestion(here, startAt))
  if (!outcome.ok) throw new Error(outcome.reason)
  return { ...outcome.value, token: tokenOf('rdv-link', outcome.value.linkId) }
}
const join = ({ token }: { token: string }) => joinWaitlistByLink(ctxFor(db, now), { token })
const slotOf = ({ token }: { token: string }) => getEarlierSlotByLink(ctxFor(db, now), { token })

test('they are told that they may choose one, are offered none of those, and are of one that is freed later', async () => {
  const other = await booked(TAKEN)
  const mine = await booked(LATE)
  expect(await slotOf(mine)).toMatchObject({ isWaiting: false, isEarlierFree: true })
  expect(await join(mine)).toMatchObject({ ok: true })
  expect(await slotOf(mine)).toMatchObject({ isWaiting: true, isEarlierFree: false })
  expect(await fill()).toEqual({ offerCount: 0 })
  expect(await cancelByLink(ctxFor(db, now), { token: other.token })).toMatchObject({ ok: true })
  expect(await fill()).toEqual({ offerCount: 1 })
  expect(await slotOf(mine)).toMatchObject({ offer: { startAt: TAKEN } })
})

test('who may not move by themselves is offered what is free already', async () => {
  const mine = await booked(LATE)
  await db.execute(sql`update motifs set usager_may_move = false where id = ${here.motif.id}`)
  expect(await slotOf(mine)).toMatchObject({ isEarlierFree: false })
  await join(mine)
  expect(await fill()).toEqual({ offerCount: 1 })
})

test('so is whom an agent has wait', async () => {
  const { rdvId } = await booked(LATE)
  const actor = adminOf(here, here.agents[0]?.id ?? 0)
  await joinWaitlistOfRdv(ctxFor(db, { ...now, actor }), { rdvId })
  expect(await fill()).toEqual({ offerCount: 1 })
})
