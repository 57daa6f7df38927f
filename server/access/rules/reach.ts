import type { Actor } from '@/server/kernel/actor'

/** How far an actor sees, as data: a policy asks it about one record, a query turns it into SQL. */
export type Reach = {
  /** Whose own RDVs they are; null for somebody who is no agent. */
  readonly agentId: number | null
  /** Organisations whose every RDV may be read and written. The empty list means none. */
  readonly wholeOrganisationIds: readonly number[]
}

export type Level = 'none' | 'busy' | 'read' | 'write'

/** What the level on an RDV depends on. */
export type RdvInReach = {
  readonly organisationId: number
  readonly serviceId: number
  readonly agentIds: readonly number[]
}

const NOTHING: Reach = { agentId: null, wholeOrganisationIds: [] }

/** An agent reaches their own RDVs, and all those of the organisations they are admin of. */
export function reachOf(actor: Actor): Reach {
  if (actor.kind !== 'agent') return NOTHING
  const administered = actor.memberships.filter((membership) => membership.level === 'admin')
  return { agentId: actor.agentId, wholeOrganisationIds: administered.map(({ organisationId }) => organisationId) }
}

/** How much of an RDV this reach opens. */
export function levelOn(reach: Reach, rdv: RdvInReach): Level {
  const isTheirs = reach.agentId !== null && rdv.agentIds.includes(reach.agentId)
  return isTheirs || reach.wholeOrganisationIds.includes(rdv.organisationId) ? 'write' : 'none'
}
