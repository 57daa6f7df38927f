import { randomUUID } from 'node:crypto'
import { TRPCError } from '@trpc/server'
import { cookies, headers } from 'next/headers'
import { cache } from 'react'
import {
  authOptions,
  encodePending,
  encodePerson,
  encodeProvider,
  encodeSession,
  pendingCookie,
  pendingIn,
  personCookie,
  personIn,
  providerCookie,
  providerIn,
  sessionCookie,
  sessionIdIn,
} from './access/auth'
import { resumeSession } from './access/commands/resume-session'
import {
  signInAsSuperAdmin,
  signInWithCode,
  signInWithLink,
  signInWithPassword,
  signInWithProConnect,
  type SignIn,
} from './access/commands/sign-in'
import * as signingOut from './access/commands/sign-out'
import { beginFlow, endFlow, flowSchema, providerSettings, signOutUrl, type FlowRefusal } from './access/gateways/oidc'
import { capturedReading } from './access/rules/captured'
import { clientAddressIn } from './access/rules/client-address'
import { proConnectClaims } from './access/rules/identity'
import { isFromPagesOf } from './access/rules/our-pages'
import { isAtLeast, levelOnAgenda, reachOf } from './access/rules/reach'
import type { PasswordSignIn } from './access/schema'
import { ANONYMOUS } from './kernel/actor'
import { AppError, type ErrorCode } from './kernel/errors'
import type { Outcome } from './kernel/outcome'
import { takeMail } from './messaging/jobs/take-mail'
import { makeCtx, type Ctx } from './platform/ctx'
import { getDb } from './platform/db'
import { env } from './platform/env'
import { readHealth, readReady } from './platform/health'
import { openLiveStream } from './platform/live'
import { errorFacts, log } from './platform/log'
import { seal, unseal } from './platform/seal'
import { appRouter } from './root'
import { createCallerFactory } from './trpc'

/** When, under which request, from where: nobody yet. */
export async function requestCtx(): Promise<Ctx> {
  const given = await headers()
  return makeCtx(getDb(), {
    actor: ANONYMOUS,
    now: new Date(),
    requestId: given.get('x-request-id') ?? randomUUID(),
    clientAddress: clientAddressIn(given.get('x-forwarded-for'), env().TRUSTED_PROXIES),
  })
}

/** And who asks, from a cookie. Once for all the components of a page; in a route, once a call. */
const currentCtx = cache(async (): Promise<Ctx> => {
  const ctx = await requestCtx()
  const jar = await cookies()
  const sessionId = await sessionIdIn(jar.get(sessionCookie().name)?.value)
  return sessionId ? resumed(ctx, sessionId, resumeSession) : ctx
})

/** No procedure stands here: an accident is logged, and goes on without the session it quotes. */
export async function resumed(ctx: Ctx, sessionId: string, resume: typeof resumeSession): Promise<Ctx> {
  try {
    return await resume(ctx, sessionId)
  } catch (error) {
    log().error({ requestId: ctx.requestId, error: errorFacts(error) }, 'session not read')
    throw new AppError('unavailable')
  }
}

export const callerOf = createCallerFactory(appRouter)

/** The front door of server components and route handlers: `(await api()).booking.searchSlots(input)`. */
export const api = async () => callerOf(await currentCtx())

export type Caller = Awaited<ReturnType<typeof api>>

/** The same door, for tRPC over HTTP. */
export const ctxOf = (): Promise<Ctx> => currentCtx()
export { appRouter }
export { smsReplyOf } from './platform/sms/reply'
export type { DemoAccount } from './access/queries/demo'

/** Whether a mail server gives the operator's own secret; null where no mail is taken in. */
export { isMailServer } from './platform/mail-in/addresses'

/** A mail that the operator's mail server gives us, once `isMailServer` let it in. For its route handler only. */
export const takeInMail = async (given: Parameters<typeof takeMail>[1]): ReturnType<typeof takeMail> =>
  takeMail(await requestCtx(), given)

/** The agendas the agent may see, each time one of them changes; null for anybody else. */
export async function agendaChanges(): Promise<ReadableStream<Uint8Array> | null> {
  const { actor, now } = await currentCtx()
  const reach = reachOf(actor)
  if (actor.kind !== 'agent') return null
  // Nobody goes on listening in an agent's place once it is over.
  const lastsMs = actor.impersonation ? actor.impersonation.expiresAt.getTime() - now.getTime() : null
  return openLiveStream((id) => isAtLeast(levelOnAgenda(reach, id), 'busy'), { lastsMs })
}

type Entry = ({ by: 'password' | 'super-password' } & PasswordSignIn) | { by: 'link'; token: string }

const signIn = (ctx: Ctx, entry: Entry) => {
  if (entry.by === 'link') return signInWithLink(ctx, entry)
  return entry.by === 'password' ? signInWithPassword(ctx, entry) : signInAsSuperAdmin(ctx, entry)
}

/** Sets the cookie of where signing in has got to. */
async function keepStep(signedIn: SignIn): Promise<void> {
  const jar = await cookies()
  const [session, pending] = [sessionCookie(), pendingCookie()]
  if (signedIn.step === 'inside') {
    jar.set(session.name, await encodeSession(signedIn.sessionId), session.options)
    jar.set(pending.name, '', { ...pending.options, maxAge: 0 })
  } else {
    jar.set(pending.name, await encodePending(signedIn.pending), pending.options)
  }
}

/** Signs in and sets the cookie, or goes on to the page of the code. For route handlers only. */
export async function openSession(
  entry: Entry,
): Promise<Outcome<SignIn['step'], 'wrong-credentials' | 'link-spent' | 'no-place'>> {
  const outcome = await signIn(await currentCtx(), entry)
  if (!outcome.ok) return outcome
  await keepStep(outcome.value)
  return { ok: true, value: outcome.value.step }
}

/** Whether agents may come by ProConnect here. */
export const hasProConnect = (): boolean => providerSettings('pro-connect') !== null

const flowCookie = () => personCookie('flow')

/** Where ProConnect asks who an agent is; null when it does not answer. For route handlers only. */
export async function beginProConnect(): Promise<string | null> {
  const begun = await beginFlow('pro-connect', (await currentCtx()).now)
  if (!begun) return null
  const jar = await cookies()
  jar.set(flowCookie().name, await encodePerson('flow', JSON.stringify(begun.flow)), flowCookie().options)
  return begun.url
}

/** Who comes back from ProConnect: in, at the page of the code, or why not. For route handlers only. */
export async function endProConnect(
  params: Readonly<Record<string, string>>,
): Promise<Outcome<SignIn['step'], FlowRefusal | 'no-account' | 'no-place'>> {
  const [ctx, jar] = [await currentCtx(), await cookies()]
  const flow = flowSchema.safeParse(JSON.parse((await personIn('flow', jar.get(flowCookie().name)?.value)) ?? 'null'))
  jar.set(flowCookie().name, '', { ...flowCookie().options, maxAge: 0 })
  const answer = await endFlow('pro-connect', flow.success ? flow.data : null, params, { now: ctx.now })
  if (!answer.ok) return answer
  // Whoever is let in or not: it knows this browser from now on, and is left from here.
  if (answer.idToken !== null) {
    jar.set(providerCookie().name, await encodeProvider(answer.idToken), providerCookie().options)
  }
  const claims = proConnectClaims.safeParse(answer.claims)
  if (!claims.success) return { ok: false, reason: 'refused' }
  const outcome = await signInWithProConnect(ctx, claims.data)
  if (!outcome.ok) return outcome
  await keepStep(outcome.value)
  return { ok: true, value: outcome.value.step }
}

const providerHere = async () => providerIn((await cookies()).get(providerCookie().name)?.value)

/** Whether ProConnect still knows this browser, as far as we know. */
export const isProConnectOpen = async (): Promise<boolean> => hasProConnect() && (await providerHere()) !== null

/**
 * Where to leave ProConnect too; null when there is nothing to leave, when somebody is still signed in here, or when it does
 * not answer: it is then still open. For route handlers only.
 */
