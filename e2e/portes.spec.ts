import { expect, request, type APIRequestContext } from '@playwright/test'
import demo from '../db/seed/accounts.json' with { type: 'json' }
import { DOORS, type Door } from './doors'
import { signInAsSupport } from './support-house'
import { test } from './test'

// Doors do not look at who carries the phone: once is enough.
test.describe.configure({ mode: 'serial' })

const ACTORS = [
  'anonyme',
  'claire.dubois',
  'sandrine.lefebvre',
  'karim.benali',
  'helene.delattre',
  'julie.delmotte',
  'nadia.carpentier',
  'support',
] as const
type Actor = (typeof ACTORS)[number]
const [, AGENT, , , STRANGER] = ACTORS
/** To each, some of the midwife's RDVs: never all, never none. */
const COLLEAGUES = ['sandrine.lefebvre', 'karim.benali', 'julie.delmotte', 'nadia.carpentier'] as const

const AGENTS_DOORS: ReadonlySet<Door> = new Set(['agent', 'admin', 'territory', 'reach'])
const ADMINS: readonly Actor[] = ['karim.benali', 'helene.delattre']

const SAMPLES: Readonly<Record<string, string>> = {
  '[token]': 'a'.repeat(43),
  '[rdvId]': '999999999',
  '[agentId]': '999999999',
  '[organisationId]': '999999999',
  '[lieuId]': '999999999',
  '[motifId]': '999999999',
  '[groupId]': '999999999',
  '[absenceId]': '999999999',
  '[openingId]': '999999999',
  '[exportId]': '999999999',
  '[usagerId]': '999999999',
  '[...nextauth]': 'session',
  '[trpc]': 'access.me',
}
const pathOf = (door: string) => door.replace(/\[[^\]]+\]/g, (part) => SAMPLES[part] ?? part)

const clients = new Map<Actor, APIRequestContext>()
const knock = (actor: Actor, path: string) => clients.get(actor)!.get(path, { maxRedirects: 0, maxRetries: 2 })

test.beforeAll(async ({ baseURL }) => {
  for (const actor of ACTORS) {
    const client = await request.newContext({ baseURL: baseURL! })
    clients.set(actor, client)
    if (actor === 'support') await signInAsSupport(client)
    const account = demo.accounts.find(({ email }) => email.startsWith(actor))
    if (!account) continue
    const form = { email: account.email, password: demo.password }
    const answer = await client.post('/connexion/entrer', { form, maxRedirects: 0 })
    expect(answer.headers().location, actor).toBe('/agent')
  }
})
test.afterAll(() => Promise.all([...clients.values()].map((client) => client.dispose())))

/** What a visit says, in a word. */
async function answerOf(actor: Actor, door: string): Promise<string> {
  const answer = await knock(actor, pathOf(door))
  const { location } = answer.headers()
  if (!location) return String(answer.status())
  const to = new URL(location, 'http://house').pathname
  if (to === '/connexion' || to === '/super/connexion') return 'sign in'
  return to.startsWith('/agent') ? 'agents' : 'elsewhere'
}

/** What the list promises to this actor; several answers when the page depends on what was asked before. */
function promised(actor: Actor, door: string, kind: Door): readonly string[] {
  const isAnonymous = actor === 'anonyme'
  // Among agents there is nothing for them: they are led to the agents' door.
  if (actor === 'support' && AGENTS_DOORS.has(kind)) return ['sign in']
  switch (kind) {
    case 'page':
      // A page of the tunnel asked for nothing leads to the first question; the sign-in page knows who signed in.
      return door.startsWith('/connexion') && !isAnonymous && actor !== 'support'
        ? ['200', 'agents']
        : ['200', 'elsewhere']
    case 'step':
      return ['sign in']
    case 'super':
      if (isAnonymous) return ['sign in']
      // Nobody has these numbers; whoever has a second factor has none to set up.
      if (actor === 'support')
        return [door.includes('[') ? '404' : door.endsWith('authentification') ? 'elsewhere' : '200']
      return ['404']
    case 'place':
      return ['404']
    case 'provider':
    case 'form':
      return ['elsewhere', 'sign in', 'agents']
    case 'agent':
      return [isAnonymous ? 'sign in' : '200']
    case 'admin':
      return [isAnonymous ? 'sign in' : ADMINS.includes(actor) ? '200' : '404']
    case 'territory':
      return [isAnonymous ? 'sign in' : actor === 'helene.delattre' ? '200' : '404']
    case 'reach':
      return [isAnonymous ? 'sign in' : '404']
    case 'link':
      // Forms and files send elsewhere; a page of an unknown link is not there.
      return /\]$|\/(deplacer|verifier|messages|recu)$/.test(door) ? ['404'] : ['elsewhere']
    case 'data':
      return door.includes('[trpc]') && (isAnonymous || actor === 'support') ? ['401'] : ['200']
    case 'live':
      return ['401']
  }
}

for (const actor of ACTORS) {
  test(`every door answers ${actor} as promised @telephone`, async () => {
    for (const [door, kind] of Object.entries(DOORS)) {
      // To agents it speaks for minutes.
      if (kind === 'live' && actor !== 'anonyme' && actor !== 'support') continue
      expect(promised(actor, door, kind), `${actor} ${door}`).toContain(await answerOf(actor, door))
    }
  })
}

test('no form takes anything from another site, nor from nobody @telephone', async () => {
  for (const [door, kind] of Object.entries(DOORS)) {
    const takes =
      kind === 'form' || /\/(annuler|choisir)$|^\/api\/(trpc|auth)\//.test(door) || door === '/prendre-rdv/adresse'
    if (!takes) continue
    const answer = await clients
      .get('anonyme')!
      .post(pathOf(door), { headers: { 'sec-fetch-site': 'cross-site' }, form: {}, maxRedirects: 0 })
    expect(answer.status(), door).toBe(403)
  }
})

test('an RDV opens for its agent, for colleagues as far as it is open to them, and for nobody else @telephone', async () => {
  const week = await (await knock(AGENT, '/agent/semaine')).text()
  const rdvs = [...new Set(week.match(/\/agent\/rdvs\/\d+/g))].slice(0, 25)
  expect(rdvs.length).toBeGreaterThan(5)
  const seen = new Map<Actor, number>()
  for (const rdv of rdvs) {
    for (const actor of ACTORS) {
      const status = await answerOf(actor, rdv)
      if (actor === AGENT) expect(status, rdv).toBe('200')
      if (actor === STRANGER) expect(status, rdv).toBe('404')
      if (actor === 'anonyme' || actor === 'support') expect(status, rdv).toBe('sign in')
      if (status === '200') seen.set(actor, (seen.get(actor) ?? 0) + 1)
    }
  }
  for (const actor of COLLEAGUES) {
    expect(seen.get(actor), actor).toBeGreaterThan(0)
    expect(seen.get(actor), actor).toBeLessThan(rdvs.length)
  }
})

test('a link that never was says the same, well formed or not @telephone', async () => {
  for (const token of ['xx', 'a'.repeat(43), '%00', '..%2F..', '💥']) {
    const path = `/r/${encodeURI(token)}`
    expect((await knock('anonyme', path)).status(), path).toBe(404)
    const answer = await clients.get('anonyme')!.post(`${path}/annuler`, { form: {}, maxRedirects: 0 })
    expect(answer.status(), `${path}/annuler`).toBe(404)
  }
})
