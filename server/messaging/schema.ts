import * as z from 'zod'
import { idField, signedIdField, storable } from '@/server/kernel/fields'
import { isOfPlanning, keyOfWording, type WordingKey } from './rules/standard-wordings'
import type { Wording } from './rules/wording'
import { faultOf } from './rules/wording-faults'

export const tellJobSchema = z.object({
  rdvId: z.coerce.number(),
  byParticipationId: z.coerce.number().nullable().default(null),
})
export const tellAgentsJobSchema = z.object({ rdvId: z.coerce.number() })
/** `isWhole`: more than its page shows at first. */
export const rdvMessagesSchema = z.object({ rdvId: idField, isWhole: z.boolean().default(false) })
export const replanJobSchema = z.object({
  of: z.enum(['territory', 'motif']),
  id: z.coerce.number(),
  after: z.coerce.number(),
})
export type ReplanReminders = z.infer<typeof replanJobSchema>
/** `sinceMs`: since when it has tried to leave, of one that was put off. */
export const sendJobSchema = z.object({ messageId: z.coerce.number(), sinceMs: z.number().optional() })
export const forwardJobSchema = z.object({ forwardId: z.coerce.number() })
export const participationIdSchema = z.object({ participationId: idField })

const place = z.string().max(100)
const stateWords = z.array(z.string().min(1).max(40)).max(20)
/** What a gateway posts to its own address, as it is: read once it is known which gateway it is. */
export const takeReceiptSchema = z.object({
  token: signedIdField,
  body: z.object({ contentType: z.string().max(200), text: z.string().max(16_384) }),
  places: z.object({ reference: place, state: place, delivered: stateWords, undelivered: stateWords }),
})
export type TakeReceipt = z.infer<typeof takeReceiptSchema>

/** Empty: the whole territory. */
const motifField = z.union([z.literal('').transform(() => null), z.null(), idField])
const keyField = z
  .string()
  .transform(keyOfWording)
  .pipe(z.custom<WordingKey>((key) => key !== null))

export const wordingsSchema = z.object({ territoryId: idField, motifId: motifField })
/** What is told of a planning is of no motif. */
const isOfItsMotif = ({ key, motifId }: { key: WordingKey; motifId: number | null }): boolean =>
  motifId === null || !isOfPlanning(key.news)
const keyedSchema = wordingsSchema.extend({ key: keyField })
export const wordingSchema = keyedSchema.refine(isOfItsMotif)
export type AskedWording = z.infer<typeof wordingSchema>

/** Which of its versions was seen: « 12.3 »; empty when there was none. */
const seenField = z.string().regex(/^(?:\d{1,15}\.\d{1,9})?$/)

export const MAX_SUBJECT = 150
/** As long as what was typed may come back in a form. */
export const MAX_BODY = { sms: 480, mail: 1500 } as const

const textOf = (text: string): string => storable(text).replaceAll('\r\n', '\n').trim()

/** Words as they are typed, which say nothing that cannot be said. */
export const saveWordingSchema = keyedSchema
  .extend({ seen: seenField, subject: z.string().transform(textOf).optional(), body: z.string().transform(textOf) })
  .refine(isOfItsMotif)
  .transform(({ subject, body, ...rest }) => ({
    ...rest,
    wording: { subject: rest.key.channel === 'mail' ? (subject ?? '') : null, body } satisfies Wording,
  }))
  .superRefine(({ key, wording: { subject, body } }, ctx) => {
    const fault = (path: keyof Wording, message: string) => ctx.addIssue({ code: 'custom', path: [path], message })
    if (body.length > MAX_BODY[key.channel]) fault('body', 'too-long')
    else if (faultOf(key, 'body', body)) fault('body', 'not-a-wording')
    if (subject === null) return
    if (subject.length > MAX_SUBJECT || subject.includes('\n')) fault('subject', 'too-long')
    else if (faultOf(key, 'subject', subject)) fault('subject', 'not-a-wording')
  })
export type SaveWording = z.output<typeof saveWordingSchema>

export const resetWordingSchema = keyedSchema.extend({ seen: seenField }).refine(isOfItsMotif)
export type ResetWording = z.infer<typeof resetWordingSchema>
