import { randomInt } from 'node:crypto'
import AxeBuilder from '@axe-core/playwright'
import { expect, type APIRequestContext, type Locator, type Page } from '@playwright/test'
import superjson from 'superjson'
import demo from '../db/seed/accounts.json' with { type: 'json' }

/** Claire Dubois unless told otherwise, midwife: the demo's agent with a full day and RDVs to fill in. */
export async function signInAsAgent(page: Page, account = 'claire.dubois') {
  const { email } = demo.accounts.find((one) => one.email.startsWith(account))!
  const form = { email, password: demo.password }
  const answer = await page.request.post('/connexion/entrer', { form, maxRedirects: 0 })
  expect(answer.headers().location).toBe('/agent')
}

/** Before the scripts have taken over, a button posts its form: as good, but another journey. */
export async function open(page: Page, path: string) {
  await page.goto(path)
  await page.waitForFunction(() =>
    Object.keys(document.querySelector('main a, main form') ?? {}).some((key) => key.startsWith('__react')),
  )
}

export const cards = (page: Page) => page.getByRole('main').getByRole('article')

/** The RDVs still without a status. */
export const openCards = (page: Page) => cards(page).filter({ has: page.getByRole('button', { name: /^Honoré/ }) })

/** One RDV's card, whatever becomes of the others. */
export async function nameOf(card: Locator): Promise<string> {
  return (await card.getByRole('heading').getByRole('link').innerText()).trim()
}

export async function cardOf(page: Page, card: Locator): Promise<{ card: Locator; name: string; path: string }> {
  const path = (await card.getByRole('heading').getByRole('link').getAttribute('href')) ?? ''
  return { card: page.locator(`[data-rdv="${path.split('/').at(-1) ?? ''}"]`), name: await nameOf(card), path }
}

/** Gives the RDV its status and takes it back, from its own page: the demo is left as it was found. */
export async function reopen(page: Page, path: string) {
  await open(page, path)
  const back = page.getByRole('main').getByRole('button', { name: /^Remettre/ })
  if (await back.isVisible()) await back.click()
  await expect(page.getByRole('main').getByRole('button', { name: /^Honoré/ })).toBeVisible()
  await expect(page.getByRole('main').getByText('À renseigner → ').first()).toBeVisible()
}

/** Resolves once the server has answered about a status. */
export const statusAnswer = (page: Page) =>
  page.waitForResponse((answer) => answer.url().includes('booking.setStatus') && answer.ok())

/** How often an RDV's history already says it. */
export async function historyCount(page: Page, path: string, words: string): Promise<number> {
  await open(page, path)
  return page.getByText(words).count()
}

/** axe finds nothing, and nothing overflows. */
export async function expectSoundPage(page: Page) {
  // A list that has just lost a row is paler for the time its taps count for nothing.
  await page.waitForFunction(
    () =>
      !document.querySelector('[data-settling]') &&
      document.getAnimations().every((one) => one.playState !== 'running'),
  )
  await expect(page).toHaveTitle(/\S/)
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => [id, ...nodes.map((node) => node.html.slice(0, 200))])).toEqual([])
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect(overflow, page.url()).toBeLessThanOrEqual(0)
}

/** Whoever asks by HTTP: a page, or a client without one. */
export type Asker = { request: APIRequestContext }

/**
 * What a procedure answers to whoever is signed in on this page. Dates travel as superjson says. A connection left idle may
 * be closed just as it is used: then asked once more.
 */
export async function ask<Answer>(
  page: Asker,
  procedure: string,
  kind: 'query' | 'mutation',
  input: object,
): Promise<Answer> {
  const body = superjson.serialize(input)
  const path = `/api/trpc/${procedure}`
  const answer =
    kind === 'query'
      ? await page.request.get(path, { params: { input: JSON.stringify(body) }, maxRetries: 1 })
      : await page.request.post(path, { data: body, maxRetries: 1 })
  expect(answer.ok(), `${procedure}: ${await answer.text()}`).toBe(true)
  const { result } = (await answer.json()) as { result: { data: Parameters<typeof superjson.deserialize>[0] } }
  return superjson.deserialize<Answer>(result.data)
}

/** A motif on site of this agent's, and a lieu of its organisation. */
export async function siteOf(page: Asker, agentId: number) {
  type Motif = { id: number; organisationId: number; locationType: string }
  const motifs = await ask<Motif[]>(page, 'booking.listPlaceableMotifs', 'query', { agentId })
  const { id: motifId, organisationId } = motifs.find((motif) => motif.locationType === 'public_office')!
  const asked = { motifId, agentIds: [agentId], usagerIds: [] }
  const { lieux } = await ask<{ lieux: { id: number }[] }>(page, 'booking.getPlacement', 'query', asked)
  return { motifId, organisationId, lieuId: lieux[0]!.id }
}

/** Somebody new, whom this organisation receives. */
export async function someoneOf(page: Asker, organisationId: number) {
  const lastName = someName()
  const answers = { firstName: 'Zoé', lastName }
  const file = { organisationId, responsibleId: null, answers, acknowledged: [] }
  const { value } = await ask<{ value: { usagerId: number } }>(page, 'people.createUsager', 'mutation', file)
  return { usagerId: value.usagerId, lastName }
}

/** An RDV of somebody new with this agent, whatever stands there. */
export async function placeAt(page: Asker, agentId: number, startAt: Date) {
  const { motifId, organisationId, lieuId } = await siteOf(page, agentId)
  const { usagerId, lastName } = await someoneOf(page, organisationId)
  const placed = await ask<{ ok: boolean; value: { rdvId: number } }>(page, 'booking.createRdv', 'mutation', {
    motifId,
    agentIds: [agentId],
    usagerIds: [usagerId],
    lieuId,
    startAt,
    acknowledged: ['past', 'overlap', 'absent', 'elsewhere', 'gap', 'same-day', 'no-shows'],
  })
  expect(placed.ok, JSON.stringify(placed)).toBe(true)
  return { rdvId: placed.value.rdvId, lieuId, lastName }
}

/** Letters alone, so that it is a name. */
export const someName = () => `Test${Array.from({ length: 8 }, () => String.fromCharCode(97 + randomInt(26))).join('')}`
