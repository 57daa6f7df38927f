import * as z from 'zod'
import { cityCodeField, civilDayField, idField, storable, textField } from '@/server/kernel/fields'
import { absenceSchema, deleteOpeningSchema, openingSchema } from '@/server/scheduling/schema'
import { MAX_HURT } from './rules/impact'
import { chosenMoves, OFFERED_RDVS } from './rules/offers'
import { STATUSES } from './rules/status'
import { WARNING_KINDS } from './rules/warnings'

/** `consultation-nourrisson.public_office`: see `motifKey`. */
const motifKeyField = z
  .string()
  .max(300)
  .regex(/^[\p{L}\p{N}-]+\.(public_office|phone|home|visio)$/u)

/** What a calendar of ours may speak of; the slot engine knows no other time. */
const [FIRST_DAY, LAST_DAY] = ['2018-01-01', '2199-01-01']
const [FIRST_INSTANT, LAST_INSTANT] = [new Date(FIRST_DAY), new Date(LAST_DAY)]
const calendarDayField = civilDayField.refine((day) => day >= FIRST_DAY && day < LAST_DAY)

/** A start in a URL: UTC, to the minute, `2026-11-24T08:30Z`. */
export const startField = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}Z$/)
  // JavaScript reads a 30 February as 2 March.
  .refine((text) => new Date(text).toJSON()?.startsWith(text.slice(0, -1)))
  .transform((text) => new Date(text))
  .refine((at) => at >= FIRST_INSTANT && at < LAST_INSTANT)

/** An instant cut to the minute: agendas know no seconds. */
const instantField = z
  .date()
  .refine((at) => at >= FIRST_INSTANT && at < LAST_INSTANT)
  .transform((at) => new Date(Math.floor(at.getTime() / 60_000) * 60_000))
const coordinate = (limit: number) => z.coerce.number().min(-limit).max(limit)

/**
 * Everything the tunnel's URL says: nothing about a person. French names, because people read their address bar.
 * A parameter that makes no sense is treated as absent: the step that asks for it is shown again.
 */
export const tunnelSchema = z.object({
  commune: cityCodeField.optional().catch(undefined),
  /** Coordinates of the address chosen, rounded to about 100 m; distances only. */
  lat: coordinate(90).optional().catch(undefined),
  lon: coordinate(180).optional().catch(undefined),
  service: idField.optional().catch(undefined),
  motif: motifKeyField.optional().catch(undefined),
  consignes: z.literal('lues').optional().catch(undefined),
  lieu: idField.optional().catch(undefined),
  organisation: idField.optional().catch(undefined),
  du: calendarDayField.optional().catch(undefined),
  creneau: startField.optional().catch(undefined),
})
export type TunnelQuery = z.infer<typeof tunnelSchema>

/** The coordinates step, as typed: read and judged field by field, so that each error stands on its field. */
export const DRAFT_FIELDS = [
  'firstName',
  'lastName',
  'phone',
  'email',
  'bornOn',
  'address',
  'forRelative',
  'relativeFirstName',
  'relativeLastName',
  'relativeBornOn',
] as const
export type DraftField = (typeof DRAFT_FIELDS)[number]
export type DraftAnswers = Partial<Record<DraftField, string>>

/** Longest text kept of a field: one character more than any field accepts, so that it is still judged too long. */
const MAX_FIELD_LENGTH = 500

/** What a draft may hold of a field: a cut never leaves half a character, nor the NUL the database refuses. */
export const keptText = (text: string): string => storable(text.slice(0, MAX_FIELD_LENGTH + 1))

export const saveDraftSchema = z.object({
  draftId: z.uuid().optional(),
  tunnel: tunnelSchema,
  answers: z.partialRecord(z.enum(DRAFT_FIELDS), z.string().transform(keptText)),
})

export const draftIdSchema = z.object({ draftId: z.uuid() })
/** `shownStart`: the start the person read on the page before pressing the button. */
export const confirmDraftSchema = z.object({ draftId: z.uuid(), shownStart: startField.optional() })
export const linkSchema = z.object({ token: z.string().regex(/^[\w-]{20}$/) })
export const setConsentByLinkSchema = linkSchema.extend({ channel: z.enum(['mail', 'sms']), isOn: z.boolean() })
export type SetConsentByLink = z.infer<typeof setConsentByLinkSchema>
export const moveSlotsSchema = linkSchema.extend({ fromDay: calendarDayField.optional().catch(undefined) })
export const moveQuestionSchema = linkSchema.extend({ startAt: startField })
/** `shownStart`: when it stood on the page the person read before pressing the button. */
export const moveByLinkSchema = moveQuestionSchema.extend({ shownStart: startField })
export type MoveByLink = z.infer<typeof moveByLinkSchema>

