import { leaveFranceConnect } from '@/server/person-api'
import { goTo, SIGN_IN } from '../../_components/steps'

/** Leaves FranceConnect too, once signed out here. */
export const GET = async (): Promise<Response> => goTo((await leaveFranceConnect()) ?? SIGN_IN)
