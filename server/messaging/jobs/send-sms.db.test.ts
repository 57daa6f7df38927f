import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { bookingQuestion, ctxFor, NOW } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace } from '@/db/testing/make'
import { bookSlot } from '@/server/booking/commands/book-slot'
import { SMS_SEAL, sealedFor } from '@/server/directory/queries/sms'
import { seal } from '@/server/platform/seal'
import { startFakeGateway, type Behaviour } from '@/server/platform/sms/fake-gateway.test-model'
import { tellAs } from '@/db/testing/tell'

const { db } = await ownDatabase()
let first: Awaited<ReturnType<typeof startFakeGateway>>
let second: Awaited<ReturnType<typeof startFakeGateway>>

beforeAll(async () => {
  first = await startFakeGateway()
  second = await startFakeGateway()
})
afterAll(async () => {
  await Promise.all([first.close(), second.close()])
})
beforeEach(() => {
  first.behave(TAKEN)
  second.behave({ status: 200, body: '{"responseCode":0,"messageIds":["link-1"]}' })
})
afterEach(() => vi.unstubAllEnvs())

const TAKEN: Behaviour = { status: 201, body: '{"messageId":77}' }

/** An SMS that waits in a territory with these gateways, and a worker of that environment. */
async function waitingSms(kinds: readonly ('brevo' | 'link-mobility')[], environment: Record<string, string> = {}) {
  const place = await makeBookablePlace(db)
  const territoryId = place.territory.id
  for (const [index, kind] of kinds.entries()) {
    const settings = kind === 'brevo' ? { kind } : { kind, username: 'mds' }
    await db.execute(sql`
      insert into sms_gateways (territory_id, position, kind, settings, sealed_secret)
      values (${territoryId}, ${index + 1}, ${kind}, ${JSON.stringify(settings)}::jsonb,
              ${seal(SMS_SEAL, sealedFor(territoryId), 'a-secret')})`)
  }
  await db.execute(sql`update territories set sms_sender = 'MDS Arras' where id = ${territoryId}`)
  const outcome = await bookSlot(ctxFor(db), bookingQuestion(place, new Date('2027-03-02T08:00:00Z')))
  if (!outcome.ok) throw new Error(outcome.reason)
  const { rdvId } = outcome.value
  await tellAs(ctxFor(db), { rdvId, byAgent: false, isSettled: false })
  const [row] = await db.execute<{ id: number; key: string; recipient: string }>(
    sql`select id::float8 as id, key, recipient from messages where rdv_id = ${rdvId} and channel = 'sms'`,
  )
  if (!row) throw new Error('no SMS waits')
  const urls = { SMS_BREVO_URL: first.url, SMS_LINK_MOBILITY_URL: second.url }
  const all = { APP_ENV: 'production', ...urls, ...environment }
  for (const [name, value] of Object.entries(all)) vi.stubEnv(name, value.replace('THEM', row.recipient))
  vi.resetModules()
  const [{ sendMessage }, fresh] = await Promise.all([import('./send-message'), import('@/db/testing/booking')])
  const { findRecipient, toldOf } = await import('@/server/booking/queries/recipients')
  const { inRead } = await import('@/server/platform/ctx')
  return {
    ...row,
    send: (now = NOW, sinceMs?: number) => sendMessage(fresh.ctxFor(db, { now }), { messageId: row.id, sinceMs }),
    /** The last that was queued for it: how long after NOW. */
    lastJob: async () => {
      const [job] = await db.execute<{ sec: number; priority: number; sinceMs: number | null }>(sql`
        select extract(epoch from run_at - ${NOW.toISOString()}::timestamptz)::float8 as sec, priority,
               (payload ->> 'sinceMs')::float8 as "sinceMs"
        from graphile_worker._private_jobs where (payload ->> 'messageId')::bigint = ${row.id} order by id desc limit 1`)
      return job
    },
    told: () =>
      inRead(fresh.ctxFor(db), async (read) => {
        const [p] = await read.db.execute<{ id: number }>(
          sql`select id::float8 as id from participations where rdv_id = ${rdvId}`,
        )
        return toldOf(await findRecipient(read, p?.id ?? 0))
      }),
    fate: async () => {
      const [message] = await db.execute(
        sql`select state, failure, attempts, gateway, gateway_reference as reference,
          (select position from sms_gateways g where g.id = gateway_id and g.kind = gateway) as position from messages where id = ${row.id}`,
      )
      return message
    },
  }
}

