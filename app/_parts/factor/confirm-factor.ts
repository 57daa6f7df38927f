import { formPage, formRoute } from '@/app/_lib/form-route'
import { dropTyped, keepTyped } from '@/app/_lib/kept'
import { withQuery } from '@/app/_lib/save-route'
import { codeSchema } from '@/server/access/schema/super-admins'
import { faultIn, type Caller } from '@/server/api'
import type { Outcome } from '@/server/kernel/outcome'
import { recoveryCodesView } from './recovery-codes'

type Confirm = (
  caller: Caller,
  input: { code: string },
) => Promise<Outcome<{ recoveryCodes: string[] }, 'wrong-code' | 'already-on'>>

/** The form of the first code: shows the recovery codes, or goes back to `page`. */
export function confirmFactorRoute(page: string, confirm: Confirm, then: { href: string; words: string }) {
  const POST = formRoute(
    async ({ fields, caller, isSecure }) => {
      const again = async (fault: string) => {
        await keepTyped({ form: 'code', fields: {}, faults: { code: fault } }, isSecure)
        return withQuery(page, { erreurs: '1' })
      }
      const typed = codeSchema.safeParse(fields)
      if (!typed.success) return again(typed.error.issues[0]?.message ?? 'wrong-code')
      try {
        const outcome = await confirm(caller, typed.data)
        if (!outcome.ok) return outcome.reason === 'already-on' ? page : await again('wrong-code')
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
