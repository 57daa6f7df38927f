import { AGENT_HOME, returnPath } from '@/server/access/rules/return-path'
import { faultIn } from '@/server/api'
import type { SignInNotice } from '@/app/_words/access'

export type Search = Promise<Record<string, string | string[] | undefined>>

/** One value a name; a name given twice counts for nothing. */
export const one = (value: string | string[] | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined

/** `path` with the notice to show and, when it is not the ordinary one, where to go after signing in. */
export function withNotice(path: string, notice: SignInNotice, extra: Record<string, string | undefined> = {}): string {
  const { retour, ...others } = extra
  const back = returnPath(retour)
  const given = Object.entries({ avis: notice, ...others, ...(back !== AGENT_HOME && { retour: back }) })
  const query = new URLSearchParams(given.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
  return `${path}?${query.toString()}`
}

/** The page of the second step, which knows where to go afterwards. */
export function codePage(retour?: string): string {
  const back = returnPath(retour)
  return back === AGENT_HOME ? '/connexion/code' : `/connexion/code?${new URLSearchParams({ retour: back }).toString()}`
}

/** Goes back to the form with the time to wait; any other error is thrown again. */
export function waitNotice(path: string, error: unknown, extra: Record<string, string | undefined> = {}): string {
  const fault = faultIn(error)
  if (fault?.code !== 'rate-limited') throw error
  return withNotice(path, 'attente', { ...extra, minutes: String(Math.ceil((fault.retryInSec ?? 60) / 60)) })
}
