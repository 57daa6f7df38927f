import * as z from 'zod'
import { gatewaySettingsSchema, SMS_SENDER, type GatewaySettings } from '@/server/kernel/gateways'
import { idField } from '@/server/kernel/fields'

export const territorySmsSchema = z.object({ territoryId: idField })

/** Who the SMS of a territory are from; empty: the platform's name. */
export const setSmsSenderSchema = z.object({
  territoryId: idField,
  sender: z
    .string()
    .trim()
    .refine((typed) => typed === '' || SMS_SENDER.test(typed), 'not-a-sender'),
})
export type SetSmsSender = z.infer<typeof setSmsSenderSchema>

/** « 4,5 » euro cents of one SMS; empty: not said. */
export const setSmsPriceSchema = z.object({
  territoryId: idField,
  price: z
    .string()
    .trim()
    .regex(/^(?:\d{1,2}(?:[,.]\d)?|100(?:[,.]0)?)?$/, 'not-a-price')
    .transform((typed) => (typed === '' ? null : Math.round(Number(typed.replace(',', '.')) * 10))),
})
export type SetSmsPrice = z.infer<typeof setSmsPriceSchema>

const HEADER = /^([A-Za-z0-9-]+):\s*(\S.*)$/
/** Ours to say, or what would let one request pass for two. */
const OURS = /^(?:host|content-length|transfer-encoding|connection|upgrade|expect|te|trailer)$/i

/** By their names, headers that hold nothing but what only the gateway and we know. */
const SECRET_NAME =
  /^(?:proxy-)?authorization$|(?:^|-)api-?key$|^x-auth(?:$|-|oriz|entic)|(?:^|-)(?:token|secret|password)$/i
/** Kept in clear, and shown to every admin: the secret has a field of its own, which is sealed. */
const isInClear = ({ name, value }: { name: string; value: string }) =>
  SECRET_NAME.test(name) && !value.includes('{secret}')

const headersField = z
  .string()
  .transform((text) =>
    text
      .split(/\r?\n/)
      .map((one) => one.trim())
      .filter(Boolean),
  )
  .refine((lines) => lines.every((one) => HEADER.test(one) && !OURS.test(one.split(':')[0] ?? '')), 'not-headers')
  .transform((lines) =>
    lines.flatMap((one) => {
      const [, name, value] = HEADER.exec(one) ?? []
      return name && value ? [{ name, value }] : []
    }),
  )
  .refine((headers) => !headers.some(isInClear), 'secret-in-clear')

const statusesField = z
  .string()
  .transform((text) =>
    text
      .split(/[\s,;]+/)
      .filter(Boolean)
      .map(Number),
  )
  .refine((all) => all.every((one) => Number.isInteger(one) && one >= 400 && one <= 599), 'not-statuses')

const statusField = z.coerce
  .number('not-statuses')
  .int('not-statuses')
  .min(200, 'not-statuses')
  .max(299, 'not-statuses')

const isJson = (text: string): boolean => {
  try {
    const value = JSON.parse(text) as unknown
    return typeof value === 'object' && value !== null
  } catch {
    return false
  }
}
const saysBoth = (template: string) => /\{(?:to|digits)\}/.test(template) && template.includes('{text}')

const givesKey = (template: string, headers: readonly { value: string }[]) =>
  [template, ...headers.map(({ value }) => value)].some((text) => text.includes('{key}'))

const place = { territoryId: idField, gatewayId: z.union([z.literal('').transform(() => null), idField]) }
/** Empty: the one that is kept, of a gateway that has one. A header cannot hold more than the signs of ASCII. */
const secretField = z
  .string()
  .trim()
  .max(500, 'too-long')
  .regex(/^[\x21-\x7e]*$/, 'not-ascii')

const typedHttp = z
  .object({
    ...place,
    kind: z.literal('http'),
    secret: secretField,
    method: z.enum(['POST', 'PUT', 'GET'], 'missing'),
    url: z
      .string()
      .trim()
      .min(1, 'missing')
      .max(500, 'too-long')
      .refine((url) => URL.canParse(url), 'not-a-secure-url'),
    headers: headersField,
    format: z.enum(['json', 'form'], 'missing'),
    template: z.string().trim().max(2000, 'too-long').refine(saysBoth, 'not-a-template'),
    okFrom: statusField,
    okTo: statusField,
    referencePath: z
      .string()
      .trim()
      .max(100, 'too-long')
      .regex(/^[\w.-]*$/, 'not-a-path'),
    okText: z.string().trim().max(60, 'too-long').optional(),
    failureText: z.string().trim().max(60, 'too-long').optional(),
    refusedStatuses: statusesField,
    ignoresRepeats: z.literal('oui').optional().transform(Boolean),
  })
  .refine(({ ignoresRepeats, template, headers }) => !ignoresRepeats || givesKey(template, headers), {
    path: ['ignoresRepeats'],
    error: 'key-missing',
  })
  .refine(({ method, format, template }) => method === 'GET' || format !== 'json' || isJson(template), {
    path: ['template'],
    error: 'not-json',
  })

/** A gateway as its form gives it: a procedure takes nothing else. */
const typedGateway = z
  .discriminatedUnion('kind', [
    z.object({ ...place, kind: z.literal('brevo'), secret: secretField }),
    z.object({
      ...place,
      kind: z.literal('link-mobility'),
      secret: secretField,
      username: z
        .string()
        .trim()
        .min(1, 'missing')
        .max(100, 'too-long')
        .regex(/^[\x21-\x39\x3b-\x7e]*$/, 'not-ascii'),
    }),
    typedHttp,
  ])
  .transform(({ territoryId, gatewayId, secret, ...rest }) => {
    const typed: GatewaySettings = rest
    return { territoryId, gatewayId, secret, typed }
  })
  .pipe(
    z.object({
      territoryId: z.number(),
      gatewayId: z.number().nullable(),
      secret: z.string(),
      typed: gatewaySettingsSchema,
    }),
  )
export const saveSmsGatewaySchema = z.preprocess((typed) => typed, typedGateway)
export type SaveSmsGateway = z.infer<typeof saveSmsGatewaySchema>

export const arrangeSmsGatewaySchema = z.object({
  territoryId: idField,
  gatewayId: idField,
  to: z.enum(['up', 'removed']),
})
export type ArrangeSmsGateway = z.infer<typeof arrangeSmsGatewaySchema>

export const trySmsGatewaySchema = z.object({
  territoryId: idField,
  gatewayId: idField,
  phone: z.string().trim().min(1, 'missing').max(30, 'too-long'),
})
export type TrySmsGateway = z.infer<typeof trySmsGatewaySchema>
