import { sql, type SQL } from 'drizzle-orm'
import type { Actor } from '@/server/kernel/actor'

/**
 * Whether an RDV (`rdvs`, with its motif as `m`) is confidential and beyond this actor: neither theirs nor of one of
 * their services (house §10.8). Nothing of whom, where or for what may then be selected, nor may they change it.
 */
export function isMaskedFor(actor: Actor): SQL {
  if (actor.kind !== 'agent') return sql`false`
  return sql`(m.is_confidential
    and not exists (select 1 from agent_times mine where mine.rdv_id = rdvs.id and mine.agent_id = ${actor.agentId})
    and not exists (select 1 from agent_services own where own.agent_id = ${actor.agentId} and own.service_id = m.service_id))`
}
