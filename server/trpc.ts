import { initTRPC, TRPCError } from '@trpc/server'
import superjson from 'superjson'
import { ZodError } from 'zod'
import { AppError, type ErrorCode } from './kernel/errors'
import { isReadOnly, type AgentActor, type SuperAdminActor, type UsagerActor } from './kernel/actor'
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
  'read-only': 'FORBIDDEN',
  'in-person': 'FORBIDDEN',
} as const satisfies Record<ErrorCode, TRPCError['code']>

/**
 * What a mutation says of itself, for whoever may only look. `endsOrOpens`: leaving an agent's place, or turning writing on,
 * from within it. `readsOnly`: it changes nothing, and is a mutation so that what is asked stands in no address.
 */
export type Meta = { endsOrOpens?: true; readsOnly?: true }

const t = initTRPC
  .context<Ctx>()
  .meta<Meta>()
  .create({
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

/** The one door of every command: in an agent's place, nothing changes until writing is turned on. */
const onlyLooks = t.middleware(({ next, ctx, type, meta }) => {
  const isOpen = type !== 'mutation' || meta?.endsOrOpens || meta?.readsOnly
  if (!isOpen && isReadOnly(ctx.actor)) throw new AppError('read-only')
  return next()
})

const baseProcedure = t.procedure.use(mapErrors).use(onlyLooks)

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

/** What a question about a link nobody was given costs more: no honest person asks many. */
const UNKNOWN_LINK_POINTS = 10

/** By the link of a message, whoever holds it. Tokens tried one after the other are soon refused, with whatever else. */
export const linkProcedure = anonymousProcedure.use(async ({ next, ctx }) => {
  const result = await next()
  const isUnknown = !result.ok && result.error.cause instanceof AppError && result.error.cause.code === 'not-found'
  if (isUnknown) await consume(ctx, LIMITS.searchesPerAddress, ctx.clientAddress, UNKNOWN_LINK_POINTS)
  return result
})

const asAgent = (ctx: Ctx): Ctx & { actor: AgentActor } => {
  const { actor } = ctx
  if (actor.kind !== 'agent') throw new AppError('unauthenticated')
  return { ...ctx, actor }
}

/** An agent with a live session. */
export const agentProcedure = baseProcedure.use(({ ctx, next }) => next({ ctx: asAgent(ctx) }))

const asUsager = (ctx: Ctx): Ctx & { actor: UsagerActor } => {
  const { actor } = ctx
  if (actor.kind !== 'usager') throw new AppError('unauthenticated')
  return { ...ctx, actor }
}

/** A person signed in to what is theirs. */
export const usagerProcedure = baseProcedure.use(({ ctx, next }) => next({ ctx: asUsager(ctx) }))

/** An agent in person: nobody in their place changes how they sign in, nor takes a secret of theirs away, writing or not. */
export const ownProcedure = agentProcedure.use(({ ctx, next }) => {
  if (ctx.actor.impersonation) throw new AppError('in-person')
  return next()
})

const asSuperAdmin = (ctx: Ctx): Ctx & { actor: SuperAdminActor } => {
  const { actor } = ctx
  if (actor.kind === 'anonymous') throw new AppError('unauthenticated')
  // To agents there is no back-office.
  if (actor.kind !== 'super-admin') throw new AppError('not-found')
  return { ...ctx, actor }
}

/** A super-admin who has yet to set their second factor up, or has. */
export const enrollingProcedure = baseProcedure.use(({ ctx, next }) => next({ ctx: asSuperAdmin(ctx) }))

/** A super-admin whose second factor was asked for. */
export const superAdminProcedure = enrollingProcedure.use(({ ctx, next }) => {
  if (!ctx.actor.hasSecondFactor) throw new AppError('forbidden')
  return next()
})
