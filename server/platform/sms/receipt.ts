import type { GatewayKind } from '@/server/kernel/gateways'
import { isUnfollowedKey, referenceOf } from './fate'
import { bodyIn, valueAt } from './reply'

/** What a gateway says, afterwards, of an SMS it had taken. `fate` null: nothing that ends, it is on its way, or nothing that
 * anybody follows (`isUnfollowedKey`); `delayed`: it could not be given, and still may. */
export type Receipt = {
  /** The gateway's own, else the one we gave (`OutgoingSms.key`). */
  reference: string | null
  key: string | null
  fate: 'delivered' | 'undelivered' | 'delayed' | null
}

/** Of a gateway of its own: where a receipt says which SMS it is about, and what became of it. */
export type ReceiptPlaces = {
  reference: string
  state: string
  delivered: readonly string[]
  undelivered: readonly string[]
}

type Reading = { [Key in 'reference' | 'key' | 'state']: readonly string[] } & {
  delivered: ReadonlySet<string>
  undelivered: ReadonlySet<string>
  delayed: ReadonlySet<string>
}

/** Brevo: its SMS events carry what it answered (`messageId`) and our `tag`. */
const BREVO: Reading = {
  reference: ['messageId', 'message_id'],
  key: ['tag'],
  state: ['msg_status', 'event', 'status'],
  delivered: new Set(['delivered']),
  undelivered: new Set(['hard_bounce', 'hardbounce', 'rejected', 'blacklisted', 'blocked', 'undelivered']),
  delayed: new Set(['soft_bounce', 'softbounce']),
}

/** LINK Mobility (Netsize): a report is sent once, when it is known; 0 says delivered. */
const LINK_MOBILITY: Reading = {
  reference: ['messageId', 'MessageId'],
  key: [],
  state: ['statusCode', 'StatusCode'],
  delivered: new Set(['0']),
  undelivered: new Set(Array.from({ length: 99 }, (_, code) => String(code + 1))),
  delayed: new Set(),
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

const readingOf = (kind: GatewayKind, places: ReceiptPlaces): Reading => {
  if (kind === 'brevo') return BREVO
  if (kind === 'link-mobility') return LINK_MOBILITY
  const folded = (words: readonly string[]) => new Set(words.map((word) => word.toLowerCase()))
  return {
    ...{ reference: [places.reference], key: [places.reference], state: [places.state] },
    ...{ delivered: folded(places.delivered), undelivered: folded(places.undelivered), delayed: new Set() },
  }
}

/** Null of what is no receipt: of no SMS, or without a state. `contentType`: as the gateway gave it. */
export function receiptOf(
  kind: GatewayKind,
  { contentType, text }: { contentType: string; text: string },
  places: ReceiptPlaces,
): Receipt | null {
  const body = bodyIn(contentType, text)
  const reading = readingOf(kind, places)
  const at = (paths: readonly string[]) =>
    paths.map((path) => valueAt(body, path)).find((value) => value !== null) ?? null
  const [typed, key, state] = [at(reading.reference), at(reading.key), at(reading.state)?.trim().toLowerCase()]
  const reference = referenceOf(typed)
  const known = { reference, key: key !== null && UUID.test(key) ? key.toLowerCase() : null }
  if (state === undefined || (known.reference === null && known.key === null)) return null
  if (key !== null && isUnfollowedKey(key)) return { ...known, fate: null }
  const fates = ['delivered', 'undelivered', 'delayed'] as const
  return { ...known, fate: fates.find((fate) => reading[fate].has(state)) ?? null }
}
