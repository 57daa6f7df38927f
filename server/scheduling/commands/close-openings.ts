import { sql } from 'drizzle-orm'
import { done, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { openingSaved, openingsClosed } from '../events'
import * as store from '../store'

type Where = { agentId: number; organisationId: number }

/** Takes away what an agent offered in an organisation they leave, or of its motifs in another. For `removeAgent` of booking, which judged who may. */
export const closeOpenings = (ctx: Ctx, where: Where): Promise<Outcome<{ count: number }, never>> =>
  inTransaction(ctx, async (tx) => {
    const [place] = await tx.db.execute<{ territoryId: number }>(sql`
      select territory_id::float8 as "territoryId" from organisations where id = ${where.organisationId}`)
    const lessened = await store.deleteMotifsOf(tx, where)
    const closed = await store.deleteOpeningsOf(
      tx,
      where,
      lessened.map(({ id }) => id),
    )
    const kept = lessened.filter(({ id }) => !closed.some((one) => one.id === id))
    const { agentId } = where
    await Promise.all(
      kept.map((one) => tx.emit(openingSaved({ ...one, agentId }, { isNew: false, scope: 'all', day: null }))),
    )
    if (closed.length > 0) await tx.emit(openingsClosed(place?.territoryId ?? null, where, closed))
    return done({ count: closed.length })
  })
