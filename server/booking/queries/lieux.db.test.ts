import { beforeEach, expect, test } from 'vitest'
import { agentRoles } from '@/db/schema'
import { ctxFor, heldNow, signedInAs, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeAgent, makeBookablePlace, makeOpening, makeUsager } from '@/db/testing/make'
import { createRdv } from '../commands/create-rdv'
import { rescheduleRdv } from '../commands/reschedule-rdv'
import { searchAgentSlots } from './agent-slots'
import { getPlacement } from './placing'
import { getRescheduling } from './rescheduling'

const { db } = await ownDatabase()
/** An agent of two organisations of one territory receives at the lieu of the first for the motif of the second. */
let first: BookablePlace
let second: BookablePlace
let agentId: number
beforeEach(async () => {
  first = await makeBookablePlace(db)
  second = await makeBookablePlace(db, { within: first })
  const place = { territoryId: first.territory.id, organisationId: first.organisation.id }
  agentId = (await makeAgent(db, { ...place, serviceId: first.service.id })).id
  await db.insert(agentRoles).values({ ...place, organisationId: second.organisation.id, agentId })
  const afternoon = { startMin: 14 * 60, endMin: 16 * 60 }
  await makeOpening(db, { ...place, agentId, lieuId: first.lieu.id, motifIds: [second.motif.id] }, afternoon)
})

async function asAgent() {
  const actor = await signedInAs(db, agentId)
  return { ...ctxFor(db, { actor }), actor }
}
const twoOClock = new Date('2027-03-02T13:00:00Z')
const idsOf = (lieux: readonly { id: number }[]) => lieux.map(({ id }) => id).sort((a, b) => a - b)

test('a motif is placed where its agent receives for it, though the lieu be another organisation’s', async () => {
  const ctx = await asAgent()
  const asked = { motifId: second.motif.id, usagerIds: [], startAt: twoOClock }
  const placement = await getPlacement(ctx, { ...asked, agentIds: [agentId] })
  expect(placement.suggestedLieuId).toBe(first.lieu.id)
  expect(idsOf(placement.lieux)).toEqual([first.lieu.id, second.lieu.id])
  expect(idsOf((await getPlacement(ctx, { ...asked, agentIds: [] })).lieux)).toEqual([second.lieu.id])
  const search = { motifId: second.motif.id, agents: [agentId], groupIds: [], fromDay: '2027-03-02' }
  const found = await searchAgentSlots(ctx, { ...search, lieux: 'any', together: false })
  expect(idsOf(found.lieux)).toEqual([first.lieu.id, second.lieu.id])

  const usagerIds = [(await makeUsager(db, first.territory.id)).id]
  const rdv = { motifId: second.motif.id, lieuId: first.lieu.id, startAt: twoOClock, usagerIds, acknowledged: [] }
  const placed = await createRdv(ctx, { ...rdv, agentIds: [agentId] })
  if (!placed.ok) throw new Error(placed.reason)

  const { rdvId } = placed.value
  expect(idsOf((await getRescheduling(ctx, { rdvId })).lieux)).toEqual([first.lieu.id, second.lieu.id])
  const held = await heldNow(db, rdvId)
  const there = await rescheduleRdv(ctx, { ...held, lieuId: second.lieu.id, acknowledged: ['elsewhere'] })
  expect(there).toMatchObject({ ok: true })
  const back = { ...(await heldNow(db, rdvId)), lieuId: first.lieu.id }
  expect(await rescheduleRdv(ctx, back)).toMatchObject({ ok: true })
})

test('a motif of no opening there is not placed there', async () => {
  const ctx = await asAgent()
  const usagerIds = [(await makeUsager(db, first.territory.id)).id]
  const rdv = { motifId: first.motif.id, lieuId: second.lieu.id, startAt: twoOClock, usagerIds, acknowledged: [] }
  expect(await createRdv(ctx, { ...rdv, agentIds: [agentId] })).toEqual({ ok: false, reason: 'place-missing' })
})
