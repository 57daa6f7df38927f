import { desc, eq, inArray } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { capturedMessages, events, eventValues, smsGateways } from '@/db/schema'
import { ownDatabase } from '@/db/testing/database'
import { makeTerritoryAdmin } from '@/db/testing/territory-admin'
import { inRead, type Ctx } from '@/server/platform/ctx'
import { seal } from '@/server/platform/seal'
import { startFakeGateway } from '@/server/platform/sms/fake-gateway.test-model'
import { getTerritorySms, loadSmsRoute, SMS_SEAL, sealedFor } from '../queries/sms'
import { saveSmsGatewaySchema, setSmsSenderSchema } from '../schema/sms'
import { purgeGateways } from '../jobs'
import { arrangeSmsGateway } from './arrange-sms-gateway'
import { saveSmsGateway } from './save-sms-gateway'
import { setSmsSender } from './set-sms-sender'
import { trySmsGateway } from './try-sms-gateway'

const { db } = await ownDatabase()
let fake: Awaited<ReturnType<typeof startFakeGateway>>
let territoryId: number
let ctx: Ctx

beforeAll(async () => {
  fake = await startFakeGateway()
})
afterAll(async () => {
  await fake.close()
})
beforeEach(async () => {
  ;({ territoryId, ctx } = await makeTerritoryAdmin(db))
})
afterEach(() => vi.unstubAllEnvs())

const SECRET = 'xkeysib-a-secret-nobody-reads'
const HTTP = {
  ...{
    kind: 'http',
    method: 'POST',
    url: 'https://sms.example.org/send',
    headers: 'X-Key: {secret}\nAccept: text/plain',
  },
  ...{ format: 'json', template: '{"to":"{to}","text":"{text}"}', okFrom: '200', okTo: '204', referencePath: 'id' },
  refusedStatuses: '400, 422',
}
const save = (typed: object, gatewayId: number | '' = '', secret = SECRET) =>
  saveSmsGateway(ctx, saveSmsGatewaySchema.parse({ territoryId, gatewayId, secret, ...typed }))
const kinds = async () => (await getTerritorySms(ctx, { territoryId })).gateways.map(({ settings }) => settings.kind)
const lastId = async () => {
  const [row] = await db.select({ id: smsGateways.id }).from(smsGateways).orderBy(desc(smsGateways.id)).limit(1)
  return row?.id ?? 0
}
const onlyId = async () => (await getTerritorySms(ctx, { territoryId })).gateways[0]?.gatewayId
const route = () => inRead(ctx, (read) => loadSmsRoute(read, territoryId))

