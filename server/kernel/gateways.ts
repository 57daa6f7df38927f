import * as z from 'zod'

/** Tried one after the other: more would hold a worker too long. The database says so too. */
export const MAX_GATEWAYS = 3

/** Who an SMS is from when nobody says otherwise. */
export const DEFAULT_SMS_SENDER = 'RdvTerr'

/** 3 to 11 letters, figures and spaces of the GSM alphabet, a letter among them: what the operators let through. */
export const SMS_SENDER = /^(?=.*[A-Za-z])[A-Za-z0-9][A-Za-z0-9 ]{1,9}[A-Za-z0-9]$/

const line = (maxLength: number) =>
  z
    .string()
    .min(1, 'missing')
    .max(maxLength, 'too-long')
    .regex(/^[\x20-\x7e]*$/, 'not-ascii')
const status = z.int().min(100).max(599)

/** How to ask a gateway that no adapter knows. `{to}`, `{digits}`, `{text}`, `{sender}`, `{key}` and `{secret}` are filled in. */
const httpSettings = z.object({
  kind: z.literal('http'),
  method: z.enum(['POST', 'PUT', 'GET']),
  url: z.string().max(500),
  headers: z.array(z.object({ name: line(100), value: line(500) })).max(10),
  /** Of the body; a GET has none, its template goes into the address. */
  format: z.enum(['json', 'form']),
  template: z.string().max(2000),
  okFrom: status,
  okTo: status,
  /** Where the answer holds the reference: « data.id », « messages.0.id »; empty when it holds none. */
  referencePath: z.string().max(100),
  /** What an answer that accepts says, and one that does not, whatever its status; empty where the status says it all. */
  okText: z.string().max(60).optional(),
  failureText: z.string().max(60).optional(),
  /** By which statuses it says that a number will never do. */
  refusedStatuses: z.array(status).max(10),
  /** Given the same `{key}` again, it sends nothing more: after a doubt it may be asked again. */
  ignoresRepeats: z.boolean().optional(),
})
export type HttpSettings = z.infer<typeof httpSettings>

/** What is kept in clear of a gateway: one of two real ones, or any other that is spoken to by one HTTP request. */
export const gatewaySettingsSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('brevo') }),
  z.object({ kind: z.literal('link-mobility'), username: line(100) }),
  httpSettings,
])
export type GatewaySettings = z.infer<typeof gatewaySettingsSchema>
export type GatewayKind = GatewaySettings['kind']

/** A gateway ready to be asked. `gatewayId`: of a territory's own; the operator's has none. */
export type Gateway = { readonly gatewayId?: number; readonly settings: GatewaySettings; readonly secret: string }

/** Which gateway had the last word of an SMS. */
export type GatewayNamed = { readonly kind: GatewayKind; readonly gatewayId: number | null }
