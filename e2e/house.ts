import { randomInt } from 'node:crypto'
import AxeBuilder from '@axe-core/playwright'
import { expect, type Browser, type Locator, type Page } from '@playwright/test'

/** What the tests of several journeys share: the tunnel in a citizen's words, and what every page must hold. */

/** A motif on site that asks for nothing but a name and a way to be reached. */
export const PLAIN_MOTIF = { service: /Service social/, motif: /./ }

export type Person = { firstName: string; lastName: string; phone: string }

/** Somebody nobody knows yet, so that no cap on open RDVs is ever met. */
export const somebody = (): Person => ({
  firstName: 'Élodie',
  lastName: `N’Diaye-${Array.from({ length: 8 }, () => String.fromCharCode(97 + randomInt(26))).join('')}`,
  // 06 1… and 06 2… are all given to mobiles; some of 06 3… and 06 9… to nobody.
  phone: ['06', randomInt(10, 30), randomInt(10, 100), randomInt(10, 100), randomInt(10, 100)].join(' '),
})

const answers = (page: Page) => page.getByRole('main').getByRole('listitem').getByRole('link')

/** Times of the slot step. */
export const times = (page: Page) => page.getByRole('main').locator('a:has(time)')

/** From the home page to the list of motifs of a service. */
export async function goToMotifs(page: Page, service: RegExp = PLAIN_MOTIF.service) {
  await page.goto('/')
  await page.getByLabel('Votre commune ou votre code postal').fill('Lens')
  await page.getByRole('button', { name: 'Chercher' }).click()
  await answers(page).filter({ hasText: '62300' }).first().click()
  await expect(page).toHaveURL(/\/prendre-rdv\/service/)
  await answers(page).filter({ hasText: service }).first().click()
  await expect(page).toHaveURL(/\/prendre-rdv\/motif/)
}

/** From the list of motifs to the slots of its first place. */
export async function goToSlots(page: Page, motif: RegExp) {
  await answers(page).filter({ hasText: motif }).first().click()
  await page.waitForURL(/\/prendre-rdv\/(consignes|lieu|creneau)/)
  if (page.url().includes('/consignes')) await page.getByRole('link', { name: 'J’ai compris, continuer' }).click()
  await page.waitForURL(/\/prendre-rdv\/(lieu|creneau)/)
  if (page.url().includes('/lieu')) await answers(page).first().click()
  await page.waitForURL(/\/prendre-rdv\/creneau/)
}

/** Any slot among those shown: tests that run side by side seldom want the same one. */
export async function chooseAnySlot(page: Page) {
  const count = await times(page).count()
  await times(page).nth(randomInt(count)).click()
  await page.waitForURL(/\/prendre-rdv\/coordonnees/)
}

export async function fillCoordinates(page: Page, person: Person) {
  await page.getByLabel('Votre prénom').fill(person.firstName)
  await page.getByLabel('Votre nom', { exact: true }).fill(person.lastName)
  await page.getByLabel('Votre téléphone').fill(person.phone)
}

/** The whole way to the check page, for a person nobody knows; some weeks on or not, so that few want the same slot. */
export async function goToCheck(page: Page, motif: RegExp, person = somebody()): Promise<Person> {
  await goToMotifs(page)
  await goToSlots(page, motif)
  await goWeeksOn(page, randomInt(4))
  await chooseAnySlot(page)
  await fillCoordinates(page, person)
  await page.getByRole('button', { name: 'Continuer' }).click()
  await expect(page).toHaveURL(/\/prendre-rdv\/verifier$/)
  return person
}

/** So many pages of slots on, fewer when there are fewer, to one that has some: past the last there may be, the way is back. */
export async function goWeeksOn(page: Page, weeks: number) {
  const onward = page.getByRole('main').getByRole('link', { name: /^(Jours suivants$|Aller au )/ })
  const back = page.getByRole('link', { name: 'Jours précédents' })
  const follow = async (link: Locator) => page.goto((await link.getAttribute('href')) ?? '')
  const isEmpty = async () => (await times(page).count()) === 0
  for (let left = weeks; left > 0 && (await onward.count()) > 0; left--) await follow(onward)
  for (let left = FARTHEST; left > 0 && (await isEmpty()) && (await onward.count()) > 0; left--) await follow(onward)
  for (let left = FARTHEST; left > 0 && (await isEmpty()) && (await back.count()) > 0; left--) await follow(back)
}

/** Pages of slots, of a week each. */
const FARTHEST = 15

/** One of the slots shown, whichever is still free: whoever was faster leaves others, and this motif has few times a week. */
export async function bookAmongShown(page: Page, person: Person & { email?: string }) {
  for (let tries = 0; tries < 6 && !page.url().endsWith('/rdv/confirme'); tries++) {
    if ((await times(page).count()) === 0) await goWeeksOn(page, 1)
    await chooseAnySlot(page)
    await fillCoordinates(page, person)
    if (person.email) await page.getByLabel('Votre adresse e-mail').fill(person.email)
    await page.getByRole('button', { name: 'Continuer' }).click()
    await page.getByRole('button', { name: 'Confirmer le rendez-vous' }).click()
    await page.waitForURL(/\/rdv\/confirme$|avis=creneau-pris/)
  }
  await expect(page).toHaveURL(/\/rdv\/confirme$/)
}

/**
 * An RDV booked some weeks ahead, by somebody nobody knows: far enough to be moved, and among so many times that journeys
 * side by side do not want the same one.
 */
export async function bookAhead(page: Page, person: Person & { email?: string } = somebody()): Promise<Person> {
  await goToMotifs(page)
  await goToSlots(page, /Accès aux droits/)
  await goWeeksOn(page, randomInt(1, 5))
  await bookAmongShown(page, person)
  return person
}

/** WCAG 2.2 AA and axe's good practices: nothing found, each fault with the element at fault. */
export const expectNoViolation = (page: Page) => expectNothingFound(page, new AxeBuilder({ page }))

async function expectNothingFound(page: Page, axe: AxeBuilder) {
  // The title comes with the end of a page that streams.
  await expect(page).toHaveTitle(/\S/)
  let { violations } = await axe.analyze()
  if (violations.some(({ id }) => id === 'document-title')) {
    // A page that is drawn anew is without one for an instant; where it is always missing, it is missing again.
    await expect(page).toHaveTitle(/\S/)
    violations = (await axe.analyze()).violations
  }
  expect(violations.map(({ id, nodes }) => [id, ...nodes.map((node) => node.html.slice(0, 200))])).toEqual([])
}

/**
 * The same of a page whose frames run no script: axe would wait for them to answer. Each frame is named; what stands in it
 * is checked on its own (`expectSoundMail`).
 */
export async function expectNoViolationBesideFrames(page: Page) {
  const names = await page.locator('iframe').evaluateAll((frames) => frames.map((frame) => frame.getAttribute('title')))
  expect(names.filter((name) => !name?.trim())).toEqual([])
  await expectNothingFound(page, new AxeBuilder({ page }).exclude('iframe'))
}

/**
 * A mail on a phone and on a screen: sound, and wholly within the window. Landmarks are those of the mail reader, in whose
 * page it stands.
 */
export async function expectSoundMail(browser: Browser, html: string) {
  const context = await browser.newContext()
  const reader = await context.newPage()
  for (const width of [360, 1280]) {
    await reader.setViewportSize({ width, height: 740 })
    await reader.setContent(html)
    await expectNothingFound(reader, new AxeBuilder({ page: reader }).disableRules(['landmark-one-main', 'region']))
    await expectNoSidewaysScroll(reader)
  }
  await context.close()
}

/** Nothing to scroll sideways: the page fits the screen, down to 320 px. */
export async function expectNoSidewaysScroll(page: Page) {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect(overflow, page.url()).toBeLessThanOrEqual(0)
}

/** No name, phone or e-mail may stand in an address. */
export function expectNothingPersonalIn(url: string, person: Person) {
  const plain = decodeURIComponent(url).toLowerCase()
  for (const word of [person.firstName, person.lastName, person.phone, person.phone.replaceAll(' ', '')]) {
    expect(plain).not.toContain(word.toLowerCase())
  }
}

/** The address in the newest captured mail to somebody. */
export async function linkMailedTo(browser: Browser, email: string): Promise<string> {
  const context = await browser.newContext()
  const page = await context.newPage()
  // The newest first; a confirmation that was slow to leave may stand above.
  const link = page.getByRole('article').locator('a[href*="jeton="]').first()
  await expect(async () => {
    await page.goto(`/recette/messages?canal=mail&destinataire=${encodeURIComponent(email)}`)
    await expect(link).toBeVisible({ timeout: 500 })
  }).toPass({ timeout: 20_000 })
  const href = new URL((await link.getAttribute('href')) ?? '')
  await context.close()
  return href.pathname + href.search
}

/** The newest code sent by SMS to this number, as its person types it. */
export async function codeSentTo(browser: Browser, phone: string): Promise<string> {
  const context = await browser.newContext()
  const page = await context.newPage()
  const number = `+33${phone.replaceAll(' ', '').slice(1)}`
  const sms = page.getByRole('article').filter({ hasText: 'est votre code' }).first()
  await expect(async () => {
    await page.goto(`/recette/messages?canal=sms&destinataire=${encodeURIComponent(number)}`)
    await expect(sms).toBeVisible({ timeout: 500 })
  }).toPass({ timeout: 20_000 })
  const code = /(\d{6}) est votre code/.exec(await sms.innerText())?.[1] ?? ''
  await context.close()
  return code
}
