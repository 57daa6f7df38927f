import { healthOf } from '@/server/api'

export const dynamic = 'force-dynamic'

export async function GET() {
  const health = await healthOf()
  return Response.json(health, { status: health.ok ? 200 : 503, headers: { 'cache-control': 'no-store' } })
}
