/** Whom the matrix makes knock at every procedure. `answer`: they are served. `nothing`: beyond reach and unknown are the same. */
export const ACTORS = [
  'anonymous',
  'usager by their link',
  'usager signed in',
  'own agent',
  'agent of the same service',
  'agent of another service',
  'secretary',
  'admin of the organisation',
  'agent of another organisation',
  'admin of the territory',
  'admin of another territory',
  'super-admin',
] as const
export type ActorName = (typeof ACTORS)[number]
/** Those who are agents. */
export type AgentName = Exclude<ActorName, 'anonymous' | 'usager by their link' | 'usager signed in' | 'super-admin'>
export type Expected = 'answer' | 'unauthenticated' | 'nothing' | 'forbidden'

export const everybody = () => 'answer' as const
const NO_AGENTS: ReadonlySet<ActorName> = new Set([
  'anonymous',
  'usager by their link',
  'usager signed in',
  'super-admin',
])
/** Who is no agent is asked to sign in as one: a super-admin has nothing to do among agents, but in the place of one. */
const refusedAtOnce = (actor: ActorName): Expected | null => (NO_AGENTS.has(actor) ? 'unauthenticated' : null)
export const agentsOnly = (actor: ActorName): Expected => refusedAtOnce(actor) ?? 'answer'
/** What is a person's own: agents, for whom it is not, are asked to sign in as one. */
export const usagersOnly = (actor: ActorName): Expected => (actor === 'usager signed in' ? 'answer' : 'unauthenticated')
export const onlyFor =
  (...served: ActorName[]) =>
  (actor: ActorName): Expected =>
    refusedAtOnce(actor) ?? (served.includes(actor) ? 'answer' : 'nothing')
export const WRITERS = ['own agent', 'agent of the same service', 'secretary', 'admin of the organisation'] as const
export type World = {
  rdvId: number
  participationId: number
  /** Who comes to it. */
  usagerId: number
  usagerEmail: string
  linkId: number
  agentId: number
  grantId: number
  absenceId: number
  openingId: number
  territoryId: number
  organisationId: number
  serviceId: number
  /** Invited into the organisation, has not answered. */
  inviteeId: number
  groupId: number
  motifId: number
  lieuId: number
  /** Of a motif nobody needs. */
  spareMotifId: number
  /** Kept by the RDV's agent. */
  filterId: number
  exportId: number
  /** Of somebody who waits for a slot, and of what they are offered. */
  waitId: number
  offerId: number
}
export type Cell = { who: (actor: ActorName) => Expected; input: (world: World) => unknown }
