import { sql } from 'drizzle-orm'
import { makeWorkerUtils } from 'graphile-worker'
import type { Tx } from '@/db/client'

/** Adds a job in the transaction of whoever asks for it: a change rolled back leaves no job behind. */
export async function enqueue(db: Tx, task: string, payload: Record<string, number | string>): Promise<void> {
  await db.execute(sql`select graphile_worker.add_job(${task}, ${JSON.stringify(payload)}::json)`)
}

/** Frees the jobs of workers silent for a minute: graphile-worker itself would wait four hours. */
export async function freeJobsOf(connectionString: string, workerIds: string[]): Promise<void> {
  if (workerIds.length === 0) return
  const utils = await makeWorkerUtils({ connectionString })
  try {
    await utils.forceUnlockWorkers(workerIds)
  } finally {
    await utils.release()
  }
}
