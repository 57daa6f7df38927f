import * as z from 'zod'
import { civilDayField, idField } from '@/server/kernel/fields'
import { MAX_SERIES, MAX_WEEKS } from '../rules/rdv-series'
import { STATUSES } from '../rules/status'
import { createRdvSchema, placementSchema } from '../schema'

const { startAt, acknowledged } = createRdvSchema.shape

/** How an RDV repeats: every so many weeks, until a day or a number of dates, whichever comes first. */
export const repeatSchema = z
  .object({
    everyWeeks: z.int().min(1).max(MAX_WEEKS),
    untilDay: civilDayField.nullable(),
    count: z.int().min(2).max(MAX_SERIES).nullable(),
  })
  .refine(({ untilDay, count }) => untilDay !== null || count !== null, 'no-end')

export const judgeSeriesSchema = placementSchema.omit({ inARow: true }).extend({ startAt, repeat: repeatSchema })
export type SeriesQuestion = z.infer<typeof judgeSeriesSchema>

/** One RDV of the same on each date, what was passed over knowingly on each. */
export const createSeriesSchema = createRdvSchema.omit({ startAt: true, acknowledged: true }).extend({
  dates: z
    .array(z.object({ startAt, acknowledged }))
    .max(MAX_SERIES)
    .refine((dates) => new Set(dates.map((date) => date.startAt.getTime())).size === dates.length, 'one-each'),
})
export type CreateSeries = z.infer<typeof createSeriesSchema>

export const cancelFollowingSchema = z.object({
  rdvId: idField,
  to: z.enum(STATUSES).extract(['revoked', 'excused']),
  /** Those shown to whoever cancels: others are not touched. */
  rdvIds: z.array(idField).max(MAX_SERIES),
})
export type CancelFollowing = z.infer<typeof cancelFollowingSchema>
