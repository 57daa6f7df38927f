import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { absences, agentRoles } from '@/db/schema'
import { adminOf, bookingQuestion, ctxFor, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace, makeOpening, makeService, makeTerritory } from '@/db/testing/make'
import type { AgentActor, Scope } from '@/server/kernel/actor'
import { inRead } from '@/server/platform/ctx'
import { bookSlot } from '../commands/book-slot'
import type { BoardQuestion } from '../schema'
import { getBoard } from './board'
import { getPlacement } from './placing'
import { judgeDeletion } from './planning'

/** A midwife of Lens, on Paris clocks, who also receives in Guadeloupe: at nine there, one in the afternoon UTC. */
const { db } = await ownDatabase()
let lens: BookablePlace
let island: BookablePlace
let midwife = 0

beforeAll(async () => {
  lens = await makeBookablePlace(db)
  midwife = lens.agents[0]?.id ?? 0
  const territory = await makeTerritory(db, { departmentNumber: '971', name: 'Guadeloupe', zone: 'America/Guadeloupe' })
  const service = await makeService(db, territory.id)
  island = await makeBookablePlace(db, { agentCount: 0, within: { territory, service } })
  const place = { territoryId: territory.id, organisationId: island.organisation.id }
  await db.insert(agentRoles).values({ ...place, agentId: midwife })
  await makeOpening(
    db,
    { ...place, agentId: midwife, lieuId: island.lieu.id, motifIds: [island.motif.id] },
    { title: 'Consultations' },
  )
})

const opened = ({ territory, organisation, service }: BookablePlace, level: Scope['level']): Scope => ({
  level,
  territoryId: territory.id,
  agentIds: [midwife],
  organisationIds: [organisation.id],
  serviceIds: [service.id],
})
const reader = (place: BookablePlace, scopes: Scope[]): AgentActor => ({ ...adminOf(place, 999_999), scopes })
const boardOf = (actor: AgentActor, which: BoardQuestion['which'], day = '2027-03-02') => {
  const ctx = ctxFor(db, { actor })
  return getBoard(ctx, { which, fromDay: day, toDay: day })
}
const hers = () => ({ kind: 'agents' as const, agentIds: [midwife] })

describe('the lieu of an opening', () => {
  const lieuxOn = async (actor: AgentActor) =>
    Object.fromEntries((await boardOf(actor, hers())).openings.map(({ told }) => [told?.title ?? '', told?.lieuId]))
  const warned = async (actor: AgentActor) => {
    const startAt = new Date('2027-03-02T14:00:00Z')
    const asked = { motifId: lens.motif.id, agentIds: [midwife], usagerIds: [], startAt, lieuId: lens.lieu.id }
    return (await getPlacement(ctxFor(db, { actor }), asked)).warnings
  }
  const elsewhere = (placeName: string | null) => [{ kind: 'elsewhere', agentId: midwife, placeName }]

  test('stays behind the wall of the territory that opens the agenda; its title does not', async () => {
    expect(await lieuxOn(reader(lens, [opened(lens, 'read')]))).toEqual({
      Permanence: lens.lieu.id,
      Consultations: null,
    })
    const writer = reader(lens, [opened(lens, 'write')])
    expect(JSON.stringify(await boardOf(writer, hers()))).not.toContain(island.lieu.name)
    expect(await warned(writer)).toEqual(elsewhere(null))
    expect((await boardOf(writer, { kind: 'lieu', lieuId: island.lieu.id })).agents).toEqual([])
  })

  test('is told to whoever reads the agenda in both, and to herself', async () => {
    const both = reader(lens, [opened(lens, 'write'), opened(island, 'read')])
    for (const actor of [both, adminOf(lens, midwife)]) {
      expect(await lieuxOn(actor)).toEqual({ Permanence: lens.lieu.id, Consultations: island.lieu.id })
      expect(await warned(actor)).toEqual(elsewhere(island.lieu.name))
      const { agents } = await boardOf(actor, { kind: 'lieu', lieuId: island.lieu.id })
      expect(agents.map(({ agentId }) => agentId)).toEqual([midwife])
    }
  })

  test('is told to nobody who may only know that she is taken there', async () => {
    const taken = reader(lens, [opened(lens, 'write'), opened(island, 'busy')])
    expect(await warned(taken)).toEqual(elsewhere(null))
  })
})

describe('an absence written on the clocks of another zone', () => {
  beforeAll(async () => {
    const day = { firstDay: '2027-06-02', startMin: 0, lastDay: '2027-06-02', endMin: 1440 }
    const absence = { agentId: midwife, zone: 'Europe/Paris', title: 'Formation', kind: 'training', ...day } as const
    await db.insert(absences).values(absence)
  })

  test.each([
    ['already tomorrow there', '2027-06-01T22:15:00Z', true],
    ['not yet tomorrow there', '2027-06-01T21:15:00Z', false],
    ['over there, the same day here', '2027-06-02T22:00:00Z', false],
  ])('warns of an RDV it meets: %s', async (_, start, expected) => {
    const actor = reader(island, [opened(island, 'write')])
    const asked = { motifId: island.motif.id, agentIds: [midwife], usagerIds: [], startAt: new Date(start) }
    const { warnings } = await getPlacement(ctxFor(db, { actor }), { ...asked, lieuId: island.lieu.id })
    expect(warnings?.some(({ kind }) => kind === 'absent')).toBe(expected)
  })

  test('stands on the board of the day it meets on its clocks, and on no other', async () => {
    const awayOn = async (day: string) => {
      const { zone, away } = await boardOf(adminOf(lens, midwife), hers(), day)
      expect(zone).toBe('America/Guadeloupe')
      return away.map(({ startAt, endAt }) => [startAt.toISOString(), endAt.toISOString()])
    }
    const all = [['2027-06-01T22:00:00.000Z', '2027-06-02T22:00:00.000Z']]
    expect(await awayOn('2027-05-31')).toEqual([])
    expect(await awayOn('2027-06-01')).toEqual(all)
    expect(await awayOn('2027-06-02')).toEqual(all)
    expect(await awayOn('2027-06-03')).toEqual([])
  })
})

test('an opening taken away leaves an RDV to the others she receives in, each on its own clocks', async () => {
  const booked = await bookSlot(ctxFor(db), bookingQuestion(island, new Date('2027-03-03T14:00:00Z')))
  if (!booked.ok) throw new Error(booked.reason)
  // At no lieu of the opening any more, the RDV may be held in any.
  const [opening] = await db.execute<{ id: number }>(sql`
    update openings set lieu_id = null where territory_id = ${island.territory.id} returning id::float8 as id`)
  const target = { id: opening?.id ?? 0, version: 1, scope: 'all', day: '2027-03-01' } as const
  const leftOut = async () =>
    (await inRead(ctxFor(db, { actor: adminOf(island, midwife) }), (read) => judgeDeletion(read, { target }))).rdvIds
  // From nine to noon in Lens is not from nine to noon over there.
  expect(await leftOut()).toEqual([booked.value.rdvId])
  const { territory, organisation, motif } = lens
  const place = { territoryId: territory.id, organisationId: organisation.id, lieuId: null }
  const afternoon = { startMin: 15 * 60, endMin: 16 * 60 }
  await makeOpening(db, { ...place, agentId: midwife, motifIds: [motif.id] }, afternoon)
  expect(await leftOut()).toEqual([])
})
