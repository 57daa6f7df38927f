import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Gateway, HttpSettings } from '@/server/kernel/gateways'
import { startFakeGateway, type Behaviour } from './fake-gateway.test-model'
import { retryInSecOf } from './ask'
import { makeCircuits } from './circuit'
import { mayRepeat } from './deliver'
import type { Fate } from './fate'

let fake: Awaited<ReturnType<typeof startFakeGateway>>
let deliver: (typeof import('./deliver'))['deliver']
let deliverInOrder: (typeof import('./deliver'))['deliverInOrder']

beforeAll(async () => {
  fake = await startFakeGateway()
  vi.stubEnv('SMS_BREVO_URL', fake.url)
  vi.stubEnv('SMS_LINK_MOBILITY_URL', fake.url)
  vi.stubEnv('SMS_TRUSTED_HOSTS', fake.host)
  vi.resetModules()
  ;({ deliver, deliverInOrder } = await import('./deliver'))
})
beforeEach(() => fake.behave({ status: 200 }))
afterAll(async () => {
  vi.unstubAllEnvs()
  await fake.close()
})

const SMS = {
  to: '+33612345678',
  text: 'RDV «\u00a0demain\u00a0» à 9h & "10h" {secret}',
  sender: 'MDS Arras',
  key: 'one-key',
}
const PATIENCE_MS = 300

const http = (over: Partial<HttpSettings> = {}): HttpSettings => ({
  kind: 'http',
  method: 'POST',
  url: `${fake.url}/sms?account=7`,
  headers: [{ name: 'Authorization', value: 'Bearer {secret}' }],
  format: 'json',
  template: '{"to":"{to}","body":{"text":"{text}"},"from":"{sender}","tags":["{key}"],"flash":false}',
  okFrom: 200,
  okTo: 299,
  referencePath: 'messages.0.id',
  refusedStatuses: [400, 422],
  ignoresRepeats: false,
  ...over,
})
const gateways = (): Record<'brevo' | 'link-mobility' | 'http', Gateway> => ({
  brevo: { settings: { kind: 'brevo' }, secret: 'xkeysib-1' },
  'link-mobility': { settings: { kind: 'link-mobility', username: 'mds' }, secret: 'pass' },
  http: { settings: http(), secret: 's3cret' },
})
const json = (status: number, body: unknown): Behaviour => ({ status, body: JSON.stringify(body) })

