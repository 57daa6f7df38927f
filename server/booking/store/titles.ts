import { eq, sql } from 'drizzle-orm'
import { rdvs } from '@/db/schema'
import type { TxCtx } from '@/server/platform/ctx'

/** What a session is called; null: as its motif is. */
export async function setRdvTitle({ db, now }: TxCtx, rdvId: number, title: string | null): Promise<void> {
  await db
    .update(rdvs)
    .set({ title, sequence: sql`${rdvs.sequence} + 1`, updatedAt: now })
    .where(eq(rdvs.id, rdvId))
}
