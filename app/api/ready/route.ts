import { readiness } from '@/server/api'

export const dynamic = 'force-dynamic'

export async function GET() {
  const ready = await readiness()
  return Response.json(ready, { status: ready.ok ? 200 : 503, headers: { 'cache-control': 'no-store' } })
}
