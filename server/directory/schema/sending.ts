import * as z from 'zod'
import { MAX_REMINDERS, REMINDER_LEADS_MIN } from '../rules/sending'

/** How long before an RDV it is reminded of, the longest first, each once. */
export const leadsField = z
  .array(z.int().refine((lead) => REMINDER_LEADS_MIN.includes(lead)))
  .transform((leads) => [...new Set(leads)].sort((a, b) => b - a))
  .pipe(z.array(z.int()).max(MAX_REMINDERS, 'too-many'))
