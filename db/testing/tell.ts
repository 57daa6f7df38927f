import { sql } from 'drizzle-orm'
import { tellRdv } from '@/server/messaging/jobs/tell-rdv'
import { inRead, type Ctx } from '@/server/platform/ctx'

/** Tells of an RDV what an agent did to it, or the first of its people. */
export async function tellAs(
  ctx: Ctx,
  { rdvId, byAgent, isSettled }: { rdvId: number; byAgent: boolean; isSettled: boolean },
) {
  const [first] = await inRead(ctx, ({ db }) =>
    db.execute<{ id: number }>(sql`select min(id)::float8 as id from participations where rdv_id = ${rdvId}`),
  )
  return tellRdv(ctx, { rdvId, byParticipationId: byAgent ? null : (first?.id ?? null), isSettled })
}
