import { env } from './env'

/** Numbers are compared by their digits alone, addresses in lower case. */
const bare = (text: string): string => {
  const folded = text.trim().toLowerCase()
  return folded.startsWith('+') ? folded.replaceAll(/[^+\d]/g, '') : folded
}

/** « +33612345678 », « lea@example.org » or « @example.org », which stands for all its addresses. */
export function isAllowedBy(list: string, recipient: string): boolean {
  const to = bare(recipient)
  const domain = to.includes('@') ? to.slice(to.lastIndexOf('@')) : null
  const allowed = list.split(',').map(bare).filter(Boolean)
  return allowed.some((one) => one === to || one === domain)
}

/** Whether a message to them leaves for good; in production all do, elsewhere those to ALLOWED_RECIPIENTS. The rest is captured. */
export const leaves = (recipient: string): boolean =>
  env().APP_ENV === 'production' || isAllowedBy(env().ALLOWED_RECIPIENTS, recipient)

/** What says outside production where a message comes from. */
export const prefixed = (text: string): string => (env().APP_ENV === 'production' ? text : `[${env().APP_ENV}] ${text}`)