export const setStatusSchema = z.object({ rdvId: idField, from: z.enum(STATUSES), to: z.enum(STATUSES) })
export const rdvIdSchema = z.object({ rdvId: idField })
const large = { isLarge: z.boolean() }
export const convocationSchema = rdvIdSchema.extend(large)
export const convocationByLinkSchema = linkSchema.extend(large)
const MAX_LISTED_MS = 35 * 86_400_000
/** Civil days, both included, in order, at most five weeks. */
export const myRdvsSchema = z
  .object({ fromDay: calendarDayField, toDay: calendarDayField })
  .refine(({ fromDay, toDay }) => fromDay <= toDay && Date.parse(toDay) - Date.parse(fromDay) < MAX_LISTED_MS)

/** The same days, of a colleague's agenda. */
export const agendaDaysSchema = myRdvsSchema.safeExtend({ agentId: idField })

const MAX_BOARD_MS = 42 * 86_400_000
/** Whose agendas side by side. */
const boardWhichField = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('agents'), agentIds: z.array(idField).min(1).max(12) }),
  z.object({ kind: z.literal('group'), groupId: idField }),
  z.object({ kind: z.literal('service'), serviceId: idField }),
  z.object({ kind: z.literal('lieu'), lieuId: idField }),
])
/** Civil days, both included, in order, at most six weeks: what a month's grid shows. Beyond the last page is the last. */
export const boardSchema = z
  .object({
    which: boardWhichField,
    fromDay: calendarDayField,
    toDay: calendarDayField,
    page: z.number().int().min(1).max(1000).optional(),
  })
  .refine(({ fromDay, toDay }) => fromDay <= toDay && Date.parse(toDay) - Date.parse(fromDay) < MAX_BOARD_MS)
export type BoardQuestion = z.infer<typeof boardSchema>

/** What stands beside RDVs in the agent's calendar elsewhere. */
export const calendarFeedSchema = z.object({ includesOpenings: z.boolean(), includesAbsences: z.boolean() })
export type CalendarFeedOptions = z.infer<typeof calendarFeedSchema>

export const receptionSchema = z.object({ lieuId: idField, onDay: calendarDayField })
export const setArrivalSchema = z.object({ rdvId: idField, participationId: idField, isHere: z.boolean() })
export type SetArrival = z.infer<typeof setArrivalSchema>

export const rdvsToMoveSchema = z.object({ rdvIds: z.array(idField).max(MAX_HURT) })
export type RdvsToMove = z.infer<typeof rdvsToMoveSchema>

const fateField = z.discriminatedUnion('fate', [
  z.object({ rdvId: idField, fate: z.literal('cancel') }),
  z.object({
    rdvId: idField,
    fate: z.literal('move'),
    to: z.object({ startAt: instantField, sequence: z.int().min(0) }).optional(),
  }),
])

/** What becomes of the RDVs a change of planning hurts; those not named are kept. */
const withFates = z.object({
  fates: z
    .array(fateField)
    .max(MAX_HURT)
    .refine((fates) => new Set(fates.map(({ rdvId }) => rdvId)).size === fates.length, 'one-each')
    .refine((fates) => chosenMoves(fates).length <= OFFERED_RDVS, 'too-many-moves')
    .default([]),
})
export const saveAbsenceSchema = absenceSchema.and(withFates)
export type SaveAbsence = z.infer<typeof saveAbsenceSchema>
export const saveOpeningSchema = openingSchema.and(withFates)
export type SaveOpening = z.infer<typeof saveOpeningSchema>
export const deleteOpeningWithFatesSchema = deleteOpeningSchema.and(withFates)
export type DeleteOpening = z.infer<typeof deleteOpeningWithFatesSchema>

/** The motifs an agent may place; those an opening offers then are marked when somebody's agenda and a time are given. */
export const listPlaceableMotifsSchema = z.object({ agentId: idField.optional(), startAt: instantField.optional() })
export type ListPlaceableMotifs = z.infer<typeof listPlaceableMotifsSchema>

const durationField = z.int().min(5).max(720)
const agentIdsField = z.array(idField).max(10)
const usagerIdsField = z.array(idField).max(20)

