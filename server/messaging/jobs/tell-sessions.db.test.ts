import { eq, sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { messages } from '@/db/schema'
import { bookingQuestion, ctxFor, NOW, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace } from '@/db/testing/make'
import { makeSession } from '@/db/testing/session'
import { cancelByLink } from '@/server/booking/commands/cancel-by-link'
import { joinSession } from '@/server/booking/commands/join-session'
import { inRead } from '@/server/platform/ctx'
import { tokenOf } from '@/server/platform/tokens'
import type { ToAgent } from '../store'
import { rdvMail } from './rdv-mail'
import { sendMessage } from './send-message'
import { tellAgents } from './tell-agents'
import { tellRdv } from './tell-rdv'

/** Tuesday 2 March 2027 at nine in Paris: tomorrow; and the week after. */
const NINE = new Date('2027-03-02T08:00:00Z')
const WEEK_AFTER = new Date('2027-03-09T08:00:00Z')

const { db } = await ownDatabase()
let place: BookablePlace
beforeEach(async () => {
  await db.execute(sql`truncate captured_messages, messages`)
  place = await makeBookablePlace(db, { motif: { isCollective: true, isConfidential: false } })
})

const setLevel = (level: string) =>
  db.execute(sql`update agents set rdv_notifications = ${level} where id = ${place.agents[0]?.id}`)

async function join(startAt: Date) {
  const question = bookingQuestion(place, startAt)
  const { person } = question.coordinates
  const email = `${String(person.phone?.e164)}@example.org`
  const outcome = await joinSession(ctxFor(db), {
    ...question,
    coordinates: { person: { ...person, email }, relative: null },
  })
  if (!outcome.ok) throw new Error(outcome.reason)
  return tokenOf('rdv-link', outcome.value.linkId)
}

/** What its agent is told two minutes later; at once, nothing. */
async function told(rdvId: number) {
  await db.execute(sql`delete from captured_messages`)
  expect(await tellAgents(ctxFor(db), { rdvId, isSettled: false })).toMatchObject({ value: { told: 0 } })
  await tellAgents(ctxFor(db), { rdvId, isSettled: true })
  const waiting = await db.select().from(messages).where(eq(messages.state, 'waiting'))
  for (const message of waiting) {
    const mail = await inRead(ctxFor(db), (read) => rdvMail(read, message as ToAgent & { rdvId: number }))
    expect(mail).not.toHaveProperty('mail.calendar')
    await sendMessage(ctxFor(db), { messageId: message.id })
  }
  const rows = await db.execute<{ text: string }>(sql`select text from captured_messages`)
  return rows.map(({ text }) => text.replaceAll(/[\u00a0\u202f]/g, ' '))
}

test('two people join: one mail says how many more, after two minutes, and names nobody', async () => {
  const rdvId = await makeSession(db, place, NINE)
  await join(NINE)
  await join(NINE)
  const [mail, ...others] = await told(rdvId)
  expect(others).toEqual([])
  expect(mail).toContain('Inscrits : 2 de plus')
  expect(mail).toContain('Par : l’usager, en ligne')
  expect(mail).not.toMatch(/Léa|Martin/)
})

test('somebody leaves, who was known to come: one less', async () => {
  const rdvId = await makeSession(db, place, NINE)
  const token = await join(NINE)
  await told(rdvId)
  expect(await cancelByLink(ctxFor(db), { token })).toMatchObject({ ok: true })
  expect((await told(rdvId))[0]).toContain('Inscrits : 1 de moins')
})

test('two people leave within two minutes, and an agent does something else: each has a mail, at once, and no SMS', async () => {
  const rdvId = await makeSession(db, place, NINE)
  const tokens = [await join(NINE), await join(NINE)]
  await tellRdv(ctxFor(db), { rdvId, byParticipationId: null, isSettled: false })
  await db.execute(sql`update messages set state = 'sent'`)
  // In the evening: what an agent did would wait for the morning.
  const evening = ctxFor(db, { now: new Date('2027-03-01T20:30:00Z') })
  for (const token of tokens) expect(await cancelByLink(evening, { token })).toMatchObject({ ok: true })
  await tellRdv(evening, { rdvId, byParticipationId: null, isSettled: true })
  const rows = await db.execute(sql`
    select channel, news, leaves_at is null as "atOnce" from messages where state = 'waiting' and agent_id is null order by id`)
  expect(rows).toEqual([
    { channel: 'mail', news: 'cancelled', atOnce: true },
    { channel: 'mail', news: 'cancelled', atOnce: true },
  ])
})

test('who leaves for one of theirs has an SMS of the other, whom an agent takes off meanwhile', async () => {
  const rdvId = await makeSession(db, place, NINE)
  const tokens = [await join(NINE), await join(NINE)]
  // Two children of one parent.
  await db.execute(sql`
    with parent as (select min(usager_id) as id from participations where rdv_id = ${rdvId})
    update usagers u set responsible_id = parent.id from parent, participations p
    where p.rdv_id = ${rdvId} and u.id = p.usager_id and u.id <> parent.id`)
  await tellRdv(ctxFor(db), { rdvId, byParticipationId: null, isSettled: true })
  await db.execute(sql`update messages set state = 'sent'`)
  await cancelByLink(ctxFor(db), { token: tokens[0] ?? '' })
  await db.execute(sql`update participations set status = 'revoked' where rdv_id = ${rdvId} and status = 'unknown'`)
  await tellRdv(ctxFor(db), { rdvId, byParticipationId: null, isSettled: true })
  const rows = await db.execute<{ channel: string }>(sql`
    select channel from messages where state = 'waiting' and agent_id is null and news = 'cancelled' order by channel`)
  expect(rows.map(({ channel }) => channel)).toContain('sms')
})

test('joined and left within two minutes, there is nothing to tell', async () => {
  const rdvId = await makeSession(db, place, NINE)
  await cancelByLink(ctxFor(db), { token: await join(NINE) })
  expect(await told(rdvId)).toEqual([])
})

test.each([
  ['all', NINE, 1],
  ['others', NINE, 1],
  ['soon', NINE, 1],
  ['none', NINE, 0],
  ['all', WEEK_AFTER, 1],
  ['others', WEEK_AFTER, 1],
  ['soon', WEEK_AFTER, 0],
  ['none', WEEK_AFTER, 0],
] as const)('at the level %s, of a session on %s, %i mail', async (level, startAt, count) => {
  await setLevel(level)
  const rdvId = await makeSession(db, place, startAt)
  await join(startAt)
  expect(await told(rdvId)).toHaveLength(count)
})

test('nothing of a session that has begun', async () => {
  const rdvId = await makeSession(db, place, NINE)
  await join(NINE)
  const late = ctxFor(db, { now: new Date(NOW.getTime() + 48 * 3_600_000) })
  expect(await tellAgents(late, { rdvId, isSettled: true })).toMatchObject({ value: { told: 0 } })
})
