import { afterAll, beforeAll, vi } from 'vitest'

export const SUPPORT = 'support@rdv.example'

/** Mails come in, and what is left to nobody goes to `SUPPORT`, for all the tests of a file. */
export function mailsComeIn() {
  beforeAll(() => {
    // Read once, at its first use.
    vi.stubEnv('MAIL_INBOUND_DOMAIN', 'reponses.rdv.example')
    vi.stubEnv('MAIL_INBOUND_SECRET', 'x'.repeat(32))
    vi.stubEnv('SUPPORT_MAIL', SUPPORT)
  })
  afterAll(() => {
    vi.unstubAllEnvs()
  })
}
