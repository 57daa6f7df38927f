import type * as z from 'zod'
import { faultIn, type Caller } from '@/server/api'
import type { Outcome } from '@/server/kernel/outcome'
import { formPage, formRoute, type Posted } from './form-route'
import { dropTyped, keepTyped } from './kept'

type Params = Readonly<Record<string, string>>

type Save<Schema extends z.ZodType, Value, Reason extends string> = {
  /** Names what was typed, for the page that shows it again. */
  form: string | ((fields: Params) => string)
  schema: Schema
  /** From what was posted to what the schema reads. */
  read: (posted: Posted) => unknown
  save: (caller: Caller, input: z.output<Schema>, fields: Params) => Promise<Outcome<Value, Reason>>
  /** The page that holds the form. */
  page: (params: Params, fields: Params) => string
  then: (value: Value, params: Params, input: z.output<Schema>, fields: Params) => string
  /** The field a refusal is about; the others are told at the top. */
  fieldOf?: Partial<Record<Reason, string>>
  /** Never kept: passwords. */
  isSecret?: boolean
  /** Never kept either, among fields that are. */
  secrets?: readonly string[]
}

export const withQuery = (href: string, query: Record<string, string>): string =>
  `${href}${href.includes('?') ? '&' : '?'}${new URLSearchParams(query).toString()}`

/** The first fault of each field, by its name. */
export function faultsOf({ issues }: z.ZodError): Record<string, string> {
  const faults: Record<string, string> = {}
  for (const { path, message } of issues) faults[String(path[0] ?? '')] ??= message
  return faults
}

const withoutSecrets = (fields: Params, secrets: readonly string[] = []): Params =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !secrets.includes(name)))

/**
 * A form's door that saves: what is wrong goes back to its page with everything typed (`erreurs=1`), a refusal too, under
 * its field or as `avis`; what is gone leads home.
 */
export function saveRoute<Schema extends z.ZodType, Value, Reason extends string>(
  spec: Save<Schema, Value, Reason>,
  backHref = '/configuration',
) {
  const POST = formRoute(
    async (posted) => {
      const { params, fields, caller, isSecure } = posted
      const page = spec.page(params, fields)
      const again = async (faults: Record<string, string>, query: Record<string, string> = {}) => {
        const form = typeof spec.form === 'string' ? spec.form : spec.form(fields)
        await keepTyped({ form, fields: spec.isSecret ? {} : withoutSecrets(fields, spec.secrets), faults }, isSecure)
        return withQuery(page, { erreurs: '1', ...query })
      }
      const typed = spec.schema.safeParse(spec.read(posted))
      if (!typed.success) return again(faultsOf(typed.error))
      try {
        const outcome = await spec.save(caller, typed.data, fields)
        if (!outcome.ok) {
          const field = spec.fieldOf?.[outcome.reason]
          return await (field ? again({ [field]: outcome.reason }) : again({}, { avis: outcome.reason }))
        }
        await dropTyped()
        return spec.then(outcome.value, params, typed.data, fields)
      } catch (error) {
        const fault = faultIn(error)
        if (fault?.code === 'unauthenticated') {
          return backHref.startsWith('/super') ? '/super/connexion' : withQuery('/connexion', { retour: page })
        }
        if (fault?.code === 'not-found') return withQuery(backHref, { avis: 'introuvable' })
        if (fault?.code === 'rate-limited') return again({}, { avis: 'attente' })
        throw error
      }
    },
    { backHref },
  )
  return { POST, GET: formPage(backHref) }
}

/** Ids of the boxes ticked under `<name>-<id>`. */
export const tickedIn = (fields: Params, name: string): string[] =>
  Object.keys(fields)
    .filter((key) => key.startsWith(`${name}-`))
    .map((key) => key.slice(name.length + 1))
