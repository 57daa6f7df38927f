import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { ctxFor, NOW, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace, makeMotif, makeUsager } from '@/db/testing/make'
import { done } from '@/server/kernel/outcome'
import { inTransaction, type TxCtx } from '@/server/platform/ctx'
import { settleOffers } from '../commands/settle-offers'
import { MAX_OFFERS } from '../rules/waitlist'
import { lockAgents } from '../store'
import { insertEntry } from '../store/waitlist'
import { fillWaitlist } from './waitlist'

/** One opening serves two motifs: who waits for either is asked for the same slots. */
const { db } = await ownDatabase()
let here: BookablePlace
let other: { id: number }

const TEN = new Date(NOW.getTime() + 3 * 3_600_000)
const fill = () => fillWaitlist(ctxFor(db, { now: TEN }), { territoryId: here.territory.id })

/** The agent receives for half an hour a day, from this day on, and no more. */
async function openOn(day: string, minLeadMin: number) {
  here = await makeBookablePlace(db, { motif: { minLeadMin } })
  const { territory, organisation, service, lieu } = here
  const place = { territoryId: territory.id, organisationId: organisation.id, serviceId: service.id }
  other = await makeMotif(db, place, { minLeadMin })
  await db.execute(sql`
    update openings set first_day = ${day}, rrule = null, start_min = 660, end_min = 690 where lieu_id = ${lieu.id}`)
  await db.execute(sql`
    insert into opening_motifs (territory_id, opening_id, motif_id)
    select territory_id, id, ${other.id} from openings where lieu_id = ${lieu.id}`)
}

/** Somebody without an RDV waits since so many minutes. */
async function waiting(motifId: number, sinceMin: number): Promise<number> {
  const { id: usagerId } = await makeUsager(db, here.territory.id)
  const line = { territoryId: here.territory.id, motifId, lieuId: here.lieu.id, usagerId, contactPhone: '+33612345678' }
  const at = { now: new Date(TEN.getTime() - sinceMin * 60_000) }
  const made = await inTransaction<number | null, never>(ctxFor(db, at), async (tx) =>
    done(await insertEntry(tx, line)),
  )
  return (made.ok ? made.value : null) ?? 0
}
const asked = async () => [
  ...(await db.execute<{ entryId: number; motifId: number }>(sql`
    select o.entry_id::float8 as "entryId", e.motif_id::float8 as "motifId"
    from waitlist_offers o join waitlist_entries e on e.id = o.entry_id
    where o.territory_id = ${here.territory.id} and o.state = 'open' order by o.id`)),
]

beforeEach(() => openOn('2027-03-04', 27 * 60))

test.each(['the motif made first', 'the motif made last'])(
  'the only slot goes to who has waited longest, be it for %s',
  async (which) => {
    const [theirs, mine] = which === 'the motif made first' ? [other.id, here.motif.id] : [here.motif.id, other.id]
    await waiting(theirs, 60)
    const longest = await waiting(mine, 120)
    expect(await fill()).toEqual({ offerCount: 1 })
    expect((await asked()).map(({ entryId }) => entryId)).toEqual([longest])
  },
)

test('with a slot each, everybody is asked, whatever they wait for', async () => {
  await db.execute(sql`update openings set end_min = 780 where lieu_id = ${here.lieu.id}`)
  const people = []
  for (let i = 0; i < 4; i++) people.push(await waiting(i % 2 === 0 ? here.motif.id : other.id, 100 - i))
  expect(await fill()).toEqual({ offerCount: 4 })
  expect((await asked()).map(({ entryId }) => entryId)).toEqual(people)
})

describe('a slot within a day', () => {
  /** Two hours from now, held for nobody. */
  beforeEach(() => openOn('2027-03-01', 30))
  const crowd = async (count: number) => {
    for (let i = 0; i < count; i++) await waiting(i % 2 === 0 ? here.motif.id : other.id, 100 - i)
  }

  test('is offered to three, whatever they wait for', async () => {
    await crowd(6)
    expect(await fill()).toEqual({ offerCount: 3 })
    expect(await fill()).toEqual({ offerCount: 0 })
  })

  test('and to no more by several workers at once', async () => {
    await crowd(8)
    await Promise.all([fill(), fill(), fill()])
    expect(await asked()).toHaveLength(3)
  })
})

describe('two workers that fill the same territory', () => {
  /** How the offer of the first of them ends, while the second still believes that nobody was asked. */
  async function besideAFill(end: (tx: TxCtx, offerId: number) => Promise<unknown>) {
    const at = ctxFor(db, { now: TEN })
    let second: Promise<unknown> = Promise.resolve()
    await inTransaction(at, async (tx) => {
      await lockAgents(
        tx,
        here.agents.map(({ id }) => id),
      )
      second = fill()
      await vi.waitUntil(async () => (await countBlocked()) > 0, { timeout: 10_000, interval: 20 })
      await fillWaitlist(tx, { territoryId: here.territory.id })
      const [offer] = await tx.db.execute<{ id: number }>(sql`
        select id::float8 as id from waitlist_offers where territory_id = ${here.territory.id} and state = 'open' order by id limit 1`)
      await end(tx, offer?.id ?? 0)
      return done(null)
    })
    await second
  }
  const countBlocked = async () => {
    const [row] = await db.execute<{ count: number }>(sql`
      select count(*)::integer as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)
    return row?.count ?? 0
  }
  const offersTo = async (entryId: number) => [
    ...(await db.execute<{ state: string }>(sql`
      select state from waitlist_offers where entry_id = ${entryId} order by id`)),
  ]
  const settled = (state: 'declined' | 'expired' | 'lost' | 'unreached') => (tx: TxCtx, offerId: number) =>
    settleOffers(tx, { offerIds: [offerId], state })

  test.each(['declined', 'expired', 'lost', 'unreached'] as const)(
    'do not offer again, at once, what was just %s',
    async (state) => {
      const entryId = await waiting(here.motif.id, 60)
      await besideAFill(settled(state))
      expect(await offersTo(entryId)).toEqual([{ state }])
    },
  )

  test('nor, before the others, another to whoever has just let one pass', async () => {
    await db.execute(sql`update openings set end_min = 780 where lieu_id = ${here.lieu.id}`)
    const entryId = await waiting(here.motif.id, 60)
    await besideAFill(settled('declined'))
    expect(await offersTo(entryId)).toEqual([{ state: 'declined' }])
    // It is their turn again, as nobody else waits.
    await fill()
    expect(await offersTo(entryId)).toEqual([{ state: 'declined' }, { state: 'open' }])
  })

  test('nor one more than three', async () => {
    await db.execute(sql`update openings set end_min = 780 where lieu_id = ${here.lieu.id}`)
    const entryId = await waiting(here.motif.id, 60)
    await besideAFill(async (tx, offerId) => {
      await settled('lost')(tx, offerId)
      await tx.db.execute(sql`update waitlist_entries set offer_count = ${MAX_OFFERS} where id = ${entryId}`)
    })
    expect(await offersTo(entryId)).toEqual([{ state: 'lost' }])
  })
})
