import type { Actor, Membership, Scope } from '@/server/kernel/actor'

/** How far an actor sees, as data: a policy asks it about one record, a query turns it into SQL. */
export type Reach = {
  /** Whose own RDVs they are; null for somebody who is no agent. */
  readonly agentId: number | null
  /** Where they have a place now. */
  readonly memberships: readonly Membership[]
  readonly serviceIds: readonly number[]
  readonly scopes: readonly Scope[]
}

/** From nothing to everything: `busy` knows when, `read` also who, where and what for, `write` may change it. */
export const LEVELS = ['none', 'busy', 'read', 'write'] as const
export type Level = (typeof LEVELS)[number]

/** What the level on an RDV depends on. */
export type RdvInReach = {
  readonly territoryId: number
  readonly organisationId: number
  /** Of its motif. */
  readonly serviceId: number
  readonly isConfidential: boolean
  readonly agentIds: readonly number[]
}

const NOTHING: Reach = { agentId: null, memberships: [], serviceIds: [], scopes: [] }

/** An agent reaches their own RDVs where they still have a place, and what grants open to them. */
export const reachOf = (actor: Actor): Reach => (actor.kind === 'agent' ? actor : NOTHING)

const rankOf = (level: Level): number => LEVELS.indexOf(level)

export const isAtLeast = (level: Level, least: Level): boolean => rankOf(level) >= rankOf(least)

/** Of several grants the highest wins: none takes away what another gives. */
const highest = (levels: readonly Level[]): Level => LEVELS[Math.max(0, ...levels.map(rankOf))] ?? 'none'

const holds = <One>(list: 'any' | readonly One[], one: One): boolean => list === 'any' || list.includes(one)

/** Beyond the RDVs a grant is about, the agenda it opens still shows that its agent is taken. */
function levelBy(scope: Scope, rdv: RdvInReach): Level {
  const isAgenda = scope.agentIds !== 'any' && rdv.agentIds.some((agentId) => holds(scope.agentIds, agentId))
  if (scope.agentIds !== 'any' && !isAgenda) return 'none'
  const isAbout =
    scope.territoryId === rdv.territoryId &&
    holds(scope.organisationIds, rdv.organisationId) &&
    holds(scope.serviceIds, rdv.serviceId)
  if (isAbout) return scope.level
  return isAgenda ? 'busy' : 'none'
}

/** Organisations where this reach has a place. */
export const placesOf = ({ memberships }: Reach): number[] => memberships.map(({ organisationId }) => organisationId)

/**
 * How much of an RDV this reach opens. One's own in an organisation one has left is a time taken, no more (domain §7.2); a
 * confidential one tells a time alone beyond its service (house §10.8).
 */
export function levelOn(reach: Reach, rdv: RdvInReach): Level {
  const isOwn = reach.agentId !== null && rdv.agentIds.includes(reach.agentId)
  if (isOwn && placesOf(reach).includes(rdv.organisationId)) return 'write'
  const level = highest([isOwn ? 'busy' : 'none', ...reach.scopes.map((scope) => levelBy(scope, rdv))])
  const isHidden = rdv.isConfidential && !reach.serviceIds.includes(rdv.serviceId)
  return isHidden && isAtLeast(level, 'busy') ? 'busy' : level
}

/** Territories where some scope of this reach opens an agent's agenda as far as this. One's own asks for none. */
const territoriesOpen = ({ scopes }: Reach, agentId: number, least: Level): number[] => [
  ...new Set(
    scopes.flatMap(({ agentIds, level, territoryId }) =>
      agentIds !== 'any' && agentIds.includes(agentId) && isAtLeast(level, least) ? [territoryId] : [],
    ),
  ),
]

/** Territories where some scope of this reach writes on an agent's agenda. One's own asks for none. */
export const territoriesWritten = (reach: Reach, agentId: number): number[] => territoriesOpen(reach, agentId, 'write')

/**
 * Whether this reach tells where an agent receives: their own openings, and those of a territory where a scope reads their
 * agenda. Elsewhere an opening has a title and hours, no lieu (docs/decisions/0015).
 */
export const mayKnowLieu = (reach: Reach, opening: { agentId: number; territoryId: number }): boolean =>
  opening.agentId === reach.agentId || territoriesOpen(reach, opening.agentId, 'read').includes(opening.territoryId)

/** How much of what belongs to no territory, an agent's absences, this reach opens: the best of any scope. */
export function levelOnAgenda(reach: Reach, agentId: number): Level {
  if (agentId === reach.agentId) return 'write'
  const theirs = reach.scopes.filter(({ agentIds }) => agentIds !== 'any' && agentIds.includes(agentId))
  return highest(theirs.map(({ level }) => level))
}
