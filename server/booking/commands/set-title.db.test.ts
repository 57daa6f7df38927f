import { sql } from 'drizzle-orm'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { adminOf, bookingQuestion, ctxFor, heldNow, NOW, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace, makeCommune } from '@/db/testing/make'
import { makeSession } from '@/db/testing/session'
import { motifKey } from '@/server/directory/rules/motif'
import { inRead } from '@/server/platform/ctx'
import { calendarOf } from '../queries/calendar'
import { listRdvHistory } from '../queries/rdv-history'
import { getSessionTitle } from '../queries/session-title'
import { searchSlots } from '../queries/slots'
import { findRdvOfParticipation, forUsager } from '../queries/usager-rdvs'
import { setTitleSchema } from '../schema/session-title'
import { bookSlot } from './book-slot'
import { joinSession } from './join-session'
import { rescheduleRdv } from './reschedule-rdv'
import { setStatus } from './set-status'
import { setTitle } from './set-title'

/** Tuesday 2 March 2027, 9:00 in Paris; a second session keeps the motif open. */
const NINE = new Date('2027-03-02T08:00:00Z')
const WEEK_AFTER = new Date('2027-03-09T08:00:00Z')

const { db } = await ownDatabase({ poolSize: 4 })
let here: BookablePlace
let rdvId: number
beforeAll(async () => {
  await makeCommune(db)
})
beforeEach(async () => {
  here = await makeBookablePlace(db, { motif: { isCollective: true, isConfidential: false } })
  await makeSession(db, here, WEEK_AFTER)
  rdvId = await makeSession(db, here, NINE)
})

const agentId = () => here.agents[0]?.id ?? 0
const asAdmin = () => ctxFor(db, { actor: adminOf(here, agentId()) })
const known = async () => (await getSessionTitle(asAdmin(), { rdvId })).sequence
const name = async (title: string, knownSequence?: number) =>
  setTitle(asAdmin(), { rdvId, title, knownSequence: knownSequence ?? (await known()) })
const history = async () =>
  (await listRdvHistory(asAdmin(), { rdvId })).flatMap(({ field, from, to }) => (field === 'title' ? [[from, to]] : []))

test('a session is named, renamed and named no more; its history keeps each, and its version grows', async () => {
  expect(await name('Atelier budget')).toEqual({ ok: true, value: { rdvId, sequence: 1, isChanged: true } })
  expect(await name('Atelier énergie')).toMatchObject({ ok: true, value: { sequence: 2 } })
  expect(await name('')).toMatchObject({ ok: true, value: { sequence: 3 } })
  expect(await getSessionTitle(asAdmin(), { rdvId })).toMatchObject({ title: null, isCollective: true, startAt: NINE })
  expect(await history()).toEqual([
    ['Atelier énergie', null],
    ['Atelier budget', 'Atelier énergie'],
    [null, 'Atelier budget'],
  ])
})

test('sent twice it is named once; over what somebody changed meanwhile it is refused', async () => {
  const seen = await known()
  expect(await name('Atelier budget', seen)).toMatchObject({ ok: true, value: { isChanged: true } })
  expect(await name('Atelier budget', seen)).toMatchObject({ ok: true, value: { isChanged: false } })
  expect(await name('Atelier énergie', seen)).toEqual({ ok: false, reason: 'changed-meanwhile' })
  const held = await heldNow(db, rdvId)
  expect(await rescheduleRdv(asAdmin(), { ...held, durationMin: 90, acknowledged: ['gap'] })).toMatchObject({
    ok: true,
  })
  expect(await name('Atelier énergie', held.knownSequence)).toEqual({ ok: false, reason: 'changed-meanwhile' })
  expect(await history()).toEqual([[null, 'Atelier budget']])
})

test('two agents who name it at once: one does, the other is told', async () => {
  const seen = await known()
  const outcomes = await Promise.all([name('Atelier budget', seen), name('Atelier énergie', seen)])
  expect(outcomes.map((one) => (one.ok ? 'done' : one.reason)).sort()).toEqual(['changed-meanwhile', 'done'])
  expect(await history()).toHaveLength(1)
})

test('is refused to an RDV that is individual, or whose status is said; unknown to whoever may not write it', async () => {
  await setStatus(asAdmin(), { rdvId, from: 'unknown', to: 'revoked' })
  expect(await name('Atelier budget')).toEqual({ ok: false, reason: 'not-open' })
  const there = await makeBookablePlace(db)
  const booked = await bookSlot(ctxFor(db), bookingQuestion(there, NINE))
  if (!booked.ok) throw new Error(booked.reason)
  const individual = { rdvId: booked.value.rdvId, title: 'Atelier budget', knownSequence: 0 }
  const asOther = ctxFor(db, { actor: adminOf(there, there.agents[0]?.id ?? 0) })
  expect(await setTitle(asOther, individual)).toEqual({ ok: false, reason: 'not-collective' })
  await expect(setTitle(asAdmin(), individual)).rejects.toMatchObject({ code: 'not-found' })
  await expect(getSessionTitle(asOther, { rdvId })).rejects.toMatchObject({ code: 'not-found' })
})

test('is one line of eighty characters at most, without what nobody sees', () => {
  const typed = (title: string) => setTitleSchema.safeParse({ rdvId, knownSequence: '0', title })
  expect(typed('  Atelier \n\u0000 budget\u0007  ').data).toMatchObject({ title: 'Atelier budget', knownSequence: 0 })
  expect(typed('\u2067Ate\u00adlier\u200b \ufeffbudget\u2069').data).toMatchObject({ title: 'Atelier budget' })
  for (const unseen of ['\u200b', '\u200e \u200f', '\u202e\u2066\u2060', '\ufeff'])
    expect(typed(unseen).data).toMatchObject({ title: '' })
  expect(typed(' \n ').data).toMatchObject({ title: '' })
  expect(typed('é'.repeat(80)).success).toBe(true)
  expect(typed('é'.repeat(81)).error?.issues[0]).toMatchObject({ path: ['title'], message: 'too-long' })
})

test('who comes reads it on their page and in their calendar, and whoever chooses a session in the list; not of a confidential motif', async () => {
  await name('Atelier budget')
  const joined = await joinSession(ctxFor(db), bookingQuestion(here, NINE))
  if (!joined.ok) throw new Error(joined.reason)
  const read = () => inRead(ctxFor(db), (ctx) => findRdvOfParticipation(ctx, joined.value.participationId))
  const shown = async () => {
    const own = await read()
    if (!own) throw new Error('no RDV')
    const text = calendarOf(own, false).text.replaceAll('\r\n ', '')
    return { page: forUsager(own, NOW, true).title, isInCalendar: text.includes('Atelier budget') }
  }
  const listed = async () => {
    const tunnel = { commune: '62498', service: here.service.id, motif: motifKey(here.motif), lieu: here.lieu.id }
    const { page } = await searchSlots(ctxFor(db), { ...tunnel, du: '2027-03-02' })
    return page.days.flatMap(({ slots }) => slots.map(({ title }) => title))
  }
  expect(await shown()).toEqual({ page: 'Atelier budget', isInCalendar: true })
  expect(await listed()).toEqual(['Atelier budget'])
  await db.execute(sql`update motifs set is_confidential = true where id = ${here.motif.id}`)
  expect(await shown()).toEqual({ page: null, isInCalendar: false })
  expect(await listed()).toEqual([null])
})
