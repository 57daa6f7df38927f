import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { adminOf, ctxFor } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace, makeUsager } from '@/db/testing/make'
import { tellAs } from '@/db/testing/tell'
import { createSeries } from '@/server/booking/commands/create-series'
import { WARNING_KINDS } from '@/server/booking/rules/warnings'
import { tellOtherwise } from '../commands/tell-otherwise'
import { countUntold, listUntold } from './untold'

const { db } = await ownDatabase()

/** Tuesdays at ten, for somebody and for their child, of which every message failed. */
async function failed(days: readonly number[]) {
  const place = await makeBookablePlace(db)
  const agentId = place.agents[0]?.id ?? 0
  const contact = { email: 'lea@example.org', phoneE164: '+33612345678' }
  const parent = await makeUsager(db, place.territory.id, { firstName: 'Léa', ...contact })
  const child = await makeUsager(db, place.territory.id, { firstName: 'Noé', responsibleId: parent.id })
  const actor = adminOf(place, agentId)
  const desk = { ...ctxFor(db, { actor }), actor }
  const outcome = await createSeries(desk, {
    ...{ motifId: place.motif.id, lieuId: place.lieu.id, agentIds: [agentId], usagerIds: [parent.id, child.id] },
    dates: days.map((day) => ({ startAt: new Date(Date.UTC(2027, 2, day, 9)), acknowledged: [...WARNING_KINDS] })),
  })
  if (!outcome.ok) throw new Error(outcome.reason)
  const rows = await db.execute<{ id: number }>(
    sql`select id::float8 as id from rdvs where territory_id = ${place.territory.id} order by starts_at`,
  )
  const rdvIds = rows.map(({ id }) => id)
  const tell = (rdvId: number) => tellAs(ctxFor(db), { rdvId, byAgent: true, isSettled: true })
  const fail = () =>
    db.execute(
      sql`update messages set state = 'failed', failure = 'refused' where territory_id = ${place.territory.id} and participation_id is not null and told_otherwise_at is null`,
    )
  const [first = 0, second = 0] = rdvIds
  await tell(first)
  await fail()
  const listed = async () => {
    const { untold } = await listUntold(desk)
    expect(await countUntold(desk)).toBe(untold.length)
    return untold.map(({ personName, rdvId, news }) => [personName.split(' ')[0], rdvIds.indexOf(rdvId), news])
  }
  const close = async (index: number) => {
    const { untold } = await listUntold(desk)
    await tellOtherwise(desk, { participationId: untold[index]?.participationId ?? 0 })
  }
  const leave = (usagerId: number) =>
    db.execute(sql`update participations set status = 'revoked' where rdv_id = ${first} and usager_id = ${usagerId}`)
  return { first, second, parent, child, listed, close, fail, leave, tell }
}

test('a family is listed once, and once somebody called, no more', async () => {
  const { listed, close } = await failed([2])
  expect(await listed()).toEqual([['Léa', 0, 'created']])
  await close(0)
  expect(await listed()).toEqual([])
})

test('whoever was to be told by it stays listed, when its head is told of something else', async () => {
  const { first, parent, listed, close, leave, tell } = await failed([2])
  await leave(parent.id)
  await tell(first)
  expect(await listed()).toEqual([['Noé', 0, 'created']])
  await close(0)
  expect(await listed()).toEqual([])
})

test('each of the two is closed by itself', async () => {
  const { first, parent, listed, close, leave, tell, fail } = await failed([2])
  await leave(parent.id)
  await tell(first)
  await fail()
  expect((await listed()).sort()).toEqual([
    ['Léa', 0, 'cancelled'],
    ['Noé', 0, 'created'],
  ])
  await close((await listed()).findIndex(([name]) => name === 'Léa'))
  expect(await listed()).toEqual([['Noé', 0, 'created']])
})

test('the other dates of a series stay listed by the next of them, when the first is cancelled', async () => {
  const { first, second, listed, close, tell } = await failed([2, 9, 16])
  expect(await listed()).toEqual([['Léa', 0, 'created']])
  await db.execute(sql`update rdvs set status = 'revoked', cancelled_at = now() where id = ${first}`)
  await tell(first)
  expect(await listed()).toEqual([['Léa', 1, 'created']])
  await db.execute(sql`update rdvs set status = 'revoked', cancelled_at = now() where id = ${second}`)
  await tell(second)
  expect(await listed()).toEqual([['Léa', 2, 'created']])
  await close(0)
  expect(await listed()).toEqual([])
})
