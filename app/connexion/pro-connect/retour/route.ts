import type { SignInNotice } from '@/app/_words/access'
import { AGENT_HOME } from '@/server/access/rules/return-path'
import { endProConnect } from '@/server/api'
import { codePage, withNotice } from '../../_components/urls'

type Why = Exclude<Awaited<ReturnType<typeof endProConnect>>, { ok: true }>['reason']

const NOTICES = {
  cancelled: 'identite-annulee',
  refused: 'identite-refusee',
  unreachable: 'identite-injoignable',
  'too-late': 'identite-trop-tard',
  'no-account': 'identite-sans-compte',
  'no-place': 'sans-place',
} as const satisfies Record<Why, SignInNotice>

/** Where ProConnect sends a browser back: worth nothing without the cookie it left with. */
export async function GET(request: Request): Promise<Response> {
  const ended = await endProConnect(Object.fromEntries(new URL(request.url).searchParams))
  const inside = ended.ok && ended.value === 'code' ? codePage() : AGENT_HOME
  const location = ended.ok ? inside : withNotice('/connexion', NOTICES[ended.reason])
  return new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } })
}
