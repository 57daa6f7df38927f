import { sql } from 'drizzle-orm'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { bookingQuestion, ctxFor } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace } from '@/db/testing/make'
import { bookSlot } from '@/server/booking/commands/book-slot'
import { MAX_ATTEMPTS } from '../rules/sending'
import { tellAs } from '@/db/testing/tell'

type Answer = 'accept' | 'no-such-mailbox' | 'busy' | 'refuse-content' | 'hang-up-at-the-end'

const { db } = await ownDatabase()
let smtp: SMTPServer
let answer: Answer = 'accept'
const received: string[] = []

/** What a server says, as its library wants it. */
const saying = (responseCode: number) => Object.assign(new Error('no'), { responseCode })
const hangUp = () => {
  for (const { _socket } of smtp.connections as unknown as Set<{ _socket: { destroy: () => void } }>) _socket.destroy()
}

beforeAll(async () => {
  smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo(_address, _session, callback) {
      callback(answer === 'no-such-mailbox' ? saying(550) : answer === 'busy' ? saying(451) : null)
    },
    onData(stream, _session, callback) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        if (answer === 'hang-up-at-the-end') {
          hangUp()
          return
        }
        if (answer === 'accept') received.push(Buffer.concat(chunks).toString('utf8'))
        callback(answer === 'refuse-content' ? saying(554) : null)
      })
    },
  })
  smtp.on('error', () => undefined)
  await new Promise<void>((ready) => smtp.listen(0, '127.0.0.1', ready))
})
afterAll(async () => {
  await new Promise<void>((closed) => smtp.close(closed))
})
beforeEach(() => {
  received.length = 0
  answer = 'accept'
})
afterEach(() => vi.unstubAllEnvs())

/** A mail that waits, and the sender of a production whose server is `url`. */
async function inProduction(url = `smtp://127.0.0.1:${String((smtp.server.address() as AddressInfo).port)}`) {
  const question = bookingQuestion(await makeBookablePlace(db), new Date('2027-03-02T08:00:00Z'))
  const person = { ...question.coordinates.person, email: `${question.bookingKey}@example.org` }
  const outcome = await bookSlot(ctxFor(db), { ...question, coordinates: { person, relative: null } })
  if (!outcome.ok) throw new Error(outcome.reason)
  const { rdvId } = outcome.value
  await tellAs(ctxFor(db), { rdvId, byAgent: false, isSettled: false })
  vi.stubEnv('APP_ENV', 'production')
  vi.stubEnv('SMTP_URL', url)
  const sendMessage = await senderAsOf()
  const fates = async () => {
    const rows = await db.execute<{ channel: string; state: string; failure: string | null; attempts: number }>(
      sql`select channel, state, failure, attempts from messages where rdv_id = ${rdvId} order by channel`,
    )
    return { mail: rows.find(({ channel }) => channel === 'mail'), sms: rows.find(({ channel }) => channel === 'sms') }
  }
  const send = async (channel: 'mail' | 'sms') => {
    const [row] = await db.execute<{ id: number; key: string }>(
      sql`select id::float8 as id, key from messages where rdv_id = ${rdvId} and channel = ${channel}`,
    )
    await sendMessage(row?.id ?? 0)
    return row?.key ?? ''
  }
  return { rdvId, send, fates }
}

/** The sender of this moment's environment, which is read once. */
async function senderAsOf() {
  vi.resetModules()
  const [{ sendMessage }, { ctxFor: freshCtx }] = await Promise.all([
    import('./send-message'),
    import('@/db/testing/booking'),
  ])
  return (messageId: number) => sendMessage(freshCtx(db), { messageId })
}

