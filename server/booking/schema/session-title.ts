import * as z from 'zod'
import { idField, storable } from '@/server/kernel/fields'
import { MAX_TITLE_LENGTH } from '../rules/session-title'

/** One line, trimmed, its inner white space folded, without signs that show nothing; the empty string means none. */
const titleField = z
  .string()
  .transform((text) =>
    storable(text)
      .replace(/\p{Cf}+/gu, '')
      .replace(/[\s\p{Cc}]+/gu, ' ')
      .trim(),
  )
  .pipe(z.string().max(MAX_TITLE_LENGTH, 'too-long'))

/** `knownSequence`: of the RDV the agent saw; another means that somebody was faster. */
export const setTitleSchema = z.object({
  rdvId: idField,
  knownSequence: z.coerce.number().int().min(0),
  title: titleField,
})
export type SetTitle = z.infer<typeof setTitleSchema>
