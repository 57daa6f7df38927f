import { and, inArray, isNotNull, sql } from 'drizzle-orm'
import { agentTimes, participations } from '@/db/schema'
import type { TxCtx } from '@/server/platform/ctx'
import { idsSql, instantSql } from '@/server/platform/sql'
import type { Held } from '../rules/reschedule'

/** Each of these writes is one statement whatever the number of RDVs, and none for none. */
type RdvIds = readonly number[]

/** An agent of an RDV. */
export type Part = { rdvId: number; agentId: number }

const partsSql = (parts: readonly Part[]) =>
  sql`unnest(${idsSql(parts.map(({ rdvId }) => rdvId))}, ${idsSql(parts.map(({ agentId }) => agentId))}) as part (rdv_id, agent_id)`

/** New time and lieu of RDVs; their agents' time follows by the foreign key. Throws on `agent_times_no_double_booking`. */
export async function setRdvTimes(
  { db, now }: TxCtx,
  moves: readonly { rdvId: number; after: Pick<Held, 'startsAt' | 'endsAt' | 'lieuId'> }[],
): Promise<void> {
  if (moves.length === 0) return
  const rows = moves.map(({ rdvId, after }) => ({ rdvId, ...after }))
  await db.execute(sql`
    update rdvs set starts_at = moved."startsAt", ends_at = moved."endsAt", lieu_id = moved."lieuId",
                    sequence = sequence + 1, updated_at = ${instantSql(now)}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as moved (
      "rdvId" bigint, "startsAt" timestamptz, "endsAt" timestamptz, "lieuId" bigint)
    where rdvs.id = moved."rdvId"`)
}

/** Nobody is in the waiting room of an RDV that is of another day now. */
export async function clearArrivals({ db }: TxCtx, rdvIds: RdvIds): Promise<void> {
  if (rdvIds.length === 0) return
  await db
    .update(participations)
    .set({ arrivedAt: null })
    .where(and(inArray(participations.rdvId, [...rdvIds]), isNotNull(participations.arrivedAt)))
}

/** Gives these agents back their time, without touching what others hold of it. */
export async function freeAgents({ db }: TxCtx, parts: readonly Part[]): Promise<void> {
  if (parts.length === 0) return
  await db.execute(sql`
    delete from agent_times t using ${partsSql(parts)} where t.rdv_id = part.rdv_id and t.agent_id = part.agent_id`)
}

/** Takes these agents' time for RDVs to come, as they stand now. Throws on `agent_times_no_double_booking`. */
export async function takeAgents({ db }: TxCtx, parts: readonly Part[], exclusive: boolean): Promise<void> {
  if (parts.length === 0) return
  await db.execute(sql`
    insert into agent_times (agent_id, kind, rdv_id, starts_at, ends_at, occupies, exclusive)
    select part.agent_id, 'rdv', rdvs.id, starts_at, ends_at, occupies, ${exclusive}
    from ${partsSql(parts)} join rdvs on rdvs.id = part.rdv_id order by part.agent_id, starts_at`)
}

/** Whether their agents' part in these RDVs tolerates another at the same time. */
export async function setExclusive({ db }: TxCtx, rdvIds: RdvIds, exclusive: boolean): Promise<void> {
  if (rdvIds.length === 0) return
  await db
    .update(agentTimes)
    .set({ exclusive })
    .where(inArray(agentTimes.rdvId, [...rdvIds]))
}
