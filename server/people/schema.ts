import * as z from 'zod'
import { idField, storable } from '@/server/kernel/fields'
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
