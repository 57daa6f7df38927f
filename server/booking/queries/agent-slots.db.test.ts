import postgres from 'postgres'
import { beforeAll, describe, expect, test } from 'vitest'
import { dbOn } from '@/db/client'
import { agentGroupMembers, agentGroups } from '@/db/schema'
import { adminOf, bookingQuestion, ctxFor, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace, makeLieu, makeOpening, makeUsager } from '@/db/testing/make'
import { bookSlot } from '../commands/book-slot'
import { createRdv } from '../commands/create-rdv'
import { WARNING_KINDS } from '../rules/warnings'
import type { SearchAgentSlots } from '../schema'
import { searchAgentSlots } from './agent-slots'

const database = await ownDatabase()
const { db } = database
/** Two agents, 9:00–12:00 each day; the second at another lieu as well, 14:00–15:00. */
let here: BookablePlace
let annexId: number
let asked: SearchAgentSlots
beforeAll(async () => {
  here = await makeBookablePlace(db, { agentCount: 2, motif: { minLeadMin: 100_000, maxLeadMin: 200_000 } })
  const place = { territoryId: here.territory.id, organisationId: here.organisation.id }
  annexId = (await makeLieu(db, place)).id
  const opening = { ...place, agentId: here.agents[1]?.id ?? 0, lieuId: annexId, motifIds: [here.motif.id] }
  await makeOpening(db, opening, { startMin: 14 * 60, endMin: 15 * 60 })
  asked = { motifId: here.motif.id, agents: 'any', groupIds: [], lieux: 'any', fromDay: '2027-03-02', together: false }
})

const ids = () => here.agents.map(({ id }) => id)
const as = (agentIndex = 0, on = db) => ctxFor(on, { actor: adminOf(here, ids()[agentIndex] ?? 0) })
const search = (over: Partial<SearchAgentSlots> = {}) => searchAgentSlots(as(), { ...asked, ...over })
const onTuesday = async (over: Partial<SearchAgentSlots> = {}) =>
  (await search(over)).days.find(({ onDay }) => onDay === '2027-03-02')?.slots ?? []

describe('« Trouver un RDV »', () => {
  test('each agent apart, whatever the delays of online booking, over seven days', async () => {
    const { days } = await search()
    expect(days).toHaveLength(7)
    const slots = await onTuesday()
    expect(slots).toHaveLength(6 + 6 + 2)
    expect(slots.filter(({ agentIds }) => agentIds[0] === ids()[0])).toHaveLength(6)
  })

  test('by agent, by group, by lieu; nobody when the list is empty', async () => {
    const [first = 0, second = 0] = ids()
    expect(await onTuesday({ agents: [first] })).toHaveLength(6)
    expect(await onTuesday({ agents: [] })).toEqual([])
    expect(await onTuesday({ lieux: [annexId] })).toHaveLength(2)
    const [group] = await db
      .insert(agentGroups)
      .values({ territoryId: here.territory.id, name: 'Équipe' })
      .returning({ id: agentGroups.id })
    const groupId = group?.id ?? 0
    await db.insert(agentGroupMembers).values({ groupId, agentId: second })
    expect(await onTuesday({ groupIds: [groupId] })).toHaveLength(8)
    expect((await search()).groups).toEqual([{ id: groupId, name: 'Équipe' }])
  })

  test('each lieu with its next availability, the soonest first', async () => {
    const { nextByLieu } = await search({ fromDay: '2027-03-03' })
    expect(nextByLieu).toEqual([
      { lieuId: here.lieu.id, at: new Date('2027-03-03T08:00:00Z') },
      { lieuId: annexId, at: new Date('2027-03-03T13:00:00Z') },
    ])
  })

  test('two agents at once, around what either has', async () => {
    const startAt = new Date('2027-03-05T08:00:00Z')
    const [first = 0] = ids()
    const placed = await createRdv(as(), {
      motifId: here.motif.id,
      lieuId: here.lieu.id,
      startAt,
      durationMin: 45,
      agentIds: [first],
      usagerIds: [(await makeUsager(db, here.territory.id)).id],
      acknowledged: [...WARNING_KINDS],
    })
    expect(placed.ok).toBe(true)
    const { days } = await search({ together: true, agents: ids(), fromDay: '2027-03-05' })
    const slots = days[0]?.slots ?? []
    expect(slots[0]).toEqual({ startAt: new Date('2027-03-05T08:45:00Z'), lieuId: here.lieu.id, agentIds: ids() })
    expect(slots).toHaveLength(4)
  })

  test('all at once means each of them: with one whose agenda is closed, no time at all', async () => {
    const elsewhere = await makeBookablePlace(db, { within: here })
    const agents = [ids()[0] ?? 0, elsewhere.agents[0]?.id ?? 0]
    expect(await search({ together: true, agents })).toMatchObject({ isTeamWhole: false, days: [], nextByLieu: [] })
  })

  test('a slot shown can be placed without a warning', async () => {
    const [slot] = await onTuesday({ agents: [ids()[1] ?? 0] })
    const outcome = await createRdv(as(), {
      motifId: here.motif.id,
      lieuId: slot?.lieuId ?? null,
      startAt: slot?.startAt ?? new Date(0),
      agentIds: slot?.agentIds ?? [],
      usagerIds: [(await makeUsager(db, here.territory.id)).id],
      acknowledged: [],
    })
    expect(outcome).toMatchObject({ ok: true })
    expect((await onTuesday({ agents: [ids()[1] ?? 0] })).map(({ startAt }) => startAt)).not.toContainEqual(
      slot?.startAt,
    )
  })

  test('agendas one may not write on are not offered, and a motif beyond reach is not found', async () => {
    const elsewhere = await makeBookablePlace(db, { within: here })
    const stranger = ctxFor(db, { actor: adminOf(elsewhere, elsewhere.agents[0]?.id ?? 0) })
    await expect(searchAgentSlots(stranger, asked)).rejects.toMatchObject({ code: 'not-found' })
    const actor = { ...adminOf(here, ids()[0] ?? 0), scopes: [] }
    const { agents } = await searchAgentSlots({ ...ctxFor(db), actor }, asked)
    expect(agents.map(({ id }) => id)).toEqual([ids()[0]])
  })

  test('asks as many questions for twenty agents as for two', async () => {
    const big = await makeBookablePlace(db, { agentCount: 20 })
    const client = postgres(database.url, { max: 2 })
    const count = async (place: BookablePlace) => {
      const statements: string[] = []
      const logged = dbOn(client, { logQuery: (text) => void statements.push(text) })
      const actor = adminOf(place, place.agents[0]?.id ?? 0)
      await searchAgentSlots(ctxFor(logged, { actor }), { ...asked, motifId: place.motif.id })
      return statements.length
    }
    expect(await count(big)).toBe(await count(here))
    expect(await count(big)).toBeLessThanOrEqual(9)
    await client.end()
  })
})

test('what the public books is taken here too', async () => {
  const place = await makeBookablePlace(db)
  const actor = adminOf(place, place.agents[0]?.id ?? 0)
  const first = async () => {
    const { days } = await searchAgentSlots(ctxFor(db, { actor }), { ...asked, motifId: place.motif.id })
    return days[0]?.slots[0]?.startAt
  }
  const startAt = await first()
  expect((await bookSlot(ctxFor(db), bookingQuestion(place, startAt ?? new Date(0)))).ok).toBe(true)
  expect(await first()).not.toEqual(startAt)
})
