import { cookies } from 'next/headers'
import { api, faultIn, isFromOurPages, isServedSecurely, noteAccident, type Caller } from '@/server/api'
import { personApi } from '@/server/person-api'
import { bodyWithin } from './bounded-body'
import { RETRY_IN_SEC, unlessCrowded } from './crowd'
import { answerWith, type View } from './document'
import { formIncident, type FormIncident } from './incident'

export type Posted = {
  /** One value a field; the last one wins. */
  fields: Readonly<Record<string, string>>
  /** Parts of the route's own address. */
  params: Readonly<Record<string, string>>
  caller: Caller
  /** Whether the site is served by HTTPS: its cookies then stay on it. */
  isSecure: boolean
}

type Options = {
  /** Where a person goes on from when the form could not be received. */
  backHref: string
  /** Whether the browser then forgets what pages kept in it: drafts, and what was typed. */
  isLeaving?: boolean
  /** Whether it is a person's own page that asks, rather than an agent's: signed out meanwhile, they are led back in. */
  isPersonal?: boolean
}

/** Where a person whose session is over signs in again, told that nothing was done. */
export const PERSON_SIGN_IN = '/mes-rdv/connexion?avis=session-finie'

/** What was typed in a form that comes back, a few minutes. */
export const TYPED_COOKIE = 'saisie'

/** Longest body received: far above any honest form, far below a burden. */
const MAX_BODY_BYTES = 64 * 1024

/**
 * A form's door at an address that outlives deployments: ours, small and readable, or a page that says why not;
 * then `answer` says where to go, with 303 so that a reload sends nothing twice, or what to show when nothing was
 * changed and no address may say what was asked.
 */
export const formRoute =
  (answer: (posted: Posted) => Promise<string | View>, { backHref, isLeaving = false, isPersonal = false }: Options) =>
  async (request: Request, context: { params: Promise<Record<string, string>> }): Promise<Response> => {
    const refuse = (incident: FormIncident, retryInSec: number | null = null) =>
      answerWith(formIncident(incident, backHref, retryInSec))

    if (!isFromOurPages(request)) return refuse('forged')
    const body = await readBody(request)
    if (body === 'too-big' || body === 'unreadable') return refuse(body)
    try {
      const to = await unlessCrowded(async () =>
        answer({
          ...{ fields: body, params: await context.params, isSecure: isServedSecurely() },
          caller: await (isPersonal ? personApi() : api()),
        }),
      )
      if (to === null) return await refuse('crowded', RETRY_IN_SEC)
      if (typeof to !== 'string') return await answerWith(to)
      if (isLeaving) await dropCookie(TYPED_COOKIE)
      const headers = {
        location: to,
        'cache-control': 'no-store',
        ...(isLeaving && { 'clear-site-data': '"storage"' }),
      }
      return new Response(null, { status: 303, headers })
    } catch (error) {
      const fault = faultIn(error)
      if (!fault) {
        noteAccident(error, request)
        return refuse('accident')
      }
      const { code, retryInSec } = fault
      if (isPersonal && code === 'unauthenticated') return seeOther(PERSON_SIGN_IN)
      const isKnown = code !== 'unauthenticated' && code !== 'forbidden'
      return refuse(isKnown ? code : 'not-found', retryInSec)
    }
  }

const seeOther = (href: string): Response => new Response(null, { status: 303, headers: { location: href } })

/** A form's address opened as a page (a bookmark, a reload after an error): goes to the page that holds the form. */
export const formPage = (href: string) => () => seeOther(href)

async function readBody(request: Request): Promise<Record<string, string> | 'too-big' | 'unreadable'> {
  const type = request.headers.get('content-type') ?? ''
  if (!type.startsWith('application/x-www-form-urlencoded')) return 'unreadable'
  const read = await bodyWithin(request, MAX_BODY_BYTES)
  return read ? Object.fromEntries(new URLSearchParams(read.toString('utf8'))) : 'too-big'
}

/** Sets a cookie no script reads, for this browser only. */
export async function keepCookie(name: string, value: string, maxAgeSec: number, isSecure: boolean): Promise<void> {
  const jar = await cookies()
  jar.set(name, value, { httpOnly: true, sameSite: 'lax', secure: isSecure, path: '/', maxAge: maxAgeSec })
}

export async function dropCookie(name: string): Promise<void> {
  const jar = await cookies()
  jar.delete(name)
}
