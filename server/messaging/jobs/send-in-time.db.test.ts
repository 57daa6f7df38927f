import { sql } from 'drizzle-orm'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { bookingQuestion, ctxFor } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace } from '@/db/testing/make'
import { tellAs } from '@/db/testing/tell'
import { bookSlot } from '@/server/booking/commands/book-slot'
import { SMS_SEAL, sealedFor } from '@/server/directory/queries/sms'
import { seal } from '@/server/platform/seal'
import { startSlowServer } from '@/server/platform/slow-smtp.test-model'
import { startFakeGateway } from '@/server/platform/sms/fake-gateway.test-model'

const START = new Date('2027-03-02T08:00:00Z')
const TAKEN = { status: 201, body: '{"messageId":77}' }

const { db } = await ownDatabase()
let smtp: Awaited<ReturnType<typeof startSlowServer>>
let gateway: Awaited<ReturnType<typeof startFakeGateway>>

beforeAll(async () => {
  smtp = await startSlowServer()
  gateway = await startFakeGateway()
})
afterAll(async () => {
  await Promise.all([smtp.close(), gateway.close()])
})
beforeEach(() => {
  smtp.beSlow(null)
  gateway.behave(TAKEN)
})
afterEach(() => vi.unstubAllEnvs())

/** What is told of an RDV by this channel, and its sender so long before the start. */
async function told(channel: 'mail' | 'sms') {
  const place = await makeBookablePlace(db)
  const territoryId = place.territory.id
  await db.execute(sql`
    insert into sms_gateways (territory_id, position, kind, settings, sealed_secret)
    values (${territoryId}, 1, 'brevo', '{"kind":"brevo"}'::jsonb, ${seal(SMS_SEAL, sealedFor(territoryId), 'a-secret')})`)
  const question = bookingQuestion(place, START)
  const person = { ...question.coordinates.person, email: `${question.bookingKey}@example.org` }
  const outcome = await bookSlot(ctxFor(db), { ...question, coordinates: { person, relative: null } })
  if (!outcome.ok) throw new Error(outcome.reason)
  await tellAs(ctxFor(db), { rdvId: outcome.value.rdvId, byAgent: false, isSettled: false })
  const [row] = await db.execute<{ id: number }>(sql`
    select id::float8 as id from messages where rdv_id = ${outcome.value.rdvId} and channel = ${channel} and agent_id is null`)
  const messageId = row?.id ?? 0
  vi.stubEnv('APP_ENV', 'production')
  vi.stubEnv('SMTP_URL', smtp.url)
  vi.stubEnv('SMS_BREVO_URL', gateway.url)
  vi.resetModules()
  const [{ sendMessage }, fresh] = await Promise.all([import('./send-message'), import('@/db/testing/booking')])
  return {
    messageId,
    send: (beforeMs: number) =>
      sendMessage(fresh.ctxFor(db, { now: new Date(START.getTime() - beforeMs) }), { messageId }),
    fate: async () => {
      const [message] = await db.execute(sql`select state, failure from messages where id = ${messageId}`)
      return message
    },
  }
}

/** Holds a message for so long, as whoever tells it otherwise would. */
async function hold(messageId: number, ms: number) {
  let isHeld = () => {}
  const held = new Promise<void>((ready) => (isHeld = ready))
  const letGo = db.transaction(async (tx) => {
    await tx.execute(sql`select from messages where id = ${messageId} for update`)
    isHeld()
    await pause(ms)
  })
  await held
  return letGo
}

const TOO_LATE = { state: 'dropped', failure: 'too-late' }

describe('an RDV that starts', () => {
  test.each(['greeting', 'RCPT', 'DATA'] as const)(
    'while a mail server is slow at %s is written of to nobody',
    async (at) => {
      const { send, fate } = await told('mail')
      smtp.beSlow({ at, ms: 1200 })
      await send(600)
      expect(await fate()).toEqual(TOO_LATE)
      await pause(1000)
      expect(smtp.received).toEqual([])
    },
  )

  test.each(['mail', 'sms'] as const)('while the message is held by somebody else has no %s', async (channel) => {
    const { messageId, send, fate } = await told(channel)
    const letGo = hold(messageId, 1200)
    await pause(100)
    await Promise.all([letGo, send(600)])
    expect(await fate()).toEqual(TOO_LATE)
    expect(smtp.received).toEqual([])
    expect(gateway.asked).toHaveLength(0)
  })

  test('once a mail was given is no reason to say that it was not', async () => {
    const { send, fate } = await told('mail')
    smtp.beSlow({ at: 'message', ms: 1200 })
    await send(1000)
    expect(await fate()).toEqual({ state: 'sent', failure: null })
    expect(smtp.received).toHaveLength(1)
  })
})
