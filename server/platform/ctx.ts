import { sql, type SQL } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import type { Actor } from '@/server/kernel/actor'
import type { Outcome } from '@/server/kernel/outcome'
import { writeEvents, type LedgerEvent } from './ledger'

const POOL = Symbol('pool')

/** Who asks, when, under which request. The pool is out of sight: reads go through `inRead`, writes through `inTransaction`. */
export type Ctx = {
  readonly actor: Actor
  readonly now: Date
  readonly requestId: string
  /** The client's address behind our proxies, for the rate limiter; null for jobs. */
  readonly clientAddress: string | null
  readonly [POOL]: Db
}

export type ReadCtx = Ctx & { readonly db: Tx }
export type TxCtx = ReadCtx & {
  /** Last beat but one: writes the ledger row, which the workers will hear of, in this transaction. */
  readonly emit: (event: LedgerEvent) => Promise<void>
}

export const makeCtx = (db: Db, given: Omit<Ctx, typeof POOL>): Ctx => ({ ...given, [POOL]: db })

/** The same request, for another actor (a session just read, a link just checked). */
export const withActor = (ctx: Ctx, actor: Actor): Ctx => ({ ...ctx, actor })

/** The clock of a request that lasts: its instant, and what has passed since by this process. */
export function runningFrom({ now }: Ctx): () => Date {
  const fromMs = performance.now()
  return () => new Date(now.getTime() + performance.now() - fromMs)
}

const isInside = (ctx: Ctx): ctx is TxCtx => 'emit' in ctx
const isReading = (ctx: Ctx): ctx is ReadCtx => 'db' in ctx

/** A short READ ONLY transaction, never held across a response. Inside another one, the same. */
export function inRead<T>(ctx: Ctx, read: (ctx: ReadCtx) => Promise<T>): Promise<T> {
  if (isReading(ctx)) return read(ctx)
  return ctx[POOL].reader.transaction((db) => read({ ...ctx, db }))
}

class Rollback extends Error {
  constructor(readonly refusal: { ok: false; reason: string }) {
    super(refusal.reason)
  }
}

type Asked = { query: SQL; answer: (rows: unknown[]) => void; fail: (error: unknown) => void }

async function askTogether(db: Db | Tx, asked: readonly Asked[]): Promise<void> {
  const answers = asked.map(({ query }) => sql`coalesce((select json_agg(rows) from (${query}) as rows), '[]')`)
  try {
    const [row] = await db.execute<{ answers: unknown[][] }>(
      sql`select json_build_array(${sql.join(answers, sql`, `)}) as answers`,
    )
    asked.forEach(({ answer }, i) => answer(row?.answers[i] ?? []))
  } catch (error) {
    asked.forEach(({ fail }) => fail(error))
  }
}

/**
 * Reads that do not need each other, as one statement and one answer: what they cost apart is mostly the exchange. One
 * statement is a transaction by itself: outside of any, it opens none. For raw selects only, whose columns JSON can
 * tell: no instant, no number beyond 2^53.
 */
export function inOneStatement<T>(ctx: Ctx, read: (ctx: ReadCtx) => Promise<T>): Promise<T> {
  const outer = isReading(ctx) ? ctx.db : ctx[POOL]
  const asked: Asked[] = []
  const execute = (query: SQL) =>
    new Promise((answer, fail) => {
      if (asked.length === 0) void Promise.resolve().then(() => askTogether(outer, asked.splice(0)))
      asked.push({ query, answer, fail })
    })
  const db = Object.assign(Object.create(outer) as Tx, { execute })
  return read({ ...ctx, db })
}

/** Facts emitted in one flight are written by one statement. */
function inOneBreath(write: (told: readonly LedgerEvent[]) => Promise<void>): TxCtx['emit'] {
  let breath: { told: LedgerEvent[]; written: Promise<void> } | null = null
  const begin = () => {
    const told: LedgerEvent[] = []
    const written = Promise.resolve().then(() => {
      breath = null
      return write(told)
    })
    return { told, written }
  }
  return (event) => {
    breath ??= begin()
    breath.told.push(event)
    return breath.written
  }
}

/**
 * A transaction whose refusal rolls everything back: row, ledger and what follows alike.
 * A command called by a command runs in the caller's transaction; the caller must hand its refusal on.
 */
export async function inTransaction<T, Reason extends string>(
  ctx: Ctx,
  write: (tx: TxCtx) => Promise<Outcome<T, Reason>>,
): Promise<Outcome<T, Reason>> {
  if (isInside(ctx)) return write(ctx)
  try {
    return await ctx[POOL].transaction(async (db) => {
      const tx: TxCtx = { ...ctx, db, emit: inOneBreath((told) => writeEvents(db, ctx, told)) }
      const outcome = await write(tx)
      if (!outcome.ok) throw new Rollback(outcome)
      return outcome
    })
  } catch (error) {
    if (error instanceof Rollback) return error.refusal as Outcome<T, Reason>
    throw error
  }
}
