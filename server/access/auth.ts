import { randomBytes, timingSafeEqual } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import type { NextAuthOptions } from 'next-auth'
import { decode, encode } from 'next-auth/jwt'
import { Secret, TOTP } from 'otpauth'
import * as z from 'zod'
import { env } from '@/server/platform/env'
import { ACCOUNT_LINK_MIN, ACCOUNT_SESSION_SEC } from './rules/accounts'
import { FLOW_MIN } from './rules/identity'
import {
  acceptableSteps,
  BYTES_PER_RECOVERY_CODE,
  PENDING_MIN,
  RECOVERY_CODE_COUNT,
  recoveryCodeOf,
  STEP_SEC,
  type FactorOwner,
} from './rules/second-factor'
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

const SECRET_BYTES = 20
const ISSUER = 'RDV Territoires'

/** A new secret, as people may type it into their telephone. */
export const newFactorSecret = (): string => new Secret({ size: SECRET_BYTES }).base32

const totpOf = (secret: string, label: string) =>
  new TOTP({ issuer: ISSUER, label, secret: Secret.fromBase32(secret), period: STEP_SEC })

/** What the square of dots says to a telephone. */
export const factorUri = (secret: string, label: string): string => totpOf(secret, label).toString()

export const codeAt = (secret: string, step: number): string =>
  totpOf(secret, '').generate({ timestamp: step * STEP_SEC * 1000 })

/** The step this code is of, among those still acceptable; null when it is of none. */
export function stepOfCode(secret: string, code: string, at: { now: Date; lastStep: number }): number | null {
  const typed = Buffer.from(code)
  const isOf = (step: number) => {
    const expected = Buffer.from(codeAt(secret, step))
    return expected.length === typed.length && timingSafeEqual(expected, typed)
  }
  return acceptableSteps(at.now, at.lastStep).find(isOf) ?? null
}

export const newRecoveryCodes = (): string[] =>
  Array.from({ length: RECOVERY_CODE_COUNT }, () => recoveryCodeOf([...randomBytes(BYTES_PER_RECOVERY_CODE)]))

/** Somebody whose password or link was right, and whose code is awaited. Not a session: it opens the page of the code alone. */
export type Pending = { owner: FactorOwner; by: 'password' | 'link' | 'pro-connect'; mark: string }

const pendingSchema = z.object({
  owner: z.object({ kind: z.enum(['agent', 'super-admin']), id: z.number() }),
  by: z.enum(['password', 'link', 'pro-connect']),
  mark: z.string(),
})

const PENDING = { secret: () => env().NEXTAUTH_SECRET, salt: 'second-step', maxAge: PENDING_MIN * 60 }

/** The cookie between the two steps. Encrypted under a key of its own: it never passes for a session. */
export const pendingCookie = () => ({
  name: 'connexion-code',
  options: { ...sessionCookie().options, maxAge: PENDING.maxAge },
})

export const encodePending = ({ owner, by, mark }: Pending): Promise<string> =>
  encode({ token: { owner, by, mark }, secret: PENDING.secret(), salt: PENDING.salt, maxAge: PENDING.maxAge })

/** Null when it is forged, of another kind, or too old. */
export async function pendingIn(cookieValue: string | undefined): Promise<Pending | null> {
  if (!cookieValue) return null
  try {
    return pendingSchema.parse(await decode({ token: cookieValue, secret: PENDING.secret(), salt: PENDING.salt }))
  } catch {
    return null
  }
}

const PROVIDER = { secret: () => env().NEXTAUTH_SECRET, salt: 'agent-provider', maxAge }

/** What ProConnect asks for when an agent leaves it: as long as what it opened may last, under a key of its own. */
export const providerCookie = () => ({ name: 'connexion-identite', options: sessionCookie().options })

export const encodeProvider = (idToken: string): Promise<string> =>
  encode({ token: { idToken }, secret: PROVIDER.secret(), salt: PROVIDER.salt, maxAge })

/** Null when it is forged, of another kind, or too old. */
export async function providerIn(cookieValue: string | undefined): Promise<string | null> {
  if (!cookieValue) return null
  try {
    const token = await decode({ token: cookieValue, secret: PROVIDER.secret(), salt: PROVIDER.salt })
    return typeof token?.idToken === 'string' ? token.idToken : null
  } catch {
    return null
  }
}

/** Whether two short secrets are the same, in the same time whatever they are. */
export function isSameSecret(expected: string, typed: string): boolean {
  const [one, other] = [Buffer.from(expected), Buffer.from(typed)]
  return one.length === other.length && timingSafeEqual(one, other)
}

const PERSON = {
  session: { salt: 'person-session', maxAge: ACCOUNT_SESSION_SEC },
  step: { salt: 'person-step', maxAge: ACCOUNT_LINK_MIN * 2 * 60 },
  /** On the way to an identity provider. */
  flow: { salt: 'person-flow', maxAge: FLOW_MIN * 60 },
  /** What an identity provider asks for when one leaves it. */
  provider: { salt: 'person-provider', maxAge: ACCOUNT_SESSION_SEC },
} as const
export type PersonCookie = keyof typeof PERSON
const PERSON_NAMES = {
  session: 'mes-rdv',
  step: 'mes-rdv-etape',
  flow: 'identite-retour',
  provider: 'mes-rdv-identite',
} as const satisfies Record<PersonCookie, string>

/** A person's cookies: never an agent's, encrypted under keys of their own, gone with the browser. */
export const personCookie = (which: PersonCookie) => {
  const isSecure = env().APP_URL.startsWith('https:')
  const name = PERSON_NAMES[which]
  return {
    name: isSecure ? `__Secure-${name}` : name,
    options: { httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure } as const,
  }
}

export const encodePerson = (which: PersonCookie, value: string): Promise<string> =>
  encode({ token: { value }, secret: env().NEXTAUTH_SECRET, ...PERSON[which] })

/** What such a cookie holds; null when it is forged, of another kind, or too old. */
export async function personIn(which: PersonCookie, cookieValue: string | undefined): Promise<string | null> {
  if (!cookieValue) return null
  try {
    const token = await decode({ token: cookieValue, secret: env().NEXTAUTH_SECRET, salt: PERSON[which].salt })
    return typeof token?.value === 'string' ? token.value : null
  } catch {
    return null
  }
}
