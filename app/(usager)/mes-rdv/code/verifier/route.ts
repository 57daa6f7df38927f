import { formPage, formRoute } from '@/app/_lib/form-route'
import { openPersonSession } from '@/server/person-api'
import { codeTyped, HOME, SIGN_IN, unlessTooOften, withNotice } from '../../_components/steps'

const HERE = '/mes-rdv/code'

export const POST = formRoute(
  ({ fields }) =>
    unlessTooOften(HERE, async () => {
      const opened = await openPersonSession({ by: 'code', code: codeTyped(fields.code) })
      if (opened.ok) return opened.value === 'name' ? '/mes-rdv/nom' : HOME
      return opened.reason === 'wrong-code' ? withNotice(HERE, 'mauvais-code') : withNotice(SIGN_IN, 'code-perime')
    }),
  { backHref: HERE },
)

export const GET = formPage(HERE)
