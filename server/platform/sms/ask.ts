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
export type Answer =
  | {
      kind: 'answer'
      status: number
      text: string
      /** As `Retry-After` says; null when it does not. */ retryInSec: number | null
    }
  | { kind: 'nothing-left' }
  | { kind: 'silence' }

const PATIENCE_MS = 15_000
/** Of a machine that does not even take the line. */
const MEETING_MS = 5000
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

/** Seconds, or an instant by the clock that answered at `nowMs`; null when it says neither (RFC 9110 §10.2.3). */
export function retryInSecOf(value: string | undefined, nowMs: number): number | null {
  if (value === undefined) return null
  const typed = value.trim()
  const sec = /^\d{1,7}$/.test(typed) ? Number(typed) : Math.ceil((Date.parse(typed) - nowMs) / 1000)
  return Number.isFinite(sec) && sec > 0 ? sec : null
}

/**
 * One request, no redirect followed, within `patienceMs` in all, `meetingMs` of them to connect. Never throws. Not by fetch,
 * which says neither where it connects nor whether it did.
 */
export function ask(question: Question, patienceMs = PATIENCE_MS, meetingMs = MEETING_MS): Promise<Answer> {
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
      const met = setTimeout(() => sent.destroy(new Error('nobody there')), meetingMs)
      sent.on('close', () => clearTimeout(met))
      sent.on('socket', (socket) => {
        socket.once(isSecure ? 'secureConnect' : 'connect', () => {
          isConnected = true
          clearTimeout(met)
        })
      })
      sent.on('response', (message) => {
        void textOf(message).then((text) => {
          sent.destroy()
          const retryInSec = retryInSecOf(message.headers['retry-after'], Date.parse(message.headers.date ?? ''))
          answered({ kind: 'answer', status: message.statusCode ?? 0, text, retryInSec })
        })
      })
      sent.on('error', fail)
      sent.end(body ?? undefined)
    } catch {
      fail()
    }
  })
}
