import { and, eq, sql } from 'drizzle-orm'
import { messageWordings } from '@/db/schema'
import type { TxCtx } from '@/server/platform/ctx'
import { nameOfWording, type WordingKey } from '../rules/standard-wordings'
import type { Wording } from '../rules/wording'

type Place = { territoryId: number; motifId: number | null; key: WordingKey }
type Kept = Wording & { id: number; seen: string }

/**
 * The words there are for this, held to the end of the transaction; null when there are none, and then nobody else writes
 * them before its end.
 */
export async function lockWording({ db }: TxCtx, { territoryId, motifId, key }: Place): Promise<Kept | null> {
  const name = `message_wordings ${String(territoryId)} ${String(motifId)} ${nameOfWording(key)}`
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`)
  const [row] = await db
    .select()
    .from(messageWordings)
    .where(
      and(
        eq(messageWordings.territoryId, territoryId),
        motifId === null ? sql`${messageWordings.motifId} is null` : eq(messageWordings.motifId, motifId),
        eq(messageWordings.audience, key.audience),
        eq(messageWordings.news, key.news),
        eq(messageWordings.channel, key.channel),
      ),
    )
  return row ? { id: row.id, seen: `${row.id}.${row.version}`, subject: row.subject, body: row.body } : null
}

export async function insertWording({ db }: TxCtx, { key, ...place }: Place, wording: Wording): Promise<void> {
  await db.insert(messageWordings).values({ ...place, ...key, ...wording })
}

export async function updateWording({ db }: TxCtx, id: number, wording: Wording): Promise<void> {
  await db
    .update(messageWordings)
    .set({ ...wording, version: sql`${messageWordings.version} + 1` })
    .where(eq(messageWordings.id, id))
}

export async function deleteWording({ db }: TxCtx, id: number): Promise<void> {
  await db.delete(messageWordings).where(eq(messageWordings.id, id))
}
