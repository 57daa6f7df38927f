import AxeBuilder from '@axe-core/playwright'
import { expect, type Locator, type Page } from '@playwright/test'
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
