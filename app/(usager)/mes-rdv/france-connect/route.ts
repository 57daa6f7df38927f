import { beginFranceConnect } from '@/server/person-api'
import { goTo, SIGN_IN, withNotice } from '../_components/steps'

/** Leads to FranceConnect. What this browser is to bring back is sealed in a cookie; nothing else changes. */
export const GET = async (): Promise<Response> =>
  goTo((await beginFranceConnect()) ?? withNotice(SIGN_IN, 'identite-injoignable'))
