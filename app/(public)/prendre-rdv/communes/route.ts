import { communeFacts, communeHref } from '@/app/_parts/booking/commune-list'
import { api, faultIn, noteAccident } from '@/server/api'

/** Communes of that name, or nearly, or of that postcode, for the script that suggests them: `[{ name, facts, href }]`. */
export async function GET(request: Request): Promise<Response> {
  try {
    const q = new URL(request.url).searchParams.get('q') ?? ''
    const communes = await (await api()).sectorisation.searchCommunes({ q: q.slice(0, 200) })
    const suggestions = communes.map((commune) => ({
      name: commune.name,
      facts: communeFacts(commune),
      href: communeHref(commune.code),
    }))
    return Response.json(suggestions, { headers: { 'cache-control': 'private, max-age=3600' } })
  } catch (error) {
    const fault = faultIn(error)
    if (!fault) noteAccident(error, request)
    return Response.json([], { status: fault?.code === 'rate-limited' ? 429 : 500 })
  }
}
