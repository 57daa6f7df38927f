import { waitNotice, withNotice } from '@/app/connexion/_components/urls'
import { formPage, formRoute } from '@/app/_lib/form-route'
import { codeSchema } from '@/server/access/schema/super-admins'
import { openSessionWithCode } from '@/server/api'

type Step = {
  /** The page of the code. */
  here: string
  /** The page of the password, for who comes too late. */
  password: string
  /** Once inside: where to go on to. */
  enter: (goesBackTo: string | undefined) => string | Promise<string>
}

/** The form of the code: inside, or back to its page, or to the password's. */
export function verifyCodeRoute({ here, password, enter }: Step) {
  const POST = formRoute(
    async ({ fields }) => {
      const { retour } = fields
      const typed = codeSchema.safeParse(fields)
      if (!typed.success) return withNotice(here, 'code', { retour })
      try {
        const outcome = await openSessionWithCode(typed.data.code)
        if (!outcome.ok) {
          return outcome.reason === 'too-late'
            ? withNotice(password, 'trop-tard', { retour })
            : withNotice(here, 'code', { retour })
        }
      } catch (error) {
        return waitNotice(here, error, { retour })
      }
      return enter(retour)
    },
    { backHref: here },
  )
  return { POST, GET: formPage(here) }
}
