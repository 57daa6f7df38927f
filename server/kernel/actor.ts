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

/** A super-admin in an agent's place: they see what the agent sees, and change nothing until a second act (docs/decisions/0020). */
export type Impersonation = {
  readonly impersonationId: number
  readonly superAdminId: number
  readonly expiresAt: Date
  /** Asked for, and allowed by every territory of the agent, at this request. */
  readonly isWriting: boolean
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
  /** Absent when the agent is there in person. */
  readonly impersonation?: Impersonation
}

/** Who runs the platform: the back-office, and nothing of what agents or usagers may do. */
export type SuperAdminActor = {
  readonly kind: 'super-admin'
  readonly superAdminId: number
  readonly sessionId: string
  /** Without a second factor, only setting one up is open to them. */
  readonly hasSecondFactor: boolean
}

/** Somebody holding a signed link: may see and cancel that one participation, nothing else. */
export type LinkActor = { readonly kind: 'link'; readonly rdvId: number; readonly participationId: number }

/** A person signed in by a contact they proved: what is theirs is judged at each request. */
export type UsagerActor = { readonly kind: 'usager'; readonly accountId: number; readonly sessionId: string }

export type Actor =
  | { readonly kind: 'anonymous' }
  | AgentActor
  | SuperAdminActor
  | LinkActor
  | UsagerActor
  | { readonly kind: 'system'; readonly job: string }

export const ANONYMOUS: Actor = { kind: 'anonymous' }

/** The id the ledger writes beside the actor's kind; null for nobody in particular. */
export function actorId(actor: Actor): number | null {
  switch (actor.kind) {
    case 'agent':
      return actor.agentId
    case 'link':
      return actor.participationId
    case 'usager':
      return actor.accountId
    case 'super-admin':
      return actor.superAdminId
    case 'anonymous':
    case 'system':
      return null
  }
}

/** The super-admin in the actor's place; null when there is none. The ledger writes both. */
export const impersonatorId = (actor: Actor): number | null =>
  actor.kind === 'agent' ? (actor.impersonation?.superAdminId ?? null) : null

/** Whether this actor may look and nothing else. */
export const isReadOnly = (actor: Actor): boolean =>
  actor.kind === 'agent' && actor.impersonation !== undefined && !actor.impersonation.isWriting
