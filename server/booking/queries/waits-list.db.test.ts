import { sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { adminOf, ctxFor, NOW, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace, makeMotif, makeUsager } from '@/db/testing/make'
import { done } from '@/server/kernel/outcome'
import { inTransaction } from '@/server/platform/ctx'
import { leaveWaitlistByAgent } from '../commands/leave-waitlist'
import { settleOffers } from '../commands/settle-offers'
import { WAITS_LISTED } from '../rules/waitlist'
import { insertEntry, insertOffer } from '../store/waitlist'
import { listWaits } from './waits-list'

const HOUR_MS = 3_600_000
const { db } = await ownDatabase()
let here: BookablePlace
beforeEach(async () => {
  here = await makeBookablePlace(db, { motif: { name: 'Suivi' } })
})

const desk = (place = here, serviceIds?: readonly number[]) => {
  const actor = adminOf(place, place.agents[0]?.id ?? 0, serviceIds)
  return { ...ctxFor(db, { actor }), actor }
}

/** Somebody who has no RDV waits since so many hours after the beginning. */
async function waiting(firstName: string, atHour: number, motifId = here.motif.id): Promise<number> {
  const usager = await makeUsager(db, here.territory.id, { firstName, lastName: 'Martin' })
  const at = { now: new Date(NOW.getTime() + atHour * HOUR_MS) }
  const line = { territoryId: here.territory.id, motifId, lieuId: here.lieu.id, usagerId: usager.id }
  const made = await inTransaction<number | null, never>(ctxFor(db, at), async (tx) =>
    done(await insertEntry(tx, line)),
  )
  return (made.ok ? made.value : null) ?? 0
}

async function offered(entryId: number, atHour: number): Promise<number> {
  const made = await inTransaction<number, never>(ctxFor(db), async (tx) =>
    done(
      await insertOffer(tx, {
        ...{ territoryId: here.territory.id, entryId, agentId: here.agents[0]?.id ?? 0, isHeld: true },
        startsAt: new Date(NOW.getTime() + (72 + atHour) * HOUR_MS),
        endsAt: new Date(NOW.getTime() + (73 + atHour) * HOUR_MS),
        untilAt: new Date(NOW.getTime() + 2 * HOUR_MS),
      }),
    ),
  )
  return made.ok ? made.value : 0
}

const listed = async (ctx = desk()) => (await listWaits(ctx, { page: 1 })).waits
const namesIn = async () => (await listed()).map(({ personName }) => personName.split(' ')[0])

test('those who wait, motif by motif, in turn: whoever let an offer pass goes behind', async () => {
  const accueil = await makeMotif(
    db,
    { territoryId: here.territory.id, organisationId: here.organisation.id, serviceId: here.service.id },
    { name: 'Accueil' },
  )
  const first = await waiting('Ana', 0)
  await waiting('Bob', 1)
  await waiting('Zoé', 2, accueil.id)
  expect(await namesIn()).toEqual(['Zoé', 'Ana', 'Bob'])
  const offerId = await offered(first, 0)
  expect((await listed())[1]).toMatchObject({
    ...{ entryId: first, rdvId: null, rdvStartAt: null, motifName: 'Suivi', placeName: here.lieu.name, sinceAt: NOW },
    ...{ offerCount: 1, mayWrite: true, offer: { untilAt: new Date(NOW.getTime() + 2 * HOUR_MS), isHeld: true } },
  })
  const later = ctxFor(db, { now: new Date(NOW.getTime() + 5 * HOUR_MS) })
  await settleOffers(later, { offerIds: [offerId], state: 'declined' })
  expect(await namesIn()).toEqual(['Zoé', 'Bob', 'Ana'])
  expect((await listed())[2]).toMatchObject({ entryId: first, offerCount: 1, offer: null })
})

test('an agent takes somebody off: what they were offered is free, and they are listed no more', async () => {
  const entryId = await waiting('Ana', 0)
  await offered(entryId, 0)
  expect(await leaveWaitlistByAgent(desk(), { entryId })).toEqual({ ok: true, value: { count: 1 } })
  expect(await leaveWaitlistByAgent(desk(), { entryId })).toEqual({ ok: true, value: { count: 0 } })
  expect(await listed()).toEqual([])
  const [held] = await db.execute(sql`
    select count(*)::integer as count from agent_times t join waitlist_offers o on o.id = t.offer_id where o.entry_id = ${entryId}`)
  expect(held).toEqual({ count: 0 })
})

test('elsewhere, or of a confidential motif of another service, nothing is known of them', async () => {
  const entryId = await waiting('Ana', 0)
  await db.execute(sql`update motifs set is_confidential = true where id = ${here.motif.id}`)
  expect(await listed()).toHaveLength(1)
  for (const other of [desk(await makeBookablePlace(db)), desk(here, [])]) {
    expect(await listed(other)).toEqual([])
    await expect(leaveWaitlistByAgent(other, { entryId })).rejects.toThrow('not-found')
  }
})

test('beyond those of one page, the next has the others, each once', async () => {
  await db.execute(sql`
    with people as (
      insert into usagers (territory_id, first_name, last_name)
      select ${here.territory.id}, 'Ana', 'Nº ' || i from generate_series(1, ${WAITS_LISTED + 3}::integer) i returning id
    )
    insert into waitlist_entries (territory_id, motif_id, lieu_id, usager_id)
    select ${here.territory.id}, ${here.motif.id}, ${here.lieu.id}, id from people`)
  const [first, second] = [await listWaits(desk(), { page: 1 }), await listWaits(desk(), { page: 2 })]
  expect([first.waits.length, first.hasNext, second.waits.length, second.hasNext]).toEqual([
    WAITS_LISTED,
    true,
    3,
    false,
  ])
  expect(new Set([...first.waits, ...second.waits].map(({ entryId }) => entryId)).size).toBe(WAITS_LISTED + 3)
})
