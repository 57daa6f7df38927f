import { expect, test } from 'vitest'
import { smsReplyIn } from './consents'

test.each([
  ['STOP', 'stop'],
  [' stop. ', 'stop'],
  ['Stop SMS', 'stop'],
  ['ARRÊT', 'stop'],
  ['START', 'start'],
  ['reprendre', 'start'],
  ['ne vous arrêtez pas', null],
  ['Stop, je ne peux pas venir', null],
  ['Je viendrai', null],
  ['', null],
] as const)('« %s »', (text, reply) => {
  expect(smsReplyIn(text)).toBe(reply)
})
