import { sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { adminOf, bookingQuestion, ctxFor, NOW, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace } from '@/db/testing/make'
import { bookSlot } from '@/server/booking/commands/book-slot'
import { endWaits } from '@/server/booking/commands/end-waits'
import { settleOffers } from '@/server/booking/commands/settle-offers'
import { insertEntry, insertOffer } from '@/server/booking/store/waitlist'
import { done } from '@/server/kernel/outcome'
import { inTransaction } from '@/server/platform/ctx'
import { tellWaitOtherwise } from '../commands/tell-wait-otherwise'
import { purgeMessages } from '../jobs/purge-messages'
import { onWaitingUntold } from '../jobs/waiting-message'
import { countUntold } from './untold'
import { listUntoldWaits } from './untold-waits'

const HOUR_MS = 3_600_000
const STARTS_AT = new Date(NOW.getTime() + 72 * HOUR_MS)

const { db } = await ownDatabase()
let here: BookablePlace
beforeEach(async () => {
  here = await makeBookablePlace(db)
})

const agentIdOf = (place: BookablePlace) => place.agents[0]?.id ?? 0
const desk = (place = here, serviceIds?: readonly number[], now = NOW) => {
  const actor = adminOf(place, agentIdOf(place), serviceIds)
  return { ...ctxFor(db, { actor, now }), actor }
}

let people = 0
/** Somebody who waits, with or without an RDV. */
async function waiting(isWithRdv: boolean): Promise<{ entryId: number; rdvId: number | null }> {
  const booked = await bookSlot(ctxFor(db), bookingQuestion(here, new Date(Date.UTC(2027, 2, 8 + people++, 9))))
  if (!booked.ok) throw new Error(booked.reason)
  const { rdvId } = booked.value
  const [part] = await db.execute<{ id: number; usagerId: number }>(
    sql`select id::float8 as id, usager_id::float8 as "usagerId" from participations where rdv_id = ${rdvId}`,
  )
  const line = { territoryId: here.territory.id, motifId: here.motif.id, lieuId: here.lieu.id }
  const rdv = isWithRdv ? { rdvId, participationId: part?.id ?? 0 } : { rdvId: null, participationId: null }
  const made = await inTransaction<number | null, never>(ctxFor(db), async (tx) =>
    done(await insertEntry(tx, { ...line, usagerId: part?.usagerId ?? 0, ...rdv })),
  )
  return { entryId: (made.ok ? made.value : null) ?? 0, rdvId: rdv.rdvId }
}

let slots = 0
async function offeredTo(entryId: number): Promise<number> {
  const startsAt = new Date(STARTS_AT.getTime() + slots++ * HOUR_MS)
  const made = await inTransaction<number, never>(ctxFor(db), async (tx) =>
    done(
      await insertOffer(tx, {
        ...{ territoryId: here.territory.id, entryId, agentId: agentIdOf(here), isHeld: true, startsAt },
        endsAt: new Date(startsAt.getTime() + HOUR_MS / 2),
        untilAt: new Date(NOW.getTime() + 2 * HOUR_MS),
      }),
    ),
  )
  return made.ok ? made.value : 0
}

type Fate = 'failed' | 'uncertain' | 'sent' | 'waiting'
/** What became of the messages about a wait, or an offer. */
async function became(about: { entryId: number } | { offerId: number }, fates: Partial<Record<'mail' | 'sms', Fate>>) {
  const [entryId, offerId] = 'entryId' in about ? [about.entryId, null] : [null, about.offerId]
  for (const [channel, state] of Object.entries(fates)) {
    await db.execute(sql`
      insert into messages (territory_id, entry_id, offer_id, version, news, channel, recipient, state, failure, state_at)
      values (${here.territory.id}, ${entryId}, ${offerId}, 1, ${entryId === null ? 'offer' : 'waiting'}, ${channel},
              '+33612345678', ${state}, ${state === 'failed' ? 'refused' : null}, now())`)
  }
  if (offerId !== null) await inTransaction(ctxFor(db), async (tx) => done(await onWaitingUntold(tx, { offerId })))
}

test.each([true, false])(
  'an offer that reached nobody is a task, until somebody says they called; with an RDV: %s',
  async (isWithRdv) => {
    const { entryId, rdvId } = await waiting(isWithRdv)
    const offerId = await offeredTo(entryId)
    await became({ offerId }, { mail: 'failed', sms: 'failed' })
    const { waits } = await listUntoldWaits(desk())
    expect(waits).toMatchObject([{ entryId, rdvId, motifName: here.motif.name, offer: { isOpen: false } }])
    expect(waits[0]?.tries.map(({ channel, failure }) => [channel, failure])).toEqual([
      ['mail', 'refused'],
      ['sms', 'refused'],
    ])
    expect(await countUntold(desk())).toBe(1)
    await purgeMessages(ctxFor(db, { now: new Date(NOW.getTime() + 90 * 24 * HOUR_MS) }))
    expect(await countUntold(desk())).toBe(1)
    await Promise.all(Array.from({ length: 3 }, () => tellWaitOtherwise(desk(), { entryId })))
    expect([await listUntoldWaits(desk()), await countUntold(desk())]).toEqual([{ waits: [], isCut: false }, 0])
    const [told] = await db.execute(
      sql`select count(*)::integer as count from events where kind = 'waitlist.told-otherwise' and subject_id = ${entryId}`,
    )
    expect(told).toEqual({ count: 1 })
    // The next that fails is a task again.
    await became({ offerId: await offeredTo(entryId) }, { sms: 'failed' })
    expect((await listUntoldWaits(desk())).waits).toHaveLength(1)
  },
)

test('while the slot is still theirs, it says until when', async () => {
  const { entryId } = await waiting(true)
  const offerId = await offeredTo(entryId)
  await became({ offerId }, { sms: 'uncertain' })
  expect((await listUntoldWaits(desk())).waits).toMatchObject([
    { offer: { isOpen: true, untilAt: new Date(NOW.getTime() + 2 * HOUR_MS) } },
  ])
  const late = desk(here, undefined, new Date(NOW.getTime() + 3 * HOUR_MS))
  expect((await listUntoldWaits(late)).waits).toMatchObject([{ offer: { isOpen: false } }])
})

test('that they wait, when they could not be told so', async () => {
  const { entryId } = await waiting(false)
  await became({ entryId }, { sms: 'failed' })
  expect((await listUntoldWaits(desk())).waits).toMatchObject([{ entryId, offer: null }])
  await became({ offerId: await offeredTo(entryId) }, { sms: 'sent' })
  expect((await listUntoldWaits(desk())).waits).toEqual([])
})

test.each(['sent', 'waiting'] as const)('nobody is called while the other channel is %s', async (state) => {
  const { entryId } = await waiting(true)
  await became({ offerId: await offeredTo(entryId) }, { mail: 'failed', sms: state })
  expect([(await listUntoldWaits(desk())).waits, await countUntold(desk())]).toEqual([[], 0])
})

test('nor whoever left; after three offers of which nobody knows, they are, for a week', async () => {
  const [left, exhausted] = [await waiting(true), await waiting(false)]
  await became({ offerId: await offeredTo(left.entryId) }, { sms: 'failed' })
  await endWaits(ctxFor(db), [{ entryId: left.entryId, endedBy: 'left' }])
  for (let i = 0; i < 3; i++) {
    const offerId = await offeredTo(exhausted.entryId)
    await became({ offerId }, { sms: 'uncertain' })
    await settleOffers(ctxFor(db), { offerIds: [offerId], state: 'expired' })
  }
  expect((await listUntoldWaits(desk())).waits.map(({ entryId }) => entryId)).toEqual([exhausted.entryId])
  const later = desk(here, undefined, new Date(NOW.getTime() + 8 * 24 * HOUR_MS))
  expect((await listUntoldWaits(later)).waits).toEqual([])
})

test('by those alone within whose reach it is: elsewhere, or of a confidential motif of another service, it is not found', async () => {
  const { entryId } = await waiting(false)
  await became({ offerId: await offeredTo(entryId) }, { sms: 'failed' })
  const elsewhere = await makeBookablePlace(db)
  await db.execute(sql`update motifs set is_confidential = true where id = ${here.motif.id}`)
  for (const other of [desk(elsewhere), desk(here, [])]) {
    expect([(await listUntoldWaits(other)).waits, await countUntold(other)]).toEqual([[], 0])
    await expect(tellWaitOtherwise(other, { entryId })).rejects.toThrow('not-found')
  }
  expect((await listUntoldWaits(desk())).waits).toHaveLength(1)
})
