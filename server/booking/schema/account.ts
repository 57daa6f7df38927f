import * as z from 'zod'
import { accountLinkSchema } from '@/server/access/schema'
import { emailField, idField } from '@/server/kernel/fields'

export const askOwnContactSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('phone'), phone: z.string().max(30, 'not-a-phone') }),
  z.object({ kind: z.literal('email'), email: emailField }),
])
export type AskOwnContact = z.infer<typeof askOwnContactSchema>

/** Of those of a family who share a contact, whose the new one is: a file of theirs. */
const whose = { usagerId: idField.optional() }

export const confirmOwnPhoneSchema = z.object({ challengeId: idField, code: z.string().max(12), ...whose })
export type ConfirmOwnPhone = z.infer<typeof confirmOwnPhoneSchema>

export const confirmOwnEmailSchema = accountLinkSchema.extend(whose)
export type ConfirmOwnEmail = z.infer<typeof confirmOwnEmailSchema>
