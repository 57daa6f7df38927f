import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { adminOf, bookingQuestion, ctxFor, NOW, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace } from '@/db/testing/make'
import { bookSlot } from '@/server/booking/commands/book-slot'
import { unfollowedKey } from '@/server/platform/sms/fate'
import { signedId } from '@/server/platform/tokens'
import { listRdvMessages } from '../queries/rdv-messages'
import { listUntold } from '../queries/untold'
import { takeReceipt } from './take-receipt'
import { tellAs } from '@/db/testing/tell'

const NINE = new Date('2027-03-02T08:00:00Z')
const PLACES = { reference: 'id', state: 'status', delivered: [], undelivered: [] }

const { db } = await ownDatabase()

/** An SMS that left by the gateway of its place, and what that gateway says of it. */
async function sentSms({ withMail = false, state = 'sent' } = {}) {
  const place = await makeBookablePlace(db)
  const [gateway] = await db.execute<{ id: number }>(sql`
    insert into sms_gateways (territory_id, position, kind, settings, sealed_secret)
    values (${place.territory.id}, 1, 'brevo', '{"kind":"brevo"}', 'x') returning id::float8 as id`)
  const question = bookingQuestion(place, NINE)
  const person = { ...question.coordinates.person, email: withMail ? `${question.bookingKey}@example.org` : null }
  const booked = await bookSlot(ctxFor(db), { ...question, coordinates: { person, relative: null } })
  if (!booked.ok) throw new Error(booked.reason)
  const { rdvId } = booked.value
  await tellAs(ctxFor(db), { rdvId, byAgent: false, isSettled: false })
  await db.execute(sql`delete from messages where rdv_id = ${rdvId} and channel = 'mail'`)
  const [sms] = await db.execute<{ key: string }>(sql`
    update messages set state = ${state}, gateway = 'brevo', gateway_id = ${gateway?.id}, gateway_reference = id::text where rdv_id = ${rdvId} returning key`)
  const token = signedId('sms-receipts', gateway?.id ?? 0)
  const say = (msg_status: string, { now = NOW, by = token, key = sms?.key ?? '' } = {}) => {
    const text = JSON.stringify({ msg_status, tag: key, messageId: 'unknown' })
    return takeReceipt(ctxFor(db, { now }), {
      token: by,
      body: { contentType: 'application/json', text },
      places: PLACES,
    })
  }
  return { place, rdvId, token, say, messages: async () => (await listRdvMessages(clerkOf(place), { rdvId })).toPeople }
}
const clerkOf = (place: BookablePlace) => ctxFor(db, { actor: adminOf(place, place.agents[0]?.id ?? 0) })
const onDesk = async (place: BookablePlace) => (await listUntold(clerkOf(place))).untold.map(({ tries }) => tries)

