import { sql } from 'drizzle-orm'
import { listRecipients } from '@/server/booking/queries/recipients'
import type { ReadCtx } from '@/server/platform/ctx'

/** How many times this person was told something; null when never. */
export async function knownVersion({ db }: ReadCtx, participationId: number): Promise<number | null> {
  const [row] = await db.execute<{ version: number }>(
    sql`select version from tellings where participation_id = ${participationId}`,
  )
  return row?.version ?? null
}

/** First names of those an RDV is for, when who is told is not alone of them or not one of them; else nobody. */
export async function namesToldOf(read: ReadCtx, participationId: number): Promise<string[]> {
  const [row] = await read.db.execute<{ rdv_id: number }>(
    sql`select rdv_id::float8 as rdv_id from participations where id = ${participationId}`,
  )
  const all = row ? await listRecipients(read, row.rdv_id) : []
  const told = all.find((one) => one.participationId === participationId)?.toldId
  const family = all.filter(({ toldId }) => toldId === told)
  const isAlone = family.every(({ usagerId }) => usagerId === told)
  return isAlone ? [] : family.map(({ firstName }) => firstName)
}
