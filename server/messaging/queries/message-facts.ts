import { sql } from 'drizzle-orm'
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

/**
 * Somebody else of a family, when the participation its message went by is left or no longer to be notified: they were
 * told by it too. Null when nobody is left.
 */
export async function findHeir(
  read: ReadCtx,
  { rdvId, participationId }: { rdvId: number; participationId: number },
  toldId: number,
): Promise<{ participationId: number; version: number } | null> {
  const heir = (await listTellable(read, rdvId)).find(
    (one) =>
      one.toldId === toldId &&
      one.participationId !== participationId &&
      one.told?.isOn === true &&
      one.current.isOn &&
      newsFor(one.told, one.current, read.now) === null,
  )
  return heir?.told ? { participationId: heir.participationId, version: heir.told.version } : null
}
