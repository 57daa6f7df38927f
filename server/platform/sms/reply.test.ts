import { expect, test } from 'vitest'
import { smsReplyOf } from './reply'

const PLAIN = { from: 'from', text: 'text' }
const JSON_TYPE = 'application/json; charset=utf-8'
const FORM = 'application/x-www-form-urlencoded'

test.each([
  [FORM, 'from=%2B33612345678&text=STOP', PLAIN, { from: '+33612345678', text: 'STOP' }],
  [
    FORM,
    'msisdn=33612345678&message=Arr%C3%AAt',
    { from: 'msisdn', text: 'message' },
    { from: '33612345678', text: 'Arrêt' },
  ],
  [JSON_TYPE, '{"from":33612345678,"text":"STOP"}', PLAIN, { from: '33612345678', text: 'STOP' }],
  [
    ...[JSON_TYPE, '{"messages":[{"sender":{"number":"+33612345678"},"body":"start"}]}'],
    ...[
      { from: 'messages.0.sender.number', text: 'messages.0.body' },
      { from: '+33612345678', text: 'start' },
    ],
  ],
  [FORM, 'from=%2B33612345678', PLAIN, null],
  [JSON_TYPE, '{"from":{},"text":"STOP"}', PLAIN, null],
  [JSON_TYPE, 'from=+33612345678&text=STOP', PLAIN, null],
  [JSON_TYPE, '{"from":"x"}', { from: '__proto__.from', text: 'constructor.name' }, null],
  [JSON_TYPE, '"STOP"', PLAIN, null],
  ['', '', PLAIN, null],
] as const)('%s %s', (contentType, text, places, reply) => {
  expect(smsReplyOf({ contentType, text }, places)).toEqual(reply)
})
