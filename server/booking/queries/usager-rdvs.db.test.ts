import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { bookingQuestion, ctxFor } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace } from '@/db/testing/make'
import { done } from '@/server/kernel/outcome'
import { inRead, inTransaction, type TxCtx } from '@/server/platform/ctx'
import { tokenOf } from '@/server/platform/tokens'
import { bookSlot } from '../commands/book-slot'
import { cancelByLink } from '../commands/cancel-by-link'
import { reopenParticipation, setParticipationStatus } from '../store'
import { getIcsByLink } from './calendar'
import { findRdvByToken, findRdvOfParticipation, getEndedByLink, getRdvByLink } from './usager-rdvs'

const START = new Date('2027-03-02T08:00:00Z')

const { db } = await ownDatabase()

async function booked() {
  const place = await makeBookablePlace(db)
  const outcome = await bookSlot(ctxFor(db), bookingQuestion(place, START))
  if (!outcome.ok) throw new Error(outcome.reason)
  return { place, link: { token: tokenOf('rdv-link', outcome.value.linkId) } }
}
const notFound = { code: 'not-found' }

test('a link opens until the end of the day of its RDV, then says only that it is past, and whom to call', async () => {
  const { place, link } = await booked()
  const [that, next] = ['2027-03-02T22:59:00Z', '2027-03-02T23:00:00Z'].map((now) => ctxFor(db, { now: new Date(now) }))
  if (!that || !next) throw new Error('two moments')
  expect(await getRdvByLink(that, link)).toMatchObject({ startAt: START })
  expect(await getEndedByLink(that, link)).toBeNull()
  await expect(getRdvByLink(next, link)).rejects.toMatchObject(notFound)
  await expect(getIcsByLink(next, link)).rejects.toMatchObject(notFound)
  await expect(cancelByLink(next, link)).rejects.toMatchObject(notFound)
  const ended = await getEndedByLink(next, link)
  expect(ended?.territoryName).toBe(place.territory.name)
  expect(Object.keys(ended ?? {}).sort()).toEqual(['phone', 'territoryName'])
  expect(await getEndedByLink(next, { token: 'nobody-was-given-it' })).toBeNull()
})

test('of a confidential motif, neither the hours of the place nor its access say what it is', async () => {
  const { place, link } = await booked()
  await db.execute(sql`update lieux set hours = 'PMI\u00a0: le mardi', accessibility_note = 'Sonnez à « Centre de planification »'
    where id = ${place.lieu.id}`)
  expect(await getRdvByLink(ctxFor(db), link)).toMatchObject({ placeHours: 'PMI\u00a0: le mardi' })
  await db.execute(sql`update motifs set is_confidential = true where id = ${place.motif.id}`)
  const shown = { placeHours: null, accessibilityNote: null, placeName: null }
  expect(await getRdvByLink(ctxFor(db), link)).toMatchObject(shown)
})

test('what their calendar is told is in order, when the RDV changes and when they leave it or come back', async () => {
  const { link } = await booked()
  const id = await inRead(ctxFor(db), async (read) => (await findRdvByToken(read, link.token))?.participationId ?? 0)
  const told = () => inRead(ctxFor(db), async (read) => (await findRdvOfParticipation(read, id))?.sequence ?? -1)
  const orders = [await told()]
  const does = async (act: (tx: TxCtx) => Promise<void>) => {
    await inTransaction(ctxFor(db), async (tx) => {
      await act(tx)
      return done(null)
    })
    orders.push(await told())
  }
  await does((tx) => setParticipationStatus(tx, [id], 'excused'))
  await does(
    async (tx) => void (await reopenParticipation(tx, id, { authorId: 1, bookingKey: randomUUID(), contact: null })),
  )
  await does(async (tx) => void (await tx.db.execute(sql`update rdvs set sequence = sequence + 1`)))
  expect(orders).toEqual([0, 1, 2, 3])
})
