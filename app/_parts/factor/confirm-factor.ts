import type * as z from 'zod'
import { formPage, formRoute } from '@/app/_lib/form-route'
import { dropTyped, keepTyped } from '@/app/_lib/kept'
import { faultsOf, withQuery } from '@/app/_lib/save-route'
import { faultIn, type Caller } from '@/server/api'
import type { Outcome } from '@/server/kernel/outcome'
import { recoveryCodesView } from './recovery-codes'

type Refusal = 'wrong-password' | 'wrong-code' | 'already-on'

type Spec<Schema extends z.ZodType> = {
  schema: Schema
  confirm: (caller: Caller, input: z.output<Schema>) => Promise<Outcome<{ recoveryCodes: string[] }, Refusal>>
}

/** The form of the first code: shows the recovery codes, or goes back to `page`. */
export function confirmFactorRoute<Schema extends z.ZodType>(
  page: string,
  { schema, confirm }: Spec<Schema>,
  then: { href: string; words: string },
) {
  const POST = formRoute(
    async ({ fields, caller, isSecure }) => {
      const again = async (faults: Record<string, string>) => {
        await keepTyped({ form: 'code', fields: {}, faults }, isSecure)
        return withQuery(page, { erreurs: '1' })
      }
      const typed = schema.safeParse(fields)
      if (!typed.success) return again(faultsOf(typed.error))
      try {
        const outcome = await confirm(caller, typed.data)
        if (!outcome.ok) {
          const { reason } = outcome
          return reason === 'already-on'
            ? page
            : await again({ [reason === 'wrong-code' ? 'code' : 'password']: reason })
        }
        await dropTyped()
        return recoveryCodesView(outcome.value.recoveryCodes, then)
      } catch (error) {
        if (faultIn(error)?.code === 'rate-limited') return withQuery(page, { avis: 'attente' })
        throw error
      }
    },
    { backHref: page },
  )
  return { POST, GET: formPage(page) }
}
