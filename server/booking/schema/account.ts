import * as z from 'zod'
import { emailField, idField } from '@/server/kernel/fields'

export const askOwnContactSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('phone'), phone: z.string().max(30, 'not-a-phone') }),
  z.object({ kind: z.literal('email'), email: emailField }),
])
export type AskOwnContact = z.infer<typeof askOwnContactSchema>

export const confirmOwnPhoneSchema = z.object({ challengeId: idField, code: z.string().max(12) })
export type ConfirmOwnPhone = z.infer<typeof confirmOwnPhoneSchema>
