import http from 'node:http'

/** The one address known; asked for anything else, the service is out of order, and journeys meet both. */
const KNOWN = { label: '1 Place de la Mairie 62950 Noyelles-Godault', citycode: '62624', at: [2.9936, 50.4178] }
const isAskedFor = (q) => q.toLowerCase().startsWith('1 place de la mairie')

/** A national address service on loopback (GeoJSON `search` API). Returns its address and how to stop it. */
export async function startAddressService() {
  const server = http.createServer((request, response) => {
    const q = new URL(request.url, 'http://service').searchParams.get('q') ?? ''
    if (!isAskedFor(q)) return void response.writeHead(503).end()
    const { label, citycode, at } = KNOWN
    const feature = {
      type: 'Feature',
      geometry: { type: 'Point', coordinates: at },
      properties: { label, citycode },
    }
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ type: 'FeatureCollection', features: [feature] }))
  })
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready))
  server.unref()
  return { url: `http://127.0.0.1:${server.address().port}/`, stop: () => void server.close() }
}
