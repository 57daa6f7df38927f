import { beforeAll, expect, test } from 'vitest'
import { adminOf, ctxFor, NOW, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace, makeLieu, makeUsager } from '@/db/testing/make'
import type { Level } from '@/server/access/rules/reach'
import type { AgentActor } from '@/server/kernel/actor'
import { done } from '@/server/kernel/outcome'
import { inTransaction } from '@/server/platform/ctx'
import { settleOffers } from '../commands/settle-offers'
import { insertEntry, insertOffer } from '../store/waitlist'
import { listAgendaOf } from './agent-rdvs'
import { getBoard } from './board'

const HOUR_MS = 3_600_000
const WEEK = { fromDay: '2027-03-01', toDay: '2027-03-07' }
const [STARTS_AT, ENDS_AT] = [new Date('2027-03-03T08:00:00Z'), new Date('2027-03-03T08:30:00Z')]
const UNTIL_AT = new Date(NOW.getTime() + 2 * HOUR_MS)

const { db } = await ownDatabase()
let here: BookablePlace
let agentId: number
let offerId: number
beforeAll(async () => {
  here = await makeBookablePlace(db)
  agentId = here.agents[0]?.id ?? 0
  const usager = await makeUsager(db, here.territory.id)
  const line = { territoryId: here.territory.id, motifId: here.motif.id, lieuId: here.lieu.id, usagerId: usager.id }
  const made = await inTransaction<number, never>(ctxFor(db), async (tx) => {
    const entryId = (await insertEntry(tx, line)) ?? 0
    const slot = { agentId, isHeld: true, startsAt: STARTS_AT, endsAt: ENDS_AT, untilAt: UNTIL_AT }
    return done(await insertOffer(tx, { territoryId: here.territory.id, entryId, ...slot }))
  })
  offerId = made.ok ? made.value : 0
})

/** A colleague to whom this agenda is open so far. */
function colleague(level: Exclude<Level, 'none'>) {
  const actor: AgentActor = {
    ...adminOf(here, 999_999),
    ...{ memberships: [], serviceIds: [] },
    scopes: [
      {
        ...{ level, territoryId: here.territory.id, agentIds: [agentId] },
        ...{ organisationIds: 'any' as const, serviceIds: 'any' as const },
      },
    ],
  }
  return { ...ctxFor(db, { actor }), actor }
}
const own = () => {
  const actor = adminOf(here, agentId)
  return { ...ctxFor(db, { actor }), actor }
}
const boardOf = (ctx: ReturnType<typeof own>) =>
  getBoard(ctx, { which: { kind: 'agents', agentIds: [agentId] }, ...WEEK })

test('a slot kept for somebody who waits shows on the agendas until when, and nothing of whom', async () => {
  const held = { startAt: STARTS_AT, endAt: ENDS_AT, heldUntilAt: UNTIL_AT }
  for (const ctx of [own(), colleague('read')]) {
    expect((await listAgendaOf(ctx, { agentId, ...WEEK })).busy).toEqual([held])
    expect((await boardOf(ctx)).busy).toEqual([{ agentId, ...held }])
  }
})

test('who may only know that their colleague is taken knows no more', async () => {
  const taken = { startAt: STARTS_AT, endAt: ENDS_AT }
  expect((await listAgendaOf(colleague('busy'), { agentId, ...WEEK })).busy).toEqual([taken])
  expect((await boardOf(colleague('busy'))).busy).toEqual([{ agentId, ...taken }])
})

test('in the week of a lieu, those of that lieu alone', async () => {
  const other = await makeLieu(db, { territoryId: here.territory.id, organisationId: here.organisation.id })
  const ofLieu = async (lieuId: number) =>
    (await getBoard(own(), { which: { kind: 'lieu', lieuId }, ...WEEK })).busy.map(({ heldUntilAt }) => heldUntilAt)
  expect([await ofLieu(here.lieu.id), await ofLieu(other.id)]).toEqual([[UNTIL_AT], []])
})

test('on another day, or once it is let go, nothing', async () => {
  const days = { fromDay: '2027-03-04', toDay: '2027-03-05' }
  expect((await listAgendaOf(own(), { agentId, ...days })).busy).toEqual([])
  expect((await getBoard(own(), { which: { kind: 'agents', agentIds: [agentId] }, ...days })).busy).toEqual([])
  await settleOffers(ctxFor(db), { offerIds: [offerId], state: 'declined' })
  expect((await boardOf(own())).busy).toEqual([])
})
