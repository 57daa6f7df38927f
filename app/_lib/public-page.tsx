import { unstable_rethrow } from 'next/navigation'
import type { ReactNode } from 'react'
import { NOT_FOUND_TITLE, NotFoundPage } from '@/app/_ui/not-found-page'
import { faultIn, noteAccident } from '@/server/api'
import { RETRY_IN_SEC, unlessCrowded } from './crowd'
import { answerWith, type View } from './document'
import { pageIncident } from './incident'

export type Search = Readonly<Record<string, string | string[] | undefined>>

/** What a page is asked with: the parts of its address. */
export type Asked = { params: Readonly<Record<string, string>>; search: Search }

type Head = {
  title: View['title'] | ((asked: Asked) => string)
  isPersonal?: boolean
  script?: View['script']
}

/** Somebody else's, or nobody's: the same page. */
const NOT_FOUND: View = { title: NOT_FOUND_TITLE, status: 404, body: <NotFoundPage /> }

/** A parameter repeated becomes a list. */
function searchOf(url: string): Search {
  const search = new Map<string, string | string[]>()
  for (const [name, value] of new URL(url).searchParams) {
    const known = search.get(name)
    search.set(name, known === undefined ? value : [known, value].flat())
  }
  return Object.fromEntries(search)
}

function viewOfError(error: unknown, request: Request): View {
  const fault = faultIn(error)
  if (!fault) {
    noteAccident(error, request)
    return pageIncident('accident')
  }
  const { code, retryInSec } = fault
  return code === 'rate-limited' || code === 'unavailable' ? pageIncident(code, retryInSec) : NOT_FOUND
}

/**
 * A public page, drawn on the server and sent as it is: nothing to hydrate, a status that says what happened, no
 * script between a person and an appointment (docs/decisions/0012). `redirect()` may be thrown in `render`.
 */
export const publicPage =
  (head: string | Head, render: (asked: Asked) => ReactNode | Promise<ReactNode>) =>
  async (request: Request, context: { params: Promise<Record<string, string>> }): Promise<Response> => {
    const { title, isPersonal = false, script = null } = typeof head === 'string' ? { title: head } : head
    const draw = async () => {
      const asked = { params: await context.params, search: searchOf(request.url) }
      const body = await render(asked)
      return answerWith(
        { title: typeof title === 'function' ? title(asked) : title, body, isPersonal, script },
        request.headers.get('x-nonce') ?? undefined,
      )
    }
    try {
      return (await unlessCrowded(draw)) ?? (await answerWith(pageIncident('crowded', RETRY_IN_SEC)))
    } catch (error) {
      unstable_rethrow(error)
      return answerWith(viewOfError(error, request))
    }
  }
