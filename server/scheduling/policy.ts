import { levelOnAgenda, reachOf } from '@/server/access/rules/reach'
import type { Actor } from '@/server/kernel/actor'

/** Absences belong to no organisation: whoever writes on some of an agent's agenda writes them (domain §7.5.2). */
export const mayWriteAbsences = (actor: Actor, agentId: number): boolean =>
  levelOnAgenda(reachOf(actor), agentId) === 'write'
