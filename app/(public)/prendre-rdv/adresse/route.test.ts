import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'

vi.mock('next/headers', () => ({
  headers: () => Promise.resolve(new Headers()),
  cookies: () => Promise.resolve({ get: () => undefined }),
}))

const feature = (label: string, citycode: string) => ({
  geometry: { coordinates: [2.83194, 50.42891] },
  properties: { label, citycode },
})
let features: ReturnType<typeof feature>[] = []

/** The national address service, as far as it is asked. */
const service = createServer((_, response) => response.end(JSON.stringify({ features })))
let post: (typed: string) => Promise<Response>

beforeAll(async () => {
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', () => resolve()))
  vi.stubEnv('ADDRESS_SERVICE_URL', `http://127.0.0.1:${(service.address() as AddressInfo).port}`)
  const { POST } = await import('./route')
  post = (typed) =>
    POST(
      new Request('http://localhost/prendre-rdv/adresse', {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ adresse: typed }).toString(),
      }),
      { params: Promise.resolve({}) },
    )
})
afterAll(() => void service.close())

test('one address found leads on, with its commune and a place to about 100 m', async () => {
  features = [feature('12 Rue Gambetta 62300 Lens', '62498')]
  const answer = await post('12 rue Gambetta Lens')
  expect(answer.status).toBe(303)
  expect(answer.headers.get('location')).toBe('/prendre-rdv/service?commune=62498&lat=50.429&lon=2.832')
})

test('several are proposed, each with its own way on, and kept by no cache', async () => {
  features = [feature('12 Rue Gambetta 62300 Lens', '62498'), feature('12 Rue Gambetta 62400 Béthune', '62119')]
  const answer = await post('12 rue Gambetta')
  const html = await answer.text()
  expect(answer.status).toBe(200)
  expect(answer.headers.get('cache-control')).toContain('no-store')
  expect(html).toContain('12 Rue Gambetta 62400 Béthune')
  expect(html.match(/\/prendre-rdv\/service\?commune=\d+&amp;lat/g)).toHaveLength(2)
})
