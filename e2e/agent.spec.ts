import { expect, type Page } from '@playwright/test'
import {
  cardOf,
  cards,
  expectSoundPage,
  historyCount,
  nameOf,
  open,
  openCards,
  reopen,
  signInAsAgent,
  statusAnswer,
} from './agent-house'
import { actAtOnce, test } from './test'

// One agent, one agenda: these journeys take turns, and leave the demo as they found it.
test.describe.configure({ mode: 'default' })

test.beforeEach(({ page }) => signInAsAgent(page))

const toast = (page: Page) => page.getByRole('status').filter({ hasText: 'Défaire' })

test('an agent sees the day: hours, people, places, and what was cancelled', async ({ page }) => {
  await open(page, '/agent')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^\p{Lu}\p{Ll}+ \d{1,2}(er)?\s\p{Ll}+$/u)
  await expect(page.getByText(/Aujourd’hui, \d+\sRDV/)).toBeVisible()
  expect(await cards(page).count()).toBeGreaterThan(3)
  await expect(
    openCards(page)
      .first()
      .getByRole('link', { name: /^0\d(\s\d\d){4}$/ })
      .or(page.locator('a[href^="tel:"]'))
      .first(),
  ).toBeVisible()
  await expectSoundPage(page)

  await page.getByRole('link', { name: /Jour suivant/ }).click()
  await expect(page).toHaveURL(/jour=\d{4}-\d{2}-\d{2}/)
  await expect(page.getByText(/Aujourd’hui, /)).toHaveCount(0)
  await page.goBack()
  await expect(page.getByText(/Aujourd’hui, \d+\sRDV/)).toBeVisible()
})

test('a status is set in one tap, and undone in another @telephone', async ({ page }) => {
  await open(page, '/agent')
  const { card, name } = await cardOf(page, openCards(page).first())
  const answered = statusAnswer(page)
  await card.getByRole('button', { name: /^Honoré/ }).click()
  await expect(card).toContainText('Honoré')
  await expect(card.getByRole('button')).toHaveCount(0)
  await expect(toast(page)).toContainText(`${name} : Honoré`)
  await answered
  // With the focus on it, it stays for as long as it is looked at.
  const undo = toast(page).getByRole('button', { name: 'Défaire' })
  await undo.focus()
  await expectSoundPage(page)

  const undone = statusAnswer(page)
  await undo.click()
  await undone
  await expect(card.getByRole('button', { name: /^Honoré/ })).toBeVisible()
  await page.reload()
  await expect(card.getByRole('button', { name: /^Honoré/ })).toBeVisible()
})

test('cancelling asks who cancels, and says who is told @telephone', async ({ page }) => {
  await open(page, '/agent')
  const { card, path } = await cardOf(page, openCards(page).first())
  await card.getByRole('button', { name: /^Annuler…/ }).click()
  const sheet = card.getByRole('dialog')
  await expect(sheet).toContainText('L’usager en est averti deux minutes après')
  await expectSoundPage(page)
  await page.keyboard.press('Escape')
  await expect(sheet).toBeHidden()

  await card.getByRole('button', { name: /^Annuler…/ }).click()
  const answered = statusAnswer(page)
  await sheet.getByRole('button', { name: 'L’usager s’est excusé' }).click()
  await answered
  await expect(card).toContainText('Annulé (excusé)')

  await open(page, path)
  await expect(page.getByRole('main')).toContainText('Aujourd’hui → Annulé (excusé)')
  const reopened = statusAnswer(page)
  await page.getByRole('button', { name: /^Remettre/ }).click()
  await reopened
  await expect(page.getByRole('main')).toContainText('Annulé (excusé) → Aujourd’hui')
})

