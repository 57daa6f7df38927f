import { sql } from 'drizzle-orm'
import { found } from '@/server/kernel/errors'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx, type TxCtx } from '@/server/platform/ctx'
import { grantChanged } from '../events/rights'
import { maySetGrant } from '../policy'
import { grantFactsSql } from '../queries/grants'
import { grantRowSql, type LockedGrant } from '../queries/places'
import { isOfPlace, type GrantFacts } from '../rules/grants'
import type { SetGrant } from '../schema'
import * as store from '../store'

export type GrantRefusal = 'changed-meanwhile'

/**
 * Raises, lowers or takes away (`to: 'none'`) a right on agendas; what a place gives is kept at none, to be given back; true at the next request of those it is given to.
 * `from`: the level that was seen. Beyond the actor's right, a grant is not found.
 */
export const setGrant = (ctx: Ctx, { grantId, from, to }: SetGrant): Promise<Outcome<null, GrantRefusal>> =>
  inTransaction(ctx, async (tx) => {
    const { facts, row: grant } = await lockGrant(tx, grantId)
    found(maySetGrant(tx.actor, facts, to) ? grant : undefined)
    if (grant.level === to) return done(null)
    if (grant.level !== from) return refused('changed-meanwhile')
    await (to === 'none' && !isOfPlace(grant) ? store.deleteGrant(tx, grantId) : store.setGrantLevel(tx, grantId, to))
    await tx.emit(grantChanged(grant, { from: grant.level, to }))
    return done(null)
  })

async function lockGrant({ db }: TxCtx, grantId: number): Promise<{ facts: GrantFacts; row: LockedGrant }> {
  const [grant] = await db.execute<{ facts: GrantFacts; row: LockedGrant }>(sql`
    select ${grantFactsSql} as facts, ${grantRowSql} as row from grants g where g.id = ${grantId} for no key update of g`)
  return found(grant)
}
