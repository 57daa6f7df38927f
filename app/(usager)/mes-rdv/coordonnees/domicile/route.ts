import { formPage, formRoute } from '@/app/_lib/form-route'
import { keepTyped } from '@/app/_lib/kept'
import { fieldId } from '@/app/_ui/field'
import { ownAddressFaults } from '@/app/_words/account'
import { saveOwnAddressSchema } from '@/server/people/schema'
import { addressName } from '../../_components/file-section'
import { CONTACTS, withNotice } from '../../_components/steps'

export const POST = formRoute(
  async ({ fields, caller, isSecure }) => {
    const { usagerId = '', version } = fields
    const name = addressName(usagerId)
    const address = fields[name] ?? ''
    const again = async (fault: keyof typeof ownAddressFaults) => {
      const faults = { [name]: ownAddressFaults[fault] }
      await keepTyped({ form: 'mes-coordonnees', fields: { [name]: address }, faults }, isSecure)
      return `${CONTACTS}?erreurs=1#${fieldId(name)}`
    }
    const read = saveOwnAddressSchema.safeParse({ usagerId, version, address })
    if (!read.success) return read.error.issues.some(({ path }) => path[0] === 'address') ? again('too-long') : CONTACTS
    const saved = await caller.account.saveAddress(read.data)
    return saved.ok ? withNotice(CONTACTS, 'enregistre') : again(saved.reason)
  },
  { backHref: CONTACTS, isPersonal: true },
)

export const GET = formPage(CONTACTS)
