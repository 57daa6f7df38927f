import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

let server: Server
let answer: RequestListener = (_request, response) => response.end('{}')

beforeEach(async () => {
  server = createServer((request, response) => answer(request, response))
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as AddressInfo
  vi.stubEnv('DATABASE_URL', 'postgres://unused')
  vi.stubEnv('APP_SECRET', 'x'.repeat(32))
  vi.stubEnv('NEXTAUTH_SECRET', 'x'.repeat(32))
  vi.stubEnv('LOG_LEVEL', 'silent')
  vi.stubEnv('ADDRESS_SERVICE_URL', `http://127.0.0.1:${String(port)}/`)
  vi.resetModules()
})
afterEach(async () => {
  server.closeAllConnections()
  await new Promise((closed) => server.close(closed))
  vi.unstubAllEnvs()
})

const search = async (q = '12 rue Gambetta Lens') => (await import('./ban')).searchAddresses(q)
const json =
  (body: unknown): RequestListener =>
  (_request, response) =>
    void response.end(JSON.stringify(body))

test('reads the addresses of the service', async () => {
  let asked = ''
  answer = (request, response) => {
    asked = request.url ?? ''
    json({
      type: 'FeatureCollection',
      features: [
        {
          geometry: { type: 'Point', coordinates: [2.83, 50.43] },
          properties: { label: '12 Rue Gambetta 62300 Lens', citycode: '62498', score: 0.97 },
        },
      ],
    })(request, response)
  }
  await expect(search()).resolves.toEqual({
    status: 'answered',
    addresses: [{ label: '12 Rue Gambetta 62300 Lens', cityCode: '62498', latitude: 50.43, longitude: 2.83 }],
  })
  expect(asked).toBe('/search/?q=12+rue+Gambetta+Lens&limit=6')
})

test.each<[string, RequestListener]>([
  ['an error', (_request, response) => void response.writeHead(500).end('oops')],
  ['throttling', (_request, response) => void response.writeHead(429).end()],
  ['a page of HTML', (_request, response) => void response.end('<html>maintenance</html>')],
  ['another shape', json({ features: [{ geometry: null }] })],
  [
    'coordinates off the globe',
    json({ features: [{ geometry: { coordinates: [500, 50] }, properties: { label: 'x', citycode: '62498' } }] }),
  ],
  ['an endless answer', (_request, response) => void response.end('"' + 'x'.repeat(1_100_000) + '"')],
  ['a connection cut', (request) => void request.socket.destroy()],
])('is unavailable when the service answers %s', async (_case, listener) => {
  answer = listener
  await expect(search()).resolves.toEqual({ status: 'unavailable' })
})

test('gives up on a silent service', async () => {
  answer = () => undefined
  await expect(search()).resolves.toEqual({ status: 'unavailable' })
})

test('is off when no service is configured', async () => {
  vi.stubEnv('ADDRESS_SERVICE_URL', '')
  vi.resetModules()
  await expect(search()).resolves.toEqual({ status: 'off' })
})
