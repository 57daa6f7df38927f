import { levelOn, reachOf, type RdvInReach } from '@/server/access/rules/reach'
import type { Actor, AgentActor } from '@/server/kernel/actor'

export const mayWriteRdv = (actor: Actor, rdv: RdvInReach): boolean => levelOn(reachOf(actor), rdv) === 'write'

export type MotifInReach = Omit<RdvInReach, 'agentIds'>

/** An agent's own motifs: those of their services where they work; all of them for an admin or a secretary (domain §1.9). */
const isTheirs = ({ memberships, serviceIds }: AgentActor, motif: MotifInReach): boolean => {
  const isOfService = serviceIds.includes(motif.serviceId)
  return memberships.some(
    ({ organisationId, level, isSecretary }) =>
      organisationId === motif.organisationId &&
      level !== 'intervenant' &&
      (isOfService || (!motif.isConfidential && (level === 'admin' || isSecretary))),
  )
}

/** Whether the agent places RDVs of this motif, in somebody's agenda at least. */
export const mayUseMotif = (actor: Actor, motif: MotifInReach): boolean =>
  actor.kind === 'agent' &&
  (isTheirs(actor, motif) ||
    mayWriteRdv(actor, { ...motif, agentIds: [] }) ||
    // One agenda of each scope stands for all: they open alike.
    actor.scopes.some(
      ({ agentIds }) => agentIds !== 'any' && mayWriteRdv(actor, { ...motif, agentIds: agentIds.slice(0, 1) }),
    ))

/** In one's own agenda, or in one where one may write RDVs like it. */
export const mayPlaceWith = (actor: Actor, motif: MotifInReach, agentId: number): boolean =>
  actor.kind === 'agent' &&
  (agentId === actor.agentId ? mayUseMotif(actor, motif) : mayWriteRdv(actor, { ...motif, agentIds: [agentId] }))
