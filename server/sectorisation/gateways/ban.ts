import * as z from 'zod'
import { env } from '@/server/platform/env'
import { getJson } from '@/server/platform/http'

export type Address = { label: string; cityCode: string; latitude: number; longitude: number }
export type AddressAnswer = { status: 'off' } | { status: 'unavailable' } | { status: 'answered'; addresses: Address[] }

/** Somebody waits in front of the page: better the commune than a late address. */
const TIMEOUT_MS = 1_500
const MAX_ADDRESSES = 6

const answerSchema = z.object({
  features: z.array(
    z.object({
      geometry: z.object({ coordinates: z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]) }),
      properties: z.object({ label: z.string().min(1).max(300), citycode: z.string().regex(/^(\d{5}|2[AB]\d{3})$/) }),
    }),
  ),
})

/** Full addresses from the national address service (GeoJSON `search` API). Its absence degrades to the commune. */
export async function searchAddresses(q: string): Promise<AddressAnswer> {
  const base = env().ADDRESS_SERVICE_URL
  if (!base) return { status: 'off' }
  const url = new URL('search/', base.endsWith('/') ? base : `${base}/`)
  url.searchParams.set('q', q.slice(0, 200))
  url.searchParams.set('limit', String(MAX_ADDRESSES))
  const answer = await getJson('address-service', url, { schema: answerSchema, timeoutMs: TIMEOUT_MS })
  if (!answer.ok) return { status: 'unavailable' }
  const addresses = answer.value.features.slice(0, MAX_ADDRESSES).map(({ geometry, properties }) => ({
    label: properties.label,
    cityCode: properties.citycode,
    longitude: geometry.coordinates[0],
    latitude: geometry.coordinates[1],
  }))
  return { status: 'answered', addresses }
}
