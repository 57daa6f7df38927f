import type { AccountNotice } from '@/app/_words/account'
import { faultIn } from '@/server/api'

export const HOME = '/mes-rdv'
export const SIGN_IN = '/mes-rdv/connexion'

export const withNotice = (path: string, avis: AccountNotice): string =>
  `${path}?${new URLSearchParams({ avis }).toString()}`

/** Asked too often: said on the page; anything else is an accident. */
export async function unlessTooOften(path: string, answer: () => Promise<string>): Promise<string> {
  try {
    return await answer()
  } catch (error) {
    if (faultIn(error)?.code === 'rate-limited') return withNotice(path, 'attente')
    throw error
  }
}
