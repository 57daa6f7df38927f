import * as z from 'zod'
import { emailField, idField, nameField, pageField, searchField, textField } from '@/server/kernel/fields'
import { PASSWORD_MAX } from '../rules/password'
import { REASON_MAX_LENGTH, REASON_MIN_LENGTH } from '../rules/impersonation'

/** Six digits or a recovery code: judged by its rule. */
export const codeSchema = z.object({ code: z.string().trim().min(1, 'missing').max(40, 'wrong-code') })

/** An agent turns their own on, or off: with the password, since a session may have been left open. */
export const ownFactorSchema = codeSchema.extend({
  password: z.string().min(1, 'missing').max(PASSWORD_MAX, 'wrong-password'),
})

/** What is done to an agent's account is done for a reason, which they read. */
const forReasonSchema = z.object({
  agentId: idField,
  reason: textField(REASON_MAX_LENGTH).pipe(z.string().min(REASON_MIN_LENGTH, 'too-short')),
})

export const startImpersonationSchema = forReasonSchema
export type StartImpersonation = z.infer<typeof startImpersonationSchema>

export const removeAgentFactorSchema = forReasonSchema
export type RemoveAgentFactor = z.infer<typeof removeAgentFactorSchema>

export const agentSearchSchema = z.object({
  search: searchField,
  territoryId: idField.nullable(),
  organisationId: idField.nullable(),
  page: pageField,
})
export type AgentSearch = z.infer<typeof agentSearchSchema>

export const superAgentSchema = z.object({ agentId: idField })

export const eventFilterSchema = z.object({
  territoryId: idField.nullable(),
  agentId: idField.nullable(),
  /** A kind, or the beginning of one: « rdv », « rdv.cancelled ». */
  kind: z
    .string()
    .regex(/^[a-z][a-z.-]{0,60}$/)
    .nullable(),
  /** The last line of the page before. */
  before: idField.nullable(),
})
export type EventFilter = z.infer<typeof eventFilterSchema>

export const jobSchema = z.object({ jobId: idField })

export const whichSuperAdminSchema = z.object({ email: emailField })

export const newSuperAdminSchema = z.object({ email: emailField, firstName: nameField(), lastName: nameField() })
export type NewSuperAdmin = z.infer<typeof newSuperAdminSchema>