describe('what a gateway says of an SMS it took', () => {
  test('delivered: its hour is shown on the RDV; said again it is the same', async () => {
    const { say, messages } = await sentSms()
    const at = new Date('2027-03-01T13:32:00Z')
    expect(await say('delivered', { now: at })).toEqual({ ok: true, value: { isNew: true } })
    expect(await say('delivered')).toEqual({ ok: true, value: { isNew: false } })
    expect(await messages()).toMatchObject([{ state: 'sent', deliveredAt: at }])
  })

  test('by its own reference too', async () => {
    const { rdvId, token, messages } = await sentSms()
    const [row] = await db.execute<{ reference: string }>(
      sql`select gateway_reference as reference from messages where rdv_id = ${rdvId}`,
    )
    const text = JSON.stringify({ msg_status: 'delivered', messageId: row?.reference })
    await takeReceipt(ctxFor(db), { token, body: { contentType: 'application/json', text }, places: PLACES })
    expect((await messages())[0]?.deliveredAt).not.toBeNull()
  })

  test('of one that numbers its own like another of its kind, is not of the other’s', async () => {
    const { place, rdvId, messages } = await sentSms()
    const [other] = await db.execute<{ id: number }>(sql`
      insert into sms_gateways (territory_id, position, kind, settings, sealed_secret)
      values (${place.territory.id}, 2, 'brevo', '{"kind":"brevo"}', 'x') returning id::float8 as id`)
    const [row] = await db.execute<{ reference: string }>(
      sql`select gateway_reference as reference from messages where rdv_id = ${rdvId}`,
    )
    const text = JSON.stringify({ msg_status: 'hard_bounce', messageId: row?.reference })
    const token = signedId('sms-receipts', other?.id ?? 0)
    const told = takeReceipt(ctxFor(db), { token, body: { contentType: 'application/json', text }, places: PLACES })
    await expect(told).rejects.toMatchObject({ code: 'not-found' })
    expect(await messages()).toMatchObject([{ state: 'sent', failure: null }])
  })

  test('undelivered: it goes by e-mail where the person has one', async () => {
    const { say, messages } = await sentSms({ withMail: true })
    await say('hard_bounce')
    await say('hard_bounce')
    expect(await messages()).toMatchObject([
      { channel: 'mail', state: 'waiting' },
      { channel: 'sms', state: 'failed', failure: 'undelivered' },
    ])
  })

  test('lost, by a gateway taken away since: the desk is told all the same', async () => {
    const { place, say } = await sentSms()
    await db.execute(sql`
      update sms_gateways set removed_at = now(), position = null, sealed_secret = null where territory_id = ${place.territory.id}`)
    await say('hard_bounce', { key: '00000000-0000-4000-8000-000000000000' }).catch(() => null)
    expect(await onDesk(place)).toEqual([])
    await say('hard_bounce')
    expect(await onDesk(place)).toHaveLength(1)
  })

  test('undelivered and nothing else to try: the desk is told', async () => {
    const { place, say } = await sentSms()
    await say('hard_bounce')
    expect(await onDesk(place)).toMatchObject([[{ channel: 'sms', failure: 'undelivered' }]])
    await say('delivered')
    expect(await onDesk(place)).toEqual([])
  })

  test('of one in doubt, the doubt is lifted', async () => {
    const { place, say, messages } = await sentSms({ state: 'uncertain' })
    expect(await onDesk(place)).toHaveLength(1)
    await say('delivered')
    expect(await onDesk(place)).toEqual([])
    expect(await messages()).toMatchObject([{ state: 'sent' }])
  })

  test('undelivered once the RDV has begun: it is written down, and nobody is told anything', async () => {
    const { place, say, messages } = await sentSms({ withMail: true })
    await say('hard_bounce', { now: new Date(NINE.getTime() + 1) })
    expect(await messages()).toMatchObject([{ channel: 'sms', state: 'failed', failure: 'undelivered' }])
    const late = ctxFor(db, { actor: clerkOf(place).actor, now: new Date(NINE.getTime() + 1) })
    expect((await listUntold(late)).untold).toEqual([])
  })

  test('not given yet: the desk sees the doubt until it is lifted, and no other channel tells it twice', async () => {
    const { place, say, messages } = await sentSms({ withMail: true })
    await say('soft_bounce')
    expect(await messages()).toMatchObject([{ channel: 'sms', state: 'uncertain' }])
    expect(await onDesk(place)).toHaveLength(1)
    await say('delivered')
    expect(await onDesk(place)).toEqual([])
    expect(await messages()).toMatchObject([{ channel: 'sms', state: 'sent' }])
  })

  test('on its way: nothing', async () => {
    const { say, messages } = await sentSms()
    expect(await say('accepted')).toEqual({ ok: true, value: { isNew: false } })
    expect(await messages()).toMatchObject([{ state: 'sent', deliveredAt: null }])
  })

  test('of a code or a trial, which nobody follows: it is not to be said again', async () => {
    const { say, messages } = await sentSms()
    for (const key of [unfollowedKey('code', 12), unfollowedKey('trial', crypto.randomUUID())]) {
      expect(await say('hard_bounce', { key })).toEqual({ ok: true, value: { isNew: false } })
    }
    expect(await messages()).toMatchObject([{ state: 'sent', deliveredAt: null }])
  })

  test('before we know ourselves that it left, it is to be said again', async () => {
    const { say } = await sentSms({ state: 'sending' })
    await expect(say('hard_bounce')).rejects.toMatchObject({ code: 'unavailable' })
  })

  test('by eight at once, one is new', async () => {
    const { say } = await sentSms({ withMail: true })
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => say('hard_bounce')))
    expect(outcomes.filter((outcome) => outcome.ok && outcome.value.isNew)).toHaveLength(1)
  })
})

describe('is not heard', () => {
  test('an address nobody gave, and the SMS of another territory: neither is found', async () => {
    const [mine, theirs] = [await sentSms(), await sentSms()]
    await expect(mine.say('hard_bounce', { by: signedId('sms-receipts', 999_999) })).rejects.toMatchObject({
      code: 'not-found',
    })
    await expect(mine.say('hard_bounce', { by: signedId('sms-replies', 1) })).rejects.toMatchObject({
      code: 'not-found',
    })
    await expect(mine.say('hard_bounce', { by: theirs.token })).rejects.toMatchObject({ code: 'not-found' })
    expect(await mine.messages()).toMatchObject([{ state: 'sent' }])
  })

  test('what is no receipt', async () => {
    const { token } = await sentSms()
    for (const text of ['', 'null', '{}', '[[[', '{"msg_status":"delivered"}', 'x'.repeat(16_000)]) {
      const body = { contentType: 'application/json', text }
      const outcome = await takeReceipt(ctxFor(db), { token, body, places: PLACES })
      expect(outcome).toEqual({ ok: false, reason: 'not-a-receipt' })
    }
  })
})
