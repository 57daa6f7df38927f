import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { retryQueuedJob } from '@/server/platform/queue'
import { jobRetried } from '../events/super-admins'

/** Puts a job back into the queue, with all its tries. For super-admins: the procedure sees to it. */
export const retryJob = (ctx: Ctx, { jobId }: { jobId: number }): Promise<Outcome<null, 'gone'>> =>
  inTransaction(ctx, async (tx) => {
    if (!(await retryQueuedJob(tx.db, jobId))) return refused('gone')
    await tx.emit(jobRetried(jobId))
    return done(null)
  })