describe('the gateways of a territory', () => {
  test('are three at most, in an order that changes, and go with their secrets', async () => {
    for (const typed of [{ kind: 'brevo' }, { kind: 'link-mobility', username: 'mds' }, HTTP]) {
      expect(await save(typed)).toMatchObject({ ok: true })
    }
    expect(await save({ kind: 'brevo' })).toEqual({ ok: false, reason: 'too-many-gateways' })
    expect(await kinds()).toEqual(['brevo', 'link-mobility', 'http'])
    const gatewayId = await lastId()
    await arrangeSmsGateway(ctx, { territoryId, gatewayId, to: 'up' })
    expect(await kinds()).toEqual(['brevo', 'http', 'link-mobility'])
    await arrangeSmsGateway(ctx, { territoryId, gatewayId, to: 'removed' })
    expect(await kinds()).toEqual(['brevo', 'link-mobility'])
    expect(await arrangeSmsGateway(ctx, { territoryId, gatewayId, to: 'up' })).toEqual({ ok: false, reason: 'gone' })
    expect(await save({ kind: 'brevo' })).toMatchObject({ ok: true })
  })

  test('taken away, are kept without their secret, in no order and used for nothing, and may be added again', async () => {
    await save({ kind: 'brevo' })
    await save(HTTP)
    const [brevoId] = (await getTerritorySms(ctx, { territoryId })).gateways.map(({ gatewayId }) => gatewayId)
    await arrangeSmsGateway(ctx, { territoryId, gatewayId: brevoId ?? 0, to: 'removed' })
    expect(await kinds()).toEqual(['http'])
    expect((await route()).gateways.map(({ settings }) => settings.kind)).toEqual(['http'])
    expect(await save({ kind: 'brevo' }, brevoId)).toEqual({ ok: false, reason: 'gone' })
    const tried = { territoryId, gatewayId: brevoId ?? 0, phone: '+33612345678' }
    expect(await trySmsGateway(ctx, tried)).toEqual({ ok: false, reason: 'gone' })
    expect(await save({ kind: 'brevo' })).toMatchObject({ ok: true })
    expect(await kinds()).toEqual(['http', 'brevo'])
    const rows = await db.select().from(smsGateways).where(eq(smsGateways.territoryId, territoryId))
    expect(rows.find(({ id }) => id === brevoId)).toMatchObject({ sealedSecret: null, position: null })
    await arrangeSmsGateway(ctx, { territoryId, gatewayId: await lastId(), to: 'removed' })
    await arrangeSmsGateway(ctx, { territoryId, gatewayId: (await onlyId()) ?? 0, to: 'removed' })
    expect((await route()).isMeant).toBe(false)
  })

  test('of another kind, take the place of the one there was, which may not be read as theirs', async () => {
    await save({ kind: 'brevo' })
    await save(HTTP)
    const [brevoId] = (await getTerritorySms(ctx, { territoryId })).gateways.map(({ gatewayId }) => gatewayId)
    expect(await save({ kind: 'link-mobility', username: 'mds' }, brevoId)).toMatchObject({ ok: true })
    expect(await kinds()).toEqual(['link-mobility', 'http'])
    const rows = await db.select().from(smsGateways).where(eq(smsGateways.territoryId, territoryId))
    expect(rows.find(({ id }) => id === brevoId)).toMatchObject({ kind: 'brevo', sealedSecret: null, position: null })
  })

  test('taken away ninety days ago, are gone', async () => {
    await save({ kind: 'brevo' })
    await arrangeSmsGateway(ctx, { territoryId, gatewayId: await lastId(), to: 'removed' })
    await save(HTTP)
    const count = async () =>
      (await db.select().from(smsGateways).where(eq(smsGateways.territoryId, territoryId))).length
    const after = (days: number) => ({ ...ctx, now: new Date(ctx.now.getTime() + days * 86_400_000) })
    await purgeGateways(after(89))
    expect(await count()).toBe(2)
    await purgeGateways(after(91))
    expect(await count()).toBe(1)
    expect(await kinds()).toEqual(['http'])
  })

  test('keep their secrets sealed: neither the rows, nor what admins are told, nor the facts hold one', async () => {
    await save(HTTP)
    await setSmsSender(ctx, setSmsSenderSchema.parse({ territoryId, sender: ' MDS Arras ' }))
    const rows = await db.select().from(smsGateways).where(eq(smsGateways.territoryId, territoryId))
    expect(rows).toHaveLength(1)
    const told = await db.select().from(events).where(eq(events.territoryId, territoryId))
    const ids = told.map(({ id }) => id)
    const values = await db.select().from(eventValues).where(inArray(eventValues.eventId, ids))
    expect(told.map(({ kind }) => kind)).toEqual(['territory.sms-set', 'territory.sms-set'])
    expect(values.map(({ field, newValue }) => [field, newValue])).toEqual([
      ['smsGateway', 'https://sms.example.org'],
      ['smsSender', 'MDS Arras'],
    ])
    const sms = await getTerritorySms(ctx, { territoryId })
    expect(JSON.stringify([rows, told, values, sms])).not.toContain(SECRET)
    expect(await route()).toMatchObject({ sender: 'MDS Arras', gateways: [{ secret: SECRET }] })
  })

  test('keep the secret that is not typed again, but never send it elsewhere', async () => {
    await save(HTTP)
    const gatewayId = await lastId()
    expect(await save({ ...HTTP, okTo: '299', url: 'https://sms.example.org/v2' }, gatewayId, '')).toMatchObject({
      ok: true,
    })
    expect(await route()).toMatchObject({ gateways: [{ secret: SECRET, settings: { okTo: 299 } }] })
    for (const typed of [{ ...HTTP, url: 'https://thief.example.org/send' }, { kind: 'brevo' }]) {
      expect(await save(typed, gatewayId, '')).toEqual({ ok: false, reason: 'secret-missing' })
    }
    expect(await save({ kind: 'brevo' }, '', '')).toEqual({ ok: false, reason: 'secret-missing' })
  })

  test('whose secret was sealed for another territory is of no use, and takes no place of the operator’s', async () => {
    const sealedSecret = seal(SMS_SEAL, sealedFor(territoryId + 1), SECRET)
    await db
      .insert(smsGateways)
      .values({ territoryId, position: 1, kind: 'brevo', settings: { kind: 'brevo' }, sealedSecret })
    expect(await route()).toEqual({ sender: 'RdvTerr', gateways: [], isMeant: true })
  })

  test.each(['http://sms.example.org/send', 'https://10.0.0.4/send', 'https://localhost/send', 'https://db/send'])(
    'are not at %s',
    async (url) => {
      expect(await save({ ...HTTP, url })).toEqual({ ok: false, reason: 'url-not-allowed' })
    },
  )

  test('of another territory are neither read nor changed nor tried', async () => {
    await save({ kind: 'brevo' })
    const gatewayId = await lastId()
    const there = await makeTerritoryAdmin(db)
    const own = { territoryId: there.territoryId, gatewayId }
    const notFound = { code: 'not-found' }
    await expect(getTerritorySms(there.ctx, { territoryId })).rejects.toMatchObject(notFound)
    await expect(arrangeSmsGateway(there.ctx, { territoryId, gatewayId, to: 'removed' })).rejects.toMatchObject(
      notFound,
    )
    await expect(trySmsGateway(there.ctx, { territoryId, gatewayId, phone: '0612345678' })).rejects.toMatchObject(
      notFound,
    )
    await expect(setSmsSender(there.ctx, { territoryId, sender: '' })).rejects.toMatchObject(notFound)
    expect(await arrangeSmsGateway(there.ctx, { ...own, to: 'removed' })).toEqual({ ok: false, reason: 'gone' })
    expect(await trySmsGateway(there.ctx, { ...own, phone: '0612345678' })).toEqual({ ok: false, reason: 'gone' })
    const typed = saveSmsGatewaySchema.parse({ ...own, secret: 'x', kind: 'brevo' })
    expect(await saveSmsGateway(there.ctx, typed)).toEqual({ ok: false, reason: 'gone' })
    expect(await kinds()).toEqual(['brevo'])
  })
})

