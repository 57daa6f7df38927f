import { NextResponse, type NextRequest } from 'next/server'
import { PAGE_COOKIE } from './server/access/rules/our-pages'
import { env } from './server/platform/env'

// Written by Next itself, and constant in a build.
// eslint-disable-next-line no-restricted-syntax
const IS_DEV = process.env.NODE_ENV === 'development'

/** Nothing from elsewhere. Scripts need the nonce of this very answer; only `style=` attributes need none. */
function contentSecurityPolicy(nonce: string, isHttps: boolean): string {
  return [
    `default-src 'self'`,
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${IS_DEV ? ` 'unsafe-eval'` : ''}`,
    // The dev server injects its styles without a nonce.
    IS_DEV ? `style-src 'self' 'unsafe-inline'` : `style-src 'self' 'nonce-${nonce}'`,
    `style-src-attr 'unsafe-inline'`,
    `img-src 'self' data: blob:`,
    `font-src 'self'`,
    `connect-src 'self'${IS_DEV ? ' ws:' : ''}`,
    `object-src 'none'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-src 'self'`,
    `frame-ancestors 'none'`,
    ...(isHttps ? ['upgrade-insecure-requests'] : []),
  ].join('; ')
}

/** The pages of the doors, of agents, of super-admins and of people, and where the forms that open a session stand. */
const DOORS = [
  [/^\/connexion/, '/connexion'],
  [/^\/super\/(connexion|code)/, '/super'],
  [/^\/mes-rdv\/(connexion|code|lien|nom)/, '/mes-rdv'],
] as const

const doorOf = (path: string): string | null => DOORS.find(([pages]) => pages.test(path))?.[1] ?? null

/** What depends on the request or on the environment; fixed headers are in next.config.mjs. */
export function proxy(request: NextRequest): NextResponse {
  const { APP_ENV, APP_URL } = env()
  const isHttps = APP_URL.startsWith('https:')
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64')
  const policy = contentSecurityPolicy(nonce, isHttps)
  const requestId = crypto.randomUUID()

  const forwarded = new Headers(request.headers)
  forwarded.set('content-security-policy', policy) // where Next finds the nonce for its own scripts
  forwarded.set('x-nonce', nonce)
  forwarded.set('x-request-id', requestId)
  forwarded.set('x-path', request.nextUrl.pathname + request.nextUrl.search) // where to come back to after signing in

  const response = NextResponse.next({ request: { headers: forwarded } })
  response.headers.set('content-security-policy', policy)
  response.headers.set('x-request-id', requestId)
  if (isHttps) response.headers.set('strict-transport-security', 'max-age=31536000')
  const door = request.method === 'GET' ? doorOf(request.nextUrl.pathname) : null
  if (door) response.cookies.set(PAGE_COOKIE, 'oui', { httpOnly: true, sameSite: 'lax', secure: isHttps, path: door })
  if (APP_ENV !== 'production') response.headers.set('x-robots-tag', 'noindex, nofollow')
  return response
}

export const config = { matcher: ['/((?!_next/static|_next/image).*)'] }
