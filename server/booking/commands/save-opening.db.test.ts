import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { agentRoles, agentServices } from '@/db/schema'
import { bookingQuestion, ctxFor, signedInAs, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeAgent, makeBookablePlace, makeGrants, makeMotif } from '@/db/testing/make'
import { defaultGrantsOfMember } from '@/server/access/rules/grants'
import { AppError } from '@/server/kernel/errors'
import { getOpening, getOpeningMeans, listOpenings } from '@/server/scheduling/queries/openings'
import { judgeOpening, judgeOpeningDeletion } from '../queries/planning'
import type { SaveOpening } from '../schema'
import { bookSlot } from './book-slot'
import { deleteOpening, saveOpening } from './save-opening'

const { db } = await ownDatabase()

/** A Tuesday; the place is open every day from 9 to 12. */
const DAY = '2027-03-02'
const NINE = new Date(`${DAY}T08:00:00Z`) // in Paris

const ownerOf = (place: BookablePlace) => place.agents[0]?.id ?? 0
async function as(agentId: number) {
  const actor = await signedInAs(db, agentId)
  return { ...ctxFor(db, { actor }), actor }
}
const book = async (place: BookablePlace, startAt: Date) => {
  const outcome = await bookSlot(ctxFor(db), bookingQuestion(place, startAt))
  return outcome.ok ? 'booked' : outcome.reason
}
async function theOpening(place: BookablePlace) {
  const [opening] = await listOpenings(await as(ownerOf(place)), {
    agentId: ownerOf(place),
    period: 'current',
    motifId: null,
    lieuId: null,
    text: '',
  })
  if (!opening) throw new Error('no opening')
  return opening
}
const afternoon = (place: BookablePlace, over: Partial<SaveOpening> = {}): SaveOpening => ({
  agentIds: [ownerOf(place)],
  target: null,
  organisationId: place.organisation.id,
  lieuId: place.lieu.id,
  motifIds: [place.motif.id],
  title: 'Après-midi',
  firstDay: DAY,
  startMin: 14 * 60,
  endMin: 16 * 60,
  rrule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU',
  onHolidays: false,
  known: null,
  fates: [],
  ...over,
})
const events = async (id: number) => {
  const rows = await db.execute<{ kind: string; scope: string | null }>(sql`
    select kind, payload->>'scope' as scope from events where subject_kind = 'opening' and subject_id = ${id} order by id`)
  return rows.map(({ kind, scope }) => (scope === null ? kind : `${kind} ${scope}`))
}

