import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { bookingQuestion, ctxFor, NOW, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeAgent, makeBookablePlace, makeUsager } from '@/db/testing/make'
import { bookSlot } from '@/server/booking/commands/book-slot'
import { joinWaitlistByLink } from '@/server/booking/commands/join-waitlist'
import { fillWaitlist } from '@/server/booking/jobs/waitlist'
import { insertEntry } from '@/server/booking/store/waitlist'
import { done } from '@/server/kernel/outcome'
import { inTransaction } from '@/server/platform/ctx'
import { tokenOf } from '@/server/platform/tokens'
import { forwardReply } from './forward-reply'
import { sendMessage } from './send-message'
import { takeMail } from './take-mail'
import { tellOffer } from './tell-offer'
import { mailsComeIn, SUPPORT } from '../replies.test-model'

const TEN = new Date(NOW.getTime() + 3 * 3_600_000)
const now = { now: TEN }
const LEA = 'lea@example.org'

const { db } = await ownDatabase()
let here: BookablePlace
let mails = 0
mailsComeIn()
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

/** Somebody who waits without an RDV. */
async function withoutRdv() {
  const { id: usagerId } = await makeUsager(db, here.territory.id)
  await db.execute(sql`update usagers set first_name = 'Inès', last_name = 'Cartier' where id = ${usagerId}`)
  const line = {
    territoryId: here.territory.id,
    motifId: here.motif.id,
    lieuId: here.lieu.id,
    usagerId,
    contactEmail: LEA,
  }
  const made = await inTransaction<number | null, never>(ctxFor(db, now), async (tx) =>
    done(await insertEntry(tx, line)),
  )
  return (made.ok ? made.value : null) ?? 0
}
const inOrganisation = () => ({
  ...{ territoryId: here.territory.id, organisationId: here.organisation.id, serviceId: here.service.id },
})

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

  test('by somebody who has none is read by the organisation they wait in, and says whom and since when', async () => {
    await db.execute(sql`update organisations set email = 'mds@example.org' where id = ${here.organisation.id}`)
    expect(await answer((await answeredAt(await withoutRdv())) ?? '')).toEqual({ ok: true, value: 'answer' })
    const [mail, ...others] = await forwarded()
    expect(others).toEqual([])
    expect(mail?.recipient).toBe('mds@example.org')
    expect(mail?.subject).toBe('[test] Réponse d’une personne qui attend un créneau')
    expect(mail?.text).toContain('> Peut-on m’appeler ?')
    expect(mail?.text).toContain('De : Inès Cartier')
    expect(mail?.text).toContain('Attend depuis : lundi 1er mars')
    expect(mail?.text).toContain('/agent/attente')
    expect(mail?.text).not.toContain('/agent/rdvs/')
  })

  test('by somebody who has none, of a confidential motif, says no name but those they write', async () => {
    await db.execute(sql`update organisations set email = 'mds@example.org' where id = ${here.organisation.id}`)
    await db.execute(sql`update motifs set is_confidential = true where id = ${here.motif.id}`)
    await answer((await answeredAt(await withoutRdv())) ?? '')
    expect((await forwarded())[0]?.text).not.toMatch(/Inès|Cartier/)
  })

  test('by somebody who has none is read by those who administer their organisation, when it has no address; else by the support', async () => {
    const admin = await makeAgent(db, inOrganisation(), { level: 'admin' })
    const to = (await answeredAt(await withoutRdv())) ?? ''
    await answer(to)
    expect((await forwarded()).map(({ recipient }) => recipient)).toEqual([admin.email])
    // They left while it waited: there is nobody further up.
    await answer(to)
    await db.execute(sql`update agents set email = null where id = ${admin.id}`)
    await forwarded()
    expect((await forwarded()).map(({ recipient }) => recipient)).toEqual([SUPPORT])
    await answer(to)
    expect((await forwarded()).map(({ recipient }) => recipient)).toEqual([SUPPORT])
  })

  test('while its organisation loses its address, is read by its admins', async () => {
    const admin = await makeAgent(db, inOrganisation(), { level: 'admin' })
    await db.execute(sql`update organisations set email = 'mds@example.org' where id = ${here.organisation.id}`)
    await answer((await answeredAt(await withoutRdv())) ?? '')
    await db.execute(sql`update organisations set email = null where id = ${here.organisation.id}`)
    await forwarded()
    expect((await forwarded()).map(({ recipient }) => recipient)).toEqual([admin.email])
  })

  test('by somebody whose wait is gone is read by the support', async () => {
    const entryId = await withoutRdv()
    const to = (await answeredAt(entryId)) ?? ''
    await db.execute(sql`delete from waitlist_entries where id = ${entryId}`)
    expect(await answer(to)).toEqual({ ok: true, value: 'to-support' })
    await forwarded()
  })

  test('twenty an hour from one who waits, then its server is to come back', async () => {
    const to = (await answeredAt(await withoutRdv())) ?? ''
    for (let i = 0; i < 20; i++) await answer(to)
    await expect(answer(to)).rejects.toMatchObject({ code: 'rate-limited' })
    await forwarded()
  })

  test('goes where the territory says, when it says so', async () => {
    await db.execute(sql`update territories set mail_reply_to = 'accueil@mds.example' where id = ${here.territory.id}`)
    expect(await answeredAt((await withRdv()).entryId)).toBe('accueil@mds.example')
  })
})
