import { formPage, formRoute } from '@/app/_lib/form-route'
import { saveOwnConsentsSchema } from '@/server/people/schema'
import { CONTACTS, withNotice } from '../../_components/steps'

export const POST = formRoute(
  async ({ fields, caller }) => {
    const read = saveOwnConsentsSchema.safeParse({
      usagerId: fields.usagerId,
      notifyBySms: fields.sms === 'oui',
      notifyByEmail: fields.mail === 'oui',
    })
    if (!read.success) return CONTACTS
    await caller.account.saveConsents(read.data)
    return withNotice(CONTACTS, 'enregistre')
  },
  { backHref: CONTACTS, isPersonal: true },
)

export const GET = formPage(CONTACTS)
