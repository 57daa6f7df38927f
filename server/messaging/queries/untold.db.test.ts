import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { adminOf, bookingQuestion, ctxFor, NOW } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace } from '@/db/testing/make'
import { bookSlot } from '@/server/booking/commands/book-slot'
import { listRdvHistory } from '@/server/booking/queries/rdv-history'
import { done } from '@/server/kernel/outcome'
import { inTransaction } from '@/server/platform/ctx'
import { tellOtherwise } from '../commands/tell-otherwise'
import { tellAs } from '@/db/testing/tell'
import { setMessageState } from '../store'
import { countUntold, listUntold } from './untold'

const NINE = new Date('2027-03-02T08:00:00Z')

const { db } = await ownDatabase()

/** An RDV whose mail and SMS became what `fates` says, and its desk. */
async function told(fates: Record<'mail' | 'sms', 'failed' | 'uncertain' | 'sent' | 'waiting'>) {
  const place = await makeBookablePlace(db)
  const question = bookingQuestion(place, NINE)
  const person = { ...question.coordinates.person, email: 'lea@example.org' }
  const outcome = await bookSlot(ctxFor(db), { ...question, coordinates: { person, relative: null } })
  if (!outcome.ok) throw new Error(outcome.reason)
  const { rdvId } = outcome.value
  await tellAs(ctxFor(db), { rdvId, byAgent: false, isSettled: false })
  for (const [channel, state] of Object.entries(fates)) {
    await db.execute(sql`
      update messages set state = ${state}, failure = ${state === 'failed' ? 'refused' : null}
      where rdv_id = ${rdvId} and channel = ${channel}`)
  }
  const actor = adminOf(place, place.agents[0]?.id ?? 0)
  const desk = (now = NOW) => ({ ...ctxFor(db, { actor, now }), actor })
  const [row] = await db.execute<{ id: number }>(
    sql`select id::float8 as id from participations where rdv_id = ${rdvId}`,
  )
  return { rdvId, desk, actor, participationId: row?.id ?? 0 }
}

test('whom no message reached is listed once, with why, until somebody says they know, which the history keeps', async () => {
  const { rdvId, desk, participationId } = await told({ mail: 'failed', sms: 'uncertain' })
  const { untold, isCut } = await listUntold(desk())
  expect(isCut).toBe(false)
  expect(untold).toMatchObject([{ participationId, rdvId, news: 'created', startAt: NINE, zone: 'Europe/Paris' }])
  expect(untold[0]?.tries.map(({ channel, failure }) => [channel, failure]).sort()).toEqual([
    ['mail', 'refused'],
    ['sms', null],
  ])
  expect(await countUntold(desk())).toBe(1)
  await Promise.all(Array.from({ length: 4 }, () => tellOtherwise(desk(), { participationId })))
  expect(await listUntold(desk())).toMatchObject({ untold: [] })
  expect(await countUntold(desk())).toBe(0)
  const history = await listRdvHistory(desk(), { rdvId })
  expect(history.filter(({ kind }) => kind === 'rdv.told-otherwise')).toHaveLength(1)
})

test.each(['sent', 'waiting'] as const)('nobody is called while the other channel is %s', async (state) => {
  const { desk } = await told({ mail: 'failed', sms: state })
  expect(await listUntold(desk())).toMatchObject({ untold: [] })
})

test('nor once the RDV has begun, nor for what something newer tells of', async () => {
  const { rdvId, desk } = await told({ mail: 'failed', sms: 'failed' })
  expect(await countUntold(desk(new Date(NINE.getTime() + 1)))).toBe(0)
  await db.execute(sql`update rdvs set status = 'revoked', cancelled_at = now() where id = ${rdvId}`)
  await tellAs(ctxFor(db), { rdvId, byAgent: true, isSettled: true })
  expect(await countUntold(desk())).toBe(0)
  await db.execute(sql`
    update messages set state = 'failed', failure = 'refused' where rdv_id = ${rdvId} and news = 'cancelled'`)
  expect((await listUntold(desk())).untold.map(({ news }) => news)).toEqual(['cancelled'])
})

test('by those alone who may write the RDV: a number of elsewhere is not found', async () => {
  const { participationId } = await told({ mail: 'failed', sms: 'failed' })
  const elsewhere = await told({ mail: 'failed', sms: 'failed' })
  expect((await listUntold(elsewhere.desk())).untold).toHaveLength(1)
  await expect(tellOtherwise(elsewhere.desk(), { participationId })).rejects.toThrow('not-found')
})

test('a reminder that failed is to be given, but not of a time that has changed since', async () => {
  const { rdvId, desk, participationId } = await told({ mail: 'sent', sms: 'sent' })
  await db.execute(sql`
    with due as (
      insert into reminders (territory_id, rdv_id, starts_at, lead_min, due_at)
      select territory_id, id, starts_at, 2880, now() from rdvs where id = ${rdvId} returning id, territory_id)
    insert into messages (territory_id, rdv_id, participation_id, reminder_id, version, news, channel, recipient, state, failure, state_at)
    select territory_id, ${rdvId}, ${participationId}, id, 1, 'reminder', 'mail', 'lea@example.org', 'failed', 'refused', now() from due`)
  expect((await listUntold(desk())).untold.map(({ news }) => news)).toEqual(['reminder'])
  await db.execute(sql`
    update rdvs set starts_at = starts_at + interval '1 day', ends_at = ends_at + interval '1 day' where id = ${rdvId}`)
  await tellAs(ctxFor(db), { rdvId, byAgent: true, isSettled: true })
  expect((await listUntold(desk())).untold).toEqual([])
})

test('an answer of the gateway that comes after somebody called changes nothing', async () => {
  const { rdvId, desk, participationId } = await told({ mail: 'failed', sms: 'uncertain' })
  await tellOtherwise(desk(), { participationId })
  const [row] = await db.execute<{ id: number }>(
    sql`select id::float8 as id from messages where rdv_id = ${rdvId} and channel = 'sms'`,
  )
  const late = { from: ['sending', 'uncertain'], state: 'sent', failure: null } as const
  expect(await inTransaction(ctxFor(db), async (tx) => done(await setMessageState(tx, row?.id ?? 0, late)))).toEqual(
    done(false),
  )
})
