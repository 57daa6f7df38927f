import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { startSlowServer, type Slowness } from './slow-smtp.test-model'

let smtp: Awaited<ReturnType<typeof startSlowServer>>

beforeAll(async () => {
  smtp = await startSlowServer()
})
afterAll(() => smtp.close())
beforeEach(() => {
  smtp.beSlow(null)
  vi.stubEnv('APP_ENV', 'production')
  vi.stubEnv('SMTP_URL', smtp.url)
  vi.resetModules()
})
afterEach(() => vi.unstubAllEnvs())

const mail = { to: 'lea@example.org', subject: 'Votre rendez-vous', text: 'Bonjour', html: '<p>Bonjour</p>' }

/** What becomes of a mail, and how long it took to know. */
async function give(slowness: Slowness | null, how: { withinMs?: number; inAllMs?: number }) {
  smtp.beSlow(slowness)
  const { deliverMail, fateOf } = await import('./mail')
  const fromMs = performance.now()
  const fate = await deliverMail(mail, how).then(() => 'taken', fateOf)
  return { fate, tookMs: performance.now() - fromMs }
}

const STAGES = ['greeting', 'EHLO', 'MAIL', 'RCPT', 'DATA'] as const

describe('a mail of which the time is up', () => {
  test.each(STAGES)('before a server slow at %s asks for it is not given to it, then or later', async (at) => {
    const { fate, tookMs } = await give({ at, ms: 600 }, { withinMs: 200 })
    expect(fate).toBe('later')
    expect(tookMs).toBeLessThan(550)
    await pause(700)
    expect(smtp.received).toEqual([])
  })

  test('before it is offered is offered to nobody', async () => {
    expect(await give(null, { withinMs: 0 })).toMatchObject({ fate: 'later' })
    expect(smtp.received).toEqual([])
  })

  test('once it was given is waited for', async () => {
    expect(await give({ at: 'message', ms: 400 }, { withinMs: 200 })).toMatchObject({ fate: 'taken' })
    expect(smtp.received).toHaveLength(1)
  })

  test('far away leaves as ever', async () => {
    expect(await give(null, { withinMs: 90 * 86_400_000 })).toMatchObject({ fate: 'taken' })
  })
})

describe('a server that never comes to the end', () => {
  test.each(STAGES)('at %s is left, and the mail is for later', async (at) => {
    const { fate, tookMs } = await give({ at, ms: 1500, isDripping: true }, { inAllMs: 300 })
    expect(fate).toBe('later')
    expect(tookMs).toBeLessThan(1000)
    expect(smtp.received).toEqual([])
  })

  test('once it has the mail leaves a doubt', async () => {
    const { fate, tookMs } = await give({ at: 'message', ms: 1500, isDripping: true }, { inAllMs: 300 })
    expect(fate).toBe('unknown')
    expect(tookMs).toBeLessThan(1000)
  })
})
