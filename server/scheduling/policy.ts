import { levelOnAgenda, reachOf } from '@/server/access/rules/reach'
import type { Actor } from '@/server/kernel/actor'

/** Absences and openings are the agent's own: whoever writes on some of an agent's agenda writes them (domain §7.5.2). */
export const mayWritePlanning = (actor: Actor, agentId: number): boolean =>
  levelOnAgenda(reachOf(actor), agentId) === 'write'
