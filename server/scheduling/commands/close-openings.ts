import { sql } from 'drizzle-orm'
import { done, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx, type ReadCtx } from '@/server/platform/ctx'
import { openingSaved, openingsClosed } from '../events'
import { loadLiveOpenings, type OpeningLine } from '../queries/openings'
import { wallClock } from '../rules/civil'
import type { TimedSeries } from '../rules/series'
import { nextTouchedInDays } from '../rules/touched'
import * as store from '../store'

type Where = { agentId: number; organisationId: number }

/** Takes away what an agent offered in an organisation they leave, or of its motifs in another. For `removeAgent` of booking, which judged who may. */
export const closeOpenings = (ctx: Ctx, where: Where): Promise<Outcome<{ count: number }, never>> =>
  inTransaction(ctx, async (tx) => {
    const { agentId } = where
    const [place] = await tx.db.execute<{ territoryId: number }>(sql`
      select territory_id::float8 as "territoryId" from organisations where id = ${where.organisationId}`)
    // As they were: once gone, nothing says when they would have been.
    const live = await loadLiveOpenings(tx, { agentIds: [agentId], exceptId: null })
    const nextInDaysOf = (ids: readonly number[]) =>
      soonest(
        tx,
        live.filter(({ id }) => ids.includes(id)),
      )
    const lessened = await store.deleteMotifsOf(tx, where)
    const closed = await store.deleteOpeningsOf(
      tx,
      where,
      lessened.map(({ id }) => id),
    )
    const kept = lessened.filter(({ id }) => !closed.some((one) => one.id === id))
    await Promise.all(
      kept.map((one) => {
        const nextInDays = nextInDaysOf([one.id])
        return tx.emit(openingSaved({ ...one, agentId }, { isNew: false, scope: 'all', day: null, nextInDays }))
      }),
    )
    if (closed.length > 0) {
      const nextInDays = nextInDaysOf(closed.map(({ id }) => id))
      await tx.emit(openingsClosed(place?.territoryId ?? null, where, closed, { nextInDays }))
    }
    return done({ count: closed.length })
  })

/** In how many days the first of these openings was to be, each on its own calendar; null when all of them are over. */
function soonest({ now }: ReadCtx, openings: readonly OpeningLine[]): number | null {
  const inDays = openings.flatMap((row) => {
    const today = wallClock(row.zone, now.getTime()).onDay
    const change = { seen: null, scope: 'all', day: null, row, begun: null } as const
    return nextTouchedInDays<TimedSeries>(change, today) ?? []
  })
  return inDays.length > 0 ? Math.min(...inDays) : null
}
