import { expect, type APIRequestContext } from '@playwright/test'
import { Secret, TOTP } from 'otpauth'
import demo from '../db/seed/accounts.json' with { type: 'json' }

const STEP_MS = 30_000

const codeOf = (key: string, atMs: number) => new TOTP({ secret: Secret.fromBase32(key) }).generate({ timestamp: atMs })

/** The code a telephone shows now. */
export const codeNow = (key: string) => codeOf(key, Date.now())

/** The code of the next half-minute, which the house takes too: for whoever has just used this one. */
export const codeNext = (key: string) => codeOf(key, Date.now() + STEP_MS)

/**
 * The demo's super-admin, password then code. There is one for all journeys and a code serves once: whoever comes just after
 * somebody else takes the next code, or waits for it.
 */
export async function signInAsSupport(client: APIRequestContext) {
  const { email, totpKey } = demo.superAdmin
  await expect(async () => {
    const password = { email, password: demo.password }
    const first = await client.post('/super/connexion/entrer', { form: password, maxRedirects: 0 })
    expect(first.headers().location).toBe('/super/code')
    const form = { code: codeNext(totpKey) }
    const second = await client.post('/super/code/verifier', { form, maxRedirects: 0 })
    expect(second.headers().location).toBe('/super')
  }).toPass({ timeout: 70_000, intervals: [8_000] })
}
