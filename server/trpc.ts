import { initTRPC, TRPCError } from '@trpc/server'
import superjson from 'superjson'
import { ZodError } from 'zod'
import { AppError, type ErrorCode } from './kernel/errors'
import type { AgentActor } from './kernel/actor'
import type { Ctx } from './platform/ctx'
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

/** Anybody. What they may see is the query's business. */
export const anonymousProcedure = t.procedure.use(mapErrors)

const asAgent = (ctx: Ctx): Ctx & { actor: AgentActor } => {
  const { actor } = ctx
  if (actor.kind !== 'agent') throw new AppError('unauthenticated')
  return { ...ctx, actor }
}

/** An agent with a live session. */
export const agentProcedure = anonymousProcedure.use(({ ctx, next }) => next({ ctx: asAgent(ctx) }))
