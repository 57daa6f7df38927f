import type { MESSAGE_STATES } from '@/db/schema/messaging'
import type { Failure } from './sending'

type State = (typeof MESSAGE_STATES)[number]
type Known = { state: State; failure: Failure | null; isDelivered: boolean; isToldOtherwise: boolean }

/** `refused`: there is no such mailbox; `delayed`: it may still arrive. */
export type ReceiptFate = 'delivered' | 'undelivered' | 'delayed' | 'refused'

/** What a receipt makes of a message: `later` while we do not know ourselves that it left; null for nothing new. */
export type AfterReceipt =
  'later' | { isDelivered: boolean; to: { state: State; failure: Failure | null } | null } | null

/**
 * Receipts come twice, in any order, and late. Delivered is the last word: what reached a telephone did. Undelivered is one
 * until then, of what had left, for all we know. Somebody who told the person otherwise is not undone.
 */
export function afterReceipt(message: Known, fate: ReceiptFate): AfterReceipt {
  const { state, failure, isDelivered, isToldOtherwise } = message
  if (isDelivered) return null
  if (state === 'sending') return 'later'
  if (fate === 'delivered') {
    // One that waits to be given again had left after all: given again, it would arrive twice.
    const isMended = state === 'uncertain' || state === 'waiting' || failure === 'undelivered'
    return { isDelivered: true, to: isMended && !isToldOtherwise ? { state: 'sent', failure: null } : null }
  }
  // The other channel would tell twice who gets it in the end: the desk sees the doubt, until it is lifted.
  if (fate === 'delayed')
    return state === 'sent' ? { isDelivered: false, to: { state: 'uncertain', failure: null } } : null
  const hadLeft = state === 'sent' || (state === 'uncertain' && !isToldOtherwise)
  return hadLeft ? { isDelivered: false, to: { state: 'failed', failure: fate } } : null
}
