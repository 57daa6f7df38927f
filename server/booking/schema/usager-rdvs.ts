import * as z from 'zod'
import { idField } from '@/server/kernel/fields'

/** Somebody's RDVs, each list after the RDV last seen; null: from its beginning. */
export const usagerRdvsSchema = z.object({
  usagerId: idField,
  comingAfterId: idField.nullable(),
  pastAfterId: idField.nullable(),
})
export type UsagerRdvsQuestion = z.infer<typeof usagerRdvsSchema>