export async function leaveProConnect(): Promise<string | null> {
  const idToken = await providerHere()
  if (idToken === null || (await currentCtx()).actor.kind !== 'anonymous') return null
  const url = await signOutUrl('pro-connect', idToken)
  if (url !== null) (await cookies()).set(providerCookie().name, '', { ...providerCookie().options, maxAge: 0 })
  return url
}

type WhoseCode = 'agent' | 'super-admin'

const pendingHere = async () => pendingIn((await cookies()).get(pendingCookie().name)?.value)

/** Whose code this browser is asked for; null when it is not at that step. */
export const awaitedCode = async (): Promise<WhoseCode | null> => (await pendingHere())?.owner.kind ?? null

/** The second step: the code. For route handlers only. */
export async function openSessionWithCode(code: string): Promise<Outcome<WhoseCode, 'wrong-code' | 'too-late'>> {
  const pending = await pendingHere()
  if (!pending) return { ok: false, reason: 'too-late' }
  const outcome = await signInWithCode(await currentCtx(), pending, code)
  if (!outcome.ok) return outcome
  await keepStep(outcome.value)
  return { ok: true, value: pending.owner.kind }
}

/** Signs out, here or on every device, and drops the cookie. For route handlers only. */
export async function closeSession(scope: 'here' | 'everywhere'): Promise<void> {
  const ctx = await currentCtx()
  await (scope === 'here' ? signingOut.signOut(ctx) : signingOut.signOutEverywhere(ctx))
  const { name, options } = sessionCookie()
  const jar = await cookies()
  jar.set(name, '', { ...options, maxAge: 0 })
}

const sessionHere = async (): Promise<string> =>
  String((await sessionIdIn((await cookies()).get(sessionCookie().name)?.value)) ?? '')

/** What a browser carries for a while without knowing it; it opens in the same session and no other. */
export const sealTyped = async (text: string): Promise<string> => seal('typed', await sessionHere(), text)

/** Null when it was not sealed in this session. */
export const unsealTyped = async (sealed: string): Promise<string | null> =>
  unseal('typed', await sessionHere(), sealed)

/** For next-auth's own route: signing out there revokes the session too. */
export const nextAuthOptions = () => authOptions(async () => void (await signingOut.signOut(await currentCtx())))

/** What to tell of an error a door threw; null when it is an accident. */
export function faultIn(error: unknown): { code: ErrorCode; retryInSec: number | null } | null {
  const cause = error instanceof TRPCError ? error.cause : error
  if (cause instanceof AppError) return { code: cause.code, retryInSec: cause.retryInSec }
  return error instanceof TRPCError && error.code === 'BAD_REQUEST' ? { code: 'invalid', retryInSec: null } : null
}

/** For route handlers, whose answer to an accident hides it. What went through a procedure is in the log already. */
export function noteAccident(error: unknown, request: Request): void {
  if (error instanceof TRPCError) return
  log().error({ requestId: request.headers.get('x-request-id'), error: errorFacts(error) }, 'answer failed')
}

/** Whether people reach the site by HTTPS, as its configuration says: a header may be anybody's. */
export const isServedSecurely = (): boolean => env().APP_URL.startsWith('https:')

/** Whether a POST comes from one of our own pages. */
export function isFromOurPages(request: Request): boolean {
  const { headers: given, url } = request
  return isFromPagesOf([given.get('host'), new URL(env().APP_URL).host], {
    path: new URL(url).pathname,
    site: given.get('sec-fetch-site'),
    origin: given.get('origin'),
    cookie: given.get('cookie'),
  })
}

/**
 * What pages say of the environment: everything but production wears a band, and captures its messages. `opensKeys`: whoever
 * asked for a link or a code reads it there.
 */
export function environmentBand() {
  const name = env().APP_ENV
  const opensKeys = capturedReading(name, ANONYMOUS) === 'everything'
  return { name, isProduction: name === 'production', capturesMessages: name !== 'production', opensKeys }
}

export const readiness = () => readReady(getDb())
export const healthOf = () => readHealth(getDb())
