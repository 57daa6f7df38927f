import { and, eq, inArray, lt, sql } from 'drizzle-orm'
import { exports } from '@/db/schema'
import { found } from '@/server/kernel/errors'
import type { TxCtx } from '@/server/platform/ctx'
import { EXPORT_KEPT_HOURS, type ExportFailure, type ExportFormat } from '../rules/exports'
import type { RdvList } from '../schema/rdv-list'

type Asked = { agentId: number; format: ExportFormat; filter: RdvList }

export async function insertExport({ db, now }: TxCtx, asked: Asked): Promise<number> {
  const expiresAt = new Date(now.getTime() + EXPORT_KEPT_HOURS * 3_600_000)
  const [row] = await db
    .insert(exports)
    .values({ ...asked, touchedAt: now, expiresAt, createdAt: now })
    .returning({ id: exports.id })
  return found(row).id
}

/** One try: whoever holds an older one writes no more. */
export type Try = { exportId: number; attempt: number }

export async function beginTry({ db, now }: TxCtx, exportId: number): Promise<number> {
  const [row] = await db
    .update(exports)
    .set({ state: 'running', attempts: sql`${exports.attempts} + 1`, doneCount: 0, totalCount: null, touchedAt: now })
    .where(eq(exports.id, exportId))
    .returning({ attempts: exports.attempts })
  return found(row).attempts
}

const ofTry = ({ exportId, attempt }: Try) =>
  and(eq(exports.id, exportId), eq(exports.attempts, attempt), eq(exports.state, 'running'))

/** False when another try took over, or the export is gone. */
export async function setProgress(
  { db }: TxCtx,
  one: Try,
  progress: { doneCount: number; totalCount: number },
): Promise<boolean> {
  const rows = await db
    .update(exports)
    // The database's clock: the job's own stands still.
    .set({ ...progress, touchedAt: sql`now()` })
    .where(ofTry(one))
    .returning({ id: exports.id })
  return rows.length > 0
}

export async function setContent(
  { db }: TxCtx,
  one: Try,
  file: { content: Buffer; rdvIds: number[] },
): Promise<boolean> {
  const rows = await db
    .update(exports)
    .set({ ...file, state: 'done', doneCount: file.rdvIds.length, totalCount: file.rdvIds.length })
    .where(ofTry(one))
    .returning({ id: exports.id })
  return rows.length > 0
}

export async function failExport({ db }: TxCtx, exportId: number, failure: ExportFailure): Promise<void> {
  await db
    .update(exports)
    .set({ state: 'failed', failure })
    .where(and(eq(exports.id, exportId), inArray(exports.state, ['waiting', 'running'])))
}

/** Files past their day go; those nobody writes any more are said to have failed. Answers how many of each. */
export async function endExports({ db, now }: TxCtx, silentSince: Date): Promise<{ gone: number; failed: number }> {
  const gone = await db.delete(exports).where(lt(exports.expiresAt, now)).returning({ id: exports.id })
  const failed = await db
    .update(exports)
    .set({ state: 'failed', failure: 'interrupted' })
    .where(and(inArray(exports.state, ['waiting', 'running']), lt(exports.touchedAt, silentSince)))
    .returning({ id: exports.id })
  return { gone: gone.length, failed: failed.length }
}