describe('in production', () => {
  test('an SMS leaves by the gateway of its territory, under its sender; which one, and its reference, are kept', async () => {
    const { send, fate, told, key } = await waitingSms(['brevo', 'link-mobility'])
    expect(await told()).toMatchObject({ bySms: true })
    await send()
    await send()
    expect(first.asked).toHaveLength(1)
    expect(JSON.parse(first.asked[0]?.body ?? '')).toMatchObject({ sender: 'MDS Arras', tag: key })
    expect(second.asked).toHaveLength(0)
    expect(await fate()).toEqual({
      ...{ state: 'sent', failure: null, attempts: 1, gateway: 'brevo', reference: '77', position: 1 },
    })
  })

  test('what the first does not take, the second does', async () => {
    const { send, fate } = await waitingSms(['brevo', 'link-mobility'])
    first.behave({ status: 401 })
    await send()
    expect(await fate()).toMatchObject({ state: 'sent', gateway: 'link-mobility', reference: 'link-1', position: 2 })
  })

  test.each([
    ['cut-before', { state: 'uncertain', failure: null, gateway: 'brevo' }],
    [
      { status: 400, body: '{"code":"invalid_parameter","message":"Invalid telephone number"}' },
      { state: 'failed', failure: 'refused' },
    ],
  ] as const)('after %j no other gateway is asked, nor the same one again', async (behaviour, expected) => {
    const { send, fate } = await waitingSms(['brevo', 'link-mobility'])
    first.behave(behaviour)
    await send()
    await send()
    expect(first.asked).toHaveLength(1)
    expect(second.asked).toHaveLength(0)
    expect(await fate()).toMatchObject(expected)
  })

  test('when none takes it, a job comes back, later each time, until it is given up', async () => {
    const { send, fate, lastJob } = await waitingSms(['brevo', 'link-mobility'])
    first.behave({ status: 503 })
    second.behave({ status: 429 })
    await send()
    expect(await fate()).toMatchObject({ state: 'waiting', attempts: 1, gateway: null })
    expect(Math.abs(((await lastJob())?.sec ?? 0) / Math.E - 1)).toBeLessThanOrEqual(0.1)
    first.behave(TAKEN)
    await send()
    expect(await fate()).toMatchObject({ state: 'sent', attempts: 2 })
  })

  test('a gateway that says when is asked then, and not before', async () => {
    const { send, fate, lastJob } = await waitingSms(['brevo'])
    first.behave({ status: 429, headers: { 'retry-after': '900' } })
    await send()
    expect(await fate()).toMatchObject({ state: 'waiting', attempts: 1 })
    expect(await lastJob()).toMatchObject({ sec: 900, sinceMs: NOW.getTime() + 900_000 })
  })

  test('an RDV that begins while its gateways are asked is told of by none of those left', async () => {
    const given: { withinMs: number }[] = []
    vi.doMock('@/server/platform/sms/deliver', async (original) => ({
      ...(await original<typeof import('@/server/platform/sms/deliver')>()),
      deliverInOrder: (_gateways: unknown, _sms: unknown, how: { withinMs: number }) => {
        given.push(how)
        return Promise.resolve({ fate: { fate: 'sent', reference: null }, gateway: null, isAsked: true })
      },
    }))
    const { send } = await waitingSms(['brevo', 'link-mobility'])
    await send()
    vi.doUnmock('@/server/platform/sms/deliver')
    const aheadMs = Date.parse('2027-03-02T08:00:00Z') - NOW.getTime()
    const [{ withinMs } = { withinMs: NaN }] = given
    expect(withinMs).toBeLessThan(aheadMs)
    expect(withinMs).toBeGreaterThan(aheadMs - 60_000)
  })

  describe('whose gateways are all left alone', () => {
    const TEN = new Date(NOW.getTime() + 3 * 3_600_000)
    const after = (hours: number) => new Date(TEN.getTime() + hours * 3_600_000)

    /** It was to leave at ten, in the hours of its territory. */
    async function notAsked() {
      vi.doMock('@/server/platform/sms/deliver', async (original) => ({
        ...(await original<typeof import('@/server/platform/sms/deliver')>()),
        deliverInOrder: () => Promise.resolve({ fate: { fate: 'later' }, gateway: null, isAsked: false }),
      }))
      const sms = await waitingSms(['brevo'])
      vi.doUnmock('@/server/platform/sms/deliver')
      await db.execute(sql`update messages set leaves_at = ${TEN.toISOString()} where id = ${sms.id}`)
      return sms
    }

    test('waits longer and longer, in its place, without an attempt', async () => {
      const { send, fate, lastJob } = await notAsked()
      const secs: number[] = []
      for (let [at, sinceMs]: [Date, number?] = [TEN]; secs.length < 8;) {
        await send(at, sinceMs)
        expect(await fate()).toMatchObject({ state: 'waiting', attempts: 0 })
        const job = await lastJob()
        expect(job).toMatchObject({ priority: 5, sinceMs: TEN.getTime() })
        const next = new Date(NOW.getTime() + (job?.sec ?? 0) * 1000)
        secs.push((next.getTime() - at.getTime()) / 1000)
        ;[at, sinceMs] = [next, TEN.getTime()]
      }
      expect(secs[0]).toBeGreaterThanOrEqual(54)
      expect(secs[0]).toBeLessThanOrEqual(66)
      expect(secs.at(-1)).toBeGreaterThan(5 * (secs[0] ?? 0))
    })

    test('is given up after three hours and a half, and goes by the other channel', async () => {
      const { id, send, fate } = await notAsked()
      await db.execute(sql`
        update participations set contact_email = 'lea@example.org'
        where id = (select participation_id from messages where id = ${id})`)
      await send(after(3), TEN.getTime())
      expect(await fate()).toMatchObject({ state: 'waiting', attempts: 0 })
      await send(after(3.45), TEN.getTime())
      expect(await fate()).toMatchObject({ state: 'failed', failure: 'gave-up', attempts: 0 })
      const others = await db.execute(sql`
        select channel, state from messages where id <> ${id} and rdv_id = (select rdv_id from messages where id = ${id})`)
      expect([...others]).toEqual([{ channel: 'mail', state: 'waiting' }])
    })

    test('is not given up for the hours no worker was there', async () => {
      const { send, fate } = await notAsked()
      await send(after(6))
      expect(await fate()).toMatchObject({ state: 'waiting', attempts: 0 })
    })

    test('is given up before its RDV begins, while somebody may still be told', async () => {
      const { send, fate } = await notAsked()
      const nine = Date.parse('2027-03-02T08:00:00Z')
      await send(new Date(nine - 5 * 60_000), nine - 30 * 60_000)
      expect(await fate()).toMatchObject({ state: 'failed', failure: 'gave-up' })
    })
  })

  test('two workers at once send it once, and what is known in the end is that it left', async () => {
    const { send, fate } = await waitingSms(['brevo'])
    await Promise.all([send(), send(), send()])
    expect(first.asked).toHaveLength(1)
    expect(await fate()).toMatchObject({ state: 'sent', attempts: 1, reference: '77' })
  })

  test('a worker killed while it sent leaves a doubt, and no gateway is asked again', async () => {
    const { id, send, fate } = await waitingSms(['brevo'])
    await db.execute(sql`update messages set state = 'sending', attempts = 1 where id = ${id}`)
    await send()
    expect(first.asked).toHaveLength(0)
    expect(await fate()).toMatchObject({ state: 'uncertain' })
  })

  test.each([
    [true, 'sent', 2],
    [false, 'uncertain', 1],
  ])('cut by a gateway that ignores repeats (%s), it ends %s', async (ignoresRepeats, state, times) => {
    const settings = {
      ...{ kind: 'http', method: 'POST', url: `${first.url}/sms`, headers: [], format: 'json', okFrom: 200, okTo: 299 },
      ...{ template: '{"to":"{to}","text":"{text}","key":"{key}"}', referencePath: '', refusedStatuses: [] },
      ignoresRepeats,
    }
    const SMS_GATEWAY = JSON.stringify({ settings, secret: 'operator' })
    const { id, send, fate, key } = await waitingSms([], { SMS_GATEWAY, SMS_TRUSTED_HOSTS: first.host })
    first.behave('cut-before')
    await send()
    expect(await fate()).toMatchObject({ state: ignoresRepeats ? 'waiting' : 'uncertain' })
    const asked = [...first.asked]
    // Killed as it asks once more: whoever takes it up asks again, under the same key.
    if (ignoresRepeats) await db.execute(sql`update messages set state = 'sending' where id = ${id}`)
    first.behave({ status: 200 })
    await send()
    asked.push(...first.asked)
    expect(asked.map(({ body }) => (JSON.parse(body) as { key: string }).key)).toEqual(
      Array.from({ length: times }, () => key),
    )
    expect(await fate()).toMatchObject({ state })
  })

  test('without a gateway of its own it leaves by the operator’s, and nobody is promised one where there is none', async () => {
    const SMS_GATEWAY = '{"settings":{"kind":"brevo"},"secret":"operator"}'
    const withDefault = await waitingSms([], { SMS_GATEWAY })
    expect(await withDefault.told()).toMatchObject({ bySms: true })
    await withDefault.send()
    expect(first.asked[0]?.headers['api-key']).toBe('operator')
    vi.unstubAllEnvs()
    const without = await waitingSms([])
    expect(await without.told()).toMatchObject({ bySms: false })
    await without.send()
    expect(await without.fate()).toMatchObject({ state: 'failed', failure: 'no-gateway' })
  })
})

describe('outside production', () => {
  test('a number that is let through is sent to, its SMS marked; the others are not', async () => {
    const let1 = await waitingSms(['brevo'], { APP_ENV: 'recette', ALLOWED_RECIPIENTS: 'THEM' })
    await let1.send()
    expect(JSON.parse(first.asked[0]?.body ?? '')).toMatchObject({
      content: expect.stringMatching(/^\[recette\] /) as string,
    })
    expect(await let1.fate()).toMatchObject({ state: 'sent', gateway: 'brevo' })
    first.behave(TAKEN)
    const kept = await waitingSms(['brevo'], { APP_ENV: 'recette', ALLOWED_RECIPIENTS: '+33700000000' })
    await kept.send()
    expect(first.asked).toHaveLength(0)
    expect(await kept.fate()).toMatchObject({ state: 'sent', gateway: null })
  })
})
