import { EventEmitter } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { eq } from 'drizzle-orm'
import { Logger, run, type Task, type TaskList, type WorkerEvents } from 'graphile-worker'
import * as z from 'zod'
import { createDb, type Db } from '@/db/client'
import { events } from '@/db/schema'
import { makeLink, purgeAccess } from './access/jobs'
import { linkJobSchema } from './access/schema'
import { purgeDrafts, purgeExports, tellAgendasOf } from './booking/jobs'
import { expireOffers, fillWaitlist, fillWaitlists, purgeWaits } from './booking/jobs/waitlist'
import { fillWaitlistJobSchema } from './booking/schema/waitlist'
import { purgeGateways } from './directory/jobs'
import { forwardReply } from './messaging/jobs/forward-reply'
import { purgeMessages } from './messaging/jobs/purge-messages'
import { remindDue } from './messaging/jobs/remind-due'
import { replanReminders } from './messaging/jobs/replan-reminders'
import { rescueMessages } from './messaging/jobs/rescue-messages'
import { sendMessage } from './messaging/jobs/send-message'
import { tellDigests } from './messaging/jobs/tell-digests'
import { tellAgents } from './messaging/jobs/tell-agents'
import { tellRdv } from './messaging/jobs/tell-rdv'
import {
  forwardJobSchema,
  replanJobSchema,
  sendJobSchema,
  tellAgentsJobSchema,
  tellJobSchema,
} from './messaging/schema'
import { inRead, makeCtx, type Ctx } from './platform/ctx'
import { env } from './platform/env'
import { freeJobsOf } from './platform/jobs'
import { errorFacts, log } from './platform/log'
import { drainOutbox, tellAgain } from './platform/outbox'
import { beat, forgetWorker, listSilentWorkers, makeMonthPartitions, purgePlatform } from './platform/upkeep'
import { bound, findReaction } from './wiring'

const BEAT_MS = 10_000
const RESCUE_MS = 10_000
const DRAIN_MS = 500
const DRAINED_AT_ONCE = 500
const CONCURRENCY = 4

const dispatchSchema = z.object({ eventId: z.coerce.number() })
const reactSchema = z.object({ eventId: z.coerce.number(), reaction: z.string() })

/** What the clock starts: a crontab line (UTC) and the job. Missed ones are caught up, but where the next does it all. */
type Clocked = { at: string; job: (ctx: Ctx, db: Db) => Promise<unknown>; isCaughtUp?: false }
const CLOCK: Readonly<Record<string, Clocked>> = {
  'make-partitions': { at: '10 2 * * *', job: (ctx, db) => makeMonthPartitions(db, ctx.now) },
  'purge-platform': { at: '20 * * * *', job: (ctx, db) => purgePlatform(db, ctx.now) },
  'purge-drafts': { at: '*/5 * * * *', job: (ctx) => purgeDrafts(ctx) },
  'purge-exports': { at: '*/5 * * * *', job: (ctx) => purgeExports(ctx) },
  'purge-messages': { at: '50 2 * * *', job: (ctx) => purgeMessages(ctx) },
  'remind-due': { at: '* * * * *', job: (ctx) => remindDue(ctx), isCaughtUp: false },
  'rescue-messages': { at: '*/5 * * * *', job: (ctx) => rescueMessages(ctx), isCaughtUp: false },
  'expire-offers': { at: '* * * * *', job: (ctx) => expireOffers(ctx), isCaughtUp: false },
  'fill-waitlists': { at: '*/10 * * * *', job: (ctx) => fillWaitlists(ctx), isCaughtUp: false },
  'purge-waits': { at: '55 2 * * *', job: (ctx) => purgeWaits(ctx) },
  'tell-digests': { at: '*/10 * * * *', job: (ctx) => tellDigests(ctx), isCaughtUp: false },
  'purge-access': { at: '40 2 * * *', job: (ctx) => purgeAccess(ctx) },
  'purge-gateways': { at: '45 2 * * *', job: (ctx) => purgeGateways(ctx) },
}

async function readEvent(ctx: Ctx, eventId: number) {
  const [event] = await inRead(ctx, ({ db }) =>
    db
      .select({
        id: events.id,
        kind: events.kind,
        occurredAt: events.occurredAt,
        territoryId: events.territoryId,
        subject: { kind: events.subjectKind, id: events.subjectId },
        payload: events.payload,
      })
      .from(events)
      .where(eq(events.id, eventId)),
  )
  return event ?? null
}

async function react(ctx: Ctx, { eventId, reaction }: z.infer<typeof reactSchema>) {
  const event = await readEvent(ctx, eventId)
  const run = event && findReaction(event.kind, reaction)
  if (run) await run(ctx, event)
}

/** The jobs' own front door: the actor is the system, under the job's name. */
const ctxOfJob = (db: Db, job: string, id: string) =>
  makeCtx(db, { actor: { kind: 'system', job }, now: new Date(), requestId: `job-${id}`, clientAddress: null })

/** The queue keeps the message of a failure in its own table, and a message may quote a row: it is given none. */
const discreet =
  (task: Task): Task =>
  async (payload, helpers) => {
    try {
      return await task(payload, helpers)
    } catch (error) {
      const { id, task_identifier, attempts } = helpers.job
      const facts = errorFacts(error)
      log().error({ jobId: id, task: task_identifier, attempts, error: facts }, 'job failed')
      throw new Error([facts.name, facts.code].join(' ').trim())
    }
  }

