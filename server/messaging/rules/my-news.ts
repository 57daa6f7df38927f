import type { PlanningNews } from './planning'
import type { AgentEvent } from './standard-wordings'

/** One thing an agent was told of, as the application lists it. `rdv`: of one they may still read. */
export type NewsLine = {
  id: number
  news: AgentEvent | PlanningNews
  at: Date
  /** Since they last said they had seen them. */
  isNew: boolean
  rdv: { rdvId: number; startAt: Date; zone: string; motifName: string } | null
}

/** How many a page lists, and how far back. */
export const NEWS_LISTED = 50
export const NEWS_DAYS = 30
