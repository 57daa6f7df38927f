import * as z from 'zod'
import { gatewaySettingsSchema } from '@/server/kernel/gateways'

const ENVIRONMENTS = ['production', 'recette', 'demo', 'development', 'test'] as const

/** Anything but production shows the messages it captures: a server that forgot its name must not be taken for one. */
const UNNAMED = `à donner en production : ${ENVIRONMENTS.join(', ')}`

/** A gateway as one variable holds it: its settings, and `secret`. */
const gatewayField = z
  .string()
  .transform((text, ctx): unknown => {
    try {
      return JSON.parse(text)
    } catch {
      // Not the text itself, which may hold a secret.
      ctx.addIssue({ code: 'custom', message: 'JSON attendu' })
      return z.NEVER
    }
  })
  .pipe(z.object({ settings: gatewaySettingsSchema, secret: z.string().min(1) }))

const schema = z.object({
  APP_ENV: z.enum(ENVIRONMENTS).default('development'),
  /** Links are made by adding a path to it: given with a slash at its end, it loses it. */
  APP_URL: z
    .url()
    .default('http://localhost:3000')
    .transform((url) => url.replace(/\/+$/, '')),
  /** 32 bytes or more: keys of signed links and of the rate limiter. */
  APP_SECRET: z.string().min(32),
  NEXTAUTH_SECRET: z.string().min(32),
  DATABASE_URL: z.string().min(1),
  /** Direct connection for migrations, jobs and LISTEN when DATABASE_URL goes through a transaction pooler. */
  DATABASE_DIRECT_URL: z.string().min(1).optional(),
  DATABASE_PREPARES: z.enum(['true', 'false']).default('true'),
  DB_POOL: z.coerce.number().int().min(1).max(200).default(10),
  /** How many proxies of ours stand in front: the client is that many from the right in X-Forwarded-For. */
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  SMTP_URL: z.string().min(1).optional(),
  MAIL_FROM: z.string().min(1).default('RDV Territoires <ne-pas-repondre@rdv-territoires.example>'),
  /** Where mails are answered and given back, and what the mail server that takes them says to us: both, or nothing comes in. */
  MAIL_INBOUND_DOMAIN: z.hostname().optional(),
  MAIL_INBOUND_SECRET: z.string().min(32).optional(),
  /** Who reads what people answer to an address that is over; nobody when there is none. */
  SUPPORT_MAIL: z.email().optional(),
  /** By what the SMS of a territory without gateways leave: {"settings":{"kind":"brevo"},"secret":"…"}. */
  SMS_GATEWAY: gatewayField.optional(),
  /** Where those gateways are, when elsewhere than at their makers'. */
  SMS_BREVO_URL: z.url().optional(),
  SMS_LINK_MOBILITY_URL: z.url().optional(),
  /** Hosts of ours (« host » or « host:port ») that a territory's gateway may be, in HTTP or on a private address. */
  SMS_TRUSTED_HOSTS: z.string().default(''),
  /** To whom messages leave outside production: « +33612345678, @example.org ». */
  ALLOWED_RECIPIENTS: z.string().default(''),
  /** People come by FranceConnect, agents by ProConnect: absent, so is the button. */
  FRANCECONNECT_ISSUER: z.url().optional(),
  FRANCECONNECT_CLIENT_ID: z.string().min(1).optional(),
  FRANCECONNECT_CLIENT_SECRET: z.string().min(1).optional(),
  /** By what the provider signs, as it registered us. */
  FRANCECONNECT_ALG: z.enum(['RS256', 'ES256']).default('RS256'),
  PROCONNECT_ISSUER: z.url().optional(),
  PROCONNECT_CLIENT_ID: z.string().min(1).optional(),
  PROCONNECT_CLIENT_SECRET: z.string().min(1).optional(),
  PROCONNECT_ALG: z.enum(['RS256', 'ES256']).default('RS256'),
  ADDRESS_SERVICE_URL: z.url().optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
})

export type Env = z.infer<typeof schema>

let parsed: Env | undefined

/** The environment, parsed at first use (a build needs no database). Throws naming each variable at fault. */
export function env(): Env {
  if (parsed) return parsed
  const given = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ''))
  const result = schema.safeParse(given)
  const faults = result.error?.issues.map((issue) => `${issue.path.join('.')} (${issue.message})`) ?? []
  if (given.NODE_ENV === 'production' && !given.APP_ENV) faults.unshift(`APP_ENV (${UNNAMED})`)
  if (!result.success || faults.length > 0) {
    throw new Error(`Configuration incomplète ou fausse : ${faults.join(', ')}`)
  }
  parsed = result.data
  return parsed
}
