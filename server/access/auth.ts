import { hash, verify } from '@node-rs/argon2'
import type { NextAuthOptions } from 'next-auth'
import { decode, encode } from 'next-auth/jwt'
import { env } from '@/server/platform/env'
import { SESSION_DAYS } from './rules/session'

/** argon2id (the library's default algorithm), 19 MiB, 2 passes. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** Nobody's password: verified for an unknown account, which then takes as long as a known one. */
const NOBODYS_HASH = '$argon2id$v=19$m=19456,t=2,p=1$JzkKfBQyKyL1fMSEB0zhvQ$A915gbZJplkKxOYGht8q4QEd6KhQy9tdzF0i+DE9WwI'

export const hashPassword = (password: string): Promise<string> => hash(password, COST)

/** False when there is no such account, after the same work. */
export async function isPasswordOf(passwordHash: string | null, password: string): Promise<boolean> {
  const isRight = await verify(passwordHash ?? NOBODYS_HASH, password)
  return isRight && passwordHash !== null
}

const maxAge = SESSION_DAYS * 86_400

/** The cookie that carries the session: httpOnly, same site, secure behind https. Holds an encrypted id, nothing else. */
export function sessionCookie() {
  const isSecure = env().APP_URL.startsWith('https:')
  return {
    name: isSecure ? '__Secure-next-auth.session-token' : 'next-auth.session-token',
    options: { httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure, maxAge } as const,
  }
}

export const encodeSession = (sessionId: string): Promise<string> =>
  encode({ token: { sid: sessionId }, secret: env().NEXTAUTH_SECRET, maxAge })

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The session a cookie designates; null when it is forged, expired or of another kind. */
export async function sessionIdIn(cookieValue: string | undefined): Promise<string | null> {
  if (!cookieValue) return null
  try {
    const token = await decode({ token: cookieValue, secret: env().NEXTAUTH_SECRET })
    return typeof token?.sid === 'string' && UUID.test(token.sid) ? token.sid : null
  } catch {
    return null
  }
}

/**
 * next-auth's own endpoints. Our form routes open a session after their own checks, so there is no provider yet;
 * ProConnect and FranceConnect take their place here. What a client sends to `update()` never reaches the token.
 */
export const authOptions = (onSignOut: () => Promise<void>): NextAuthOptions => ({
  secret: env().NEXTAUTH_SECRET,
  session: { strategy: 'jwt', maxAge },
  useSecureCookies: env().APP_URL.startsWith('https:'),
  cookies: { sessionToken: sessionCookie() },
  pages: { signIn: '/connexion', error: '/connexion', verifyRequest: '/connexion/lien', signOut: '/agent/profil' },
  providers: [],
  callbacks: { jwt: ({ token }) => token, session: ({ session }) => ({ expires: session.expires }) },
  events: { signOut: onSignOut },
})
