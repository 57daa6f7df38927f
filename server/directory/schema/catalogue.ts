import * as z from 'zod'
import { cityCodeField, idField, storable } from '@/server/kernel/fields'
import { leadsField } from './sending'
import { LOCATION_TYPES } from '../rules/motif'
import { BOOKABLE_BY, SECTORISATION_LEVELS, settingsFaults, VISIBILITIES } from '../rules/motif-settings'

/** Stripped, on one line, no-break spaces kept; no NUL, which PostgreSQL holds nowhere. */
const lineField = (maxLength: number) =>
  z
    .string()
    .transform((text) =>
      storable(text)
        .replace(/[ \t\r\n]+/g, ' ')
        .trim(),
    )
    .pipe(z.string().max(maxLength, 'too-long'))

const textField = (maxLength: number) =>
  z
    .string()
    .transform((text) => storable(text).replaceAll('\r\n', '\n').trim())
    .pipe(z.string().max(maxLength, 'too-long'))
    .transform((text) => text || null)

/** At least a letter or a digit: a motif is named in the addresses of the public site. */
const nameField = lineField(100).pipe(
  z
    .string()
    .min(1, 'missing')
    .regex(/[\p{L}\p{N}]/u, 'not-a-name'),
)
const labelField = (maxLength: number) =>
  lineField(maxLength)
    .refine((text) => text === '' || /[\p{L}\p{N}]/u.test(text), 'not-a-name')
    .transform((text) => text || null)

const versionField = z.int().positive().max(2_147_483_647)
const leadField = z.int().min(0).max(1_000_000)
const colorField = z
  .string()
  .transform((color) => color.trim().toLowerCase())
  .pipe(z.string().regex(/^#[0-9a-f]{6}$/, 'not-a-color'))

export const organisationSchema = z.object({ organisationId: idField })
export const territorySchema = z.object({ territoryId: idField })
export const motifIdSchema = z.object({ motifId: idField })
export const lieuIdSchema = z.object({ lieuId: idField })

/** Null: a new one. The version is the one that was read. */
const seen = { version: versionField.nullable() }

export const motifSettingsSchema = z
  .object({
    serviceId: idField,
    categoryId: idField.nullable(),
    name: nameField,
    publicName: labelField(100),
    smsLabel: labelField(30),
    color: colorField,
    durationMin: z.int('not-a-duration').min(5, 'not-a-duration').max(1440, 'not-a-duration'),
    locationType: z.enum(LOCATION_TYPES),
    isCollective: z.boolean(),
    bookableBy: z.enum(BOOKABLE_BY),
    minLeadMin: leadField,
    maxLeadMin: leadField,
    restriction: textField(2000),
    instructions: textField(2000),
    cancelWarning: textField(1000),
    isForSecretariat: z.boolean(),
    isFollowUp: z.boolean(),
    visibility: z.enum(VISIBILITIES),
    isConfidential: z.boolean(),
    sectorisationLevel: z.enum(SECTORISATION_LEVELS),
    usagerMayMove: z.boolean(),
    usagerMayCancel: z.boolean(),
    asksBirthDate: z.boolean(),
    reminderLeadsMin: leadsField.nullable(),
  })
  .superRefine((motif, refinement) => {
    for (const [field, message] of Object.entries(settingsFaults(motif)))
      refinement.addIssue({ code: 'custom', path: [field], message })
  })

export const saveMotifSchema = z.object({
  organisationId: idField,
  motifId: idField.nullable(),
  ...seen,
  settings: motifSettingsSchema,
})
export type SaveMotif = z.infer<typeof saveMotifSchema>

export const duplicateMotifSchema = z.object({ motifId: idField, organisationIds: z.array(idField).min(1).max(100) })
export type DuplicateMotif = z.infer<typeof duplicateMotifSchema>

export const changeMotifsSchema = z.object({
  organisationId: idField,
  motifIds: z.array(idField).min(1).max(200),
  change: z.discriminatedUnion('field', [
    z.object({ field: z.literal('bookableBy'), to: z.enum(BOOKABLE_BY) }),
    z.object({ field: z.literal('visibility'), to: z.enum(VISIBILITIES) }),
    z.object({ field: z.literal('color'), to: colorField }),
    z.object({ field: z.enum(['minLeadMin', 'maxLeadMin']), to: leadField }),
  ]),
})
export type ChangeMotifs = z.infer<typeof changeMotifsSchema>

const positionFields = z.object({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  cityCode: cityCodeField,
})

export const lieuSettingsSchema = z.object({
  name: nameField,
  address: lineField(300).pipe(z.string().min(1, 'missing')),
  /** Null: typed by hand, unknown to the address service. */
  position: positionFields.nullable(),
  phone: lineField(30),
  hours: textField(500),
  accessibilityNote: textField(1000),
})

export const saveLieuSchema = z.object({
  organisationId: idField,
  lieuId: idField.nullable(),
  ...seen,
  settings: lieuSettingsSchema,
})
export type SaveLieu = z.infer<typeof saveLieuSchema>

export const setLieuAvailabilitySchema = z.object({ lieuId: idField, to: z.enum(['enabled', 'disabled']) })
export type SetLieuAvailability = z.infer<typeof setLieuAvailabilitySchema>
