import { formRoute } from '@/app/_lib/form-route'
import { linkRequestSchema } from '@/server/access/schema'
import { keepEmail } from './typed'
import { waitNotice, withNotice } from './urls'

/** The form that asks for a mailed link: to sign in, or to choose a new password. */
export const askLinkRoute = (page: string, purpose: 'sign-in' | 'reset-password') =>
  formRoute(
    async ({ fields, caller, isSecure }) => {
      await keepEmail(fields.email ?? '', isSecure)
      const typed = linkRequestSchema.safeParse({ email: fields.email, purpose })
      if (!typed.success) return withNotice(page, 'adresse-invalide')
      try {
        await caller.access.requestLink(typed.data)
      } catch (error) {
        return waitNotice(page, error)
      }
      return `${page}?envoye=oui`
    },
    { backHref: page },
  )
