import { expect, request, type APIRequestContext, type Page } from '@playwright/test'
import demo from '../db/seed/accounts.json' with { type: 'json' }
import { ask, type Asker } from './agent-house'
import { signInAsSupport } from './support-house'

/** Who knocks with real numbers, each as seen from the RDVs of the midwife at her PMI centre. */
export const ACTORS = [
  'anonymous',
  'usager with a link',
  'owner',
  'same service',
  'other service',
  'other organisation',
  'other territory',
  'secretary',
  'admin',
  'territory admin',
  'super-admin',
] as const
export type Actor = (typeof ACTORS)[number]

/** Whom the demo gives a password. */
const ACCOUNTS: Partial<Record<Actor, string>> = {
  owner: 'claire.dubois',
  'same service': 'julie.delmotte',
  'other service': 'nadia.carpentier',
  secretary: 'sandrine.lefebvre',
  admin: 'karim.benali',
  'territory admin': 'helene.delattre',
}

export type Clients = Readonly<Record<Actor, APIRequestContext>>

type Message = { text: string; html: string | null }

/** The first match of `link` in the newest captured mail to somebody, once it is there. */
export async function mailed(client: APIRequestContext, email: string, link: RegExp): Promise<string> {
  let found = ''
  await expect(async () => {
    const filter = { channel: 'mail', recipient: email }
    const messages = await ask<Message[]>({ request: client }, 'access.capturedMessages', 'query', filter)
    found = messages.flatMap(({ text }) => link.exec(text)?.[1] ?? [])[0] ?? ''
    expect(found, `a mail to ${email}`).not.toBe('')
  }).toPass({ timeout: 20_000, intervals: [200, 500] })
  return found
}

export async function signIn(client: APIRequestContext, account: string) {
  const { email } = demo.accounts.find((one) => one.email.startsWith(account))!
  const form = { email, password: demo.password }
  const answer = await client.post('/connexion/entrer', { form, maxRedirects: 0 })
  expect(answer.headers().location, account).toBe('/agent')
}

/** Of those to whom the demo gives no password: by the link of a mail. */
export async function signInByMail(client: APIRequestContext, email: string) {
  await client.post('/connexion/lien/demander', { form: { email }, maxRedirects: 0 })
  // A link of before, already followed, may stand there until the new one comes.
  await expect(async () => {
    const jeton = await mailed(client, email, /jeton=([\w-]+)/)
    const answer = await client.post('/connexion/lien/ouvrir', { form: { jeton }, maxRedirects: 0 })
    expect(answer.headers().location, email).toBe('/agent')
  }).toPass({ timeout: 20_000, intervals: [300, 1000] })
}

type Found = { agentId: number; email: string | null; state: string; places: string[] }
type Card = { places: { level: string }[] }

/** Who administers a place, and works nowhere else: if anybody from there got through a wall, they would. */
export async function adminAt(support: Asker, place: string): Promise<string> {
  let page = 1
  for (let hasMore = true; hasMore; page += 1) {
    const asked = { search: '', territoryId: null, organisationId: null, page }
    const answer = await ask<{ agents: Found[]; hasMore: boolean }>(support, 'superAdmins.searchAgents', 'query', asked)
    for (const { agentId, email, state, places } of answer.agents) {
      if (email === null || state !== 'active' || places.length !== 1 || !places[0]!.startsWith(place)) continue
      const card = await ask<Card>(support, 'superAdmins.getAgent', 'query', { agentId })
      if (card.places[0]!.level === 'admin') return email
    }
    hasMore = answer.hasMore
  }
  throw new Error(`nobody at ${place}`)
}

/** A client for each actor, signed in; whoever has a link has it later. */
export async function everybody(baseURL: string): Promise<Clients> {
  const clients = {} as Record<Actor, APIRequestContext>
  for (const actor of ACTORS) clients[actor] = await request.newContext({ baseURL })
  await signInAsSupport(clients['super-admin'])
  for (const [actor, account] of Object.entries(ACCOUNTS)) await signIn(clients[actor as Actor], account)
  const support = { request: clients['super-admin'] }
  await signInByMail(clients['other organisation'], await adminAt(support, 'MDS de l’Arrageois'))
  // She administers the whole of it.
  await signInByMail(clients['other territory'], await adminAt(support, 'MDSI d’Amiens'))
  return clients
}

export type Answer = 'open' | 'not found' | 'sign in' | 'faults' | 'another site'

/** What a visit or a form says, in a word. A form that was read and judged is `open`, whatever became of it. */
export function said({ status, location }: { status: number; location: string | undefined }): Answer {
  if (status === 404) return 'not found'
  if (status === 403) return 'another site'
  if (location === undefined) {
    expect(status).toBe(200)
    return 'open'
  }
  const { pathname, searchParams } = new URL(location, 'http://house')
  if (pathname === '/connexion' || pathname === '/super/connexion') return 'sign in'
  if ([searchParams.get('avis'), searchParams.get('filtre')].includes('introuvable')) return 'not found'
  return searchParams.get('erreurs') && !searchParams.get('avis') ? 'faults' : 'open'
}

/** A client that waited for its turn may find its connection closed. */
const PATIENT = { maxRedirects: 0, maxRetries: 2 }

export const visit = async (client: APIRequestContext, path: string) => {
  const answer = await client.get(path, PATIENT)
  return said({ status: answer.status(), location: answer.headers().location })
}

export const post = async (client: APIRequestContext, path: string, form: Record<string, string>) => {
  const answer = await client.post(path, { form, ...PATIENT })
  return said({ status: answer.status(), location: answer.headers().location })
}

export const askerOf = (clients: Clients, actor: Actor): Pick<Page, 'request'> => ({ request: clients[actor] })
