import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Db } from '@/db/client'
import { bookingQuestion, ctxFor, type BookablePlace } from '@/db/testing/booking'
import { cloneDatabase } from '@/db/testing/database'
import { makeBookablePlace } from '@/db/testing/make'
import { bookSlot, type BookSlot } from '@/server/booking/commands/book-slot'
import { rdvBooked } from '@/server/booking/events'
import { tokenOf } from '@/server/platform/tokens'
import { onRdvBooked } from './reactions'

const NINE = new Date('2027-03-02T08:00:00Z')

let database: Awaited<ReturnType<typeof cloneDatabase>>
let db: Db
beforeAll(async () => {
  database = await cloneDatabase()
  db = database.db
})
afterAll(() => database.close())

/** Books, lets the reaction run, and gives back what was written to whom. */
async function bookAndTell(
  place: BookablePlace,
  over: Partial<BookSlot['coordinates']> = {},
  meanwhile = sql`select 1`,
) {
  const question = bookingQuestion(place, NINE)
  const email = `${question.bookingKey}@example.org`
  const person = { ...question.coordinates.person, email }
  const outcome = await bookSlot(ctxFor(db), { ...question, coordinates: { person, relative: null, ...over } })
  if (!outcome.ok) throw new Error(outcome.reason)
  const { rdvId, participationId, linkId, agentId } = outcome.value
  await db.execute(meanwhile)
  await db.execute(sql`delete from captured_messages`)
  await onRdvBooked(
    ctxFor(db),
    rdvBooked({ id: rdvId, territoryId: place.territory.id }, { participationId, linkId, agentId }),
  )
  const messages = await db.execute<{ channel: string; recipient: string; text: string; has_calendar: boolean }>(
    sql`select channel, recipient, text, has_calendar from captured_messages order by channel`,
  )
  return { messages: [...messages], linkId, email, phone: person.phone?.e164 }
}

describe('once booked', () => {
  test('the person gets a mail with its calendar and an SMS, both with the link', async () => {
    const { messages, linkId, email, phone } = await bookAndTell(await makeBookablePlace(db))
    expect(messages.map(({ channel, recipient }) => [channel, recipient])).toEqual([
      ['mail', email],
      ['sms', phone],
    ])
    const path = `/r/${tokenOf('rdv-link', linkId)}`
    for (const { text } of messages) {
      expect(text).toContain(path)
      expect(text.replaceAll('\u00a0', ' ')).toContain('mardi 2 mars à 9 h')
    }
    expect(messages[0]?.has_calendar).toBe(true)
  })

  test('a confidential motif is never named, and a proche’s responsable is not told', async () => {
    const place = await makeBookablePlace(db, { motif: { isConfidential: true, name: 'Contraception' } })
    const { messages } = await bookAndTell(place)
    for (const { text } of messages) {
      expect(text).not.toContain('Contraception')
      expect(text).not.toContain(place.lieu.name)
      expect(text).toContain('12 rue Gambetta')
    }
    const other = await makeBookablePlace(db, { motif: { isConfidential: true } })
    const forRelative = await bookAndTell(other, { relative: { firstName: 'Noé', lastName: 'Martin', bornOn: null } })
    expect(forRelative.messages).toEqual([])
  })

  test('a person known by e-mail is told on the phone they typed this time, not on the one of their file', async () => {
    const place = await makeBookablePlace(db)
    const { email } = await bookAndTell(place)
    const [first] = await db.execute<{ phone: string }>(
      sql`select phone_e_164 as phone from usagers where email = ${email}`,
    )
    const question = bookingQuestion(place, new Date('2027-03-03T08:00:00Z'))
    const person = { ...question.coordinates.person, email }
    const outcome = await bookSlot(ctxFor(db), { ...question, coordinates: { person, relative: null } })
    if (!outcome.ok) throw new Error(outcome.reason)
    await db.execute(sql`delete from captured_messages`)
    const { rdvId, ...by } = outcome.value
    await onRdvBooked(ctxFor(db), rdvBooked({ id: rdvId, territoryId: place.territory.id }, by))
    const rows = await db.execute<{ recipient: string }>(
      sql`select recipient from captured_messages where channel = 'sms'`,
    )
    expect(rows.map(({ recipient }) => recipient)).toEqual([person.phone?.e164])
    expect(person.phone?.e164).not.toBe(first?.phone)
  })

  test('for a proche, the responsable is told', async () => {
    const { messages, email } = await bookAndTell(await makeBookablePlace(db), {
      relative: { firstName: 'Noé', lastName: 'Martin', bornOn: null },
    })
    expect(messages[0]?.recipient).toBe(email)
  })

  test.each([
    ['cancelled meanwhile', sql`update rdvs set status = 'revoked', cancelled_at = now()`],
    [
      'begun meanwhile',
      sql`update rdvs set starts_at = starts_at - interval '3 days', ends_at = ends_at - interval '3 days'`,
    ],
    ['not to be notified', sql`update participations set notifies_lifecycle = false`],
    ['of somebody who wants no message', sql`update usagers set notify_by_sms = false, notify_by_email = false`],
  ])('nothing is sent for an RDV %s', async (_case, meanwhile) => {
    expect((await bookAndTell(await makeBookablePlace(db), {}, meanwhile)).messages).toEqual([])
  })
})
