import { sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { bookingQuestion, ctxFor, NOW, signedInAs, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace, makeGrants } from '@/db/testing/make'
import { defaultGrantsOfMember, defaultGrantsOfOrganisation } from '@/server/access/rules/grants'
import { askExport } from '@/server/booking/commands/ask-export'
import { bookSlot } from '@/server/booking/commands/book-slot'
import { writeExport } from '@/server/booking/commands/write-export'
import { purgeExports } from '@/server/booking/jobs'
import { getExportFile } from '@/server/booking/queries/exports'
import { countMyNews } from '../queries/my-news'
import { sendMessage } from './send-message'
import { tellExport } from './tell-export'

const { db } = await ownDatabase()
let place: BookablePlace
beforeEach(async () => {
  await db.execute(sql`truncate captured_messages, messages`)
  place = await makeBookablePlace(db)
  const here = { territoryId: place.territory.id, organisationId: place.organisation.id }
  await makeGrants(db, defaultGrantsOfOrganisation(here))
  await makeGrants(db, defaultGrantsOfMember(here, { agentId: agentId(), serviceIds: [place.service.id] }))
})

const agentId = () => place.agents[0]?.id ?? 0
const after = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000)
async function me(now = NOW) {
  const actor = await signedInAs(db, agentId())
  return { ...ctxFor(db, { actor, now }), actor }
}

/** A list with the RDV of Léa Martin, written by the worker, whose every fact is heard twice. */
async function written() {
  const booked = await bookSlot(ctxFor(db), bookingQuestion(place, new Date('2027-03-02T08:00:00Z')))
  if (!booked.ok) throw new Error(booked.reason)
  const outcome = await askExport(await me(), {
    format: 'csv',
    filter: {
      ...{ fromDay: '2027-03-01', toDay: '2027-03-31', agentId: 'any', organisationId: 'any', motifId: 'any' },
      ...{ lieuId: 'any', statuses: 'any', author: 'any', person: '', sort: 'start', direction: 'asc' },
    },
  })
  if (!outcome.ok) throw new Error(outcome.reason)
  const { exportId } = outcome.value
  await writeExport(ctxFor(db, { actor: { kind: 'system', job: 'test' } }), { exportId })
  return exportId
}

async function heard(exportId: number) {
  const facts = await db.execute<{ id: number }>(sql`
    select id::float8 as id from events where kind = 'export.written' and subject_id = ${exportId} order by id`)
  for (const { id } of facts) await Promise.all([1, 2].map(() => tellExport(ctxFor(db), { eventId: id })))
}

async function sent(now: Date) {
  const waiting = await db.execute<{ id: number; leaves_ms: number }>(sql`
    select id::float8 as id, extract(epoch from leaves_at)::float8 * 1000 as leaves_ms from messages where state = 'waiting'`)
  expect(waiting.map(({ leaves_ms }) => leaves_ms)).toEqual([after(1).getTime()])
  for (const { id } of waiting) await sendMessage(ctxFor(db, { now }), { messageId: id })
  const rows = await db.execute<{ recipient: string; subject: string; text: string }>(
    sql`select recipient, subject, text from captured_messages`,
  )
  return rows.map((row) => ({ ...row, text: row.text.replaceAll(/[\u00a0\u202f]/g, ' ') }))
}
const fates = async () => {
  const rows = await db.execute<{ fate: string }>(sql`select coalesce(failure, state) as fate from messages`)
  return rows.map(({ fate }) => fate)
}

test('not taken a minute later, a file is told of once to who asked for it, with where to take it and nobody’s name', async () => {
  await heard(await written())
  const [mail, ...others] = await sent(after(1))
  expect(others).toEqual([])
  expect(mail?.recipient).toBe(place.agents[0]?.email)
  expect(mail?.subject).toContain('Votre export est prêt')
  expect(mail?.text).toContain('RDV : 1')
  expect(mail?.text).toMatch(/Gardé jusqu’au : .*2 mars.*, soit 24 heures/)
  expect(mail?.text).toMatch(/\/agent\/rdvs\/exports\n/)
  expect(mail?.text).not.toMatch(/Léa|Martin|Mes préférences/)
})

test('of two territories, it is one file: told once', async () => {
  const exportId = await written()
  await db.execute(sql`
    insert into events (occurred_at, kind, territory_id, subject_kind, subject_id, actor_kind, request_id, payload)
    select occurred_at, kind, null, subject_kind, subject_id, actor_kind, request_id, payload from events
    where kind = 'export.written' and subject_id = ${exportId}`)
  await heard(exportId)
  expect(await sent(after(1))).toHaveLength(1)
})

test('taken within the minute, it is told of by no mail', async () => {
  const exportId = await written()
  await heard(exportId)
  expect(await getExportFile(await me(), { exportId })).toMatchObject({ ok: true })
  expect(await sent(after(1))).toEqual([])
  expect(await fates()).toEqual(['obsolete'])
})

test('erased before the mail could leave, it is told of no more', async () => {
  await heard(await written())
  await purgeExports(ctxFor(db, { now: after(24 * 60 + 1) }))
  expect(await sent(after(24 * 60 + 1))).toEqual([])
  expect(await fates()).toEqual(['obsolete'])
})

test('nothing to who works nowhere any more', async () => {
  await heard(await written())
  await db.execute(sql`delete from agent_roles where agent_id = ${agentId()}`)
  expect(await sent(after(1))).toEqual([])
  expect(await fates()).toEqual(['muted'])
})

test('it is no news of one’s agenda', async () => {
  await heard(await written())
  expect(await countMyNews(await me(after(1)))).toBe(0)
})
