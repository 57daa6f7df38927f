import { sql, type SQL } from 'drizzle-orm'
import { agentTimes, rdvs } from '@/db/schema'
import { idsSql } from '@/server/platform/sql'
import type { Reach } from '../rules/reach'

/**
 * `levelOn(reach, rdv) !== 'none'` as a condition on `rdvs`, for a query that selects from it. Agents of an RDV are read
 * in `agent_times`, whatever its status.
 */
export function rdvsWithin(reach: Reach): SQL {
  if (reach.agentId === null) return sql`false`
  const isTheirs = sql`exists (
    select 1 from ${agentTimes} where ${agentTimes.rdvId} = ${rdvs.id} and ${agentTimes.agentId} = ${reach.agentId})`
  if (reach.wholeOrganisationIds.length === 0) return isTheirs
  return sql`(${rdvs.organisationId} = any(${idsSql(reach.wholeOrganisationIds)}) or ${isTheirs})`
}
