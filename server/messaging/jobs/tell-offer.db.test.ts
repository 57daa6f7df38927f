import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { adminOf, bookingQuestion, ctxFor, NOW, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace } from '@/db/testing/make'
import { bookSlot, type BookSlot } from '@/server/booking/commands/book-slot'
import { declineOffer } from '@/server/booking/commands/decline-offer'
import { joinWaitlistByLink } from '@/server/booking/commands/join-waitlist'
import { fillWaitlist } from '@/server/booking/jobs/waitlist'
import { SMS_SEAL, sealedFor } from '@/server/directory/queries/sms'
import { smsSizeOf } from '@/server/kernel/sms-text'
import { seal } from '@/server/platform/seal'
import { startSlowServer } from '@/server/platform/slow-smtp.test-model'
import { tokenOf } from '@/server/platform/tokens'
import { listRdvMessages } from '../queries/rdv-messages'
import { rescueMessages } from './rescue-messages'
import { sendMessage } from './send-message'
import { tellOffer } from './tell-offer'

const { db } = await ownDatabase()
let here: BookablePlace
beforeEach(async () => {
  await db.execute(sql`delete from captured_messages`)
  here = await makeBookablePlace(db, {
    motif: { usagerMayMove: false, minLeadMin: 27 * 60, name: 'Suivi de grossesse' },
  })
})
afterEach(() => vi.unstubAllEnvs())

const TEN = new Date(NOW.getTime() + 3 * 3_600_000)
const now = { now: TEN }
type Typed = Partial<BookSlot['coordinates']['person']> & { relative?: BookSlot['coordinates']['relative'] }

let people = 0
/** Somebody who waits with an RDV in a week, and what they are offered. */
async function offered({ relative = null, ...typed }: Typed = {}) {
  const question = bookingQuestion(here, new Date(Date.UTC(2027, 2, 10 + people++, 9)))
  const { person } = question.coordinates
  const coordinates = { person: { ...person, email: `lea${String(people)}@example.org`, ...typed }, relative }
  const outcome = await bookSlot(ctxFor(db, now), { ...question, coordinates })
  if (!outcome.ok) throw new Error(outcome.reason)
  await joinWaitlistByLink(ctxFor(db, now), { token: tokenOf('rdv-link', outcome.value.linkId) })
  await fillWaitlist(ctxFor(db, now), { territoryId: here.territory.id })
  const [row] = await db.execute<{ id: number }>(sql`
    select o.id::float8 as id from waitlist_offers o join waitlist_entries e on e.id = o.entry_id
    where e.rdv_id = ${outcome.value.rdvId} and o.state = 'open'`)
  return { ...outcome.value, offerId: row?.id ?? 0 }
}

const messages = async (offerId: number) => [
  ...(await db.execute<{ id: number; channel: string; recipient: string; state: string; failure: string | null }>(sql`
    select id::float8 as id, channel, recipient, state, failure from messages where offer_id = ${offerId} order by channel`)),
]
async function send(offerId: number) {
  for (const { id } of await messages(offerId)) await sendMessage(ctxFor(db, now), { messageId: id })
  const rows = await db.execute<{ channel: string; subject: string | null; text: string }>(
    sql`delete from captured_messages returning channel, subject, text`,
  )
  return [...rows].sort((one, other) => one.channel.localeCompare(other.channel))
}
const tell = (offerId: number) => tellOffer(ctxFor(db, now), { offerId })
const stateOf = async (offerId: number) => {
  const [row] = await db.execute<{ state: string }>(sql`select state from waitlist_offers where id = ${offerId}`)
  return row?.state
}

test('whoever waits is told by mail and by SMS, once, with a link of their own', async () => {
  const { offerId } = await offered()
  await tell(offerId)
  await tell(offerId)
  const [mail, sms] = await send(offerId)
  const link = `/o/${tokenOf('waitlist-offer', offerId)}`
  expect(mail?.subject).toContain('Un créneau s’est libéré')
  expect(mail?.text).toMatch(
    /Quand\s: mercredi 3\smars à\s9\sh\nAu lieu du\s:[\s\S]*gardé pour vous jusqu’au lundi 1er\smars à\s12\sh/,
  )
  expect(sms?.text).toContain(link)
  expect(mail?.text).toContain(link)
  expect(smsSizeOf(sms?.text ?? '').segments).toBe(1)
  expect((await messages(offerId)).map(({ state }) => state)).toEqual(['sent', 'sent'])
})

