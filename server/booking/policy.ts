import { isAtLeast, levelOn, reachOf, type Level, type RdvInReach } from '@/server/access/rules/reach'
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

/** Own motifs, or those of which some scope opens RDVs at this level: one agenda of each stands for all, they open alike. */
const reachesMotif = (actor: Actor, motif: MotifInReach, least: Level): boolean => {
  const isOpen = (agentIds: readonly number[]) => isAtLeast(levelOn(reachOf(actor), { ...motif, agentIds }), least)
  return (
    actor.kind === 'agent' &&
    (isTheirs(actor, motif) ||
      isOpen([]) ||
      actor.scopes.some(({ agentIds }) => agentIds !== 'any' && isOpen(agentIds.slice(0, 1))))
  )
}

/** Whether the agent places RDVs of this motif, in somebody's agenda at least. */
export const mayUseMotif = (actor: Actor, motif: MotifInReach): boolean => reachesMotif(actor, motif, 'write')

/** Whether the agent knows that this motif is offered: of what others do, its name already tells (domain §7.1, #1781). */
export const mayKnowMotif = (actor: Actor, motif: MotifInReach): boolean => reachesMotif(actor, motif, 'read')

/** In one's own agenda, or in one where one may write RDVs like it. */
export const mayPlaceWith = (actor: Actor, motif: MotifInReach, agentId: number): boolean =>
  actor.kind === 'agent' &&
  (agentId === actor.agentId ? mayUseMotif(actor, motif) : mayWriteRdv(actor, { ...motif, agentIds: [agentId] }))
