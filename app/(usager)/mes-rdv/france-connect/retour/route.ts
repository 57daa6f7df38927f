import type { AccountNotice } from '@/app/_words/account'
import { endFranceConnect } from '@/server/person-api'
import { goTo, HOME, SIGN_IN, withNotice } from '../../_components/steps'

type Why = Exclude<Awaited<ReturnType<typeof endFranceConnect>>, { ok: true }>['reason']

const NOTICES = {
  cancelled: 'identite-annulee',
  refused: 'identite-refusee',
  incomplete: 'identite-refusee',
  unreachable: 'identite-injoignable',
  'too-late': 'identite-trop-tard',
} as const satisfies Record<Why, AccountNotice>

/** Where FranceConnect sends a browser back: worth nothing without the cookie it left with. */
export async function GET(request: Request): Promise<Response> {
  const ended = await endFranceConnect(Object.fromEntries(new URL(request.url).searchParams))
  return goTo(ended.ok ? HOME : withNotice(SIGN_IN, NOTICES[ended.reason]))
}
