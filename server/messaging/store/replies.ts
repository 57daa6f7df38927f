import { eq, lt } from 'drizzle-orm'
import { mailsTaken, replyForwards } from '@/db/schema'
import type { TxCtx } from '@/server/platform/ctx'
import { enqueueAll } from '@/server/platform/jobs'
import { keyedHash } from '@/server/platform/tokens'

/** False when a mail of this hash was taken before, or is being by another. */
export async function noteMailTaken({ db, now }: TxCtx, hash: string): Promise<boolean> {
  const rows = await db
    .insert(mailsTaken)
    .values({ hash, takenAt: now })
    .onConflictDoNothing()
    .returning({ hash: mailsTaken.hash })
  return rows.length > 0
}

export type NewForward = Omit<typeof replyForwards.$inferInsert, 'id' | 'answerKey' | 'createdAt'>

/** More than a week of tries: after seven days the words are gone, and nothing is left to try. */
const MAX_TRIES = 40

/** An agent; of an RDV or a wait and no agent, its organisation; of neither, the support. */
const readerOf = ({ territoryId, agentId }: NewForward): string =>
  territoryId == null ? 'support' : agentId == null ? 'organisation' : `agent-${String(agentId)}`

/**
 * Words that wait to be forwarded, each to one reader, and the job of each. `answerKey`: of which answer, that no reader has twice,
 * also when two who could not be given it pass it on at once; `answeredAt`: since when it waits.
 */
export async function queueForwards(
  tx: TxCtx,
  { answerKey, answeredAt = tx.now }: { answerKey: string; answeredAt?: Date },
  lines: readonly NewForward[],
): Promise<void> {
  const { db, now } = tx
  const byHash = new Map(lines.map((line) => [keyedHash(`answer|${answerKey}|${readerOf(line)}`), line]))
  // In one order, whoever passes it on: two that note the same readers at once wait for each other once.
  const noted = await db
    .insert(mailsTaken)
    .values([...byHash.keys()].sort().map((hash) => ({ hash, takenAt: now })))
    .onConflictDoNothing()
    .returning({ hash: mailsTaken.hash })
  const isNew = new Set(noted.map(({ hash }) => hash))
  const fresh = [...byHash].flatMap(([hash, line]) => (isNew.has(hash) ? [line] : []))
  if (fresh.length === 0) return
  const rows = await db
    .insert(replyForwards)
    .values(fresh.map((line) => ({ ...line, answerKey, createdAt: answeredAt })))
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