test('in the words of its motif, under the name of its territory, saying where to stop them', async () => {
  const { offerId } = await offered()
  await tell(offerId)
  const { id: territoryId } = here.territory
  await db.execute(sql`update territories set mail_sender_name = 'Département du Test' where id = ${territoryId}`)
  await db.execute(sql`
    insert into message_wordings (territory_id, motif_id, audience, news, channel, subject, body) values
      (${territoryId}, ${here.motif.id}, 'usager', 'offer', 'sms', null, 'Plus tôt, au lieu du {ancienne date} : {date} {heure} {lien}'),
      (${territoryId}, null, 'usager', 'offer', 'mail', 'Plus tôt : {date}', '{réponse}.')`)
  for (const { id } of await messages(offerId)) await sendMessage(ctxFor(db, now), { messageId: id })
  const [mail, sms] = await db.execute<{ sender: string; subject: string | null; text: string }>(
    sql`select sender, subject, text from captured_messages order by channel`,
  )
  expect(mail?.sender).toContain('Département du Test')
  expect(mail?.subject?.replaceAll('\u00a0', ' ')).toBe('[test] Plus tôt : mercredi 3 mars')
  expect(mail?.text).toMatch(/Gardé pour vous jusqu’au lundi 1er\smars à\s12\sh\.[\s\S]*\/m\/[\w-]+$/)
  expect(sms?.text).toMatch(/Plus tot, au lieu du .* : mercredi 3 mars 9 h http/)
})

test('for a proche, their responsable is told', async () => {
  const { offerId } = await offered({ relative: { firstName: 'Noé', lastName: 'Martin', bornOn: null } })
  await tell(offerId)
  expect(await messages(offerId)).toHaveLength(2)
})

test('a confidential motif is named nowhere, nor its place', async () => {
  await db.execute(sql`update motifs set is_confidential = true, sms_label = 'Grossesse' where id = ${here.motif.id}`)
  const { offerId } = await offered()
  await tell(offerId)
  for (const { subject, text } of await send(offerId)) {
    expect(`${subject ?? ''} ${text}`).not.toMatch(/grossesse/i)
    expect(text).not.toContain(here.lieu.name)
  }
})

test('nothing leaves of an offer that was let go meanwhile', async () => {
  const { offerId } = await offered()
  await tell(offerId)
  await declineOffer(ctxFor(db, now), { token: tokenOf('waitlist-offer', offerId) })
  expect(await send(offerId)).toEqual([])
  expect((await messages(offerId)).map(({ failure }) => failure)).toEqual(['obsolete', 'obsolete'])
})

test('a message that the gateways put off until the offer is nearly over does not leave, and the slot goes to the next', async () => {
  const { offerId } = await offered()
  await tell(offerId)
  const late = { now: new Date(TEN.getTime() + 115 * 60_000) }
  for (const { id } of await messages(offerId)) await sendMessage(ctxFor(db, late), { messageId: id })
  expect((await messages(offerId)).map(({ failure }) => failure)).toContain('too-late')
  expect(await db.execute(sql`delete from captured_messages returning text`)).toHaveLength(0)
  expect(await stateOf(offerId)).toBe('unreached')
})

test('whoever asked to be left alone keeps the slot from nobody', async () => {
  const { offerId, rdvId } = await offered()
  await db.execute(sql`update participations set notifies_lifecycle = false where rdv_id = ${rdvId}`)
  await tell(offerId)
  expect([await messages(offerId), await stateOf(offerId)]).toEqual([[], 'unreached'])
})

test('nor whoever asks to be, between the message and its leaving', async () => {
  const { offerId, rdvId } = await offered()
  await tell(offerId)
  await db.execute(sql`update participations set notifies_lifecycle = false where rdv_id = ${rdvId}`)
  expect(await send(offerId)).toEqual([])
  expect(await stateOf(offerId)).toBe('unreached')
})

test('a message that no gateway takes sends the slot to the next, unless another may arrive', async () => {
  const [alone, both] = [await offered({ email: null }), await offered()]
  for (const { offerId } of [alone, both]) await tell(offerId)
  const sms = (await Promise.all([alone, both].map(({ offerId }) => messages(offerId)))).flatMap((all) =>
    all.filter(({ channel }) => channel === 'sms').map(({ id }) => id),
  )
  vi.stubEnv('APP_ENV', 'production')
  vi.resetModules()
  const [{ sendMessage: sendFresh }, fresh] = await Promise.all([
    import('./send-message'),
    import('@/db/testing/booking'),
  ])
  for (const messageId of sms) await sendFresh(fresh.ctxFor(db, now), { messageId })
  expect(await stateOf(alone.offerId)).toBe('unreached')
  expect(await stateOf(both.offerId)).toBe('open')
})

