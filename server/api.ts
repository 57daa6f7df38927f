import { randomUUID } from 'node:crypto'
import { cookies, headers } from 'next/headers'
import { cache } from 'react'
import { sessionCookie, sessionIdIn } from './access/auth'
import { actorOf } from './access/queries'
import { ANONYMOUS } from './kernel/actor'
import { makeCtx, withActor, type Ctx } from './platform/ctx'
import { getDb } from './platform/db'
import { env } from './platform/env'
import { readHealth, readReady } from './platform/health'
import { appRouter } from './root'
import { createCallerFactory } from './trpc'

/** The client behind our own proxies: the Nth address from the right. Without proxies nobody vouches for any. */
function clientAddressIn(forwardedFor: string | null): string | null {
  const proxies = env().TRUSTED_PROXIES
  if (proxies === 0 || !forwardedFor) return null
  const addresses = forwardedFor.split(',').map((address) => address.trim())
  return addresses.at(-proxies) ?? null
}

/** Who asks, when, under which request: from headers and a cookie, once and for all. */
async function ctxFrom(given: Headers, cookieValue: string | undefined): Promise<Ctx> {
  const ctx = makeCtx(getDb(), {
    actor: ANONYMOUS,
    now: new Date(),
    requestId: given.get('x-request-id') ?? randomUUID(),
    clientAddress: clientAddressIn(given.get('x-forwarded-for')),
  })
  const sessionId = await sessionIdIn(cookieValue)
  if (!sessionId) return ctx
  const { actor } = await actorOf(ctx, sessionId)
  return withActor(ctx, actor)
}

/** One per request of a server component, whatever the number of components that ask. */
const currentCtx = cache(async () => {
  const [given, jar] = await Promise.all([headers(), cookies()])
  return ctxFrom(new Headers(given), jar.get(sessionCookie().name)?.value)
})

const callerOf = createCallerFactory(appRouter)

/** The front door of server components and route handlers: `(await api()).booking.searchSlots(input)`. */
export const api = async () => callerOf(await currentCtx())

/** The same door, for tRPC over HTTP. */
export const ctxOf = (): Promise<Ctx> => currentCtx()

/** Our own router, for the fetch adapter. */
export { appRouter }

/**
 * Whether a POST comes from one of our own pages. Under `Referrer-Policy: no-referrer` a form sends `Origin: null`, so
 * `Sec-Fetch-Site` speaks first; a browser too old for it is held by the cookie's SameSite.
 */
export function isFromOurPages(request: Request): boolean {
  const site = request.headers.get('sec-fetch-site')
  if (site) return site === 'same-origin' || site === 'none'
  const origin = request.headers.get('origin')
  if (!origin || origin === 'null') return true
  return URL.canParse(origin) && ourHosts(request).includes(new URL(origin).host)
}

const ourHosts = (request: Request) => [request.headers.get('host'), new URL(env().APP_URL).host]

/** What pages say of the environment: everything but production wears a band, and captures its messages. */
export function environmentBand() {
  const name = env().APP_ENV
  return { name, isProduction: name === 'production', capturesMessages: name !== 'production' }
}

export const readiness = () => readReady(getDb())
export const healthOf = () => readHealth(getDb())
