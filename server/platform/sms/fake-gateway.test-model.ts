import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What the fake does with a request: an answer, silence, or a line cut before an answer or in the middle of one. */
export type Behaviour =
  { status: number; body?: string; headers?: Record<string, string> } | 'hang' | 'cut-before' | 'cut-in-body'

type Asked = { method: string; path: string; headers: IncomingMessage['headers']; body: string }

function answer(behaviour: Behaviour, response: ServerResponse) {
  if (behaviour === 'hang') return
  if (behaviour === 'cut-before') return void response.destroy()
  if (behaviour === 'cut-in-body') {
    response.writeHead(200, { 'content-length': '1000' })
    response.write('{"messageId":')
    return void setTimeout(() => response.destroy(), 20)
  }
  response.writeHead(behaviour.status, behaviour.headers)
  response.end(behaviour.body ?? '')
}

/** An SMS gateway on loopback that does as it is told, and holds what it was asked. */
export async function startFakeGateway() {
  const asked: Asked[] = []
  let behaviour: Behaviour = { status: 200 }
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request
      asked.push({ method, path, headers, body: Buffer.concat(chunks).toString('utf8') })
      answer(behaviour, response)
    })
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const host = `127.0.0.1:${String((server.address() as AddressInfo).port)}`
  return {
    host,
    url: `http://${host}`,
    asked,
    behave: (next: Behaviour) => {
      behaviour = next
      asked.length = 0
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}