test('a status set without network leaves when it is back, once @telephone', async ({ page, context }) => {
  await open(page, '/agent/a-renseigner')
  const { name, path } = await cardOf(page, openCards(page).first())
  const before = await historyCount(page, path, 'À renseigner → Absent')
  await open(page, '/agent/a-renseigner')
  await context.setOffline(true)
  await expect(page.getByText('Pas de réseau')).toBeVisible()
  await openCards(page)
    .first()
    .getByRole('button', { name: /^Absent/ })
    .click()
  await expect(page.getByText('un choix partira dès qu’il revient')).toBeVisible()
  await expect(openCards(page).filter({ hasText: name })).toHaveCount(0)
  await expectSoundPage(page)

  await page.getByRole('link', { name: 'Semaine' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'cette page s’ouvrira' })).toBeVisible()
  await expect(page).toHaveURL(/a-renseigner/)

  const answered = statusAnswer(page)
  await context.setOffline(false)
  await answered
  await expect(page.getByText('Pas de réseau', { exact: true })).toHaveCount(0)
  await open(page, path)
  await expect(page.getByText('À renseigner → Absent')).toHaveCount(before + 1)
  await reopen(page, path)
})

test('a network lost while the page is still opening is told too @telephone', async ({ page, context }) => {
  await actAtOnce(page)
  let letGo: () => void = () => undefined
  const held = new Promise<void>((resolve) => (letGo = resolve))
  // The scripts are held back until the network is gone.
  await page.route(/_next\/static\/.*\.js/, async (route) => {
    const answer = await route.fetch()
    await held
    await route.fulfill({ response: answer })
  })
  await page.goto('/agent/a-renseigner', { waitUntil: 'commit' })
  await expect(page.getByRole('navigation', { name: 'Espace des agents' })).toBeVisible()
  await context.setOffline(true)
  letGo()
  await expect(page.getByText('Pas de réseau', { exact: true })).toBeVisible()
  await context.setOffline(false)
  await expect(page.getByText('Pas de réseau', { exact: true })).toHaveCount(0)
})

test('a lost answer changes nothing: the status is sent again, and set once @telephone', async ({ page }) => {
  await open(page, '/agent/a-renseigner')
  const { path } = await cardOf(page, openCards(page).first())
  const before = await historyCount(page, path, 'À renseigner → Honoré')
  await open(page, '/agent/a-renseigner')
  let tries = 0
  await page.route(/booking\.setStatus/, async (route) => {
    tries += 1
    if (tries > 1) return route.continue()
    await route.fetch() // it arrives, and the answer is lost on the way back
    return route.abort('connectionreset')
  })
  const answered = statusAnswer(page)
  await openCards(page)
    .first()
    .getByRole('button', { name: /^Honoré/ })
    .click()
  await answered
  expect(tries).toBe(2)
  await open(page, path)
  await expect(page.getByText('À renseigner → Honoré')).toHaveCount(before + 1)
  await reopen(page, path)
})

test('of two who answer, the slower is told who was faster @telephone', async ({ page, browser, baseURL }) => {
  await open(page, '/agent/a-renseigner')
  const { card, path } = await cardOf(page, openCards(page).nth(1))
  const elsewhere = await browser.newPage({ ...(baseURL && { baseURL }) })
  await signInAsAgent(elsewhere)
  await open(elsewhere, path)
  const answered = statusAnswer(elsewhere)
  await elsewhere.getByRole('button', { name: /^Absent/ }).click()
  await answered
  await elsewhere.close()

  await card.getByRole('button', { name: /^Honoré/ }).click()
  const told = card.getByRole('alert')
  await expect(told).toContainText(/Claire Dubois a indiqué «\sAbsent\s» aujourd’hui à\s\d/)
  await expect(told).toContainText('Votre choix n’a pas été enregistré')
  await expect(card.getByText('Honoré')).toHaveCount(0)
  await expectSoundPage(page)
  await told.getByRole('button', { name: 'J’ai compris' }).click()
  await expect(card).toHaveCount(0)
  await reopen(page, path)
})

