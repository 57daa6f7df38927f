import pino from 'pino'
import { env } from './env'

let logger: pino.Logger | undefined

/** Structured log. Never a name, a phone, an e-mail or an address: ids and kinds only. */
export function log(): pino.Logger {
  logger ??= pino({
    level: env().LOG_LEVEL,
    base: { app: 'rdv-territoires' },
    timestamp: pino.stdTimeFunctions.isoTime,
  })
  return logger
}

/** What a log may keep of an error: its name, its code, where it happened; never its message, which may quote a row. */
export function errorFacts(error: unknown): { name: string; code: string | null; at: string[] } {
  if (!(error instanceof Error)) return { name: typeof error, code: null, at: [] }
  const cause = error.cause instanceof Error ? error.cause : error
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : null
  // The stack begins with the message, whose own lines may look like any other.
  const [, frames = ''] = (error.stack ?? '').split(error.message || `${error.name}\n`, 2)
  const at = frames.split('\n').filter((line) => line.trimStart().startsWith('at '))
  return { name: cause.name, code, at: at.slice(0, 6).map((line) => line.trim()) }
}
