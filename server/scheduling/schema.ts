import * as z from 'zod'
import { MOTIF_COLORS } from '@/server/directory/rules/color'
import { civilDayField, idField, storable } from '@/server/kernel/fields'
import { ABSENCE_KINDS, whyNotAbsent, type AbsenceColor } from './rules/absence'
import { DAY_MIN } from './rules/civil'
import { whyNotOpen } from './rules/opening'
import { parseRecurrence } from './rules/recurrence'
import { SERIES_SCOPES } from './rules/series'

const TITLE_MAX = 100
const PALETTE = Object.keys(MOTIF_COLORS) as AbsenceColor[]
const minuteField = z.int().min(0).max(DAY_MIN)

/** The title may stay empty: the kind then says enough. */
const titleField = z
  .string()
  .transform((text) => storable(text).replace(/\s+/gu, ' ').trim())
  .pipe(z.string().max(TITLE_MAX, 'too-long'))

/** Openings and absences begin within what a calendar of ours may speak of (domain §1.11). */
const planningDayField = civilDayField.refine((day) => day >= '2018-01-01' && day < '2100-01-01')

/** The largest number the database keeps one in. */
const MAX_VERSION = 2_147_483_647

/** What of a known series is changed: the version seen, and the occurrence its rule has on `day`. */
const targetSchema = z.object({
  id: idField,
  version: z.int().positive().max(MAX_VERSION),
  scope: z.enum(SERIES_SCOPES),
  day: planningDayField,
})

/** The mark of what was shown before, and is gone on with knowingly: that and no more. Null when nothing was. */
const knownField = z.string().max(64).nullable()

const MAX_AGENTS = 30
const MAX_MOTIFS = 50

const agentIdsField = z.array(idField).min(1).max(MAX_AGENTS)

/** One date has no rule of its own; the one sent along must be a rule all the same. */
function ofOneDate<Given extends { target: { scope: string } | null; rrule: string | null }>(given: Given): Given {
  const isReadable = given.rrule === null || parseRecurrence(given.rrule).ok
  return given.target?.scope === 'this' && isReadable ? { ...given, rrule: null } : given
}

/** Several agents for a new one only: each gets theirs. */
function checkAgents<Given extends { agentIds: readonly number[]; target: object | null }>(
  { agentIds, target }: Given,
  refinement: z.core.$RefinementCtx<Given>,
): void {
  if (new Set(agentIds).size < agentIds.length || (target !== null && agentIds.length > 1))
    refinement.addIssue({ code: 'custom', path: ['agentIds'], message: 'one-each' })
}

export const absenceSchema = z
  .object({
    agentIds: agentIdsField,
    /** Null: a new one. */
    target: targetSchema.nullable(),
    kind: z.enum(ABSENCE_KINDS),
    title: titleField,
    /** Of the palette; null for that of its kind. */
    color: z.enum(PALETTE).nullable(),
    firstDay: planningDayField,
    startMin: minuteField,
    lastDay: planningDayField,
    endMin: minuteField,
    rrule: z.string().max(200).nullable(),
    known: knownField,
  })
  .superRefine((absence, refinement) => {
    const fault = whyNotAbsent(ofOneDate(absence))
    if (fault) refinement.addIssue({ code: 'custom', path: ['lastDay'], message: fault })
    checkAgents(absence, refinement)
  })
export type SaveAbsence = z.infer<typeof absenceSchema>

export const deleteAbsenceSchema = z.object({ target: targetSchema })
export type DeleteAbsence = z.infer<typeof deleteAbsenceSchema>

export const absencesOfSchema = z.object({ agentId: idField, period: z.enum(['current', 'past']).catch('current') })
export type AbsencesOf = z.infer<typeof absencesOfSchema>
export const absenceIdSchema = z.object({ absenceId: idField })

export const openingSchema = z
  .object({
    agentIds: agentIdsField,
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
    const fault = whyNotOpen(ofOneDate(opening))
    if (fault) refinement.addIssue({ code: 'custom', path: ['firstDay'], message: fault })
    checkAgents(opening, refinement)
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
