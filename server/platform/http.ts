import * as z from 'zod'
import { errorFacts, log } from './log'

export type JsonAnswer<T> =
  { ok: true; value: T } | { ok: false; why: 'timeout' | 'unreachable' | 'status' | 'rubbish' }

/** Largest answer read from an outside service, bytes. */
const MAX_ANSWER_BYTES = 1_000_000

/**
 * GET to an outside service that may be slow, absent or wrong: never throws, never waits longer than `timeoutMs`,
 * and returns only what `schema` recognises. `name` stands in the log; the address asked for does not.
 */
export async function getJson<T>(
  name: string,
  url: URL,
  { schema, timeoutMs }: { schema: z.ZodType<T>; timeoutMs: number },
): Promise<JsonAnswer<T>> {
  try {
    const response = await fetch(url, {
      signal: AbortSignal.timeout(timeoutMs),
      headers: { accept: 'application/json' },
    })
    if (!response.ok) return failed(name, 'status')
    const text = await response.text()
    if (text.length > MAX_ANSWER_BYTES) return failed(name, 'rubbish')
    const parsed = schema.safeParse(JSON.parse(text))
    return parsed.success ? { ok: true, value: parsed.data } : failed(name, 'rubbish')
  } catch (error) {
    if (error instanceof SyntaxError) return failed(name, 'rubbish')
    if (error instanceof DOMException && error.name === 'TimeoutError') return failed(name, 'timeout')
    log().debug({ service: name, error: errorFacts(error) }, 'outside service unreachable')
    return failed(name, 'unreachable')
  }
}

function failed(name: string, why: 'timeout' | 'unreachable' | 'status' | 'rubbish'): { ok: false; why: typeof why } {
  log().warn({ service: name, why }, 'outside service failed')
  return { ok: false, why }
}
