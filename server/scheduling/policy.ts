import { levelOnAgenda, reachOf, territoriesWritten } from '@/server/access/rules/reach'
import type { Actor } from '@/server/kernel/actor'

/** Absences are the agent's own, of no territory: whoever writes on some of an agent's agenda writes them (domain §7.5.2). */
export const mayWritePlanning = (actor: Actor, agentId: number): boolean =>
  levelOnAgenda(reachOf(actor), agentId) === 'write'

/** Where an actor writes openings of an agent: everywhere their own, else in the territories where they write on the agenda. */
export function openingTerritories(actor: Actor, agentId: number): 'any' | readonly number[] {
  const reach = reachOf(actor)
  return agentId === reach.agentId ? 'any' : territoriesWritten(reach, agentId)
}

type OpeningPlace = { readonly agentId: number; readonly territoryId: number }

/** An opening has a territory: a right on the agenda given in another one does not reach it. */
export function mayWriteOpening(actor: Actor, { agentId, territoryId }: OpeningPlace): boolean {
  const territories = openingTerritories(actor, agentId)
  return territories === 'any' || territories.includes(territoryId)
}
