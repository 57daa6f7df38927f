import { sql } from 'drizzle-orm'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { adminOf, bookingQuestion, ctxFor, NOW, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace } from '@/db/testing/make'
import { bookSlot } from '@/server/booking/commands/book-slot'
import { listRdvMessages } from '../queries/rdv-messages'
import { listUntold } from '../queries/untold'
import { byPostfix, SERVERS } from '../returned-mails.test-model'
import { sendMessage } from './send-message'
import { takeMail } from './take-mail'
import { tellAs } from '@/db/testing/tell'

const NINE = new Date('2027-03-02T08:00:00Z')
const DOMAIN = 'reponses.rdv.example'

type Left = { from: string; to: string; raw: string }
const left: Left[] = []
const { db } = await ownDatabase({ poolSize: 12 })
let smtp: SMTPServer

beforeAll(async () => {
  smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, { envelope: { mailFrom, rcptTo } }, callback) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString('utf8')
        left.push({ from: mailFrom ? mailFrom.address : '', to: rcptTo[0]?.address ?? '', raw })
        callback()
      })
    },
  })
  await new Promise<void>((ready) => smtp.listen(0, '127.0.0.1', ready))
  // Read once, at its first use.
  vi.stubEnv('APP_ENV', 'production')
  vi.stubEnv('SMTP_URL', `smtp://127.0.0.1:${String((smtp.server.address() as AddressInfo).port)}`)
  vi.stubEnv('MAIL_INBOUND_DOMAIN', DOMAIN)
  vi.stubEnv('MAIL_INBOUND_SECRET', 'x'.repeat(32))
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await new Promise<void>((closed) => smtp.close(closed))
})

const clerkOf = (place: BookablePlace) => ctxFor(db, { actor: adminOf(place, place.agents[0]?.id ?? 0) })
const onDesk = async (place: BookablePlace) => (await listUntold(clerkOf(place))).untold.map(({ tries }) => tries)
const take = (raw: Buffer, { now = NOW, to = null as string | null } = {}) =>
  takeMail(ctxFor(db, { now }), { raw, envelopeTo: to })

/** A mail that has left for good, by a real server, as that server saw it. */
async function leftMail() {
  const place = await makeBookablePlace(db)
  const question = bookingQuestion(place, NINE)
  const person = { ...question.coordinates.person, email: `${question.bookingKey}@example.org` }
  const booked = await bookSlot(ctxFor(db), { ...question, coordinates: { person, relative: null } })
  if (!booked.ok) throw new Error(booked.reason)
  const { rdvId } = booked.value
  await tellAs(ctxFor(db), { rdvId, byAgent: false, isSettled: false })
  await db.execute(sql`delete from messages where rdv_id = ${rdvId} and channel = 'sms'`)
  const [mail] = await db.execute<{ id: number }>(sql`select id::float8 as id from messages where rdv_id = ${rdvId}`)
  await sendMessage(ctxFor(db), { messageId: mail?.id ?? 0 })
  const it = left.at(-1) ?? { from: '', to: '', raw: '' }
  const head = it.raw.split('\r\n\r\n', 1)[0] ?? ''
  const messages = async () => (await listRdvMessages(clerkOf(place), { rdvId })).toPeople
  return { place, rdvId, back: { returnTo: it.from, recipient: it.to, head }, messages }
}

const giveGateway = ({ territory }: BookablePlace) =>
  db.execute(sql`insert into sms_gateways (territory_id, position, kind, settings, sealed_secret)
    values (${territory.id}, 1, 'brevo', '{"kind":"brevo"}', 'x')`)

describe('a mail leaves', () => {
  test('from an address of its own, which no row keeps; machines are told that none of them need answer', async () => {
    const { back } = await leftMail()
    expect(back.returnTo).toMatch(new RegExp(`^retour\\+[0-9a-z]+-[0-9a-f]{30}@${DOMAIN}$`))
    expect(back.head).toContain('Auto-Submitted: auto-generated')
    const other = await leftMail()
    expect(other.back.returnTo.split('-')[1]).not.toBe(back.returnTo.split('-')[1])
  })
})