describe('in production', () => {
  test('a mail leaves once, under an identity of its own', async () => {
    const { send, fates } = await inProduction()
    const key = await send('mail')
    await send('mail')
    expect(received).toHaveLength(1)
    expect(received[0]).toContain(`Message-ID: <${key}@rdv-territoires.example>`)
    expect((await fates()).mail).toMatchObject({ state: 'sent', attempts: 1 })
  })

  test.each([
    ['no-such-mailbox', 'failed', 'refused'],
    ['refuse-content', 'failed', 'refused'],
    ['hang-up-at-the-end', 'uncertain', null],
  ] as const)('a server that answers « %s » leaves it %s', async (how, state, failure) => {
    const { send, fates } = await inProduction()
    answer = how
    await send('mail')
    expect((await fates()).mail).toMatchObject({ state, failure })
    answer = 'accept'
    await send('mail')
    expect(received).toHaveLength(0)
  })

  test('a server too busy is asked again later', async () => {
    const { send, fates } = await inProduction()
    answer = 'busy'
    await expect(send('mail')).rejects.toThrow()
    expect((await fates()).mail).toMatchObject({ state: 'waiting', attempts: 1 })
    answer = 'accept'
    await send('mail')
    expect(received).toHaveLength(1)
    expect((await fates()).mail).toMatchObject({ state: 'sent', attempts: 2 })
  })

  test('a server busy for ever is given up, and somebody is to tell the person', async () => {
    const { rdvId, send, fates } = await inProduction()
    await db.execute(sql`update messages set attempts = ${MAX_ATTEMPTS - 2} where rdv_id = ${rdvId}`)
    answer = 'busy'
    await expect(send('mail')).rejects.toThrow()
    await send('mail')
    expect((await fates()).mail).toMatchObject({ state: 'failed', failure: 'gave-up', attempts: MAX_ATTEMPTS })
    await send('mail')
    expect((await fates()).mail).toMatchObject({ attempts: MAX_ATTEMPTS })
  })

  test('what fails by one channel goes by the other, once, if it had not', async () => {
    const { rdvId, send, fates } = await inProduction()
    await send('sms')
    expect((await fates()).mail).toMatchObject({ state: 'waiting' })
    await db.execute(sql`delete from messages where rdv_id = ${rdvId} and channel = 'mail'`)
    await db.execute(sql`update messages set state = 'waiting', failure = null where rdv_id = ${rdvId}`)
    await send('sms')
    await send('sms')
    const { mail, sms } = await fates()
    expect([mail?.state, sms?.state]).toEqual(['waiting', 'failed'])
    await send('mail')
    expect(received).toHaveLength(1)
  })

  test('a server that is not there is asked again later', async () => {
    const { send, fates } = await inProduction('smtp://127.0.0.1:1')
    await expect(send('mail')).rejects.toThrow()
    expect((await fates()).mail).toMatchObject({ state: 'waiting' })
  })

  test('a worker killed while it sent leaves a doubt, and the message is not sent again', async () => {
    const { rdvId, send, fates } = await inProduction()
    await db.execute(sql`update messages set state = 'sending', attempts = 1 where rdv_id = ${rdvId}`)
    await send('mail')
    expect(received).toHaveLength(0)
    expect((await fates()).mail).toMatchObject({ state: 'uncertain' })
  })

  test('without a gateway an SMS is said not to have left', async () => {
    const { send, fates } = await inProduction()
    await send('sms')
    expect((await fates()).sms).toMatchObject({ state: 'failed', failure: 'no-gateway' })
  })
})

test('where messages are kept, a worker killed while it kept one leaves it to be kept, once', async () => {
  const { rdvId, fates } = await inProduction()
  vi.unstubAllEnvs()
  const sendMessage = await senderAsOf()
  const [row] = await db.execute<{ id: number }>(
    sql`update messages set state = 'sending' where rdv_id = ${rdvId} and channel = 'sms' returning id::float8 as id`,
  )
  const before = await db.execute(sql`select from captured_messages`)
  await sendMessage(row?.id ?? 0)
  await sendMessage(row?.id ?? 0)
  expect(await db.execute(sql`select from captured_messages`)).toHaveLength(before.length + 1)
  expect((await fates()).sms).toMatchObject({ state: 'sent' })
})
