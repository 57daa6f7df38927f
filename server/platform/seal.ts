import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { env } from './env'

const NONCE_BYTES = 12
const TAG_BYTES = 16

const keyOf = (purpose: string): Buffer => Buffer.from(hkdfSync('sha256', env().APP_SECRET, '', `seal|${purpose}`, 32))

/**
 * What the database may keep without knowing it: AES-256-GCM under a key drawn from APP_SECRET. `place` says whose it is:
 * moved to another row, it no longer opens.
 */
export function seal(purpose: string, place: string, text: string): string {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', keyOf(purpose), nonce).setAAD(Buffer.from(place))
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')
}

/** Null when it was sealed under another APP_SECRET, for another place, or altered. */
export function unseal(purpose: string, place: string, sealed: string): string | null {
  const bytes = Buffer.from(sealed, 'base64url')
  try {
    const decipher = createDecipheriv('aes-256-gcm', keyOf(purpose), bytes.subarray(0, NONCE_BYTES))
      .setAAD(Buffer.from(place))
      .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
    const text = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8')
    return text + decipher.final('utf8')
  } catch {
    return null
  }
}