describe('what each gateway is asked', () => {
  test('Brevo: its key in a header, the number without its plus, transactional', async () => {
    fake.behave(json(201, { messageId: 1511882900176220 }))
    expect(await deliver(gateways().brevo, SMS)).toEqual({ fate: 'sent', reference: '1511882900176220' })
    expect(fake.asked).toHaveLength(1)
    const [asked] = fake.asked
    expect(asked).toMatchObject({
      method: 'POST',
      path: '/v3/transactionalSMS/send',
      headers: { 'api-key': 'xkeysib-1' },
    })
    expect(JSON.parse(asked?.body ?? '')).toEqual({
      ...{ sender: 'MDS Arras', recipient: '33612345678', content: SMS.text, type: 'transactional', tag: 'one-key' },
      unicodeEnabled: true,
    })
  })

  test.each([
    ['RDV demain à 9h, été comme hiver', false],
    ['Łukasz\u00a0: موعد', true],
  ])('Brevo: « %s » needs another alphabet: %s, else its letters are replaced', async (text, isUnicode) => {
    fake.behave(json(201, { messageId: 1 }))
    await deliver(gateways().brevo, { ...SMS, text })
    expect(JSON.parse(fake.asked[0]?.body ?? '')).toMatchObject({ content: text, unicodeEnabled: isUnicode })
  })

  test('LINK Mobility: a form under basic authentication, a sender in letters', async () => {
    fake.behave(json(200, { responseCode: 0, responseMessage: 'Success', messageIds: ['9-123'] }))
    expect(await deliver(gateways()['link-mobility'], SMS)).toEqual({ fate: 'sent', reference: '9-123' })
    const [asked] = fake.asked
    expect(asked).toMatchObject({ method: 'POST', path: '/restapi/v1/sms/send' })
    expect(asked?.headers.authorization).toBe(`Basic ${Buffer.from('mds:pass').toString('base64')}`)
    expect(Object.fromEntries(new URLSearchParams(asked?.body))).toEqual({
      ...{ destinationAddress: '+33612345678', messageText: SMS.text, originatingAddress: 'MDS Arras' },
      ...{ originatorTON: '1', maxConcatenatedMessages: '10', statusReportFlags: '1' },
    })
  })

  test('another, in JSON: no text breaks its template, and none is filled in twice', async () => {
    fake.behave(json(202, { messages: [{ id: 'abc' }] }))
    expect(await deliver(gateways().http, SMS)).toEqual({ fate: 'sent', reference: 'abc' })
    const [asked] = fake.asked
    expect(asked).toMatchObject({ method: 'POST', path: '/sms?account=7', headers: { authorization: 'Bearer s3cret' } })
    expect(JSON.parse(asked?.body ?? '')).toEqual({
      ...{ to: '+33612345678', body: { text: SMS.text }, from: 'MDS Arras', tags: ['one-key'], flash: false },
    })
  })

  test.each(['POST', 'GET'] as const)('another, as a form, by %s', async (method) => {
    const settings = http({ method, format: 'form', template: 'dest={digits}&msg={text}&cle={secret}' })
    fake.behave({ status: 200, body: '{"messages":[{"id":8}]}' })
    expect(await deliver({ settings, secret: 'a&b=c' }, SMS)).toEqual({ fate: 'sent', reference: '8' })
    const [asked] = fake.asked
    const given = method === 'GET' ? asked?.path.split('?')[1] : asked?.body
    expect(Object.fromEntries(new URLSearchParams(given))).toMatchObject({
      ...{ dest: '33612345678', msg: SMS.text, cle: 'a&b=c' },
    })
  })
})

