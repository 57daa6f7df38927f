import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { ownDatabase } from '@/db/testing/database'
import { makeAgent, makeWorkplace } from '@/db/testing/make'
import { visitProvider, type Jar } from '@/db/testing/provider-visit'
import { startIdentityProvider, type RunningIdentityProvider } from '@/scripts/identity-provider.mjs'

const HERE = 'http://localhost:3000'
const EMAIL = 'claire@departement.example'

/** The cookies of one browser, as the site keeps them there. */
const ours = new Map<string, string>()
vi.mock('next/headers', () => ({
  headers: () => Promise.resolve(new Headers()),
  cookies: () =>
    Promise.resolve({
      get: (name: string) => (ours.has(name) ? { name, value: ours.get(name) } : undefined),
      set: (name: string, value: string, { maxAge }: { maxAge?: number }) =>
        maxAge === 0 ? ours.delete(name) : ours.set(name, value),
      delete: (name: string) => ours.delete(name),
    }),
}))

const database = await ownDatabase()
let provider: RunningIdentityProvider
beforeAll(async () => {
  provider = await startIdentityProvider({ appUrl: HERE, claimsOf: (sub) => ({ email: sub, usual_name: 'Petit' }) })
  await makeAgent(database.db, await makeWorkplace(database.db), { email: EMAIL })
  vi.stubEnv('DATABASE_URL', database.url)
})
afterAll(() => {
  provider.stop()
  vi.unstubAllEnvs()
})
beforeEach(() => ours.clear())

/** The site, whose ProConnect stands at `issuer`; no other is remembered. */
async function site(issuer = provider.issuer) {
  vi.resetModules()
  for (const [name, value] of Object.entries(provider.env)) vi.stubEnv(name, value)
  vi.stubEnv('PROCONNECT_ISSUER', issuer)
  const [api, { POST }, { GET }] = await Promise.all([
    import('@/server/api'),
    import('@/app/connexion/sortir/route'),
    import('@/app/connexion/pro-connect/sortir/route'),
  ])
  const signOut = async (portee?: string) => {
    const request = new Request(`${HERE}/connexion/sortir`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
      body: new URLSearchParams(portee === undefined ? {} : { portee }),
    })
    return (await POST(request, { params: Promise.resolve({}) })).headers.get('location')
  }
  const isInside = async () => (await api.ctxOf()).actor.kind === 'agent'
  return { api, signOut, isInside, leave: GET }
}
type Site = Awaited<ReturnType<typeof site>>

/** Goes in by ProConnect; says whether it asked who this is. */
async function enter({ api }: Site, jar: Jar, login = EMAIL) {
  const url = (await api.beginProConnect()) ?? ''
  const { params, isAskedWho } = await visitProvider(url, { until: `${HERE}/connexion/pro-connect/retour`, login, jar })
  return { isAskedWho, outcome: await api.endProConnect(params) }
}

/** Where the page leads by itself: no form may lead to another site. */
const leadsTo = (page: Response) => new URL(/^0; url=(.+)$/.exec(page.headers.get('refresh') ?? '')?.[1] ?? '')

test('whoever signs out leaves ProConnect too, which asks who comes next', async () => {
  const here = await site()
  const jar: Jar = new Map()
  expect(await enter(here, jar)).toEqual({ isAskedWho: true, outcome: { ok: true, value: 'inside' } })
  expect(await here.isInside()).toBe(true)
  expect(await here.signOut()).toBe('/connexion/pro-connect/sortir')
  expect(await here.isInside()).toBe(false)
  const page = await here.leave()
  expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'private, no-store'])
  const out = leadsTo(page)
  expect(out.origin).toBe(provider.issuer)
  expect(out.searchParams.get('id_token_hint')).toMatch(/^ey/)
  const { params } = await visitProvider(out.href, { until: `${HERE}/connexion`, jar })
  expect(params).toEqual({ state: out.searchParams.get('state') })
  expect(params.state?.length).toBeGreaterThanOrEqual(32)
  expect(await here.api.isProConnectOpen()).toBe(false)
  expect((await enter(here, jar)).isAskedWho).toBe(true)
})

test('whoever closes their session on every device leaves it too; whoever has nothing to leave goes to the door', async () => {
  const here = await site()
  await enter(here, new Map())
  expect(await here.signOut('partout')).toBe('/connexion/pro-connect/sortir')
  ours.clear()
  expect(await here.signOut()).toBe('/connexion?avis=deconnecte')
  const page = await here.leave()
  expect([page.status, page.headers.get('location')]).toEqual([303, '/connexion?avis=deconnecte'])
})

test('nobody leaves it who is still inside', async () => {
  const here = await site()
  await enter(here, new Map())
  expect((await here.leave()).headers.get('refresh')).toBeNull()
  expect([await here.isInside(), await here.api.isProConnectOpen()]).toEqual([true, true])
})

test('whoever ProConnect knows and nobody here does may leave it', async () => {
  const here = await site()
  const { outcome } = await enter(here, new Map(), 'stranger@departement.example')
  expect(outcome).toEqual({ ok: false, reason: 'no-account' })
  expect(await here.api.isProConnectOpen()).toBe(true)
  expect(leadsTo(await here.leave()).origin).toBe(provider.issuer)
})

test('when ProConnect does not answer, one is signed out here all the same, and told it is still open there', async () => {
  await enter(await site(), new Map())
  const cut = await site('http://127.0.0.1:1')
  expect(await cut.isInside()).toBe(true)
  expect(await cut.signOut()).toBe('/connexion/pro-connect/sortir')
  expect(await cut.isInside()).toBe(false)
  const page = await cut.leave()
  expect([page.status, page.headers.get('location')]).toEqual([303, '/connexion?avis=deconnecte'])
  expect(await cut.api.isProConnectOpen()).toBe(true)
})
