import type { HttpSettings } from '@/server/kernel/gateways'
import { env } from '../env'
import { isTrusted, isUrlAllowed } from './addresses'
import { ask, type Question } from './ask'
import { DENIED, fateOfStatus, jsonOf, LATER, referenceOf, REFUSED, UNKNOWN, type Fate, type OutgoingSms } from './fate'

type Words = Readonly<Record<string, string>>

/** `{name}` replaced once: what is put in is not read again. */
const filled = (template: string, words: Words): string =>
  template.replaceAll(/\{(\w+)\}/g, (whole, name: string) => (Object.hasOwn(words, name) ? (words[name] ?? '') : whole))

function filledIn(value: unknown, words: Words): unknown {
  if (typeof value === 'string') return filled(value, words)
  if (Array.isArray(value)) return value.map((one) => filledIn(one, words))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, filledIn(one, words)]))
}

const filledForm = (template: string, words: Words): URLSearchParams =>
  new URLSearchParams([...new URLSearchParams(template)].map(([name, value]) => [name, filled(value, words)]))

/** The request its settings describe: each value is filled in after the template is read, so that no text can break it. */
export function questionOf(settings: HttpSettings, secret: string, sms: OutgoingSms): Omit<Question, 'isTrusted'> {
  const { to, text, sender, key } = sms
  const words = { to, digits: to.replace('+', ''), text, sender, key, secret }
  const { method, format, template } = settings
  const url = new URL(settings.url)
  const headers = Object.fromEntries(
    settings.headers.map(({ name, value }) => [
      name.toLowerCase(),
      filled(value, { secret, key }).replaceAll(/[\r\n]/g, ''),
    ]),
  )
  if (method === 'GET') {
    for (const [name, value] of filledForm(template, words)) url.searchParams.append(name, value)
    return { url, method, headers, body: null }
  }
  if (format === 'json') {
    const body = JSON.stringify(filledIn(jsonOf(template), words))
    return { url, method, headers: { 'content-type': 'application/json', ...headers }, body }
  }
  const type = 'application/x-www-form-urlencoded; charset=UTF-8'
  return { url, method, headers: { 'content-type': type, ...headers }, body: filledForm(template, words).toString() }
}

const at = (answer: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((value, name) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return null
    return (value as Readonly<Record<string, unknown>>)[name]
  }, answer)

/** Any gateway that takes one HTTP request, as its territory describes it. */
export async function deliverByHttp(
  { settings, secret }: { settings: HttpSettings; secret: string },
  sms: OutgoingSms,
  patienceMs?: number,
): Promise<Fate> {
  const question = questionOf(settings, secret, sms)
  const { SMS_TRUSTED_HOSTS } = env()
  if (!isUrlAllowed(question.url, SMS_TRUSTED_HOSTS)) return DENIED
  const answer = await ask({ ...question, isTrusted: isTrusted(question.url, SMS_TRUSTED_HOSTS) }, patienceMs)
  if (answer.kind !== 'answer') return answer.kind === 'silence' ? UNKNOWN : LATER
  const { status, text } = answer
  if (settings.refusedStatuses.includes(status)) return REFUSED
  if (status < settings.okFrom || status > settings.okTo) return fateOfStatus(status, answer.retryInSec)
  return fateOfWords(settings, text)
}

const says = (text: string, words: string | undefined): boolean =>
  Boolean(words) && text.toLowerCase().includes((words ?? '').toLowerCase())
/** A page for people: of a machine in front of it, or of its maker's. */
const PAGE = /^\s*<(?:!doctype html|html)\b/i

/** What an answer says whose status is a success: many a gateway says « KO » so. What it should say and does not is a doubt. */
function fateOfWords({ okText, failureText, referencePath }: HttpSettings, text: string): Fate {
  if (says(text, failureText)) return DENIED
  const isTaken = says(text, okText)
  const reference = referencePath ? referenceOf(at(jsonOf(text), referencePath)) : null
  if (!isTaken && (okText || PAGE.test(text) || (referencePath && reference === null))) return UNKNOWN
  return { fate: 'sent', reference }
}
