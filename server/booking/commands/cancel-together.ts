import { sql } from 'drizzle-orm'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx, type ReadCtx } from '@/server/platform/ctx'
import { idsSql } from '@/server/platform/sql'
import { rdvStatusSet } from '../events'
import { propagateToParticipation, type Status } from '../rules/status'
import { setParticipationStatus } from '../store'
import { cancelRdvs } from '../store/series'

type Cancelling = {
  readonly rdvs: readonly { id: number; territoryId: number }[]
  readonly to: Extract<Status, 'revoked' | 'excused'>
}

/**
 * Cancels these RDVs, all or none, in as many statements for one as for many; one event each. For commands that locked them
 * and judged who may. Refused when something was said of one meanwhile.
 */
export const cancelTogether = (ctx: Ctx, { rdvs, to }: Cancelling): Promise<Outcome<null, 'changed-meanwhile'>> =>
  inTransaction(ctx, async (tx) => {
    if (rdvs.length === 0) return done(null)
    const rdvIds = rdvs.map(({ id }) => id)
    const expectedIds = await readExpected(tx, rdvIds, to)
    if ((await cancelRdvs(tx, rdvIds, to)) < rdvIds.length) return refused('changed-meanwhile')
    await setParticipationStatus(tx, expectedIds, to)
    await Promise.all(rdvs.map((rdv) => tx.emit(rdvStatusSet(rdv, { from: 'unknown', to }))))
    return done(null)
  })

/** The participations that take their RDV's status: whoever had cancelled by themselves keeps theirs. */
async function readExpected({ db }: ReadCtx, rdvIds: readonly number[], to: Cancelling['to']): Promise<number[]> {
  const rows = await db.execute<{ id: number; status: Status }>(
    sql`select id::float8 as id, status from participations where rdv_id = any(${idsSql(rdvIds)})`,
  )
  return rows.flatMap(({ id, status }) =>
    propagateToParticipation(status, { from: 'unknown', to }) === status ? [] : [id],
  )
}
