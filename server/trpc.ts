import { initTRPC, TRPCError } from '@trpc/server'
import superjson from 'superjson'
import { ZodError } from 'zod'
import { AppError, type ErrorCode } from './kernel/errors'
import type { AgentActor } from './kernel/actor'
import type { Ctx } from './platform/ctx'
import { consume, LIMITS } from './platform/limits'
import { errorFacts, log } from './platform/log'

/** The one map from our errors to the transport's. */
const CODES = {
  unauthenticated: 'UNAUTHORIZED',
  forbidden: 'FORBIDDEN',
  'not-found': 'NOT_FOUND',
  invalid: 'BAD_REQUEST',
  'rate-limited': 'TOO_MANY_REQUESTS',
  unavailable: 'SERVICE_UNAVAILABLE',
} as const satisfies Record<ErrorCode, TRPCError['code']>

const t = initTRPC.context<Ctx>().create({
  transformer: superjson,
  errorFormatter: ({ shape, error, ctx }) => ({
    ...shape,
    // An unknown error shows an id to quote, never its message.
    message: error.cause instanceof AppError ? error.cause.code : shape.data.code,
    data: {
      code: shape.data.code,
      httpStatus: shape.data.httpStatus,
      path: shape.data.path,
      requestId: ctx?.requestId ?? null,
    },
  }),
})

/** Which fields of the input were refused, and why: never what they held. */
const faultsOf = (cause: unknown): string[] =>
  cause instanceof ZodError ? cause.issues.map(({ code, path: [field] }) => `${String(field ?? 'input')} ${code}`) : []

const mapErrors = t.middleware(async ({ next, ctx, path }) => {
  const result = await next()
  if (result.ok) return result
  const { code, cause } = result.error
  if (cause instanceof AppError) throw new TRPCError({ code: CODES[cause.code], cause })
  const { requestId } = ctx
  if (code === 'INTERNAL_SERVER_ERROR') {
    log().error({ path, requestId, error: errorFacts(cause ?? result.error) }, 'procedure failed')
  } else {
    log().debug({ path, requestId, code, faults: faultsOf(cause) }, 'procedure refused')
  }
  // Next prints what a page throws, message, cause and stack; drizzle's quotes what was sent.
  throw new TRPCError({ code })
})

export const router = t.router
export const createCallerFactory = t.createCallerFactory

const baseProcedure = t.procedure.use(mapErrors)

/** Questions of one request that count as one: more than any page of ours asks. */
const QUESTIONS_PER_POINT = 10

const visits = new WeakMap<Ctx, { asked: number; verdict: Promise<void> }>()

/** One write for a page, however many its questions; a batch that asks for more pays for more. */
function countVisit(ctx: Ctx): Promise<void> {
  const visit = visits.get(ctx) ?? { asked: 0, verdict: Promise.resolve() }
  visits.set(ctx, visit)
  if (visit.asked % QUESTIONS_PER_POINT === 0)
    visit.verdict = consume(ctx, LIMITS.searchesPerAddress, ctx.clientAddress)
  visit.asked += 1
  return visit.verdict
}

const limitReads = t.middleware(async ({ next, ctx, type }) => {
  if (type === 'query' && ctx.actor.kind === 'anonymous') await countVisit(ctx)
  return next()
})

/** Anybody. What they may see is the query's business. */
export const anonymousProcedure = baseProcedure.use(limitReads)

const asAgent = (ctx: Ctx): Ctx & { actor: AgentActor } => {
  const { actor } = ctx
  if (actor.kind !== 'agent') throw new AppError('unauthenticated')
  return { ...ctx, actor }
}

/** An agent with a live session. */
export const agentProcedure = baseProcedure.use(({ ctx, next }) => next({ ctx: asAgent(ctx) }))
