import * as z from 'zod'
import { civilDayField, emailField } from '@/server/kernel/fields'

export const PROVIDERS = ['france-connect', 'pro-connect'] as const
export type Provider = (typeof PROVIDERS)[number]

const nameClaim = z.string().trim().min(1).max(200)

/** What FranceConnect says of a person: who the State knows them as. */
export const franceConnectClaims = z.object({
  sub: z.string().min(1).max(255),
  given_name: nameClaim,
  family_name: nameClaim,
  /** Of somebody presumed born then, not a whole day (« 1990-00-00 », « 1990 »): it says too little to tell people apart. */
  birthdate: civilDayField.nullable().catch(null),
  /** By which they go, when it is not the one they were born with. */
  preferred_username: nameClaim.optional().catch(undefined),
  email: emailField.optional().catch(undefined),
})

/** What ProConnect says of an agent: whoever answers for that professional address. */
export const proConnectClaims = z.object({ sub: z.string().min(1).max(255), email: emailField })

export type PersonIdentity = {
  readonly subject: string
  readonly firstName: string
  readonly lastName: string
  /** The name they go by; null when it is the other. */
  readonly usualLastName: string | null
  /** Null of somebody whose day of birth the State does not know whole. */
  readonly bornOn: string | null
  /** As its person gave it to the provider: proves nothing alone. */
  readonly email: string | null
}

/** The first of several first names is the one files hold. */
export const personOfClaims = (claims: z.infer<typeof franceConnectClaims>): PersonIdentity => ({
  subject: claims.sub,
  firstName: claims.given_name.split(/[\s,]+/)[0] ?? claims.given_name,
  lastName: claims.family_name,
  usualLastName: claims.preferred_username ?? null,
  bornOn: claims.birthdate,
  email: claims.email ?? null,
})

/** How long somebody may take at the provider's. */
export const FLOW_MIN = 10
