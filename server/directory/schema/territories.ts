import * as z from 'zod'
import { emailField, idField, nameField, pageField, searchField } from '@/server/kernel/fields'
import { leadsField } from './sending'
import { ZONES } from '../rules/territory'
import { WAITLIST_HOLDS_MIN } from '../rules/waitlist'

export const createTerritorySchema = z.object({
  name: nameField(),
  /** « 62 », « 2A », « 974 ». */
  departmentNumber: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^(\d{2}|2[AB]|97\d|98\d)$/, 'not-a-department'),
  zone: z.enum(ZONES, 'missing'),
  organisation: nameField(),
  firstName: nameField(),
  lastName: nameField(),
  email: emailField,
})
export type CreateTerritory = z.infer<typeof createTerritorySchema>

export const territoryIdSchema = z.object({ territoryId: idField })
export const organisationIdSchema = z.object({ organisationId: idField })

export const organisationSearchSchema = z.object({
  search: searchField,
  territoryId: idField.nullable(),
  page: pageField,
})
export type OrganisationSearch = z.infer<typeof organisationSearchSchema>

const MAX_URL = 200

/** Where a territory holds its video RDVs: an address each room's own name follows; empty, and there are no video RDVs. */
export const setVideoBaseUrlSchema = z.object({
  territoryId: idField,
  videoBaseUrl: z
    .string()
    .trim()
    .max(MAX_URL, 'too-long')
    .transform((typed) => typed.replace(/\/+$/, ''))
    .refine((url) => url === '' || (/^https:\/\/[^\s]+$/.test(url) && URL.canParse(url)), 'not-a-secure-url'),
})
export type SetVideoBaseUrl = z.infer<typeof setVideoBaseUrlSchema>

/** « 08:30 », as an input of type time holds it. */
const clockField = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'not-a-time')

/** As an end: that of the day. */
export const MIDNIGHT = '00:00'

/** When messages leave, and when RDVs are reminded of. */
export const setSendingSchema = z
  .object({
    territoryId: idField,
    from: clockField,
    /** Midnight ends the day. */
    until: clockField,
    weekdays: z.array(z.int().min(1).max(7)).min(1, 'missing'),
    leadsMin: leadsField,
  })
  .refine(({ from, until }) => until === MIDNIGHT || from < until, { path: ['until'], error: 'not-after' })
export type SetSending = z.infer<typeof setSendingSchema>

/** Under which name e-mails leave, and where they are answered; empty: as the platform says. */
export const setMailIdentitySchema = z.object({
  territoryId: idField,
  senderName: z.union([z.literal(''), nameField(60)]),
  replyTo: z.union([z.literal(''), emailField], 'not-an-email'),
})
export type SetMailIdentity = z.infer<typeof setMailIdentitySchema>

export const setImpersonatedWritesSchema = z.object({ territoryId: idField, isAllowed: z.boolean() })
export type SetImpersonatedWrites = z.infer<typeof setImpersonatedWritesSchema>

/** How long a freed slot is kept for who waits for one; empty, and nobody may wait. */
export const setWaitlistSchema = z.object({
  territoryId: idField,
  holdMin: z.preprocess(
    (typed) => (typed === '' ? null : typed),
    z.coerce
      .number()
      .refine((min) => WAITLIST_HOLDS_MIN.includes(min), 'not-a-choice')
      .nullable(),
  ),
})
export type SetWaitlist = z.infer<typeof setWaitlistSchema>
