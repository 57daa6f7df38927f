import type { GatewayKind } from '@/server/kernel/gateways'
import type { MESSAGE_STATES } from '@/db/schema/messaging'
import type { Failure } from './sending'
import type { Channel, News } from './telling'

/** One message about an RDV, as whoever may read the RDV sees it. `at`: since when it is in its state. */
export type MessageLine = {
  id: number
  news: News
  channel: Channel
  recipient: string
  /** Whose link it carries. */
  personName: string
  state: (typeof MESSAGE_STATES)[number]
  failure: Failure | null
  /** By which gateway an SMS left, and its reference there. */
  gateway: GatewayKind | null
  gatewayReference: string | null
  at: Date
  /** When its gateway said that it had reached its telephone. */
  deliveredAt: Date | null
  /** When it is to leave, of one that waits for the hours of its territory. */
  leavesAt: Date | null
}
