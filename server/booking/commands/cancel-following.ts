import { sql } from 'drizzle-orm'
import type { AgentActor } from '@/server/kernel/actor'
import { allow } from '@/server/kernel/errors'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx, type ReadCtx } from '@/server/platform/ctx'
import { idsSql } from '@/server/platform/sql'
import { rdvStatusSet } from '../events'
import { lockRdvs } from '../queries/locks'
import { readSeries } from '../queries/series'
import { followingOf, type CancelFollowingRefusal } from '../rules/rdv-series'
import { propagateToParticipation, type Status } from '../rules/status'
import type { CancelFollowing } from '../schema/series'
import { setParticipationStatus } from '../store'
import { cancelRdvs } from '../store/series'

type Cancelled = Outcome<{ count: number }, CancelFollowingRefusal>

/**
 * Cancels this RDV of a series and those after it that the agent may write, all or none, in as many statements for one as
 * for many; one event each. Only those they were shown: when the list is another by then, it is shown again.
 */
export const cancelFollowing = (
  ctx: Ctx & { readonly actor: AgentActor },
  { rdvId, to, rdvIds }: CancelFollowing,
): Promise<Cancelled> =>
  inTransaction(ctx, async (tx): Promise<Cancelled> => {
    const inside = { ...tx, actor: ctx.actor }
    const before = await readSeries(inside, rdvId)
    if (!before) return refused('nothing-left')
    allow(before.rdvs.some((rdv) => rdv.rdvId === rdvId && rdv.level === 'write'))
    await lockRdvs(tx, rdvIds)
    const series = await readSeries(inside, rdvId)
    const following = series ? followingOf(series, rdvId, tx.now).map((rdv) => rdv.rdvId) : []
    if (following.length === 0) return refused('nothing-left')
    const shown = new Set(rdvIds)
    if (following.length !== shown.size || !following.every((id) => shown.has(id))) return refused('changed-meanwhile')

    const expectedIds = await readExpected(tx, following, to)
    const count = await cancelRdvs(tx, following, to)
    await setParticipationStatus(tx, expectedIds, to)
    const { territoryId } = before
    await Promise.all(following.map((id) => tx.emit(rdvStatusSet({ id, territoryId }, { from: 'unknown', to }))))
    return done({ count })
  })

/** The participations that take their RDV's status: whoever had cancelled by themselves keeps theirs. */
async function readExpected({ db }: ReadCtx, rdvIds: readonly number[], to: CancelFollowing['to']): Promise<number[]> {
  const rows = await db.execute<{ id: number; status: Status }>(
    sql`select id::float8 as id, status from participations where rdv_id = any(${idsSql(rdvIds)})`,
  )
  return rows.flatMap(({ id, status }) =>
    propagateToParticipation(status, { from: 'unknown', to }) === status ? [] : [id],
  )
}
