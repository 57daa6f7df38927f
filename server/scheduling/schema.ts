import * as z from 'zod'
import { civilDayField, idField } from '@/server/kernel/fields'
import { ABSENCE_KINDS, whyNotAbsent } from './rules/absence'
import { DAY_MIN } from './rules/civil'

const TITLE_MAX = 100
const minuteField = z.int().min(0).max(DAY_MIN)

/** The title may stay empty: the kind then says enough. */
const titleField = z
  .string()
  .transform((text) => text.replaceAll('\u0000', '').replace(/\s+/gu, ' ').trim().toWellFormed())
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
    /** RDVs that stand within, and that the agent leaves there knowingly. */
    acknowledged: z.array(z.literal('rdvs')).max(1),
  })
  .superRefine((absence, refinement) => {
    const fault = whyNotAbsent(absence)
    if (fault) refinement.addIssue({ code: 'custom', path: ['lastDay'], message: fault })
  })
export type SaveAbsence = z.infer<typeof absenceSchema>

export const absencesOfSchema = z.object({ agentId: idField })
export const absenceIdSchema = z.object({ absenceId: idField })
