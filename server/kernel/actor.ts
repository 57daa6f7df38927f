/** An agent's place in one organisation, as read at the beginning of the request. */
export type Membership = {
  readonly organisationId: number
  readonly territoryId: number
  readonly level: 'basic' | 'admin' | 'intervenant'
  readonly isSecretary: boolean
}

/**
 * What grants open to an agent, those alike put together: agendas, and which of their RDVs (docs/decisions/0015).
 * `agentIds: 'any'` stands for the RDVs of these organisations whoever holds them.
 */
export type Scope = {
  readonly level: 'busy' | 'read' | 'write'
  readonly territoryId: number
  readonly agentIds: 'any' | readonly number[]
  readonly organisationIds: 'any' | readonly number[]
  readonly serviceIds: 'any' | readonly number[]
}

export type AgentActor = {
  readonly kind: 'agent'
  readonly agentId: number
  readonly sessionId: string
  readonly memberships: readonly Membership[]
  readonly serviceIds: readonly number[]
  readonly scopes: readonly Scope[]
  /** Territories this agent administers. */
  readonly administers: readonly number[]
}

/** Somebody holding a signed link: may see and cancel that one participation, nothing else. */
export type LinkActor = { readonly kind: 'link'; readonly rdvId: number; readonly participationId: number }

export type Actor =
  { readonly kind: 'anonymous' } | AgentActor | LinkActor | { readonly kind: 'system'; readonly job: string }

export const ANONYMOUS: Actor = { kind: 'anonymous' }

/** The id the ledger writes beside the actor's kind; null for nobody in particular. */
export function actorId(actor: Actor): number | null {
  switch (actor.kind) {
    case 'agent':
      return actor.agentId
    case 'link':
      return actor.participationId
    case 'anonymous':
    case 'system':
      return null
  }
}
