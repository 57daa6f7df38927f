import { eq, lt } from 'drizzle-orm'
import { mailsTaken, replyForwards } from '@/db/schema'
import type { TxCtx } from '@/server/platform/ctx'
import { enqueueAll } from '@/server/platform/jobs'

/** False when a mail of this hash was taken before, or is being by another. */
export async function noteMailTaken({ db, now }: TxCtx, hash: string): Promise<boolean> {
  const rows = await db
    .insert(mailsTaken)
    .values({ hash, takenAt: now })
    .onConflictDoNothing()
    .returning({ hash: mailsTaken.hash })
  return rows.length > 0
}

export type NewForward = Omit<typeof replyForwards.$inferInsert, 'id' | 'createdAt'>

/** More than a week of tries: after seven days the words are gone, and nothing is left to try. */
const MAX_TRIES = 40

/** Words that wait to be forwarded, each to one reader, and the job of each. `answeredAt`: since when, of those passed on. */
export async function queueForwards(
  { db, now }: TxCtx,
  lines: readonly NewForward[],
  answeredAt: Date = now,
): Promise<void> {
  const rows = await db
    .insert(replyForwards)
    .values(lines.map((line) => ({ ...line, createdAt: answeredAt })))
    .returning({ forwardId: replyForwards.id })
  await enqueueAll(db, 'forward-reply', rows, null, { tries: MAX_TRIES })
}

/** False when it is gone already. */
export async function deleteForward({ db }: TxCtx, forwardId: number): Promise<boolean> {
  const rows = await db.delete(replyForwards).where(eq(replyForwards.id, forwardId)).returning({ id: replyForwards.id })
  return rows.length > 0
}

/** What could not be forwarded since `forwardsBefore`, and the hashes of mails of before `mailsBefore`. */
export async function deleteOldReplies(
  { db }: TxCtx,
  { forwardsBefore, mailsBefore }: { forwardsBefore: Date; mailsBefore: Date },
): Promise<void> {
  await db.delete(replyForwards).where(lt(replyForwards.createdAt, forwardsBefore))
  await db.delete(mailsTaken).where(lt(mailsTaken.takenAt, mailsBefore))
}
