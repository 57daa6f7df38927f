import * as z from 'zod'
import { idField, storable } from '@/server/kernel/fields'
import { COPY_MODES } from '../rules/copy'

const levelField = z.enum(['busy', 'read', 'write'], 'missing')
/** No filter is a word. */
const scopeField = z.union([z.literal('any'), z.array(idField).min(1).max(100)])

export const granteeField = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('agent'), agentId: idField }),
  z.object({ kind: z.literal('group'), groupId: idField }),
])

export const targetField = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('agent'), agentId: idField }),
  z.object({ kind: z.literal('group'), groupId: idField }),
  z.object({ kind: z.literal('everyone'), organisationId: idField, serviceId: idField.nullable() }),
])

export const createGrantSchema = z.object({
  territoryId: idField,
  grantee: granteeField,
  target: targetField,
  level: levelField,
  organisationIds: scopeField,
  serviceIds: scopeField,
})
export type CreateGrant = z.infer<typeof createGrantSchema>

/** `territoryId` null: the first one where the viewer may look. */
export const accessOfSchema = z.object({ agentId: idField, territoryId: idField.nullable() })
export const partiesSchema = z.object({ territoryId: idField })

const copyFields = { territoryId: idField, fromAgentId: idField, toAgentId: idField, mode: z.enum(COPY_MODES) }
export const previewCopySchema = z.object(copyFields)
/** `seen`: the mark of the preview that was read. */
export const copyAccessesSchema = z.object({ ...copyFields, seen: z.string().min(1).max(100) })
export type CopyAccesses = z.infer<typeof copyAccessesSchema>
export const undoCopySchema = z.object({ agentId: idField, eventId: idField })

const groupNameField = z
  .string()
  .transform((text) => storable(text).replace(/\s+/gu, ' ').trim())
  .pipe(z.string().min(1, 'missing').max(100, 'too-long'))

export const saveGroupSchema = z.object({
  territoryId: idField,
  /** Null: a new one. */
  groupId: idField.nullable(),
  name: groupNameField,
  agentIds: z.array(idField).max(500),
})
export type SaveGroup = z.infer<typeof saveGroupSchema>
export const groupSchema = z.object({ groupId: idField })

/** `agentId` null: everybody the viewer administers. `before`: the last event of the page before. */
export const historySchema = z.object({
  territoryId: idField.nullable(),
  agentId: idField.nullable(),
  before: idField.nullable(),
})
