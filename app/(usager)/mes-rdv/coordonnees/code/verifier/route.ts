import { formPage, formRoute } from '@/app/_lib/form-route'
import { keptOf } from '@/app/_lib/kept'
import { confirmOwnPhoneSchema } from '@/server/booking/schema/account'
import { codeTyped, CONTACTS, unlessTooOften, withNotice } from '../../../_components/steps'

const HERE = `${CONTACTS}/code`

export const POST = formRoute(
  ({ fields, caller }) =>
    unlessTooOften(HERE, async () => {
      const { demande } = (await keptOf('mon-code', true)).fields
      const read = confirmOwnPhoneSchema.safeParse({
        ...{ challengeId: demande, code: codeTyped(fields.code), usagerId: fields.dossier },
      })
      if (!read.success) return withNotice(CONTACTS, 'code-perime')
      const changed = await caller.account.confirmPhone(read.data)
      if (changed.ok)
        return withNotice(CONTACTS, changed.value.isEverywhere ? 'numero-change' : 'numero-change-en-partie')
      if (changed.reason === 'which-person') return withNotice(HERE, 'numero-de-qui')
      return changed.reason === 'wrong-code' ? withNotice(HERE, 'mauvais-code') : withNotice(CONTACTS, 'code-perime')
    }),
  { backHref: HERE, isPersonal: true },
)

export const GET = formPage(HERE)