describe('what each answer means', () => {
  const EVERY: readonly [string, Behaviour, Fate['fate'], Fate['fate'], Fate['fate']][] = [
    ['401', { status: 401 }, 'denied', 'denied', 'denied'],
    ['402, no credit left', { status: 402 }, 'denied', 'denied', 'denied'],
    ['404', { status: 404 }, 'denied', 'denied', 'denied'],
    ['a redirect, not followed', { status: 302, headers: { location: '/elsewhere' } }, 'denied', 'denied', 'denied'],
    ['429', { status: 429, headers: { 'retry-after': '30' } }, 'later', 'later', 'later'],
    ['500, perhaps once it was queued', { status: 500, body: '<html>' }, 'unknown', 'unknown', 'unknown'],
    ['503', { status: 503 }, 'later', 'later', 'later'],
    ['502 of a machine in front', { status: 502 }, 'unknown', 'unknown', 'unknown'],
    ['504 of a machine in front', { status: 504 }, 'unknown', 'unknown', 'unknown'],
    ['nothing', 'hang', 'unknown', 'unknown', 'unknown'],
    ['a line cut before any answer', 'cut-before', 'unknown', 'unknown', 'unknown'],
    // The status said it was taken, and nothing by which it says so when it does.
    ['a line cut in the answer', 'cut-in-body', 'unknown', 'unknown', 'unknown'],
    ['rubbish', { status: 200, body: '{"messageId"' }, 'unknown', 'unknown', 'unknown'],
    ['an error, said as a success', { status: 200, body: '{"status":"error"}' }, 'unknown', 'unknown', 'unknown'],
    ['an answer without end', { status: 200, body: 'x'.repeat(5_000_000) }, 'unknown', 'unknown', 'unknown'],
  ]
  test.each(EVERY)('%s', async (_name, behaviour, byBrevo, byLink, byHttp) => {
    for (const [kind, expected] of [
      ['brevo', byBrevo],
      ['link-mobility', byLink],
      ['http', byHttp],
    ] as const) {
      fake.behave(behaviour)
      expect(await deliver(gateways()[kind], SMS, PATIENCE_MS), kind).toMatchObject({ fate: expected })
      expect(fake.asked, kind).toHaveLength(1)
    }
  })

  const wordy = { referencePath: '', okText: 'OK', failureText: 'erreur' }
  test.each<[string, Partial<HttpSettings>, string, Fate['fate']]>([
    ['whose status says it all', { referencePath: '' }, 'KO', 'sent'],
    [
      'whose status says it all, before a page of somebody else',
      { referencePath: '' },
      ' <!DOCTYPE html><p>',
      'unknown',
    ],
    ['by the word it accepts by', wordy, 'Envoi ok', 'sent'],
    ['without the word it accepts by', wordy, 'KO', 'unknown'],
    ['by the word it fails by: surely nothing left', wordy, 'ERREUR 12, ok', 'denied'],
    ['in a page of its own', wordy, '<html>OK</html>', 'sent'],
    ['which fails by a word, without it', { referencePath: '', failureText: 'KO' }, '{"id":1}', 'sent'],
  ])('another, %s', async (_case, over, body, fate) => {
    fake.behave({ status: 200, body })
    expect(await deliver({ settings: http(over), secret: 'x' }, SMS)).toMatchObject({ fate })
  })

  test('a number that is none is refused for good, by each in its own words', async () => {
    fake.behave(json(400, { code: 'invalid_parameter', message: 'Invalid telephone number' }))
    expect(await deliver(gateways().brevo, SMS)).toEqual({ fate: 'refused' })
    expect(await deliver(gateways().http, SMS)).toEqual({ fate: 'refused' })
    for (const responseCode of [16, 100]) {
      fake.behave(json(200, { responseCode, responseMessage: 'no', messageIds: [] }))
      expect(await deliver(gateways()['link-mobility'], SMS)).toEqual({ fate: 'refused' })
    }
  })

  test('what a gateway has against us is not held against the number', async () => {
    for (const fault of [
      { code: 'not_enough_credits', message: 'x' },
      { code: 'invalid_parameter', message: 'Invalid sender' },
    ]) {
      fake.behave(json(400, fault))
      expect(await deliver(gateways().brevo, SMS)).toEqual({ fate: 'denied' })
    }
    fake.behave(json(200, { responseCode: 101, messageIds: [] }))
    expect(await deliver(gateways()['link-mobility'], SMS)).toEqual({ fate: 'later' })
  })

  test('a server that is not there has received nothing', async () => {
    vi.stubEnv('SMS_TRUSTED_HOSTS', '127.0.0.1:1')
    vi.resetModules()
    const fresh = await import('./deliver')
    const settings = http({ url: 'http://127.0.0.1:1/sms' })
    expect(await fresh.deliver({ settings, secret: 'x' }, SMS)).toEqual({ fate: 'later' })
  })
})

describe('where a territory’s gateway may be', () => {
  test.each([
    'http://gateway.example/sms',
    'https://127.0.0.1/sms',
    'https://169.254.169.254/latest/meta-data',
    'https://[::1]/sms',
    'https://[::ffff:10.0.0.1]/sms',
    'https://localhost/sms',
    'https://postgres/sms',
    'https://metadata.google.internal/sms',
    'https://user:pass@gateway.example/sms',
  ])('%s is not asked', async (url) => {
    expect(await deliver({ settings: http({ url }), secret: 'x' }, SMS)).toEqual({ fate: 'denied' })
  })
})

