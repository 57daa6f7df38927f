import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { bookingQuestion, ctxFor } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace, makeTerritory, makeUsager } from '@/db/testing/make'
import { bookSlot } from '@/server/booking/commands/book-slot'
import { operatorAddresses } from '@/server/directory/queries/sms'
import { receiveSmsReply } from '@/server/booking/commands/receive-sms-reply'
import { signedId } from '@/server/platform/tokens'
import { takeReceipt } from './take-receipt'
import { tellAs } from '@/db/testing/tell'

const PLACES = { reference: 'id', state: 'status', delivered: [], undelivered: [] }

const { db } = await ownDatabase()
let numbers = 0
beforeAll(() => {
  // Read once, at its first use.
  vi.stubEnv('SMS_GATEWAY', '{"settings":{"kind":"brevo"},"secret":"x"}')
})
afterAll(() => {
  vi.unstubAllEnvs()
})

const newNumber = () => `+3361${String(4_000_000 + numbers++)}`
const tokenIn = (url: string | undefined) => url?.split('/').at(-1) ?? ''
const giveGateway = (territoryId: number) =>
  db.execute<{ id: number }>(sql`
    insert into sms_gateways (territory_id, position, kind, settings, sealed_secret)
    values (${territoryId}, 1, 'brevo', '{"kind":"brevo"}', 'x') returning id::float8 as id`)

/** An SMS that left, by the operator's gateway or by one of its territory, and what is then known of it. */
async function sentSms({ byOwn = false } = {}) {
  const place = await makeBookablePlace(db)
  const [own] = byOwn ? await giveGateway(place.territory.id) : []
  const booked = await bookSlot(ctxFor(db), bookingQuestion(place, new Date('2027-03-02T08:00:00Z')))
  if (!booked.ok) throw new Error(booked.reason)
  const { rdvId } = booked.value
  await tellAs(ctxFor(db), { rdvId, byAgent: false, isSettled: false })
  const [sms] = await db.execute<{ key: string; reference: string }>(sql`
    update messages set state = 'sent', gateway = 'brevo', gateway_id = ${own?.id ?? null}, gateway_reference = 'ref-' || id
    where rdv_id = ${rdvId} and channel = 'sms' returning key, gateway_reference as reference`)
  const state = async () => {
    const [row] = await db.execute<{ state: string }>(
      sql`select state from messages where rdv_id = ${rdvId} and channel = 'sms'`,
    )
    return row?.state
  }
  return { ...sms, state }
}

const say = (told: Record<string, unknown>, token = tokenIn(operatorAddresses()?.receiptsUrl)) =>
  takeReceipt(ctxFor(db), {
    token,
    body: { contentType: 'application/json', text: JSON.stringify({ msg_status: 'hard_bounce', ...told }) },
    places: PLACES,
  })

describe('the operator’s own gateway', () => {
  test('says what became of the SMS that left by it, in any territory, by our key or by its reference', async () => {
    const [one, other] = [await sentSms(), await sentSms()]
    expect(await say({ tag: one.key })).toMatchObject({ ok: true, value: { isNew: true } })
    expect(await say({ messageId: other.reference })).toMatchObject({ ok: true, value: { isNew: true } })
    expect([await one.state(), await other.state()]).toEqual(['failed', 'failed'])
  })

  test('says nothing of what left by a territory’s', async () => {
    const sms = await sentSms({ byOwn: true })
    await expect(say({ tag: sms.key })).rejects.toMatchObject({ code: 'not-found' })
    await expect(say({ messageId: sms.reference })).rejects.toMatchObject({ code: 'not-found' })
    expect(await sms.state()).toBe('sent')
  })

  test('has an address nobody guesses', async () => {
    const { key } = await sentSms()
    for (const token of [`0-${'x'.repeat(20)}`, signedId('sms-replies', 0), signedId('sms-receipts', 1)])
      await expect(say({ tag: key }, token)).rejects.toMatchObject({ code: 'not-found' })
  })

  test('STOP: every file of that number is left alone where it sends, and nowhere else', async () => {
    const phoneE164 = newNumber()
    const [here, there, elsewhere] = [await makeTerritory(db), await makeTerritory(db), await makeTerritory(db)]
    await giveGateway(elsewhere.id)
    const files = await Promise.all([here, there, elsewhere].map(({ id }) => makeUsager(db, id, { phoneE164 })))
    const token = tokenIn(operatorAddresses()?.repliesUrl)
    expect(await receiveSmsReply(ctxFor(db), { token, from: phoneE164.slice(1), text: 'STOP' })).toMatchObject({
      value: { fileCount: 2 },
    })
    const heard = await db.execute<{ sms: boolean }>(sql`
      select notify_by_sms as sms from usagers where id in (${sql.join(
        files.map(({ id }) => sql`${id}`),
        sql`, `,
      )}) order by id`)
    expect(heard.map(({ sms }) => sms)).toEqual([false, false, true])
  })
})
