import { request as overHttp, type IncomingMessage } from 'node:http'
import { request as overHttps } from 'node:https'
import { publicLookup } from './addresses'

export type Question = {
  readonly url: URL
  readonly method: 'POST' | 'PUT' | 'GET'
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
  /** The operator's own: may be anywhere. Any other leads to a public address, or nothing leaves. */
  readonly isTrusted: boolean
}

/** `nothing-left`: never connected. `silence`: it may have arrived. `text`: what came of the body, not always the whole. */
export type Answer = { kind: 'answer'; status: number; text: string } | { kind: 'nothing-left' } | { kind: 'silence' }

const PATIENCE_MS = 15_000
const MAX_BYTES = 65_536

/** What a body says until it ends, is cut, or is too long to be an answer. */
async function textOf(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of message as AsyncIterable<Buffer>) {
      size += chunk.length
      chunks.push(chunk)
      if (size > MAX_BYTES) break
    }
  } catch {
    // The status was said: what is missing of the body changes nothing to it.
  }
  return Buffer.concat(chunks).subarray(0, MAX_BYTES).toString('utf8')
}

/**
 * One request, no redirect followed, within `patienceMs` in all. Never throws. Not by fetch, which says neither where it
 * connects nor whether it did.
 */
export function ask(question: Question, patienceMs = PATIENCE_MS): Promise<Answer> {
  const { url, method, body, isTrusted } = question
  const isSecure = url.protocol === 'https:'
  return new Promise((answered) => {
    let isConnected = false
    const fail = () => answered({ kind: isConnected ? 'silence' : 'nothing-left' })
    try {
      const sent = (isSecure ? overHttps : overHttp)(url, {
        method,
        headers: { ...question.headers, ...(body !== null && { 'content-length': Buffer.byteLength(body) }) },
        agent: false,
        signal: AbortSignal.timeout(patienceMs),
        ...(!isTrusted && { lookup: publicLookup }),
      })
      sent.on('socket', (socket) => {
        socket.once(isSecure ? 'secureConnect' : 'connect', () => (isConnected = true))
      })
      sent.on('response', (message) => {
        void textOf(message).then((text) => {
          sent.destroy()
          answered({ kind: 'answer', status: message.statusCode ?? 0, text })
        })
      })
      sent.on('error', fail)
      sent.end(body ?? undefined)
    } catch {
      fail()
    }
  })
}
