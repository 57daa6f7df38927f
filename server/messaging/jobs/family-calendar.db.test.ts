import { sql } from 'drizzle-orm'
import { simpleParser } from 'mailparser'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { bookingQuestion, ctxFor, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace } from '@/db/testing/make'
import { makeSession } from '@/db/testing/session'
import type { BookSlot } from '@/server/booking/commands/book-slot'
import { cancelByLink } from '@/server/booking/commands/cancel-by-link'
import { joinSession } from '@/server/booking/commands/join-session'
import { getIcsByLink } from '@/server/booking/queries/calendar'
import { tokenOf } from '@/server/platform/tokens'
import { tellRdv } from './tell-rdv'

const NINE = new Date('2027-03-09T08:00:00Z')

const { db } = await ownDatabase()
let smtp: SMTPServer
let send: Awaited<ReturnType<typeof senderAsOf>>
const received: Buffer[] = []

beforeAll(async () => {
  smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, callback) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        received.push(Buffer.concat(chunks))
        callback()
      })
    },
  })
  await new Promise<void>((ready) => smtp.listen(0, '127.0.0.1', ready))
  vi.stubEnv('APP_ENV', 'production')
  vi.stubEnv('SMTP_URL', `smtp://127.0.0.1:${String((smtp.server.address() as AddressInfo).port)}`)
  send = await senderAsOf()
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await new Promise<void>((closed) => smtp.close(closed))
})

/** The sender of this moment's environment, which is read once. */
async function senderAsOf() {
  vi.resetModules()
  const [{ sendMessage }, { ctxFor: freshCtx }] = await Promise.all([
    import('./send-message'),
    import('@/db/testing/booking'),
  ])
  return (messageId: number) => sendMessage(freshCtx(db), { messageId })
}

type Coordinates = BookSlot['coordinates']

/** A workshop two children come to, booked one after the other by the same parent: a link for each. */
async function booked({ isConfidential = false } = {}) {
  const place = await makeBookablePlace(db, { motif: { isCollective: true, isConfidential } })
  const rdvId = await makeSession(db, place, NINE)
  const person = bookingQuestion(place, NINE).coordinates.person
  const parent = { ...person, email: `${String(person.phone?.e164.slice(1))}@example.org` }
  const [noe, zoe] = [await joins(place, parent, 'Noé'), await joins(place, parent, 'Zoé')]
  return { place, rdvId, parent, noe, zoe }
}

async function joins(place: BookablePlace, person: Coordinates['person'], firstName: string): Promise<string> {
  const relative = { firstName, lastName: 'Martin', bornOn: null }
  const outcome = await joinSession(ctxFor(db), bookingQuestion(place, NINE, { coordinates: { person, relative } }))
  if (!outcome.ok) throw new Error(outcome.reason)
  return tokenOf('rdv-link', outcome.value.linkId)
}

const valueOf = (text: string, name: string) =>
  text
    .replaceAll('\r\n ', '')
    .split('\r\n')
    .find((line) => line.startsWith(`${name}:`))
    ?.slice(name.length + 1)
const readingOf = (text: string) => ({
  method: valueOf(text, 'METHOD'),
  status: valueOf(text, 'STATUS'),
  sequence: Number(valueOf(text, 'SEQUENCE')),
  people: /Pour [^\\]*/.exec(valueOf(text, 'DESCRIPTION') ?? '')?.[0] ?? null,
})

/** What the agendas of those told are brought, in order. */
async function brought(rdvId: number) {
  received.length = 0
  await tellRdv(ctxFor(db), { rdvId, byParticipationId: null, isSettled: true })
  const waiting = await db.execute<{ id: number }>(sql`
    select id::float8 as id from messages where rdv_id = ${rdvId} and state = 'waiting' and channel = 'mail' order by id`)
  for (const { id } of waiting) await send(id)
  const mails = await Promise.all(received.map((raw) => simpleParser(raw)))
  return mails.map(({ attachments }) => {
    const file = attachments.find(({ contentType }) => contentType === 'text/calendar')
    return readingOf(file?.content.toString('utf8') ?? '')
  })
}
const cancel = async (token: string) => expect(await cancelByLink(ctxFor(db), { token })).toMatchObject({ ok: true })

test('one child of two leaves: the RDV stays in the agenda of their parent, for the other, until that one leaves too', async () => {
  const { rdvId, noe, zoe } = await booked()
  expect(await brought(rdvId)).toEqual([
    { method: 'REQUEST', status: 'CONFIRMED', sequence: 0, people: 'Pour Noé et Zoé' },
  ])
  await cancel(zoe)
  expect(await brought(rdvId)).toEqual([{ method: 'REQUEST', status: 'CONFIRMED', sequence: 1, people: 'Pour Noé' }])
  await db.execute(
    sql`update rdvs set starts_at = starts_at + interval '1 day', ends_at = ends_at + interval '1 day', sequence = sequence + 1 where id = ${rdvId}`,
  )
  expect(await brought(rdvId)).toEqual([{ method: 'REQUEST', status: 'CONFIRMED', sequence: 2, people: 'Pour Noé' }])
  await cancel(noe)
  expect(await brought(rdvId)).toEqual([{ method: 'CANCEL', status: 'CANCELLED', sequence: 3, people: null }])
})

test('the file of each one’s page says what was mailed: it stands while one of the family comes, under one sequence', async () => {
  const { noe, zoe } = await booked()
  await cancel(zoe)
  const [ofNoe, ofZoe] = [
    await getIcsByLink(ctxFor(db), { token: noe }),
    await getIcsByLink(ctxFor(db), { token: zoe }),
  ]
  const stands = { method: 'PUBLISH', status: 'CONFIRMED', sequence: 1 }
  expect(readingOf(ofNoe.text)).toMatchObject(stands)
  expect(readingOf(ofZoe.text)).toMatchObject(stands)
  await cancel(noe)
  const off = { method: 'CANCEL', status: 'CANCELLED', sequence: 2 }
  expect(readingOf((await getIcsByLink(ctxFor(db), { token: zoe })).text)).toMatchObject(off)
})

test('somebody else of the session, at another address, keeps nothing in the agenda of who leaves', async () => {
  const { place, rdvId, noe, zoe } = await booked()
  const other = bookingQuestion(place, NINE).coordinates.person
  await joins(place, { ...other, email: 'another.family@example.org' }, 'Ali')
  await brought(rdvId)
  await cancel(zoe)
  await cancel(noe)
  const methods = (await brought(rdvId)).map(({ method }) => method)
  expect(new Set(methods)).toEqual(new Set(['CANCEL']))
  expect(readingOf((await getIcsByLink(ctxFor(db), { token: zoe })).text)).toMatchObject({ method: 'CANCEL' })
})

test('who is told no more of the one who stays, but was, still keeps the RDV', async () => {
  const { rdvId, noe, zoe } = await booked()
  await brought(rdvId)
  await db.execute(sql`
    update participations set stops_mail = true from rdv_links l
    where l.participation_id = participations.id and l.id = (select min(id) from rdv_links where rdv_id = ${rdvId})`)
  await cancel(zoe)
  expect((await brought(rdvId)).map(({ method }) => method)).toEqual(['REQUEST'])
  expect(readingOf((await getIcsByLink(ctxFor(db), { token: noe })).text)).toMatchObject({ method: 'PUBLISH' })
})

test('of a confidential motif nobody is named', async () => {
  const { noe } = await booked({ isConfidential: true })
  expect((await getIcsByLink(ctxFor(db), { token: noe })).text).not.toMatch(/Noé|Zoé/)
})
