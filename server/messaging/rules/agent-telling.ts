import type { RDV_AGENT_NEWS } from '@/db/schema/messaging'
import type { NotificationLevel } from '@/server/access/rules/preferences'
import type { MovedValue } from '@/server/booking/rules/reschedule'
import { isCancelled, type Status } from '@/server/booking/rules/status'
import { dayOf } from '@/server/kernel/dates'
import { addDays } from '@/server/scheduling/rules/civil'

/** `people`: somebody joined or left a collective session. */
export type AgentNews = (typeof RDV_AGENT_NEWS)[number]

/** Who made a fact. A super-admin in an agent's place is the support, not that agent (domain §5.3). */
export type Author =
  { readonly kind: 'agent'; readonly agentId: number } | { readonly kind: 'usager' | 'support' | 'system' }

/** One fact of an RDV, as far as it can be undone. */
export type RdvFact = { readonly eventId: number; readonly author: Author } & (
  | { readonly kind: 'placed' }
  | { readonly kind: 'status'; readonly from: Status }
  | { readonly kind: 'moved'; readonly values: readonly MovedValue[] }
  | { readonly kind: 'titled'; readonly from: string | null }
  | { readonly kind: 'joined' | 'left' }
)

/** An RDV as its agents know it. `peopleCount` counts from what it is now. */
export type AgentsRdv = {
  readonly isPlaced: boolean
  readonly isOn: boolean
  readonly startsAt: Date
  readonly durationMin: number
  readonly lieuId: number | null
  /** Of a session that has one. */
  readonly title: string | null
  readonly agentIds: readonly number[]
  readonly peopleCount: number
}

/** What an RDV was before these facts, the last of them undone first. */
export const before = (facts: readonly RdvFact[], current: AgentsRdv): AgentsRdv => facts.reduceRight(undo, current)

function undo(rdv: AgentsRdv, fact: RdvFact): AgentsRdv {
  switch (fact.kind) {
    case 'placed':
      return { ...rdv, isPlaced: false }
    case 'status':
      return { ...rdv, isOn: !isCancelled(fact.from) }
    case 'moved':
      return fact.values.reduce(undoValue, rdv)
    case 'titled':
      return { ...rdv, title: fact.from }
    case 'joined':
      return { ...rdv, peopleCount: rdv.peopleCount - 1 }
    case 'left':
      return { ...rdv, peopleCount: rdv.peopleCount + 1 }
  }
}

function undoValue(rdv: AgentsRdv, value: MovedValue): AgentsRdv {
  switch (value.field) {
    case 'startsAt':
      return { ...rdv, startsAt: new Date(value.from) }
    case 'durationMin':
      return { ...rdv, durationMin: value.from }
    case 'lieuId':
      return { ...rdv, lieuId: value.from }
    case 'agentIds':
      return { ...rdv, agentIds: value.from }
  }
}

/**
 * What became of an RDV for one agent, from what it was: nothing once it has begun (domain §5.1), nor of a change undone
 * meanwhile. An agent put on it, or taken off it, is told even when nothing else changed.
 */
export function agentNewsFor(agentId: number, was: AgentsRdv, is: AgentsRdv, now: Date): AgentNews | null {
  if (is.startsAt <= now) return null
  const stood = was.isPlaced && was.isOn
  const wasTheirs = stood && was.agentIds.includes(agentId)
  const isTheirs = is.isOn && is.agentIds.includes(agentId)
  if (!isTheirs) return wasTheirs ? (is.isOn ? 'removed' : 'cancelled') : null
  if (!wasTheirs) return stood ? 'added' : 'placed'
  if (hasMoved(was, is)) return 'moved'
  return was.peopleCount === is.peopleCount ? null : 'people'
}

const hasMoved = (was: AgentsRdv, is: AgentsRdv): boolean =>
  was.startsAt.getTime() !== is.startsAt.getTime() ||
  was.durationMin !== is.durationMin ||
  was.lieuId !== is.lieuId ||
  was.title !== is.title ||
  was.agentIds.some((id) => !is.agentIds.includes(id)) ||
  is.agentIds.some((id) => !was.agentIds.includes(id))

/** Whether it is called otherwise, and nothing else of it changed. */
export const isOnlyRenamed = (was: AgentsRdv, is: AgentsRdv): boolean =>
  was.title !== is.title && !hasMoved({ ...was, title: is.title }, is)

/**
 * Whether an agent of this level, for this kind of thing, is told of what these people did (domain §5.3). `isSoon`: what they
 * did it to was, or is, today or tomorrow on its calendar. Somebody else's part in a change is enough for it to be news.
 */
export function isTold(
  level: NotificationLevel,
  agentId: number,
  authors: readonly Author[],
  { isSoon }: { isSoon: boolean },
): boolean {
  const isByOthers = authors.some((author) => author.kind !== 'agent' || author.agentId !== agentId)
  switch (level) {
    case 'all':
      return true
    case 'others':
      return isByOthers
    case 'soon':
      return isByOthers && isSoon
    case 'none':
      return false
  }
}

/**
 * What an agent of this level is told of these facts at this moment; null for nothing. RDVs placed together are told of
 * once, by the first of them: `isRepeat` says of the others that the first speaks for them.
 */
export function newsOf(
  agentId: number,
  level: NotificationLevel,
  rdv: AgentsRdv & { readonly zone: string; readonly isRepeat: boolean },
  facts: readonly RdvFact[],
  now: Date,
): AgentNews | null {
  const was = before(facts, rdv)
  const news = agentNewsFor(agentId, was, rdv, now)
  if (news === 'placed' && !was.isPlaced && rdv.isRepeat) return null
  const soonDays = [dayOf(now, rdv.zone), addDays(dayOf(now, rdv.zone), 1)]
  const isSoon = [was, rdv].some(({ startsAt }) => soonDays.includes(dayOf(startsAt, rdv.zone)))
  const authors = facts.map(({ author }) => author)
  return news && isTold(level, agentId, authors, { isSoon }) ? news : null
}

/** The agents of an RDV, and those it had meanwhile. */
export const concernedBy = (facts: readonly RdvFact[], rdv: AgentsRdv): number[] => [
  ...new Set([...rdv.agentIds, ...facts.flatMap((_, index) => before(facts.slice(index), rdv).agentIds)]),
]