describe('an opening', () => {
  test('offers its hours at once, and leaves a line', async () => {
    const place = await makeBookablePlace(db)
    const me = await as(ownerOf(place))
    const saved = await saveOpening(me, afternoon(place))
    if (!saved.ok) throw new Error(saved.reason)
    const [id = 0] = saved.value.ids
    expect(await book(place, new Date('2027-03-02T13:00Z'))).toBe('booked')
    expect(await book(place, new Date('2027-03-09T13:00Z'))).toBe('not-offered')
    expect(await book(place, new Date('2027-03-16T13:00Z'))).toBe('booked')
    expect(await events(id)).toEqual(['opening.saved all'])
    expect(await getOpening(me, { openingId: id })).toMatchObject({
      lastDay: null,
      version: 1,
      lieuName: place.lieu.name,
    })
  })

  test('moved on one date says which RDV it hurts; the search of slots follows, the other dates stay', async () => {
    const place = await makeBookablePlace(db)
    const me = await as(ownerOf(place))
    expect(await book(place, NINE)).toBe('booked')
    const { id, version } = await theOpening(place)
    const target = { id, version, scope: 'this', day: DAY } as const
    const input = afternoon(place, { target })
    const judged = await judgeOpening(me, input)
    expect(judged.rdvs.map(({ startAt }) => startAt)).toEqual([NINE])
    expect(await saveOpening(me, input)).toEqual({ ok: false, reason: 'to-acknowledge' })
    // Booked between the two: what was shown is no longer all there is to know.
    expect(await book(place, new Date(`${DAY}T08:30Z`))).toBe('booked')
    expect(await saveOpening(me, { ...input, known: judged.known })).toEqual({ ok: false, reason: 'to-acknowledge' })
    const { known } = await judgeOpening(me, input)
    expect(await saveOpening(me, { ...input, known })).toMatchObject({ ok: true })
    expect(await book(place, new Date('2027-03-02T09:00Z'))).toBe('not-offered')
    expect(await book(place, new Date('2027-03-02T13:00Z'))).toBe('booked')
    expect(await book(place, new Date('2027-03-03T08:00Z'))).toBe('booked')
    expect((await theOpening(place)).version).toBe(version + 1)
  })

  test('changed from a date on ends there, and another begins; its RDVs that still stand within ask nothing', async () => {
    const place = await makeBookablePlace(db)
    const me = await as(ownerOf(place))
    const day = '2027-03-09'
    expect(await book(place, new Date(`${day}T08:00Z`))).toBe('booked')
    const seen = await theOpening(place)
    const target = { id: seen.id, version: seen.version, scope: 'following', day } as const
    const change = { title: seen.title, firstDay: day, startMin: 540, endMin: 600, rrule: seen.rrule }
    const saved = await saveOpening(me, afternoon(place, { target, ...change }))
    if (!saved.ok) throw new Error(saved.reason)
    const [begun = 0] = saved.value.ids
    expect(begun).not.toBe(seen.id)
    expect(await getOpening(me, { openingId: seen.id })).toMatchObject({
      lastDay: '2027-03-08',
      startMin: 540,
      endMin: 720,
    })
    expect(await getOpening(me, { openingId: begun })).toMatchObject({ firstDay: day, endMin: 600 })
    expect(await book(place, new Date('2027-03-08T10:00Z'))).toBe('booked')
    expect(await book(place, new Date('2027-03-10T10:00Z'))).toBe('not-offered')
    expect([await events(seen.id), await events(begun)]).toEqual([
      ['opening.saved following'],
      ['opening.saved following'],
    ])
  })

  test('taken away, one date, those after, then all, leaves its RDVs knowingly', async () => {
    const place = await makeBookablePlace(db)
    const me = await as(ownerOf(place))
    expect(await book(place, NINE)).toBe('booked')
    const remove = async (scope: 'this' | 'following' | 'all', day: string, isKnown = false) => {
      const { id, version } = await theOpening(place)
      const input = { target: { id, version, scope, day }, known: null, fates: [] }
      const { rdvs, known } = await judgeOpeningDeletion(me, input)
      const outcome = await deleteOpening(me, { ...input, known: isKnown ? known : null })
      return [rdvs.length, outcome.ok ? 'done' : outcome.reason]
    }
    expect(await remove('this', '2027-03-03')).toEqual([0, 'done'])
    expect(await book(place, new Date('2027-03-03T08:00Z'))).toBe('not-offered')
    expect(await remove('following', '2027-03-05')).toEqual([0, 'done'])
    expect(await book(place, new Date('2027-03-05T08:00Z'))).toBe('not-offered')
    expect(await book(place, new Date('2027-03-04T08:00Z'))).toBe('booked')
    expect(await remove('all', DAY)).toEqual([2, 'to-acknowledge'])
    expect(await remove('all', DAY, true)).toEqual([2, 'done'])
    await expect(theOpening(place)).rejects.toThrow('no opening')
  })

  test('warns of another at those hours, of too long a motif and of a first day that is a holiday', async () => {
    const place = await makeBookablePlace(db)
    const me = await as(ownerOf(place))
    const input = afternoon(place, { firstDay: '2027-03-29', startMin: 700, endMin: 720, rrule: null })
    expect((await judgeOpening(me, input)).warnings).toEqual([
      { kind: 'short', motif: place.motif.name, durationMin: 30 },
      { kind: 'holiday', onDay: '2027-03-29', holiday: 'easter-monday' },
    ])
    const next = { ...input, firstDay: '2027-03-30' }
    const { warnings, known } = await judgeOpening(me, next)
    expect(warnings.map(({ kind }) => kind)).toEqual(['overlap', 'short'])
    for (const other of [null, 'x', (await judgeOpening(me, input)).known])
      expect(await saveOpening(me, { ...next, known: other })).toMatchObject({ reason: 'to-acknowledge' })
    expect(await saveOpening(me, { ...next, known })).toMatchObject({ ok: true })
  })

  test('leaves nobody behind whom another opening of the agent still receives', async () => {
    const place = await makeBookablePlace(db)
    const me = await as(ownerOf(place))
    expect(await book(place, NINE)).toBe('booked')
    const { id, version } = await theOpening(place)
    const twin = afternoon(place, { startMin: 9 * 60, endMin: 10 * 60, rrule: null })
    const { known } = await judgeOpening(me, twin)
    expect(await saveOpening(me, { ...twin, known })).toMatchObject({ ok: true })
    const target = { id, version, scope: 'all', day: DAY } as const
    expect(await judgeOpeningDeletion(me, { target, known: null, fates: [] })).toMatchObject({ rdvs: [], known: null })
  })

  test('for several agents is made for all or for none, and says who cannot have it', async () => {
    const place = await makeBookablePlace(db)
    const here = { territoryId: place.territory.id, organisationId: place.organisation.id }
    const colleague = await makeAgent(db, { ...here, serviceId: place.service.id }, { lastName: 'Benali' })
    const elsewhere = await makeBookablePlace(db, { within: place })
    const admin = await makeAgent(db, { ...here, serviceId: place.service.id }, { level: 'admin' })
    for (const agentId of [ownerOf(place), colleague.id, ownerOf(elsewhere)])
      await makeGrants(db, defaultGrantsOfMember(here, { agentId, serviceIds: [place.service.id] }))
    const me = await as(admin.id)
    const count = async () => (await db.execute(sql`select 1 from openings where title = 'À plusieurs'`)).length
    const input = afternoon(place, {
      title: 'À plusieurs',
      agentIds: [ownerOf(place), colleague.id, ownerOf(elsewhere)],
    })
    expect((await judgeOpening(me, input)).faults).toMatchObject([{ reason: 'not-member' }])
    expect(await saveOpening(me, input)).toEqual({ ok: false, reason: 'not-possible' })
    expect(await count()).toBe(0)
    expect(await saveOpening(me, { ...input, agentIds: [colleague.id, ownerOf(place)] })).toMatchObject({ ok: true })
    expect(await count()).toBe(2)
  })

  test('is only for motifs its agent may receive for, at a lieu when they need one', async () => {
    const place = await makeBookablePlace(db)
    const other = await makeBookablePlace(db)
    const me = await as(ownerOf(place))
    const abroad = await makeMotif(db, {
      territoryId: other.territory.id,
      organisationId: other.organisation.id,
      serviceId: other.service.id,
    })
    const faultsOf = async (over: Partial<SaveOpening>) => {
      const { faults } = await judgeOpening(me, afternoon(place, over))
      return faults.map(({ reason }) => reason)
    }
    expect(await faultsOf({})).toEqual([])
    expect(await faultsOf({ motifIds: [abroad.id] })).toEqual(['motif-not-offered'])
    expect(await faultsOf({ lieuId: null })).toEqual(['lieu-missing'])
    expect(await faultsOf({ lieuId: other.lieu.id })).toEqual(['lieu-closed'])
    expect(await faultsOf({ organisationId: other.organisation.id })).toEqual(['not-member'])
  })

  test('of somebody whose agenda is not open in writing is not found', async () => {
    const [mine, theirs] = [await makeBookablePlace(db), await makeBookablePlace(db)]
    const me = await as(ownerOf(mine))
    const { id, version } = await theOpening(theirs)
    const target = { id, version, scope: 'all', day: DAY } as const
    const beyond = new AppError('not-found')
    await expect(getOpening(me, { openingId: id })).rejects.toThrow(beyond)
    await expect(saveOpening(me, afternoon(mine, { target }))).rejects.toThrow(beyond)
    await expect(saveOpening(me, afternoon(theirs))).rejects.toThrow(beyond)
    await expect(deleteOpening(me, { target, known: null, fates: [] })).rejects.toThrow(beyond)
  })

  test('changed in two tabs at once: one is told, nothing is overwritten', async () => {
    const place = await makeBookablePlace(db)
    const me = await as(ownerOf(place))
    const { id, version } = await theOpening(place)
    const target = { id, version, scope: 'all', day: DAY } as const
    const outcomes = await Promise.all(
      ['Une', 'Deux', 'Trois'].map((title) => saveOpening(me, afternoon(place, { target, title }))),
    )
    const said = outcomes.map((one) => (one.ok ? 'saved' : one.reason))
    expect(said.sort()).toEqual(['changed-meanwhile', 'changed-meanwhile', 'saved'])
    expect(await events(id)).toEqual(['opening.saved all'])
  })

  test('taken away while somebody books: either the RDV is told of, or nobody is booked', async () => {
    for (let round = 0; round < 8; round++) {
      const place = await makeBookablePlace(db)
      const me = await as(ownerOf(place))
      const { id, version } = await theOpening(place)
      const target = { id, version, scope: 'all', day: DAY } as const
      const [booked, gone] = await Promise.all([
        book(place, NINE),
        deleteOpening(me, { target, known: null, fates: [] }),
      ])
      expect([booked, gone.ok ? 'gone' : gone.reason]).toEqual(
        booked === 'booked'
          ? ['booked', 'to-acknowledge']
          : [expect.stringMatching(/not-offered|slot-taken|motif-closed/), 'gone'],
      )
    }
  })
})

