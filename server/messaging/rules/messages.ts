import type { ARRIVAL_NEWS, MESSAGE_STATES } from '@/db/schema/messaging'
import type { GatewayKind } from '@/server/kernel/gateways'
import type { AgentNews } from './agent-telling'
import type { Failure } from './sending'
import type { Channel, News } from './telling'

/** One message about an RDV, as whoever may read the RDV sees it. `at`: since when it is in its state. */
type Line = {
  id: number
  channel: Channel
  recipient: string
  /** Whose link it carries, or the agent it is for. */
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

/** To one of its people; `offer`: of an earlier slot. */
export type MessageLine = Line & { news: News | 'offer' }
/** To one of its agents. */
export type AgentMessageLine = Line & { news: AgentNews | (typeof ARRIVAL_NEWS)[number] }

/** Newest first. `isCut`: there are older ones. */
export type RdvMessages = { toPeople: MessageLine[]; toAgents: AgentMessageLine[]; isCut: boolean }

/** Of each, at first; and when all are asked for. */
export const MESSAGES_LISTED = 30
export const MESSAGES_LISTED_AT_MOST = 1000
