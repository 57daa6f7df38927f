import { beginProConnect } from '@/server/api'
import { withNotice } from '../_components/urls'

/** Leads to ProConnect. What this browser is to bring back is sealed in a cookie; nothing else changes. */
export async function GET(): Promise<Response> {
  const location = (await beginProConnect()) ?? withNotice('/connexion', 'identite-injoignable')
  return new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } })
}
