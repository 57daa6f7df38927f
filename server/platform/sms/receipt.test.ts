import fc from 'fast-check'
import { expect, test } from 'vitest'
import { receiptOf, type ReceiptPlaces } from './receipt'

const PLACES: ReceiptPlaces = {
  reference: 'message.id',
  state: 'message.state',
  delivered: ['DELIVRD'],
  undelivered: ['UNDELIV', 'expired'],
}
const KEY = '0b0e7a2c-5c0f-4c53-9d5b-3f6f1d0a7e11'
const json = (body: unknown) => ({ contentType: 'application/json', text: JSON.stringify(body) })
const form = (text: string) => ({ contentType: 'application/x-www-form-urlencoded', text })

test.each([
  [
    'brevo',
    json({ messageId: 77, msg_status: 'delivered', tag: KEY }),
    { reference: '77', key: KEY, fate: 'delivered' },
  ],
  ['brevo', json({ messageId: 77, msg_status: 'hard_bounce' }), { reference: '77', key: null, fate: 'undelivered' }],
  ['brevo', json({ messageId: 77, msg_status: 'soft_bounce' }), { reference: '77', key: null, fate: 'delayed' }],
  ['brevo', json({ messageId: 77, msg_status: 'sent', tag: 'rdv' }), { reference: '77', key: null, fate: null }],
  [
    'link-mobility',
    form('messageId=1-44&statusCode=0&destinationAddress=336'),
    { reference: '1-44', key: null, fate: 'delivered' },
  ],
  ['link-mobility', form('MessageId=1-44&StatusCode=2'), { reference: '1-44', key: null, fate: 'undelivered' }],
  ['link-mobility', json({ messageId: '1-44', statusCode: -1 }), { reference: '1-44', key: null, fate: null }],
  ['http', json({ message: { id: KEY, state: 'delivrd' } }), { reference: KEY, key: KEY, fate: 'delivered' }],
  ['http', json({ message: { id: 'a', state: 'EXPIRED' } }), { reference: 'a', key: null, fate: 'undelivered' }],
  ['http', json({ message: { id: 'a', state: 'enroute' } }), { reference: 'a', key: null, fate: null }],
  // Of a code or a trial, which nobody follows.
  [
    'brevo',
    json({ messageId: 77, msg_status: 'delivered', tag: 'code-12' }),
    { reference: '77', key: null, fate: null },
  ],
  [
    'brevo',
    json({ messageId: 77, msg_status: 'hard_bounce', tag: `trial-${KEY}` }),
    { reference: '77', key: null, fate: null },
  ],
  ['http', json({ message: { id: 'code-12', state: 'UNDELIV' } }), { reference: 'code-12', key: null, fate: null }],
  [
    'brevo',
    json({ messageId: 77, msg_status: 'delivered', tag: 'code-postal' }),
    { reference: '77', key: null, fate: 'delivered' },
  ],
] as const)('%s: %j', (kind, body, expected) => {
  expect(receiptOf(kind, body, PLACES)).toEqual(expected)
})

test.each([
  ['nothing', json(null)],
  ['a text', json('delivered')],
  ['no state', json({ messageId: 77 })],
  ['no SMS', json({ msg_status: 'delivered' })],
  ['no JSON', { contentType: 'application/json', text: '{"messageId":77,' }],
  ['an object for a number', json({ messageId: { $ne: null }, msg_status: 'delivered' })],
  ['a name of every object', json({ message: { constructor: 1 }, msg_status: 'delivered' })],
])('%s is no receipt', (_, body) => {
  expect(receiptOf('brevo', body, PLACES)).toBeNull()
})

test('whatever is posted is read or refused, and never breaks', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('brevo', 'link-mobility', 'http' as const),
      fc.string(),
      fc.jsonValue(),
      (kind, text, body) => {
        receiptOf(kind, form(text), PLACES)
        receiptOf(kind, { contentType: 'application/json', text }, PLACES)
        receiptOf(kind, json(body), PLACES)
      },
    ),
  )
})
