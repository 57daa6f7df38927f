import { generateKeyPairSync } from 'node:crypto'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SignJWT } from 'jose'
import { custom } from 'openid-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { visitProvider } from '@/db/testing/provider-visit'
import { startIdentityProvider, type RunningIdentityProvider } from '@/scripts/identity-provider.mjs'
import { franceConnectClaims, personOfClaims } from '../rules/identity'
import { beginFlow, endFlow, providerSettings, signOutUrl, type Flow, type Settings } from './oidc'

const NOW = new Date('2027-03-01T06:00:00Z')
const RETURN = 'http://localhost:3000/mes-rdv/france-connect/retour'
const AWA = {
  given_name: 'Awa Marie',
  family_name: 'Ndiaye',
  preferred_username: 'Diop',
  birthdate: '1990-02-28',
  email: 'Awa@Example.org',
}

const servers: Server[] = []
async function listening(answer: RequestListener): Promise<string> {
  const server = createServer(answer)
  servers.push(server)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`
}
afterAll(() => servers.forEach((server) => server.close()))

let provider: RunningIdentityProvider
let issuer: string
beforeAll(async () => {
  provider = await startIdentityProvider({ appUrl: 'http://localhost:3000', claimsOf: () => AWA })
  issuer = provider.issuer
})
afterAll(() => provider.stop())

const settingsOf = (issuer: string): Settings => ({
  ...{ issuer, clientId: 'rdv', clientSecret: provider.client.secret, alg: 'RS256' },
})

/** A browser that signs in at the provider's, and says yes: what it brings back. */
const goThrough = async (url: string) => (await visitProvider(url, { until: RETURN })).params

async function begun(settings = settingsOf(issuer)) {
  const begin = await beginFlow('france-connect', NOW, settings)
  if (!begin) throw new Error('the provider does not answer')
  return begin
}
const end = (flow: Flow | null, params: Record<string, string>, { now = NOW, settings = settingsOf(issuer) } = {}) =>
  endFlow('france-connect', flow, params, { now, settings })

describe('a real provider on this machine', () => {
  test('says who somebody is, signed, once; and is left by its own door', async () => {
    const { url, flow } = await begun()
    expect(new URL(url).searchParams.get('code_challenge_method')).toBe('S256')
    const params = await goThrough(url)
    const answer = await end(flow, params)
    if (!answer.ok) throw new Error(answer.reason)
    expect(personOfClaims(franceConnectClaims.parse(answer.claims))).toEqual({
      ...{ subject: 'awa', firstName: 'Awa', lastName: 'Ndiaye', usualLastName: 'Diop' },
      ...{ bornOn: '1990-02-28', email: 'awa@example.org' },
    })
    expect(await end(flow, params)).toEqual({ ok: false, reason: 'refused' })
    const out = new URL((await signOutUrl('france-connect', answer.idToken ?? '', settingsOf(issuer))) ?? '')
    expect(out.origin).toBe(issuer)
    expect(out.searchParams.get('post_logout_redirect_uri')).toBe('http://localhost:3000/mes-rdv/connexion')
  })

  test.each<[string, (flow: Flow) => Flow]>([
    ['another state', (flow) => ({ ...flow, state: 'x' })],
    ['another nonce', (flow) => ({ ...flow, nonce: 'x' })],
    ['another verifier', (flow) => ({ ...flow, verifier: 'x'.repeat(43) })],
  ])('an answer to %s is refused', async (_, change) => {
    const { url, flow } = await begun()
    expect(await end(change(flow), await goThrough(url))).toEqual({ ok: false, reason: 'refused' })
  })

  test('an answer too late, to another provider, or that nobody asked for, opens nothing', async () => {
    const { url, flow } = await begun()
    const params = await goThrough(url)
    const now = new Date(NOW.getTime() + 11 * 60_000)
    expect(await end(flow, params, { now })).toEqual({ ok: false, reason: 'too-late' })
    expect(await end({ ...flow, provider: 'pro-connect' }, params)).toEqual({ ok: false, reason: 'too-late' })
    expect(await end(null, params)).toEqual({ ok: false, reason: 'too-late' })
  })

  test('somebody who says no is told nothing is wrong', async () => {
    const { flow } = await begun()
    const params = { error: 'access_denied', state: flow.state, iss: issuer }
    expect(await end(flow, params)).toEqual({ ok: false, reason: 'cancelled' })
  })

  test('rubbish brought back is refused', async () => {
    const { flow } = await begun()
    for (const params of [{}, { code: 'x' }, { code: 'x', state: flow.state, iss: issuer }, { error: 'server_error' }])
      expect(await end(flow, params)).toMatchObject({ ok: false, reason: 'refused' })
  })
})

test.each([
  ['1990-02-28', '1990-02-28'],
  ['1990-00-00', null],
  ['1990-02-00', null],
  ['1990', null],
  [undefined, null],
])('whoever is said born on %s is known all the same', (birthdate, bornOn) => {
  const claims = franceConnectClaims.parse({ sub: 'x', given_name: 'Awa', family_name: 'Ndiaye', birthdate })
  expect(personOfClaims(claims)).toMatchObject({ lastName: 'Ndiaye', usualLastName: null, bornOn })
})

describe('what is said of a person', () => {
  /** The same provider, but for who answers about people. */
  const withUserinfo = (answer: (sub: string) => Promise<{ type: string; text: string }>) =>
    listening((request, response) => {
      void (async () => {
        const here = `http://${request.headers.host ?? ''}`
        if (request.url?.startsWith('/.well-known')) {
          const real = (await (await fetch(`${issuer}/.well-known/openid-configuration`)).json()) as object
          response.setHeader('content-type', 'application/json')
          response.end(JSON.stringify({ ...real, userinfo_endpoint: `${here}/userinfo` }))
          return
        }
        const { type, text } = await answer('awa')
        response.setHeader('content-type', type)
        response.end(text)
      })()
    })

  test.each<[string, () => Promise<{ type: string; text: string }>]>([
    [
      'signed by another key',
      async () => {
        const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
        const jwt = new SignJWT({ sub: 'awa', ...AWA }).setProtectedHeader({ alg: 'RS256', kid: 'one' })
        const text = await jwt.setIssuer(issuer).setAudience('rdv').sign(privateKey)
        return { type: 'application/jwt', text }
      },
    ],
    ['not signed', () => Promise.resolve({ type: 'application/json', text: JSON.stringify({ sub: 'awa', ...AWA }) })],
    ['rubbish', () => Promise.resolve({ type: 'application/jwt', text: '<html>' })],
  ])('is refused when %s', async (_, answer) => {
    const settings = settingsOf(await withUserinfo(answer))
    const { url, flow } = await begun(settings)
    expect(await end(flow, await goThrough(url), { settings })).toEqual({ ok: false, reason: 'refused' })
  })
})

describe('a provider that does not answer', () => {
  test('in time, with rubbish, or at all: nobody is sent anywhere', async () => {
    custom.setHttpOptionsDefaults({ timeout: 200 })
    const silent = await listening(() => undefined)
    const rubbish = await listening((_, response) => response.end('<html>'))
    const broken = await listening((_, response) => response.writeHead(500).end())
    for (const url of [silent, rubbish, broken, 'http://127.0.0.1:1'])
      expect(await beginFlow('france-connect', NOW, settingsOf(url)), url).toBeNull()
  })

  test('not configured, there is none', async () => {
    expect(providerSettings('france-connect')).toBeNull()
    expect(await beginFlow('pro-connect', NOW)).toBeNull()
  })
})
