import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { agentRoles } from '@/db/schema'
import { adminOf, bookingQuestion, ctxFor, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import {
  makeAgent,
  makeBookablePlace,
  makeCommune,
  makeMotif,
  makeOpening,
  makeOrganisation,
  makeUsager,
} from '@/db/testing/make'
import { motifKey } from '@/server/directory/rules/motif'
import { found } from '@/server/kernel/errors'
import { bookSlot } from '../commands/book-slot'
import { confirmDraft } from '../commands/confirm-draft'
import { createRdv } from '../commands/create-rdv'
import { saveDraft } from '../commands/save-draft'
import { isCancelled, STATUSES } from '../rules/status'
import { searchSlots } from './slots'

/** Tuesday 2 March 2027, 9:00 in Paris. */
const NINE = new Date('2027-03-02T08:00:00Z')
const HALF_PAST = new Date('2027-03-02T08:30:00Z')

const { db } = await ownDatabase()
beforeAll(async () => {
  await makeCommune(db)
})

const tunnelOf = ({ service, motif, lieu }: BookablePlace) => ({
  commune: '62498',
  service: service.id,
  motif: motifKey(motif),
  lieu: lieu.id,
})

/** How long each start of that Tuesday is shown to last. */
async function shownAt(place: BookablePlace): Promise<Map<number, number>> {
  const { page } = await searchSlots(ctxFor(db), { ...tunnelOf(place), du: '2027-03-02' })
  const tuesday = page.days.find(({ onDay }) => onDay === '2027-03-02')
  return new Map(tuesday?.slots.map(({ startAt, durationMin }) => [startAt.getTime(), durationMin]))
}

describe('the time of an agent', () => {
  const isShown = async (place: BookablePlace, startAt = NINE) => (await shownAt(place)).has(startAt.getTime())
  const book = async (place: BookablePlace) => {
    const outcome = await bookSlot(ctxFor(db), bookingQuestion(place, NINE))
    return outcome.ok ? 'booked' : outcome.reason
  }

  /** An RDV at nine, for all the agents of `place`, in the organisation of `there`. */
  async function placeRdv(place: BookablePlace, there: BookablePlace): Promise<number> {
    const agentIds = place.agents.map(({ id }) => id)
    const { territory, organisation } = there
    const membership = { territoryId: territory.id, organisationId: organisation.id, level: 'basic' as const }
    await db
      .insert(agentRoles)
      .values(agentIds.map((agentId) => ({ agentId, ...membership })))
      .onConflictDoNothing()
    const person = await makeUsager(db, territory.id)
    const outcome = await createRdv(ctxFor(db, { actor: adminOf(there, found(agentIds[0])) }), {
      motifId: there.motif.id,
      lieuId: there.lieu.id,
      startAt: NINE,
      durationMin: 30,
      agentIds,
      usagerIds: [person.id],
      acknowledged: ['elsewhere'],
    })
    if (!outcome.ok) throw new Error(outcome.reason)
    return outcome.value.rdvId
  }

  const anotherMotif = async (place: BookablePlace): Promise<BookablePlace> => {
    const { territory, organisation, service } = place
    const ids = { territoryId: territory.id, organisationId: organisation.id, serviceId: service.id }
    return { ...place, motif: await makeMotif(db, ids) }
  }
  const RDVS: readonly [string, number, (place: BookablePlace) => Promise<BookablePlace>][] = [
    ['of another motif', 1, anotherMotif],
    ['of another organisation', 1, (place) => makeBookablePlace(db, { agentCount: 0, within: place })],
    ['of another territory', 1, () => makeBookablePlace(db, { agentCount: 0 })],
    ['that two agents hold together', 2, anotherMotif],
  ]

  describe.each(RDVS)('in an RDV %s', (_case, agentCount, thereOf) => {
    test.each(STATUSES)('is taken or free as its status says: %s', async (status) => {
      const place = await makeBookablePlace(db, { agentCount })
      expect(await isShown(place)).toBe(true)
      const rdvId = await placeRdv(place, await thereOf(place))
      const cancelled = isCancelled(status)
      await db.execute(
        sql`update rdvs set status = ${status}, cancelled_at = case when ${cancelled} then now() end where id = ${rdvId}`,
      )
      expect([await isShown(place), await isShown(place, HALF_PAST)]).toEqual([cancelled, true])
      expect(await book(place)).toBe(cancelled ? 'booked' : 'slot-taken')
    })
  })

  test('in an RDV that tolerates another is taken all the same', async () => {
    const place = await makeBookablePlace(db)
    const rdvId = await placeRdv(place, await anotherMotif(place))
    await db.execute(sql`update agent_times set exclusive = false where rdv_id = ${rdvId}`)
    expect([await isShown(place), await isShown(place, HALF_PAST)]).toEqual([false, true])
    expect(await book(place)).toBe('slot-taken')
  })

  test('is taken by a hold', async () => {
    const place = await makeBookablePlace(db)
    await hold(place.agents[0]?.id, NINE, HALF_PAST)
    expect([await isShown(place), await isShown(place, HALF_PAST)]).toEqual([false, true])
    expect(await book(place)).toBe('slot-taken')
  })

  test('is taken to its last minute by what began the day before', async () => {
    const place = await makeBookablePlace(db)
    await hold(place.agents[0]?.id, new Date(HALF_PAST.getTime() - 86_400_000), HALF_PAST)
    expect([await isShown(place), await isShown(place, HALF_PAST)]).toEqual([false, true])
    expect(await book(place)).toBe('slot-taken')
  })
})

const hold = (agentId: number | undefined, startsAt: Date, endsAt: Date) =>
  db.execute(sql`
    insert into agent_times (agent_id, kind, starts_at, ends_at, occupies)
    values (${agentId}, 'hold', ${startsAt.toISOString()}::timestamptz, ${endsAt.toISOString()}::timestamptz, true)`)

describe('two motifs of one name at one lieu', () => {
  let people = 0
  /** What the person gets at the start shown at nine, from the slots to the last button. */
  async function takeNine(place: BookablePlace) {
    const shownMin = (await shownAt(place)).get(NINE.getTime()) ?? null
    const answers = { firstName: 'Ana', lastName: 'Petit', phone: `06 12 34 57 ${String(10 + people++)}` }
    const draft = await saveDraft(ctxFor(db), { tunnel: { ...tunnelOf(place), creneau: NINE }, answers })
    const outcome = await confirmDraft(ctxFor(db), draft)
    if (!outcome.ok) return { shownMin, refused: outcome.reason }
    const [booked] = await db.execute(sql`
      select r.motif_id::integer as "motifId", t.agent_id::integer as "agentId",
             (extract(epoch from r.ends_at - r.starts_at) / 60)::integer as "bookedMin"
      from participations p join rdvs r on r.id = p.rdv_id join agent_times t on t.rdv_id = r.id
      where p.booking_key = ${draft.draftId}::uuid`)
    return { shownMin, ...booked }
  }

  test.each([
    [45, 15],
    [15, 45],
  ])('are booked for as long as was shown, the shortest first (%i and %i minutes)', async (firstMin, secondMin) => {
    const place = await makeBookablePlace(db, { motif: { durationMin: firstMin } })
    const { territory, service, lieu } = place
    const organisation = await makeOrganisation(db, territory.id)
    const there = { territoryId: territory.id, organisationId: organisation.id }
    const motif = await makeMotif(
      db,
      { ...there, serviceId: service.id },
      { name: place.motif.name, durationMin: secondMin },
    )
    const agent = await makeAgent(db, { ...there, serviceId: service.id })
    await makeOpening(db, { ...there, agentId: agent.id, lieuId: lieu.id, motifIds: [motif.id] })
    const both = [
      { motifId: place.motif.id, agentId: place.agents[0]?.id, shownMin: firstMin, bookedMin: firstMin },
      { motifId: motif.id, agentId: agent.id, shownMin: secondMin, bookedMin: secondMin },
    ]
    const [short, long] = both.sort((a, b) => a.shownMin - b.shownMin)
    // Whoever offers the shortest has the most to do that day: it is them all the same.
    await hold(short?.agentId, new Date('2027-03-02T13:00:00Z'), new Date('2027-03-02T16:00:00Z'))
    expect(await takeNine(place)).toEqual(short)
    expect(await takeNine(place)).toEqual(long)
    expect(await takeNine(place)).toEqual({ shownMin: null, refused: 'slot-taken' })
  })
})
