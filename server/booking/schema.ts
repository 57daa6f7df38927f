import * as z from 'zod'
import { cityCodeField, civilDayField, idField } from '@/server/kernel/fields'
import { STATUSES } from './rules/status'

/** `consultation-nourrisson.public_office`: see `motifKey`. */
const motifKeyField = z
  .string()
  .max(300)
  .regex(/^[\p{L}\p{N}-]+\.(public_office|phone|home|visio)$/u)

/** A start in a URL: UTC, to the minute, `2026-11-24T08:30Z`. */
export const startField = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}Z$/)
  .transform((text) => new Date(text))
  .refine((at) => !Number.isNaN(at.getTime()))

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
  du: civilDayField.optional().catch(undefined),
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

/** Longest text a field may carry: beyond it the whole form is refused before anything is read. */
const MAX_FIELD_LENGTH = 500

export const saveDraftSchema = z.object({
  draftId: z.uuid().optional(),
  tunnel: tunnelSchema,
  answers: z.partialRecord(
    z.enum(DRAFT_FIELDS),
    z.string().transform((text) => text.slice(0, MAX_FIELD_LENGTH + 1)),
  ),
})

export const draftIdSchema = z.object({ draftId: z.uuid() })
export const linkSchema = z.object({ token: z.string().regex(/^[\w-]{20}$/) })

export const setStatusSchema = z.object({ rdvId: idField, from: z.enum(STATUSES), to: z.enum(STATUSES) })
export const rdvIdSchema = z.object({ rdvId: idField })
/** Civil days, both included, at most five weeks. */
export const myRdvsSchema = z.object({ fromDay: civilDayField, toDay: civilDayField })

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

const MAX_PEOPLE = 50

/** What an agent may knowingly pass over. */
const acknowledgedField = z.array(z.enum(['overlap'])).default([])

export const createRdvSchema = z.object({
  motifId: idField,
  lieuId: idField.nullable(),
  startAt: z.date(),
  durationMin: z.number().int().min(5).max(720).optional(),
  agentIds: z.array(idField).min(1).max(10).transform(sortedOnce),
  usagerIds: z.array(idField).min(1).max(MAX_PEOPLE).transform(sortedOnce),
  acknowledged: acknowledgedField,
})
export type CreateRdv = z.infer<typeof createRdvSchema>

export const rescheduleRdvSchema = z.object({
  rdvId: idField,
  /** The start the agent saw: another one means somebody was faster. */
  fromStartAt: z.date(),
  startAt: z.date(),
  acknowledged: acknowledgedField,
})
export type RescheduleRdv = z.infer<typeof rescheduleRdvSchema>

function sortedOnce(ids: number[]): number[] {
  return [...new Set(ids)].sort((a, b) => a - b)
}
