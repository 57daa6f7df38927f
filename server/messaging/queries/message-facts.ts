import { sql } from 'drizzle-orm'
import { listRecipients } from '@/server/booking/queries/recipients'
import type { ReadCtx } from '@/server/platform/ctx'
import { newsFor } from '../rules/telling'
import { listTellable } from './tellable'

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

/**
 * Somebody else of the family a message was for, when the one it went by has left or is no longer to be notified: they
 * were told by it too. Null when nobody is left.
 */
export async function findHeir(
  read: ReadCtx,
  { rdvId, participationId }: { rdvId: number; participationId: number },
): Promise<{ participationId: number; version: number } | null> {
  const [all, tellable] = await Promise.all([listRecipients(read, rdvId), listTellable(read, rdvId)])
  const toldId = all.find((one) => one.participationId === participationId)?.toldId
  const heir = tellable.find(
    (one) =>
      one.toldId === toldId &&
      one.participationId !== participationId &&
      one.told?.isOn === true &&
      one.current.isOn &&
      newsFor(one.told, one.current, read.now) === null,
  )
  return heir?.told ? { participationId: heir.participationId, version: heir.told.version } : null
}
