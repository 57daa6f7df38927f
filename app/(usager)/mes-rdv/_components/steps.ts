import type { AccountNotice } from '@/app/_words/account'
import { faultIn } from '@/server/api'

export const HOME = '/mes-rdv'
export const SIGN_IN = '/mes-rdv/connexion'
export const CONTACTS = '/mes-rdv/coordonnees'

/** A code as typed, with or without spaces. */
export const codeTyped = (typed = ''): string => typed.replace(/\D/g, '').slice(0, 12)

export const withNotice = (path: string, avis: AccountNotice): string =>
  `${path}?${new URLSearchParams({ avis }).toString()}`

/** Asked too often: said on the page; anything else is an accident. */
export async function unlessTooOften(path: string, answer: () => Promise<string>): Promise<string> {
  try {
    return await answer()
  } catch (error) {
    const fault = faultIn(error)
    if (fault?.code !== 'rate-limited') throw error
    return withNotice(path, (fault.retryInSec ?? 0) > 3600 ? 'attente-demain' : 'attente')
  }
}

/** Where a browser goes next; an answer of a provider is never kept. */
export const goTo = (location: string): Response =>
  new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } })
