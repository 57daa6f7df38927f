import { sql } from 'drizzle-orm'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { bookingQuestion, ctxFor, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace, makeCommune } from '@/db/testing/make'
import { bookSlot } from '@/server/booking/commands/book-slot'
import { joinWaitlistByDraft } from '@/server/booking/commands/join-waitlist-by-draft'
import { joinWaitlistByLink } from '@/server/booking/commands/join-waitlist'
import { leaveWaitlist } from '@/server/booking/commands/leave-waitlist'
import { saveDraft } from '@/server/booking/commands/save-draft'
import { waitlistJoined } from '@/server/booking/events/waitlist'
import type { DraftAnswers } from '@/server/booking/schema'
import { motifKey } from '@/server/directory/rules/motif'
import { smsSizeOf } from '@/server/kernel/sms-text'
import { tokenOf } from '@/server/platform/tokens'
import { onWaitlistJoined } from '../reactions'
import { sendMessage } from './send-message'

const { db } = await ownDatabase()
let here: BookablePlace
beforeAll(async () => {
  await makeCommune(db)
})
beforeEach(async () => {
  await db.execute(sql`delete from captured_messages`)
  await db.execute(sql`delete from rate_limits`)
  here = await makeBookablePlace(db, { motif: { name: 'Suivi de grossesse' } })
})

const SAM = { firstName: 'Sam', lastName: 'Diallo', phone: '06 12 34 56 78', email: 'sam@example.org' }

/** Somebody who has no RDV, while nobody receives. */
async function waiting(answers: DraftAnswers = SAM): Promise<{ entryId: number; token: string }> {
  await db.execute(sql`
    insert into absences (agent_id, zone, title, first_day, start_min, last_day, end_min)
    values (${here.agents[0]?.id ?? 0}, 'Europe/Paris', 'Congé', '2027-03-01', 0, '2028-03-01', 1440)`)
  const tunnel = { commune: '62498', service: here.service.id, motif: motifKey(here.motif), lieu: here.lieu.id }
  const { draftId } = await saveDraft(ctxFor(db), { tunnel, answers })
  const outcome = await joinWaitlistByDraft(ctxFor(db), { draftId })
  if (!outcome.ok) throw new Error(outcome.reason)
  const [row] = await db.execute<{ id: number }>(
    sql`select id::float8 as id from waitlist_entries where territory_id = ${here.territory.id}`,
  )
  const entryId = row?.id ?? 0
  return { entryId, token: tokenOf('waitlist-entry', entryId) }
}

const joinedAs = (entryId: number, rdvId: number | null) => {
  const entry = { id: entryId, territoryId: here.territory.id }
  const event = waitlistJoined(entry, { motifId: here.motif.id, usagerId: 1, rdvId })
  return onWaitlistJoined(ctxFor(db), event)
}

const messages = async () => [
  ...(await db.execute<{ id: number; channel: string; recipient: string; failure: string | null }>(sql`
    select id::float8 as id, channel, recipient, failure from messages where territory_id = ${here.territory.id} order by channel`)),
]
async function sent() {
  for (const { id } of await messages()) await sendMessage(ctxFor(db), { messageId: id })
  return [
    ...(await db.execute<{ channel: string; subject: string | null; text: string }>(
      sql`select channel, subject, text from captured_messages order by channel`,
    )),
  ]
}

test('whoever leaves their coordinates is told that they wait, once a channel, with the link by which they leave', async () => {
  const { entryId, token } = await waiting()
  await joinedAs(entryId, null)
  await joinedAs(entryId, null)
  expect((await messages()).map(({ recipient }) => recipient)).toEqual(['sam@example.org', '+33612345678'])
  const [mail, sms] = await sent()
  expect(mail?.subject).toContain('Vous êtes sur la file d’attente')
  expect(mail?.text).toMatch(/Motif\s: Suivi de grossesse/)
  expect(sms?.text).toContain('un créneau libre vous sera proposé')
  expect(smsSizeOf(sms?.text ?? '').segments).toBe(1)
  for (const { text } of [mail, sms].flatMap((one) => one ?? [])) expect(text).toContain(`/attente/${token}`)
})

test('no SMS leaves for a foreign number typed online, until an agent vouches for it', async () => {
  const { entryId } = await waiting({ ...SAM, phone: '+32 470 12 34 56' })
  await joinedAs(entryId, null)
  expect((await messages()).map(({ recipient }) => recipient)).toEqual(['sam@example.org'])
  await db.execute(sql`delete from messages where territory_id = ${here.territory.id}`)
  await db.execute(sql`update usagers set phone_confirmed = true where territory_id = ${here.territory.id}`)
  await joinedAs(entryId, null)
  expect((await messages()).map(({ recipient }) => recipient)).toEqual(['sam@example.org', '+32470123456'])
})

test('a confidential motif is named nowhere, nor its place', async () => {
  await db.execute(sql`update motifs set is_confidential = true, sms_label = 'Grossesse' where id = ${here.motif.id}`)
  const { entryId } = await waiting()
  await joinedAs(entryId, null)
  const all = await sent()
  expect(all).toHaveLength(2)
  for (const { subject, text } of all) {
    expect(`${subject ?? ''} ${text}`).not.toMatch(/grossesse/i)
    expect(text).not.toContain(here.lieu.name)
  }
})

test('nothing leaves once they have left, nor to who asked for no SMS', async () => {
  const { entryId, token } = await waiting()
  await db.execute(sql`update usagers set notify_by_sms = false where territory_id = ${here.territory.id}`)
  await joinedAs(entryId, null)
  expect((await messages()).map(({ channel }) => channel)).toEqual(['mail'])
  await leaveWaitlist(ctxFor(db), { token })
  expect(await sent()).toEqual([])
  expect((await messages()).map(({ failure }) => failure)).toEqual(['obsolete'])
})

test('who has an RDV has its link: nothing is sent', async () => {
  const booked = await bookSlot(ctxFor(db), bookingQuestion(here, new Date('2027-03-12T09:00:00Z')))
  if (!booked.ok) throw new Error(booked.reason)
  const { rdvId, linkId } = booked.value
  expect(await joinWaitlistByLink(ctxFor(db), { token: tokenOf('rdv-link', linkId) })).toMatchObject({ ok: true })
  const [row] = await db.execute<{ id: number }>(
    sql`select id::float8 as id from waitlist_entries where rdv_id = ${rdvId}`,
  )
  await joinedAs(row?.id ?? 0, rdvId)
  await joinedAs(row?.id ?? 0, null)
  expect(await messages()).toEqual([])
})
