import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Db } from '@/db/client'
import { bookingQuestion, ctxFor, NOW, type BookablePlace } from '@/db/testing/booking'
import { cloneDatabase } from '@/db/testing/database'
import { makeBookablePlace } from '@/db/testing/make'
import { bookSlot } from '@/server/booking/commands/book-slot'
import { joinWaitlistByLink } from '@/server/booking/commands/join-waitlist'
import { fillWaitlist } from '@/server/booking/jobs/waitlist'
import { tokenOf } from '@/server/platform/tokens'
import { forwardReply } from './forward-reply'
import { sendMessage } from './send-message'
import { takeMail } from './take-mail'
import { tellOffer } from './tell-offer'

const TEN = new Date(NOW.getTime() + 3 * 3_600_000)
const now = { now: TEN }
const SUPPORT = 'support@rdv.example'
const LEA = 'lea@example.org'

let database: Awaited<ReturnType<typeof cloneDatabase>>
let db: Db
let here: BookablePlace
let mails = 0
beforeAll(async () => {
  // Read once, at its first use.
  vi.stubEnv('MAIL_INBOUND_DOMAIN', 'reponses.rdv.example')
  vi.stubEnv('MAIL_INBOUND_SECRET', 'x'.repeat(32))
  vi.stubEnv('SUPPORT_MAIL', SUPPORT)
  database = await cloneDatabase()
  db = database.db
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await database.close()
})
beforeEach(async () => {
  await db.execute(sql`delete from captured_messages`)
  here = await makeBookablePlace(db, { motif: { usagerMayMove: false, minLeadMin: 27 * 60 } })
})

/** Where the mail of an offer is answered; null when nowhere in particular. */
async function answeredAt(entryId: number): Promise<string | null> {
  await fillWaitlist(ctxFor(db, now), { territoryId: here.territory.id })
  const [offer] = await db.execute<{ id: number }>(sql`
    select id::float8 as id from waitlist_offers where entry_id = ${entryId} and state = 'open'`)
  await tellOffer(ctxFor(db, now), { offerId: offer?.id ?? 0 })
  const [message] = await db.execute<{ id: number }>(sql`
    select id::float8 as id from messages where offer_id = ${offer?.id ?? 0} and channel = 'mail'`)
  await sendMessage(ctxFor(db, now), { messageId: message?.id ?? 0 })
  const [mail] = await db.execute<{ replyTo: string | null }>(
    sql`delete from captured_messages where channel = 'mail' returning reply_to as "replyTo"`,
  )
  if (!mail) throw new Error('no mail left')
  return mail.replyTo
}

/** Somebody who waits for an earlier slot than their RDV. */
async function withRdv() {
  const question = bookingQuestion(here, new Date('2027-03-10T09:00:00Z'))
  const person = { ...question.coordinates.person, email: LEA }
  const booked = await bookSlot(ctxFor(db, now), { ...question, coordinates: { person, relative: null } })
  if (!booked.ok) throw new Error(booked.reason)
  const { rdvId, linkId } = booked.value
  await joinWaitlistByLink(ctxFor(db, now), { token: tokenOf('rdv-link', linkId) })
  const [entry] = await db.execute<{ id: number }>(
    sql`select id::float8 as id from waitlist_entries where rdv_id = ${rdvId}`,
  )
  return { rdvId, entryId: entry?.id ?? 0 }
}

function answer(to: string, words = 'Peut-on m’appeler ?') {
  const head = [`From: ${LEA}`, `To: ${to}`, `Message-ID: <${String(mails++)}@example.org>`, 'Subject: Re: créneau']
  return takeMail(ctxFor(db, now), { raw: Buffer.from([...head, '', words].join('\r\n')), envelopeTo: null })
}

/** What is forwarded, in plain spaces. */
async function forwarded() {
  const jobs = await db.execute<{ id: number }>(sql`select id::float8 as id from reply_forwards order by id`)
  for (const { id } of jobs) await forwardReply(ctxFor(db, now), { forwardId: id })
  const rows = await db.execute<{ recipient: string; subject: string; text: string }>(
    sql`delete from captured_messages returning recipient, subject, text`,
  )
  return rows.map(({ text, ...mail }) => ({ ...mail, text: text.replaceAll(/[\u00a0\u202f]/g, ' ') }))
}

describe('what is answered to the mail of an offer', () => {
  test('by somebody who has an RDV is read by its agents', async () => {
    const { rdvId, entryId } = await withRdv()
    const to = (await answeredAt(entryId)) ?? ''
    expect(to).toMatch(/^rdv\+.*@reponses\.rdv\.example$/)
    expect(await answer(to)).toEqual({ ok: true, value: 'answer' })
    const mails = await forwarded()
    expect(mails).toMatchObject([{ recipient: here.agents[0]?.email }])
    expect(mails[0]?.text).toContain(`/agent/rdvs/${String(rdvId)}`)
    expect(mails[0]?.text).not.toContain('autre adresse')
    const events = await db.execute(sql`select from events where kind = 'rdv.replied' and subject_id = ${rdvId}`)
    expect(events).toHaveLength(1)
  })

  test('goes where the territory says, when it says so', async () => {
    await db.execute(sql`update territories set mail_reply_to = 'accueil@mds.example' where id = ${here.territory.id}`)
    expect(await answeredAt((await withRdv()).entryId)).toBe('accueil@mds.example')
  })
})