test('a right on the agenda given in one territory does not reach the openings of another', async () => {
  const [place, abroad] = [await makeBookablePlace(db), await makeBookablePlace(db)]
  const agentId = ownerOf(place)
  const [colleagueId, there] = [
    ownerOf(abroad),
    { territoryId: abroad.territory.id, organisationId: abroad.organisation.id },
  ]
  await db.insert(agentRoles).values({ agentId, ...there })
  await makeGrants(db, [
    {
      ...{ territoryId: there.territoryId, grantee: { kind: 'agent', agentId: colleagueId }, level: 'write' },
      ...{ target: { kind: 'agent', agentId }, organisationIds: 'any', serviceIds: 'any' },
    },
  ])
  const colleague = await as(colleagueId)
  const seen = await theOpening(place)
  const target = { id: seen.id, version: seen.version, scope: 'all', day: seen.firstDay } as const
  const notFound = new AppError('not-found')
  const filter = { agentId, period: 'current', motifId: null, lieuId: null, text: '' } as const
  expect(await listOpenings(colleague, filter)).toEqual([])
  await expect(getOpening(colleague, { openingId: seen.id })).rejects.toThrow(notFound)
  await expect(judgeOpening(colleague, afternoon(place, { target }))).rejects.toThrow(notFound)
  await expect(saveOpening(colleague, afternoon(place, { target }))).rejects.toThrow(notFound)
  await expect(saveOpening(colleague, afternoon(place))).rejects.toThrow(notFound)
  await expect(deleteOpening(colleague, { target, known: null, fates: [] })).rejects.toThrow(notFound)
  const own = { organisationId: there.organisationId, lieuId: abroad.lieu.id, motifIds: [abroad.motif.id] }
  await db.insert(agentServices).values({ agentId, serviceId: abroad.service.id })
  expect(await saveOpening(colleague, afternoon(place, own))).toMatchObject({ ok: true })
  expect(await listOpenings(colleague, filter)).toMatchObject([{ organisationId: there.organisationId }])
  const means = await getOpeningMeans(colleague, { agentId })
  expect(means.organisations.map(({ id }) => id)).toEqual([there.organisationId])
})
