import { afterEach, expect, test, vi } from 'vitest'

afterEach(() => vi.unstubAllEnvs())

const nameIn = async (nodeEnv: string, appEnv: string) => {
  vi.stubEnv('NODE_ENV', nodeEnv)
  vi.stubEnv('APP_ENV', appEnv)
  vi.resetModules()
  const { env } = await import('./env')
  return env().APP_ENV
}

test('a production server says which environment it is, or refuses to answer', async () => {
  await expect(nameIn('production', '')).rejects.toThrow(/APP_ENV \(à donner en production/)
  await expect(nameIn('production', 'prod')).rejects.toThrow(/APP_ENV/)
  expect(await nameIn('production', 'recette')).toBe('recette')
})

test('elsewhere it is taken for development', async () => {
  expect(await nameIn('development', '')).toBe('development')
})

test.each([
  ['https://rdv.example', 'https://rdv.example'],
  ['https://rdv.example/', 'https://rdv.example'],
  ['https://rdv.example/rdv//', 'https://rdv.example/rdv'],
])('links are made from %s', async (given, kept) => {
  vi.stubEnv('APP_URL', given)
  vi.resetModules()
  const { env } = await import('./env')
  expect(env().APP_URL).toBe(kept)
})