describe('one gateway after the other', () => {
  const names = ['brevo', 'link-mobility', 'http'] as const
  const sent = { fate: 'sent', reference: 'r' } as const
  const said = (fate: 'later' | 'denied' | 'refused' | 'unknown') => ({ fate }) as const
  test.each<[string, Fate[], number, Fate['fate'], string | null]>([
    ['the first takes it', [sent], 1, 'sent', 'brevo'],
    ['the first is busy', [said('later'), sent], 2, 'sent', 'link-mobility'],
    ['the first no longer knows us', [said('denied'), sent], 2, 'sent', 'link-mobility'],
    ['the first may have sent it: no other is asked', [said('unknown'), sent], 1, 'unknown', 'brevo'],
    ['the first refuses the number: no other is asked', [said('refused'), sent], 1, 'refused', 'brevo'],
    ['the last may have sent it', [said('later'), said('denied'), said('unknown')], 3, 'unknown', 'http'],
    ['none takes it', [said('later'), said('denied'), said('later')], 3, 'later', null],
  ])('%s', async (_case, fates, asked, fate, gateway) => {
    const all = gateways()
    const told = vi.fn(() => Promise.resolve(fates[told.mock.calls.length - 1] ?? said('later')))
    const delivery = await deliverInOrder(
      names.map((name) => ({ ...all[name], gatewayId: 7 })),
      SMS,
      { give: told, circuits: makeCircuits() },
    )
    expect(told).toHaveBeenCalledTimes(asked)
    expect(delivery).toMatchObject({ fate: { fate }, gateway: gateway && { kind: gateway, gatewayId: 7 } })
  })

  test('once there is no time left for it, no further one is asked: it is judged again', async () => {
    const all = gateways()
    let nowMs = 0
    const give = vi.fn(() => {
      nowMs += 5000
      return Promise.resolve(said('later'))
    })
    const how = { give, circuits: makeCircuits(), clockMs: () => nowMs }
    const three = names.map((name) => all[name])
    expect(await deliverInOrder(three, SMS, { ...how, withinMs: 5001 })).toMatchObject({ fate: said('later') })
    expect(give).toHaveBeenCalledTimes(2)
    await deliverInOrder(three, SMS, { ...how, withinMs: 0 })
    expect(give).toHaveBeenCalledTimes(2)
    await deliverInOrder(three, SMS, how)
    expect(give).toHaveBeenCalledTimes(5)
  })

  test('with none to ask, it waits', async () => {
    expect(await deliverInOrder([], SMS)).toEqual({ fate: { fate: 'later' }, gateway: null, isAsked: false })
  })
})

describe('when to ask again', () => {
  const now = Date.parse('2027-03-02T08:00:00Z')
  test.each([
    ['120', 120],
    [' 5 ', 5],
    ['Tue, 02 Mar 2027 08:01:30 GMT', 90],
    ['Tue, 02 Mar 2027 07:00:00 GMT', null],
    ['0', null],
    ['-5', null],
    ['soon', null],
    ['99999999999', null],
    [undefined, null],
  ])('« Retry-After: %s » is %s seconds', (value, sec) => {
    expect(retryInSecOf(value, now)).toBe(sec)
  })

  test.each(['brevo', 'link-mobility', 'http'] as const)('%s is asked again when it says', async (kind) => {
    fake.behave({ status: 503, headers: { 'retry-after': '30' } })
    expect(await deliver(gateways()[kind], SMS)).toEqual({ fate: 'later', retryInSec: 30 })
  })

  test('of two, the first that says it is ready again; a gateway that does not say is asked as ever', async () => {
    const both = [gateways().brevo, gateways()['link-mobility']]
    const waits = (...secs: (number | null)[]) => {
      const left = [...secs]
      const give = () => Promise.resolve({ fate: 'later', retryInSec: left.shift() ?? null } as const)
      return deliverInOrder(both, SMS, { give, circuits: makeCircuits() })
    }
    expect(await waits(600, 60)).toMatchObject({ fate: { fate: 'later', retryInSec: 60 }, gateway: null })
    expect(await waits(600, null)).toMatchObject({ fate: { fate: 'later' }, gateway: null })
  })
})

test('what may have left is given again to the only gateway of a territory, if it ignores repeats', () => {
  const { brevo, http: once } = gateways()
  const twice: Gateway = { ...once, settings: http({ ignoresRepeats: true }) }
  expect([[], [brevo], [once], [twice], [twice, brevo], [brevo, twice]].map((all) => mayRepeat(all))).toEqual([
    ...[false, false, false],
    ...[true, false, false],
  ])
})
