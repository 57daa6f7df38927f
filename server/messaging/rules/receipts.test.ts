import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MESSAGE_FAILURES, MESSAGE_STATES } from '@/db/schema/messaging'
import { afterReceipt } from './receipts'

const message = { state: 'sent', failure: null, isDelivered: false, isToldOtherwise: false } as const
const failed = { ...message, state: 'failed', failure: 'undelivered' } as const

describe('a receipt', () => {
  test.each([
    ['delivered, of one that left', message, 'delivered', { isDelivered: true, to: null }],
    [
      'delivered, of one in doubt',
      { ...message, state: 'uncertain' },
      'delivered',
      { isDelivered: true, to: { state: 'sent', failure: null } },
    ],
    [
      'delivered, after it was said not to be',
      failed,
      'delivered',
      { isDelivered: true, to: { state: 'sent', failure: null } },
    ],
    [
      'delivered, of one somebody told of otherwise',
      { ...failed, isToldOtherwise: true },
      'delivered',
      { isDelivered: true, to: null },
    ],
    [
      'delivered, of one that waits to be given again',
      { ...message, state: 'waiting' },
      'delivered',
      { isDelivered: true, to: { state: 'sent', failure: null } },
    ],
    [
      'undelivered, of one that left',
      message,
      'undelivered',
      { isDelivered: false, to: { state: 'failed', failure: 'undelivered' } },
    ],
    [
      'undelivered, of one in doubt',
      { ...message, state: 'uncertain' },
      'undelivered',
      { isDelivered: false, to: { state: 'failed', failure: 'undelivered' } },
    ],
    ['undelivered, twice', failed, 'undelivered', null],
    ['undelivered, of one that was delivered', { ...message, isDelivered: true }, 'undelivered', null],
    ['delivered, twice', { ...message, isDelivered: true }, 'delivered', null],
    [
      'undelivered, of one that was never to leave',
      { ...message, state: 'dropped', failure: 'obsolete' },
      'undelivered',
      null,
    ],
    [
      'delayed, of one that left',
      message,
      'delayed',
      { isDelivered: false, to: { state: 'uncertain', failure: null } },
    ],
    ['delayed, once it is known to be lost', failed, 'delayed', null],
    ['delayed, once it was delivered', { ...message, isDelivered: true }, 'delayed', null],
    ['before we know that it left', { ...message, state: 'sending' }, 'undelivered', 'later'],
  ] as const)('%s', (_, known, fate, expected) => {
    expect(afterReceipt(known, fate)).toEqual(expected)
  })

  test('in whatever order they come, once one says delivered it is', () => {
    const states = fc.constantFrom(...MESSAGE_STATES.filter((state) => state !== 'sending'))
    const fates = fc.array(fc.constantFrom('delivered' as const, 'undelivered' as const, 'delayed' as const), {
      minLength: 1,
    })
    fc.assert(
      fc.property(states, fc.constantFrom(null, ...MESSAGE_FAILURES), fates, (state, failure, all) => {
        let known: Parameters<typeof afterReceipt>[0] = { ...message, state, failure }
        for (const fate of all) {
          const next = afterReceipt(known, fate)
          if (next && next !== 'later') known = { ...known, ...next.to, isDelivered: next.isDelivered }
        }
        expect(known.isDelivered).toBe(all.includes('delivered'))
        expect(known.isDelivered && known.failure === 'undelivered').toBe(false)
      }),
    )
  })
})
