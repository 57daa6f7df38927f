import { sql, type SQL } from 'drizzle-orm'
import type { AgentActor } from '@/server/kernel/actor'
import { found } from '@/server/kernel/errors'
import type { ReadCtx } from '@/server/platform/ctx'
import { idsSql } from '@/server/platform/sql'

/** Throws `not-found` for a file that is gone, or that the agent may not open. */
export async function requireOpenUsager({ db }: ReadCtx, actor: AgentActor, usagerId: number): Promise<void> {
  const [open] = await db.execute(
    sql`select from usagers u where u.id = ${usagerId} and u.deleted_at is null and ${usagersWithin(actor)}`,
  )
  found(open)
}

/** `mayOpenUsager` of a row of `usagers`, under the name it has in the query. */
export function usagersWithin({ memberships }: AgentActor, alias = 'u'): SQL {
  const row = sql.raw(alias)
  const unique = (ids: readonly number[]) => idsSql([...new Set(ids)])
  return sql`(exists (
      select from usager_organisations receives
      where receives.usager_id = ${row}.id
        and receives.organisation_id = any(${unique(memberships.map(({ organisationId }) => organisationId))}))
    or (${row}.territory_id = any(${unique(memberships.map(({ territoryId }) => territoryId))}) and exists (
      select from territories shown where shown.id = ${row}.territory_id and shown.usagers_visible_throughout)))`
}