export const placementSchema = z.object({
  motifId: idField,
  agentIds: agentIdsField,
  usagerIds: usagerIdsField,
  /** `one-off`: a place of this RDV alone, not yet told. */
  lieuId: z.union([idField, z.literal('one-off')]).optional(),
  startAt: instantField.optional(),
  durationMin: durationField.optional(),
  /** One RDV for each person, one after the other, rather than one for all. */
  inARow: z.boolean().optional(),
})
export type PlacementQuestion = z.infer<typeof placementSchema>

/** Most RDVs one after the other, one a person: a family that comes once. */
export const MAX_IN_A_ROW = 6

/** « Trouver un RDV ». No filter is a word; an empty list is nobody. */
export const searchAgentSlotsSchema = z.object({
  motifId: idField,
  agents: z.union([z.literal('any'), z.array(idField).max(50)]),
  groupIds: z.array(idField).max(20),
  lieux: z.union([z.literal('any'), z.array(idField.nullable()).max(50)]),
  fromDay: calendarDayField,
  durationMin: durationField.optional(),
  /** One RDV for each of so many people, one after the other: time enough for all. */
  rowCount: z.int().min(1).max(MAX_IN_A_ROW).optional(),
  together: z.boolean(),
})
export type SearchAgentSlots = z.infer<typeof searchAgentSlotsSchema>

const MAX_CONTEXT_LENGTH = 2000

/** A place of this RDV alone, typed as it is placed (domain §1.10, « lieu ponctuel »). */
const oneOffLieuField = z.object({
  name: textField(100).pipe(z.string().min(1, 'missing')),
  address: textField(300).pipe(z.string().min(1, 'missing')),
})

export const createRdvSchema = z.object({
  motifId: idField,
  /** Null for a motif by phone, at home or by video, or at a place of this RDV alone. */
  lieuId: idField.nullable(),
  oneOffLieu: oneOffLieuField.optional(),
  homeAddress: textField(300).optional(),
  startAt: instantField,
  /** The motif's own when absent. */
  durationMin: durationField.optional(),
  agentIds: agentIdsField,
  usagerIds: usagerIdsField,
  context: textField(MAX_CONTEXT_LENGTH).optional(),
  /** Whom messages go to, for this RDV; as the motif says when absent. */
  told: z.object({ lifecycleIds: usagerIdsField, reminderIds: usagerIdsField }).optional(),
  /** Whether the person sees it; as the motif says when absent. Hidden from them, nobody is told. */
  showsToUsager: z.boolean().optional(),
  /** What the agent passes over, knowingly. */
  acknowledged: z.array(z.enum(WARNING_KINDS)).max(20),
})
export type CreateRdv = z.infer<typeof createRdvSchema>

export const createInARowSchema = createRdvSchema.extend({ usagerIds: z.array(idField).max(MAX_IN_A_ROW) })

/** Where an RDV goes: what is not said stays as it is. */
export const reschedulingSchema = z.object({
  rdvId: idField,
  startAt: instantField.optional(),
  durationMin: durationField.optional(),
  lieuId: idField.optional(),
  agentIds: agentIdsField.optional(),
})
export type ReschedulingQuestion = z.infer<typeof reschedulingSchema>

export const rescheduleRdvSchema = createRdvSchema
  .pick({ lieuId: true, startAt: true, agentIds: true, acknowledged: true })
  .extend({
    rdvId: idField,
    /** The one the agent saw; another means that somebody was faster. */
    knownSequence: z.int().min(0),
    durationMin: durationField,
  })
export type RescheduleRdv = z.infer<typeof rescheduleRdvSchema>

/** Names of the tunnel's parameters, as they stand in a URL and in a draft. */
export const TUNNEL_PARAMETERS = [
  'commune',
  'lat',
  'lon',
  'service',
  'motif',
  'consignes',
  'lieu',
  'organisation',
  'du',
  'creneau',
] as const

/** A start as it stands in a URL: UTC, to the minute. */
export const startParameter = (at: Date): string => `${at.toISOString().slice(0, 16)}Z`

/** The tunnel as text again: parameters of a URL, or of a draft. */
export function pickTunnel(query: TunnelQuery): Record<string, string> {
  const given: [string, string][] = []
  for (const name of TUNNEL_PARAMETERS) {
    const value = query[name]
    if (value !== undefined) given.push([name, value instanceof Date ? startParameter(value) : String(value)])
  }
  return Object.fromEntries(given)
}
