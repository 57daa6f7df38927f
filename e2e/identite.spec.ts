import { randomInt } from 'node:crypto'
import { expect, type Page } from '@playwright/test'
import demo from '../db/seed/accounts.json' with { type: 'json' }
import {
  bookAhead,
  expectNoSidewaysScroll,
  expectNothingPersonalIn,
  expectNoViolation,
  linkMailedTo,
  somebody,
} from './house'
import { test } from './test'

/** A name nobody has. */
const letters = () => Array.from({ length: 8 }, () => String.fromCharCode(97 + randomInt(26))).join('')

const main = (page: Page) => page.getByRole('main')
const title = (page: Page) => page.getByRole('heading', { level: 1 })

/** At the provider's, a page of its own: who one is, then yes. */
async function identifyAs(page: Page, email: string) {
  await page.locator('input[name="login"]').fill(email)
  await page.locator('input[name="password"]').fill('peu importe')
  await page.locator('button[type="submit"]').click()
  await page.locator('button[type="submit"]').click()
}

test('FranceConnect says who I am: my address proven, my appointment is there, and I leave FranceConnect too @nojs', async ({
  page,
  browser,
}) => {
  const visited: string[] = []
  // Their address says their name to the provider: letters alone.
  const me = { ...somebody(), firstName: 'Amina', lastName: `Petit${letters()}` }
  const email = `${me.firstName}.${me.lastName}@exemple.fr`.toLowerCase()
  await bookAhead(page, { ...me, email })
  page.on('framenavigated', (frame) => visited.push(frame.url()))
  await page.goto('/mes-rdv')
  await expectNoSidewaysScroll(page)
  await page.getByRole('link', { name: 'S’identifier avec FranceConnect' }).click()
  await identifyAs(page, email)
  await expect(title(page)).toHaveText('Mes rendez-vous')
  // Anybody of my name may have typed my address there: what shows nothing says what to do.
  await expect(main(page).getByRole('article')).toHaveCount(0)
  await expectNoSidewaysScroll(page)
  await page.getByRole('link', { name: 'Confirmer mon adresse e-mail' }).click()
  await expect(main(page)).toContainText('FranceConnect vous connaît sous le nom de')
  await expect(page.getByLabel('Ajouter une adresse e-mail')).toHaveValue(email)
  await page.getByRole('button', { name: 'Recevoir un lien' }).click()
  await page.goto(await linkMailedTo(browser, email))
  await page.getByRole('button', { name: 'Confirmer cette adresse' }).click()
  await expect(main(page).getByRole('status')).toContainText('Votre adresse est changée')
  await page.getByRole('link', { name: 'Mes rendez-vous' }).first().click()
  await expect(main(page).getByRole('article')).toHaveCount(1)

  await page.goto('/mes-rdv')
  await page.getByRole('button', { name: 'Me déconnecter' }).click()
  await page.getByRole('link', { name: 'Me déconnecter aussi de FranceConnect' }).click()
  await page.locator('button[type="submit"][name="logout"]').click()
  await expect(page).toHaveURL(/\/mes-rdv\/connexion/)
  await expect(page.getByRole('link', { name: 'Me déconnecter aussi de FranceConnect' })).toHaveCount(0)
  const here = new URL(page.url()).origin
  for (const url of visited.filter((one) => one.startsWith(here))) expectNothingPersonalIn(url, me)
})

test('whoever gives up at FranceConnect’s is told that nothing has changed', async ({ page }) => {
  await page.goto('/mes-rdv/connexion')
  await expectNoViolation(page)
  await page.getByRole('link', { name: 'S’identifier avec FranceConnect' }).click()
  await page.getByRole('link', { name: /cancel/i }).click()
  await expect(page).toHaveURL(/\/mes-rdv\/connexion\?avis=identite-annulee$/)
  await expect(main(page).getByRole('alert')).toContainText('Vous n’êtes pas allé au bout de FranceConnect')
  await expectNoViolation(page)
})

/** Leaves the provider, at its own page. */
const sayYes = (page: Page) => page.locator('button[type="submit"][name="logout"]').click()

test('an agent enters by ProConnect, and leaves it too; a stranger stays outside, told why', async ({
  page,
  browser,
}) => {
  const stranger = await (await browser.newContext()).newPage()
  await stranger.goto('/connexion')
  await expectNoViolation(stranger)
  await stranger.getByRole('link', { name: 'S’identifier avec ProConnect' }).click()
  await identifyAs(stranger, 'personne.inconnue@departement.example')
  await expect(stranger).toHaveURL(/\/connexion\?avis=identite-sans-compte$/)
  await expectNoViolation(stranger)
  await expectNoSidewaysScroll(stranger)
  await stranger.getByRole('link', { name: 'Me déconnecter aussi de ProConnect' }).click()
  await sayYes(stranger)
  await expect(main(stranger).getByRole('status')).toContainText('Vous êtes déconnecté')
  await expect(stranger.getByRole('link', { name: 'Me déconnecter aussi de ProConnect' })).toHaveCount(0)
  await stranger.context().close()

  const julie = demo.accounts.find(({ email }) => email.startsWith('julie.'))!
  await page.goto('/connexion')
  await page.getByRole('link', { name: 'S’identifier avec ProConnect' }).click()
  await identifyAs(page, julie.email)
  await expect(page).toHaveURL(/\/agent/)
  await page.goto('/agent/profil')
  await expect(main(page)).toContainText('Cet appareil')

  await page.getByRole('button', { name: 'Me déconnecter', exact: true }).click()
  await sayYes(page)
  await expect(page).toHaveURL(/\/connexion\?state=/)
  await expect(main(page).getByRole('status')).toContainText('Vous êtes déconnecté')
  await page.getByRole('link', { name: 'S’identifier avec ProConnect' }).click()
  await expect(page.locator('input[name="login"]')).toBeVisible()
})
