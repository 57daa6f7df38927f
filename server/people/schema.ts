import * as z from 'zod'
import { civilDayField, emailField, idField, nameField, signedIdField, storable } from '@/server/kernel/fields'
import { addressField, parseField, type Field } from './rules/fields'
import { ACCESSIBILITY_NEEDS, languageField, needNoteField } from './rules/needs'
import { USAGER_FIELDS } from './rules/new-usager'

/** Longest text read of a field: one character more than any accepts, so that it is still judged too long. */
const MAX_FIELD_LENGTH = 501

const typedField = z.string().transform((text) => storable(text.slice(0, MAX_FIELD_LENGTH)))

export const searchUsagersSchema = z.object({ territoryId: idField, q: z.string().max(100).transform(storable) })
/** As many as an RDV takes. */
export const listUsagersSchema = z.object({ territoryId: idField, usagerIds: z.array(idField).max(20) })
export const createUsagerSchema = z.object({
  organisationId: idField,
  /** Of a proche. */
  responsibleId: idField.nullable(),
  answers: z.partialRecord(z.enum(USAGER_FIELDS), typedField),
  /** The agent saw who already has this name or number, and means somebody else. */
  acknowledged: z.array(z.enum(['double'])),
})
export type CreateUsager = z.infer<typeof createUsagerSchema>

export const usagerIdSchema = z.object({ usagerId: idField })

/** A text one leaves empty or that its rule accepts; the rule says what is wrong with it. */
const judgedField = (judge: (typed: string) => Field<string>, isRequired = false) =>
  typedField.superRefine((text, context) => {
    const typed = text.trim()
    const judged = typed === '' && !isRequired ? null : judge(typed)
    if (judged && !judged.ok) context.addIssue({ code: 'custom', message: judged.error })
  })
const personNameField = judgedField((typed) => parseField(nameField(), typed, 'not-a-name'), true)
const MAX_VERSION = 2_147_483_646

/** A file as its form sends it back: from the version seen, everything on it. */
export const saveUsagerSchema = z.object({
  usagerId: idField,
  version: z.coerce.number().int().positive().max(MAX_VERSION),
  firstName: personNameField,
  lastName: personNameField,
  bornOn: judgedField((typed) => parseField(civilDayField, typed, 'not-a-day')),
  /** Whether it exists is for the numbering plans to say. */
  phone: typedField,
  email: judgedField((typed) => parseField(emailField, typed, 'not-an-email')),
  address: judgedField(addressField),
  interpreterLanguage: judgedField(languageField),
  accessibilityNeeds: z.array(z.enum(ACCESSIBILITY_NEEDS)).max(ACCESSIBILITY_NEEDS.length),
  accessibilityNote: judgedField(needNoteField),
  notifyBySms: z.boolean(),
  notifyByEmail: z.boolean(),
  /** The agent has checked it with the person. */
  phoneConfirmed: z.boolean().default(false),
  emailConfirmed: z.boolean().default(false),
  acknowledged: z.array(z.enum(['double'])).max(1),
})
export type SaveUsager = z.infer<typeof saveUsagerSchema>

/** What the link of an e-mail opens. */
export const consentTokenSchema = z.object({ token: signedIdField })
export const setMailConsentSchema = consentTokenSchema.extend({ isOn: z.boolean() })
export type SetMailConsent = z.infer<typeof setMailConsentSchema>

/** An SMS somebody answered, as a gateway gives it. */
export const smsReplySchema = consentTokenSchema.extend({ from: z.string().max(30), text: z.string().max(2000) })
export type SmsReceived = z.infer<typeof smsReplySchema>

export const saveOwnConsentsSchema = z.object({
  usagerId: idField,
  notifyBySms: z.boolean(),
  notifyByEmail: z.boolean(),
})
export type SaveOwnConsents = z.infer<typeof saveOwnConsentsSchema>

/** The postal address a person types, left empty to say none, from the version they saw. */
export const saveOwnAddressSchema = saveUsagerSchema.pick({ usagerId: true, version: true, address: true })
export type SaveOwnAddress = z.infer<typeof saveOwnAddressSchema>