test('ten RDVs are filled in with ten taps, and the counter follows @telephone', async ({ page }) => {
  await open(page, '/agent/a-renseigner')
  await expectSoundPage(page)
  const before = await openCards(page).count()
  expect(before).toBeGreaterThanOrEqual(10)
  const names: string[] = []
  for (let index = 0; index < 10; index += 1) {
    const card = openCards(page).first()
    names.push(await nameOf(card))
    const answered = statusAnswer(page)
    await card.getByRole('button', { name: /^Honoré/ }).tap()
    await answered
    await page.waitForTimeout(350) // taps just after a row left are ignored
  }
  await expect(openCards(page)).toHaveCount(before - 10)
  const navigation = page.getByRole('navigation', { name: 'Espace des agents' })
  if (before === 10) await expect(navigation).not.toContainText('rendez-vous à renseigner')
  else await expect(navigation).toContainText(`${before - 10} rendez-vous à renseigner`)
  const filled = page.getByRole('region', { name: 'Renseignés à l’instant' })
  for (const name of names) await expect(filled).toContainText(name)
  await expectSoundPage(page)
  for (const name of names) {
    const answered = statusAnswer(page)
    // Two may be of the same person.
    await filled
      .getByRole('button', { name: `Défaire : ${name}` })
      .first()
      .click()
    await answered
  }
  await expect(openCards(page)).toHaveCount(before)
})

test('by keyboard alone, a past RDV is filled in and taken back @telephone', async ({ page }) => {
  // In the phones' project only, so that it takes its turn with the others: they share the list.
  await page.setViewportSize({ width: 1280, height: 800 })
  await open(page, '/agent/a-renseigner')
  const { card, path } = await cardOf(page, openCards(page).last())
  await card.getByRole('button', { name: /^Honoré/ }).focus()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowDown')
  await expect(card.getByRole('button', { name: /^Honoré/ })).toBeFocused()
  const answered = statusAnswer(page)
  await page.keyboard.press('a')
  await answered
  await expect(card).toHaveCount(0)
  const undone = statusAnswer(page)
  await page.keyboard.press('Control+z')
  await undone
  await expect(card.getByRole('button', { name: /^Honoré/ })).toBeVisible()
  await reopen(page, path)
})

test('several held as planned are filled in at once, and each taken back @telephone', async ({ page }) => {
  await open(page, '/agent/a-renseigner')
  const before = await openCards(page).count()
  await page.getByText('Renseigner plusieurs RDV honorés à la fois').click()
  await page.getByRole('button', { name: 'Tout décocher' }).click()
  const boxes = page.getByRole('main').getByRole('checkbox')
  await boxes.first().check()
  await boxes.last().check()
  await expectSoundPage(page)
  await page.getByRole('button', { name: 'Marquer les 2 RDV honorés' }).click()
  await expect(openCards(page)).toHaveCount(before - 2)
  const undo = page.getByRole('region', { name: 'Renseignés à l’instant' }).getByRole('button', { name: /^Défaire/ })
  await expect(undo).toHaveCount(2)
  // By their names: the first of them is another one while answers come.
  for (const words of await undo.allInnerTexts()) {
    const answered = statusAnswer(page)
    const theirs = undo.filter({ hasText: words.replace(/^Défaire/, '') })
    await theirs.click()
    await answered
    await expect(theirs).toHaveCount(0)
  }
  await expect(openCards(page)).toHaveCount(before)
})

test('without any script, a status is set and taken back @nojs', async ({ page }) => {
  await page.goto('/agent')
  const { card, name } = await cardOf(page, openCards(page).last())
  await card.getByRole('button', { name: /^Honoré/ }).click()
  await expect(page).toHaveURL(/fait=seen/)
  await expect(page.getByText('C’est noté : Honoré')).toBeVisible()
  await expect(cards(page).filter({ hasText: name }).filter({ hasText: 'Honoré' })).toBeVisible()
  await page.getByRole('button', { name: 'Défaire' }).click()
  await expect(page.getByText('Statut effacé')).toBeVisible()
  await expect(card.getByRole('button', { name: /^Honoré/ })).toBeVisible()
})

test('a status sent from another site is refused', async ({ request }) => {
  const answer = await request.post('/agent/rdvs/1/statut', {
    form: { from: 'unknown', to: 'seen' },
    headers: { 'sec-fetch-site': 'cross-site' },
    maxRedirects: 0,
  })
  expect(answer.status()).toBe(403)
})
