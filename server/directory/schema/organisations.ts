import * as z from 'zod'
import { emailField, idField, storable } from '@/server/kernel/fields'

/** Stripped, on one line; no NUL, which PostgreSQL holds nowhere. */
const lineField = (maxLength: number) =>
  z
    .string()
    .transform((text) => storable(text).replace(/\s+/gu, ' ').trim())
    .pipe(z.string().max(maxLength, 'too-long'))

/** The same, on several lines. */
const textField = (maxLength: number) =>
  z
    .string()
    .transform((text) => storable(text).replaceAll('\r\n', '\n').trim())
    .pipe(z.string().max(maxLength, 'too-long'))

const isAddress = (text: string) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)

export const saveOrganisationSchema = z.object({
  territoryId: idField,
  /** Null: a new one. */
  organisationId: idField.nullable(),
  name: lineField(100).pipe(z.string().min(1, 'missing')),
  phone: lineField(30),
  email: z.union([z.string().trim().length(0), emailField]),
  /** « www.pasdecalais.fr » is typed more often than with its https. */
  website: lineField(200)
    .transform((text) => (text === '' || /^[a-z]+:/i.test(text) ? text : `https://${text}`))
    .refine((text) => text === '' || isAddress(text), 'not-an-address'),
  hours: textField(500),
})
export type SaveOrganisation = z.infer<typeof saveOrganisationSchema>

export const organisationSchema = z.object({ organisationId: idField })
export const territorySchema = z.object({ territoryId: idField })

export const setTerritoryServicesSchema = z.object({ territoryId: idField, serviceIds: z.array(idField).max(200) })
export type SetTerritoryServices = z.infer<typeof setTerritoryServicesSchema>