test('an offer that runs out while its gateways are asked is given to none of those left', async () => {
  const { offerId } = await offered({ email: null })
  await tell(offerId)
  const [row] = await db.execute<{ ms: number }>(
    sql`select extract(epoch from until_at)::float8 * 1000 as ms from waitlist_offers where id = ${offerId}`,
  )
  const given: { withinMs: number }[] = []
  vi.doMock('@/server/platform/sms/deliver', async (original) => ({
    ...(await original<typeof import('@/server/platform/sms/deliver')>()),
    deliverInOrder: (_gateways: unknown, _sms: unknown, how: { withinMs: number }) => {
      given.push(how)
      return Promise.resolve({ fate: { fate: 'sent', reference: null }, gateway: null, isAsked: true })
    },
  }))
  vi.stubEnv('APP_ENV', 'production')
  vi.stubEnv('SMS_BREVO_URL', 'http://127.0.0.1:9')
  await db.execute(sql`
    insert into sms_gateways (territory_id, position, kind, settings, sealed_secret)
    values (${here.territory.id}, 1, 'brevo', '{"kind":"brevo"}', ${seal(SMS_SEAL, sealedFor(here.territory.id), 'a-secret')})`)
  await db.execute(sql`update territories set sms_sender = 'MDS Arras' where id = ${here.territory.id}`)
  vi.resetModules()
  const [sending, fresh] = await Promise.all([import('./send-message'), import('@/db/testing/booking')])
  for (const { id } of await messages(offerId)) await sending.sendMessage(fresh.ctxFor(db, now), { messageId: id })
  vi.doUnmock('@/server/platform/sms/deliver')
  const [{ withinMs } = { withinMs: NaN }] = given
  expect(withinMs).toBeLessThan((row?.ms ?? 0) - TEN.getTime())
  expect(withinMs).toBeGreaterThan((row?.ms ?? 0) - TEN.getTime() - 60_000)
})

test('an offer that runs out while a mail server is slow is given to nobody by it, and goes to the next', async () => {
  const { offerId } = await offered({ phone: null })
  await tell(offerId)
  await db.execute(sql`
    update waitlist_offers set until_at = ${TEN.toISOString()}::timestamptz + interval '500 milliseconds' where id = ${offerId}`)
  const smtp = await startSlowServer()
  smtp.beSlow({ at: 'RCPT', ms: 1000 })
  vi.stubEnv('APP_ENV', 'production')
  vi.stubEnv('SMTP_URL', smtp.url)
  vi.resetModules()
  const [sending, fresh] = await Promise.all([import('./send-message'), import('@/db/testing/booking')])
  for (const { id } of await messages(offerId)) await sending.sendMessage(fresh.ctxFor(db, now), { messageId: id })
  await smtp.close()
  expect(smtp.received).toEqual([])
  expect(await messages(offerId)).toMatchObject([{ channel: 'mail', state: 'dropped', failure: 'too-late' }])
  expect(await stateOf(offerId)).toBe('unreached')
})

test('an offer nobody can send, its jobs dead twice, goes to the next', async () => {
  const { offerId } = await offered()
  await tell(offerId)
  for (const minutes of [11, 22]) {
    await db.execute(sql`update graphile_worker._private_jobs set attempts = max_attempts`)
    await rescueMessages(ctxFor(db, { now: new Date(TEN.getTime() + minutes * 60_000) }))
  }
  expect((await messages(offerId)).map(({ state, failure }) => [state, failure])).toEqual([
    ['failed', 'gave-up'],
    ['failed', 'gave-up'],
  ])
  expect(await stateOf(offerId)).toBe('unreached')
})

test('the page of the RDV it would bring forward lists the offer, and what became of it', async () => {
  const { offerId, rdvId } = await offered()
  await tell(offerId)
  const actor = adminOf(here, here.agents[0]?.id ?? 0)
  const read = async () => (await listRdvMessages({ ...ctxFor(db, { ...now, actor }), actor }, { rdvId })).toPeople
  expect((await read()).map(({ news, channel, state }) => [news, channel, state])).toEqual(
    expect.arrayContaining([
      ['offer', 'sms', 'waiting'],
      ['offer', 'mail', 'waiting'],
    ]),
  )
  await send(offerId)
  expect((await read()).filter(({ news }) => news === 'offer')).toMatchObject([{ state: 'sent' }, { state: 'sent' }])
  expect((await read())[0]?.personName).toMatch(/\S+ \S+/)
})
