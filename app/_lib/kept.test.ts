import { beforeEach, expect, test, vi } from 'vitest'
import { encodeSession, sessionCookie } from '@/server/access/auth'
import { formRoute } from './form-route'
import { dropTyped, keepTyped, keptOf } from './kept'

const jar = vi.hoisted(() => new Map<string, string>())
vi.mock('next/headers', () => ({
  headers: () => Promise.resolve(new Headers()),
  cookies: () =>
    Promise.resolve({
      get: (name: string) => (jar.has(name) ? { name, value: jar.get(name) } : undefined),
      set: (name: string, value: string) => void jar.set(name, value),
      delete: (name: string) => void jar.delete(name),
    }),
}))

const SESSION = '0b7c2c0e-6a0f-4a55-9f3c-0d1f0a6f2b11'
const OTHER = '5a1d9e43-2f0c-4f0f-8d5b-7f6c1c2f4e22'
const signIn = async (sessionId: string) => void jar.set(sessionCookie().name, await encodeSession(sessionId))
const typed = { form: 'usager', fields: { lastName: 'Martin' }, faults: { phone: 'phone-unknown' } }

beforeEach(async () => {
  jar.clear()
  await signIn(SESSION)
})

test('what was typed comes back to its form, and the browser cannot read it', async () => {
  await keepTyped(typed, true)
  const value = jar.get('saisie') ?? ''
  expect(value).not.toBe('')
  expect(Buffer.from(value, 'base64url').toString('latin1')).not.toContain('Martin')
  expect(await keptOf('usager', true)).toMatchObject({ fields: typed.fields, faults: typed.faults })
  expect(await keptOf('motif', true)).toEqual({ fields: {}, faults: {} })
})

test('another session reads nothing of it, nor anybody once it is dropped or altered', async () => {
  await keepTyped(typed, true)
  const value = jar.get('saisie') ?? ''
  await signIn(OTHER)
  expect(await keptOf('usager', true)).toEqual({ fields: {}, faults: {} })
  await signIn(SESSION)
  jar.set('saisie', `${value.slice(0, -3)}AAA`)
  expect(await keptOf('usager', true)).toEqual({ fields: {}, faults: {} })
  await dropTyped()
  expect(jar.has('saisie')).toBe(false)
})

test('what is too long for a cookie leaves its faults alone, within what browsers keep', async () => {
  await keepTyped({ ...typed, fields: { note: 'é'.repeat(3000) } }, true)
  expect(jar.get('saisie')?.length).toBeLessThan(3700)
  expect(await keptOf('usager', true)).toMatchObject({ fields: {}, faults: typed.faults })
})

test('signing out leaves nothing of it in the browser', async () => {
  await keepTyped(typed, true)
  // Its session is over already.
  jar.delete(sessionCookie().name)
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const request = new Request('http://localhost/x', { method: 'POST', headers, body: 'a=b' })
  const leave = formRoute(() => Promise.resolve('/connexion'), { backHref: '/', isLeaving: true })
  expect((await leave(request, { params: Promise.resolve({}) })).status).toBe(303)
  expect(jar.has('saisie')).toBe(false)
})
