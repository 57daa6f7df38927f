import * as z from 'zod'
import { civilDayField, idField, storable } from '@/server/kernel/fields'
import { ABSENCE_KINDS, whyNotAbsent } from './rules/absence'
import { DAY_MIN } from './rules/civil'
import { whyNotOpen } from './rules/opening'
import { SERIES_SCOPES } from './rules/series'

const TITLE_MAX = 100
const minuteField = z.int().min(0).max(DAY_MIN)

/** The title may stay empty: the kind then says enough. */
const titleField = z
  .string()
  .transform((text) => storable(text).replace(/\s+/gu, ' ').trim())
  .pipe(z.string().max(TITLE_MAX, 'too-long'))

export const absenceSchema = z
  .object({
    agentId: idField,
    /** Null: a new one. */
    absenceId: idField.nullable(),
    kind: z.enum(ABSENCE_KINDS),
    title: titleField,
    firstDay: civilDayField,
    startMin: minuteField,
    lastDay: civilDayField,
    endMin: minuteField,
    /** How many RDVs to come were shown to stand within, and are left there knowingly. */
    knownCount: z.int().min(0),
  })
  .superRefine((absence, refinement) => {
    const fault = whyNotAbsent(absence)
    if (fault) refinement.addIssue({ code: 'custom', path: ['lastDay'], message: fault })
  })
export type SaveAbsence = z.infer<typeof absenceSchema>

export const absencesOfSchema = z.object({ agentId: idField })
export const absenceIdSchema = z.object({ absenceId: idField })

/** Openings begin within what a calendar of ours may speak of (domain §1.11). */
const planningDayField = civilDayField.refine((day) => day >= '2018-01-01' && day < '2100-01-01')

/** What of a known series is changed: the version seen, and the occurrence its rule has on `day`. */
const targetSchema = z.object({
  id: idField,
  version: z.int().positive(),
  scope: z.enum(SERIES_SCOPES),
  day: planningDayField,
})

/** The mark of what was shown before, and is gone on with knowingly: that and no more. Null when nothing was. */
const knownField = z.string().max(64).nullable()

const MAX_AGENTS = 30
const MAX_MOTIFS = 50

export const openingSchema = z
  .object({
    /** Several for a new one only: each gets theirs. */
    agentIds: z.array(idField).min(1).max(MAX_AGENTS),
    /** Null: a new one. */
    target: targetSchema.nullable(),
    organisationId: idField,
    lieuId: idField.nullable(),
    motifIds: z.array(idField).min(1).max(MAX_MOTIFS),
    title: titleField.pipe(z.string().min(1, 'missing')),
    firstDay: planningDayField,
    startMin: minuteField,
    endMin: minuteField,
    rrule: z.string().max(200).nullable(),
    onHolidays: z.boolean(),
    known: knownField,
  })
  .superRefine((opening, refinement) => {
    // One date has no rule of its own.
    const isOneDate = opening.target?.scope === 'this'
    const fault = whyNotOpen(isOneDate ? { ...opening, rrule: null } : opening)
    if (fault) refinement.addIssue({ code: 'custom', path: ['firstDay'], message: fault })
    const { agentIds, target } = opening
    if (new Set(agentIds).size < agentIds.length || (target !== null && agentIds.length > 1))
      refinement.addIssue({ code: 'custom', path: ['agentIds'], message: 'one-each' })
  })
export type SaveOpening = z.infer<typeof openingSchema>

export const deleteOpeningSchema = z.object({ target: targetSchema, known: knownField })
export type DeleteOpening = z.infer<typeof deleteOpeningSchema>

export const openingIdSchema = z.object({ openingId: idField })
export const openingOptionsSchema = z.object({ agentId: idField })
/** A filter that makes no sense is none. */
export const openingsOfSchema = z.object({
  agentId: idField,
  period: z.enum(['current', 'past']).catch('current'),
  motifId: idField.nullable().catch(null),
  lieuId: idField.nullable().catch(null),
  text: z.string().trim().max(100).catch(''),
})
export type OpeningsOf = z.infer<typeof openingsOfSchema>
