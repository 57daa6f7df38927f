import { sql } from 'drizzle-orm'
import { found } from '@/server/kernel/errors'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx, type TxCtx } from '@/server/platform/ctx'
import { grantChanged } from '../events'
import { maySetGrant } from '../policy'
import { grantFactsSql } from '../queries/grants'
import type { GrantFacts } from '../rules/grants'
import type { SetGrant } from '../schema'
import * as store from '../store'

export type GrantRefusal = 'changed-meanwhile'

/**
 * Raises, lowers or takes away (`to: 'none'`) a right on agendas; true at the next request of those it is given to.
 * `from`: the level that was seen. Beyond the actor's right, a grant is not found.
 */
export const setGrant = (ctx: Ctx, { grantId, from, to }: SetGrant): Promise<Outcome<null, GrantRefusal>> =>
  inTransaction(ctx, async (tx) => {
    const grant = await lockGrant(tx, grantId)
    found(maySetGrant(tx.actor, grant, to) ? grant : undefined)
    if (grant.level === to) return done(null)
    if (grant.level !== from) return refused('changed-meanwhile')
    await (to === 'none' ? store.deleteGrant(tx, grantId) : store.setGrantLevel(tx, grantId, to))
    await tx.emit(grantChanged({ ...grant, id: grantId }, { from: grant.level, to }))
    return done(null)
  })

async function lockGrant({ db }: TxCtx, grantId: number): Promise<GrantFacts> {
  const [row] = await db.execute<{ facts: GrantFacts }>(sql`
    select ${grantFactsSql} as facts from grants g where g.id = ${grantId} for no key update of g`)
  return found(row).facts
}