describe.each(Object.entries(SERVERS))('given back as %s does', (_, write) => {
  test('it has failed: the desk is to tell the person; said again it is the same', async () => {
    const { place, back, messages } = await leftMail()
    expect(await take(write(back))).toEqual({ ok: true, value: 'returned' })
    expect(await take(write(back))).toEqual({ ok: true, value: 'returned' })
    expect(await messages()).toMatchObject([{ channel: 'mail', state: 'failed', failure: 'refused' }])
    expect(await onDesk(place)).toMatchObject([[{ channel: 'mail', failure: 'refused' }]])
  })

  test('the other channel is tried where the person has one', async () => {
    const { place, back, messages } = await leftMail()
    await giveGateway(place)
    await take(write({ ...back, status: '5.2.2' }))
    expect(await messages()).toMatchObject([
      { channel: 'sms', state: 'waiting' },
      { channel: 'mail', state: 'failed', failure: 'undelivered' },
    ])
  })

  test('late, it may still arrive: nothing; given up after days, it has failed, whatever the reason', async () => {
    const { back, messages } = await leftMail()
    expect(await take(write({ ...back, action: 'delayed', status: '4.4.1' }))).toEqual({ ok: true, value: 'late' })
    expect(await messages()).toMatchObject([{ state: 'sent' }])
    await take(write({ ...back, action: 'failed', status: '4.4.1' }))
    expect(await messages()).toContainEqual(expect.objectContaining({ state: 'failed', failure: 'undelivered' }))
  })

  test('known by our Message-ID alone, or by where it comes back alone', async () => {
    const [byId, byAddress] = [await leftMail(), await leftMail()]
    await take(write({ ...byId.back, returnTo: 'ne-pas-repondre@rdv-territoires.example' }))
    expect(await byId.messages()).toContainEqual(expect.objectContaining({ channel: 'mail', state: 'failed' }))
    const elsewhere = { ...byAddress.back, returnTo: 'x@example.org', head: 'Subject: x' }
    await take(write(elsewhere), { to: byAddress.back.returnTo.toUpperCase() })
    expect(await byAddress.messages()).toContainEqual(expect.objectContaining({ channel: 'mail', state: 'failed' }))
  })
})

describe('what a stranger writes changes nothing', () => {
  test('an address or a Message-ID that is not ours, or of another message', async () => {
    const { back, messages } = await leftMail()
    const [local, at] = back.returnTo.split('@')
    const id = /message-id: <([^>]+)>/i.exec(back.head)?.[1] ?? ''
    const forged = [
      { returnTo: `${String(local).slice(0, -1)}${local?.endsWith('0') ? '1' : '0'}@${String(at)}` },
      { returnTo: `${String(local)}@elsewhere.example` },
      { returnTo: `retour+1-${'0'.repeat(30)}@${String(at)}` },
      { returnTo: `retour+NaN-@${String(at)}` },
      { returnTo: `${String(local).replace('retour', 'rdv')}@${String(at)}` },
    ].map((one) => ({ ...back, head: `Message-ID: <${id.replace(/^.{8}/, '00000000')}>`, ...one }))
    for (const one of forged) expect(await take(byPostfix(one))).toEqual({ ok: true, value: 'unknown' })
    expect(await messages()).toMatchObject([{ state: 'sent' }])
  })

  test('words at that address that are no report: nobody is told', async () => {
    const { back, messages } = await leftMail()
    const raw = Buffer.from(`From: a@example.org\r\nTo: ${back.returnTo}\r\nSubject: failed\r\n\r\nAction: failed\r\n`)
    expect(await take(raw)).toMatchObject({ ok: true })
    expect(await messages()).toMatchObject([{ state: 'sent' }])
  })
})

describe('when it comes', () => {
  test('before we know that it left, it is to be given again', async () => {
    const { rdvId, back } = await leftMail()
    await db.execute(sql`update messages set state = 'sending' where rdv_id = ${rdvId}`)
    await expect(take(byPostfix(back))).rejects.toMatchObject({ code: 'unavailable' })
  })

  test('once the RDV has begun, it is written down and nobody is told', async () => {
    const { back, messages } = await leftMail()
    await take(byPostfix(back), { now: new Date(NINE.getTime() + 1) })
    expect(await messages()).toMatchObject([{ channel: 'mail', state: 'failed' }])
  })

  test('by eight at once, the other channel is tried once', async () => {
    const { place, back, messages } = await leftMail()
    await giveGateway(place)
    await Promise.all(Array.from({ length: 8 }, () => take(byPostfix(back))))
    expect(await messages()).toMatchObject([
      { channel: 'sms', state: 'waiting' },
      { channel: 'mail', state: 'failed' },
    ])
  })
})