describe('what is typed', () => {
  test.each([
    ['url', 'nowhere', 'not-a-secure-url'],
    ['headers', 'no colon', 'not-headers'],
    ['headers', 'Host: elsewhere', 'not-headers'],
    ['headers', 'Accept: text/plain\nauthorization: Bearer s3cret', 'secret-in-clear'],
    ['headers', 'X-Api-Key: s3cret', 'secret-in-clear'],
    ['headers', 'api-key: s3cret', 'secret-in-clear'],
    ['headers', 'X-Auth-Token: s3cret', 'secret-in-clear'],
    ['headers', 'X-AUTH: {key}', 'secret-in-clear'],
    ['template', '{"to":"{to}"}', 'not-a-template'],
    ['template', 'to={to}&text={text}', 'not-json'],
    ['okFrom', '500', 'not-statuses'],
    ['refusedStatuses', '200', 'not-statuses'],
    ['ignoresRepeats', 'oui', 'key-missing'],
    ['referencePath', 'a b', 'not-a-path'],
    ['okText', 'x'.repeat(61), 'too-long'],
    ['failureText', 'x'.repeat(61), 'too-long'],
    ['secret', 'é', 'not-ascii'],
  ])('%s as « %s » is refused', (field, value, fault) => {
    const typed = { territoryId, gatewayId: '', secret: 'x', ...HTTP, [field]: value }
    const issues = saveSmsGatewaySchema.safeParse(typed).error?.issues
    expect(issues?.map(({ path, message }) => [path[0], message])).toContainEqual([field, fault])
  })

  test.each([
    'Authorization: Basic {secret}',
    'X-Api-Key: {secret}\nX-Request-Id: {key}\nIdempotency-Key: {key}\nX-Author: mds',
  ])('« %s » are headers', (headers) => {
    const typed = { territoryId, gatewayId: '', secret: 'x', ...HTTP, headers }
    expect(saveSmsGatewaySchema.safeParse(typed).success).toBe(true)
  })

  test.each([
    ['', true],
    ['MDS', true],
    ['Pas de Calai', false],
    ['PasDeCalais', true],
    ['62', false],
    ['6262', false],
    ['Dépt 62', false],
    ['MDS-62', false],
  ])('« %s » is the sender of SMS: %s', (sender, isOne) => {
    expect(setSmsSenderSchema.safeParse({ territoryId: 1, sender }).success).toBe(isOne)
  })
})

describe('a trial', () => {
  test('outside production is kept here', async () => {
    await save({ kind: 'brevo' })
    const gatewayId = await lastId()
    const outcome = await trySmsGateway(ctx, { territoryId, gatewayId, phone: '06 12 34 56 78' })
    expect(outcome).toMatchObject({ ok: true, value: { outcome: 'captured' } })
    const rows = await db.select().from(capturedMessages).orderBy(desc(capturedMessages.id)).limit(1)
    expect(rows).toMatchObject([{ channel: 'sms', recipient: '+33612345678', sender: 'RdvTerr' }])
    expect(await trySmsGateway(ctx, { territoryId, gatewayId, phone: '03 21 00 00 00' })).toEqual({
      ...{ ok: false, reason: 'not-a-mobile' },
    })
  })

  test('to a number that is let through leaves, and says what the gateway said; twenty an hour', async () => {
    await save({ kind: 'brevo' })
    const gatewayId = await lastId()
    vi.stubEnv('SMS_BREVO_URL', fake.url)
    vi.stubEnv('ALLOWED_RECIPIENTS', '+33612345678')
    vi.resetModules()
    const [fresh, { ctxFor }] = await Promise.all([import('./try-sms-gateway'), import('@/db/testing/booking')])
    const freshCtx = ctxFor(db, { actor: ctx.actor })
    const attempt = () => fresh.trySmsGateway(freshCtx, { territoryId, gatewayId, phone: '0612345678' })
    fake.behave({ status: 201, body: '{"messageId":42}' })
    expect(await attempt()).toEqual({ ok: true, value: { outcome: 'sent', reference: '42' } })
    expect(fake.asked[0]?.headers['api-key']).toBe(SECRET)
    fake.behave({ status: 401 })
    expect(await attempt()).toEqual({ ok: true, value: { outcome: 'denied', reference: null } })
    for (let n = 2; n < 20; n += 1) await attempt()
    await expect(attempt()).rejects.toMatchObject({ code: 'rate-limited' })
    expect(fake.asked).toHaveLength(19)
  })
})
