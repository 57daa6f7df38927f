import { expect, test } from 'vitest'
import { adminOf, bookingQuestion, ctxFor, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace } from '@/db/testing/make'
import { getCalendarFeed, getCalendarFile } from '../queries/calendar-feed'
import { bookSlot } from './book-slot'
import { renewCalendarFeed } from './renew-calendar-feed'

const { db } = await ownDatabase()

const BOTH = { includesOpenings: true, includesAbsences: true }
const NONE = { includesOpenings: false, includesAbsences: false }

function ctxOf(place: BookablePlace) {
  const actor = adminOf(place, place.agents[0]?.id ?? 0)
  return { ...ctxFor(db, { actor }), actor }
}
const tokenIn = (url: string | undefined) => ({ token: url?.split('/').at(-1) ?? '' })
async function textOf(place: BookablePlace) {
  const feed = await getCalendarFeed(ctxOf(place))
  const file = await getCalendarFile(ctxFor(db), tokenIn(feed?.url))
  if (!file.ok) throw new Error(file.reason)
  return file.value.text
}
async function placeWithRdv(isConfidential: boolean) {
  const place = await makeBookablePlace(db, { motif: { name: 'Contraception', isConfidential } })
  await bookSlot(ctxFor(db), bookingQuestion(place, new Date('2027-03-02T08:00:00Z')))
  return place
}

test('the address opens my RDVs, without anybody’s name', async () => {
  const place = await placeWithRdv(false)
  expect(await getCalendarFeed(ctxOf(place))).toBeNull()
  await renewCalendarFeed(ctxOf(place), NONE)
  const text = await textOf(place)
  expect(text).toContain('DTSTART:20270302T080000Z')
  expect(text).toContain('SUMMARY:Contraception')
  expect(text).not.toContain('Martin')
  expect(text).not.toContain('plage-')
})

test('a confidential motif is not named, openings come when asked for', async () => {
  const place = await placeWithRdv(true)
  await renewCalendarFeed(ctxOf(place), BOTH)
  const text = await textOf(place)
  expect(text).toContain('SUMMARY:RDV')
  expect(text).not.toContain('Contraception')
  expect(text).toContain('SUMMARY:Plage d’ouverture')
})

test('renewed, the old address is over and the new one opens; one that never was is not found', async () => {
  const place = await placeWithRdv(false)
  await renewCalendarFeed(ctxOf(place), NONE)
  const old = await getCalendarFeed(ctxOf(place))
  // Twice at once: one address lives.
  await Promise.all([renewCalendarFeed(ctxOf(place), NONE), renewCalendarFeed(ctxOf(place), NONE)])
  expect(await getCalendarFile(ctxFor(db), tokenIn(old?.url))).toEqual({ ok: false, reason: 'renewed' })
  expect(await textOf(place)).toContain('BEGIN:VCALENDAR')
  await expect(getCalendarFile(ctxFor(db), { token: 'x'.repeat(20) })).rejects.toMatchObject({ code: 'not-found' })
})
