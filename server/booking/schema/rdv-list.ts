import * as z from 'zod'
import { civilDayField, idField, nameField, storable } from '@/server/kernel/fields'
import { EXPORT_FORMATS } from '../rules/exports'
import { AUTHORS, LIST_DIRECTIONS, LIST_SORTS, LONGEST_LIST_DAYS } from '../rules/rdv-list'
import { STATUSES } from '../rules/status'

const DAY_MS = 86_400_000
const [FIRST_DAY, LAST_DAY] = ['2018-01-01', '2199-01-01']
const dayField = civilDayField.refine((day) => day >= FIRST_DAY && day < LAST_DAY)
const one = z.union([z.literal('any'), idField])

/** What the list of RDVs is narrowed to, and its order. No filter is a word. Civil days, both included. */
export const rdvListSchema = z
  .object({
    fromDay: dayField,
    toDay: dayField,
    agentId: one,
    organisationId: one,
    motifId: one,
    lieuId: one,
    statuses: z.union([z.literal('any'), z.array(z.enum(STATUSES)).min(1).max(STATUSES.length)]),
    author: z.union([z.literal('any'), z.enum(AUTHORS)]),
    /** Words of a name; empty: anybody. */
    person: z.string().max(100).transform(storable),
    sort: z.enum(LIST_SORTS),
    direction: z.enum(LIST_DIRECTIONS),
  })
  .refine(
    ({ fromDay, toDay }) => fromDay <= toDay && Date.parse(toDay) - Date.parse(fromDay) < LONGEST_LIST_DAYS * DAY_MS,
  )
export type RdvList = z.infer<typeof rdvListSchema>

/** One page of it, from the RDV last seen. */
export const rdvListPageSchema = rdvListSchema.safeExtend({
  from: z.object({ rdvId: idField, way: z.enum(['after', 'before']) }).nullable(),
})
export type RdvListPageQuestion = z.infer<typeof rdvListPageSchema>

export const askExportSchema = z.object({ format: z.enum(EXPORT_FORMATS), filter: rdvListSchema })
export type AskExport = z.infer<typeof askExportSchema>
export const exportIdSchema = z.object({ exportId: idField })

/** What a filter keeps of the address of a list: never the name of a person. */
export const KEPT_PARAMETERS = [
  'periode',
  'du',
  'au',
  'agent',
  'organisation',
  'motif',
  'lieu',
  'statut',
  'origine',
  'tri',
  'ordre',
  'colonnes',
] as const
const queryField = z.partialRecord(z.enum(KEPT_PARAMETERS), z.string().max(300).transform(storable))

export const saveFilterSchema = z.object({ name: nameField(60), query: queryField, isDefault: z.boolean() })
export type SaveFilter = z.infer<typeof saveFilterSchema>

export const changeFilterSchema = z.object({ filterId: idField, to: z.enum(['gone', 'default', 'not-default']) })
export type ChangeFilter = z.infer<typeof changeFilterSchema>