function tasksOn(db: Db): TaskList {
  const tasks: [string, Task][] = Object.entries(CLOCK).map(([name, { job }]) => [
    name,
    async (_, { job: { id } }) => void (await job(ctxOfJob(db, name, id), db)),
  ])
  tasks.push(
    ['dispatch', (payload) => tellAgain(db, dispatchSchema.parse(payload).eventId)],
    [
      'make-link',
      async (payload, { job }) =>
        void (await makeLink(ctxOfJob(db, 'make-link', job.id), linkJobSchema.parse(payload))),
    ],
    [
      'tell-rdv',
      async (payload, { job }) =>
        void (await tellRdv(ctxOfJob(db, 'tell-rdv', job.id), { ...tellJobSchema.parse(payload), isSettled: true })),
    ],
    [
      'tell-agents',
      async (payload, { job }) =>
        void (await tellAgents(ctxOfJob(db, 'tell-agents', job.id), {
          ...tellAgentsJobSchema.parse(payload),
          isSettled: true,
        })),
    ],
    [
      'send-message',
      (payload, { job }) => sendMessage(ctxOfJob(db, 'send-message', job.id), sendJobSchema.parse(payload)),
    ],
    [
      'replan-reminders',
      async (payload, { job }) =>
        void (await replanReminders(ctxOfJob(db, 'replan-reminders', job.id), replanJobSchema.parse(payload))),
    ],
    [
      'forward-reply',
      (payload, { job }) => forwardReply(ctxOfJob(db, 'forward-reply', job.id), forwardJobSchema.parse(payload)),
    ],
    [
      'fill-waitlist',
      async (payload, { job }) =>
        void (await fillWaitlist(ctxOfJob(db, 'fill-waitlist', job.id), fillWaitlistJobSchema.parse(payload))),
    ],
    ['react', (payload, { job }) => react(ctxOfJob(db, 'react', job.id), reactSchema.parse(payload))],
  )
  return Object.fromEntries(tasks.map(([name, task]) => [name, discreet(task)]))
}

const LOUD: ReadonlySet<string> = new Set(['error', 'warning'])

/** The library's own lines may quote an error's message, hence a row: only where they come from is kept. */
const quietLogger = new Logger((scope) => (level) => {
  if (LOUD.has(level)) log().warn({ scope: scope.label, task: scope.taskIdentifier }, 'queue')
})

/** Frees what dead workers held. A failure waits for the next turn. */
async function rescue(db: Db, url: string) {
  const silent = await listSilentWorkers(db, new Date())
  await freeJobsOf(url, silent)
  if (silent.length > 0) log().warn({ workers: silent.length }, 'freed the jobs of silent workers')
}

/** One event → one job per reaction: each is retried alone. In the same transaction, who watches an agenda is told. */
async function drain(db: Db) {
  const turn = () =>
    db.transaction(async (tx) => {
      const taken = await drainOutbox(tx, bound, DRAINED_AT_ONCE)
      await tellAgendasOf(tx, taken)
      return taken.length
    })
  while ((await turn()) === DRAINED_AT_ONCE);
}

/**
 * Runs `work` now and `ms` after each end; a failure is logged, and the next turn tries again. Answers how to stop, once
 * the turn under way is over.
 */
async function repeat(work: () => Promise<void>, ms: number) {
  const turn = () => work().catch((error: unknown) => log().error({ error: errorFacts(error) }, 'upkeep failed'))
  const stopping = new AbortController()
  const goesOn = () => pause(ms, true, { signal: stopping.signal }).catch(() => false)
  const turns = async () => {
    while (await goesOn()) await turn()
  }
  await turn()
  const ended = turns()
  return () => {
    stopping.abort()
    return ended
  }
}

/** Starts a worker on `url`. `stop` lets the jobs under way finish, then leaves no trace of this worker. */
export async function startWorker(
  url: string,
  { beatMs = BEAT_MS }: { beatMs?: number } = {},
): Promise<{ stop: () => Promise<void>; ended: Promise<void> }> {
  const { db, close } = createDb(url, { poolSize: CONCURRENCY + 2, applicationName: 'rdv-worker', prepares: true })
  await makeMonthPartitions(db, new Date())
  const happenings: WorkerEvents = new EventEmitter()
  // Jobs are locked under the pool's id, known only once the pool exists.
  const pool = new Promise<string>((tell) => happenings.once('pool:create', ({ workerPool }) => tell(workerPool.id)))
  const runner = await run({
    connectionString: url,
    concurrency: CONCURRENCY,
    noHandleSignals: true,
    logger: quietLogger,
    events: happenings,
    crontab: Object.entries(CLOCK)
      .map(([name, { at, isCaughtUp = true }]) => `${at} ${name}${isCaughtUp ? ' ?fill=1d' : ''}`)
      .join('\n'),
    taskList: tasksOn(db),
  })
  const workerId = await pool
  const stopBeating = await repeat(() => beat(db, workerId, new Date()), beatMs)
  const stopRescuing = await repeat(() => rescue(db, url), RESCUE_MS)
  const stopDraining = await repeat(() => drain(db), DRAIN_MS)
  const stop = async () => {
    await Promise.all([stopRescuing(), stopDraining()])
    await runner.stop()
    // Not before: what it still holds would be given to another, which would do it too.
    await stopBeating()
    await forgetWorker(db, workerId)
    await close()
  }
  return { stop, ended: runner.promise }
}

async function main() {
  const { DATABASE_DIRECT_URL, DATABASE_URL } = env()
  const worker = await startWorker(DATABASE_DIRECT_URL ?? DATABASE_URL)
  log().info('worker ready')
  let isStopping = false
  const stop = () => {
    if (isStopping) return
    isStopping = true
    void worker.stop().then(() => process.exit(0))
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  await worker.ended
  // Ended by itself: whoever started it starts another.
  if (!isStopping) process.exit(1)
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  main().catch((error: unknown) => {
    log().fatal({ error: errorFacts(error) }, 'worker stopped')
    process.exit(1)
  })
}
