import * as z from 'zod'
import { emailField, idField } from '@/server/kernel/fields'
import { PASSWORD_MAX, passwordFaults } from './rules/password'
import { LEVELS } from './rules/reach'

export const passwordSignInSchema = z.object({
  email: emailField,
  // Refused beyond what any password may be: hashing a novel is a way to keep a server busy.
  password: z.string().min(1, 'missing').max(PASSWORD_MAX, 'too-long'),
})
export type PasswordSignIn = z.infer<typeof passwordSignInSchema>

const purposeField = z.enum(['sign-in', 'reset-password'])
const anyPurposeField = z.enum(['sign-in', 'reset-password', 'invitation', 'email-change'])
export const tokenField = z.string().regex(/^[\w-]{20}$/, 'not-a-token')

export const linkRequestSchema = z.object({ email: emailField, purpose: purposeField })
export type LinkRequest = z.infer<typeof linkRequestSchema>

/** In the place of an agent, when no account may have the link asked for. */
export const NOBODY = 0

export const linkJobSchema = z.object({ agentId: z.number().int(), purpose: purposeField })
export type LinkJob = z.infer<typeof linkJobSchema>

export const linkSchema = z.object({ token: tokenField, purpose: anyPurposeField })

export const accountLinkSchema = z.object({ token: tokenField })

/** Every fault of the password is an issue of its own, named by its rule. */
export const newPasswordField = z.string().superRefine((password, refinement) => {
  for (const fault of passwordFaults(password)) refinement.addIssue({ code: 'custom', message: fault })
})

export const ownPasswordSchema = z.object({ password: newPasswordField })

/** By the link of somebody who forgot theirs, or of somebody invited who has none yet. */
export const newPasswordSchema = z.object({
  token: tokenField,
  purpose: z.enum(['reset-password', 'invitation']),
  password: newPasswordField,
})
export type NewPassword = z.infer<typeof newPasswordSchema>

const grantLevelField = z.enum(LEVELS)

export const setGrantSchema = z.object({
  grantId: idField,
  from: grantLevelField,
  to: grantLevelField,
})
export type SetGrant = z.infer<typeof setGrantSchema>

export const agendaSchema = z.object({ agentId: idField })

/** PostgreSQL holds no NUL character: looking for one is an accident, not an empty answer. */
const searchedText = z
  .string()
  .trim()
  .min(1)
  .max(254)
  .refine((text) => !text.includes('\0'), 'not-text')

export const messageFilterSchema = z.object({
  channel: z.enum(['any', 'mail', 'sms']),
  recipient: z.union([z.literal('any'), searchedText]),
  /** Somewhere in the subject or the text. */
  words: z.union([z.literal('any'), searchedText]).default('any'),
})
export type MessageFilter = z.infer<typeof messageFilterSchema>
