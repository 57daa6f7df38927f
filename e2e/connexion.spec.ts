import { expect, type Page } from '@playwright/test'
import demo from '../db/seed/accounts.json' with { type: 'json' }
import { expectNoViolation, expectNoViolationBesideFrames, linkMailedTo } from './house'
import { test } from './test'

const [claire, sandrine, karim] = demo.accounts.map((account) => account.email)

async function fillIn(page: Page, email: string, password = demo.password) {
  await page.getByLabel('Adresse e-mail').fill(email)
  await page.getByLabel('Mot de passe', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Se connecter' }).click()
}

test('an agent is sent to the sign-in page, and back where they were going', async ({ page }) => {
  await page.goto('/agent/profil')
  await expect(page).toHaveURL(/\/connexion\?retour=%2Fagent%2Fprofil$/)
  await fillIn(page, claire!)
  await expect(page).toHaveURL(/\/agent\/profil$/)
  await expect(page.getByRole('heading', { level: 1, name: 'Mon profil' })).toBeVisible()
  await expect(page.getByRole('main')).toContainText('Cet appareil')
  await expectNoViolation(page)

  // Drafts stay in the tab until one leaves.
  await page.evaluate(() => sessionStorage.setItem('brouillon', 'confidences'))
  await page.getByRole('button', { name: 'Me déconnecter', exact: true }).click()
  await expect(page).toHaveURL(/\/connexion\?avis=deconnecte$/)
  expect(await page.evaluate(() => sessionStorage.length)).toBe(0)
})

test('without any script, an agent signs in and out @nojs', async ({ page }) => {
  await page.goto('/agent/profil')
  await fillIn(page, claire!)
  await expect(page).toHaveURL(/\/agent\/profil$/)
  await page.getByRole('button', { name: 'Me déconnecter', exact: true }).click()
  await expect(page).toHaveURL(/\/connexion\?avis=deconnecte$/)
  await page.goto('/agent/profil')
  await expect(page).toHaveURL(/\/connexion/)
})

test('a wrong password says so in plain words, keeps the e-mail, and nothing personal in the address', async ({
  page,
}) => {
  const email = `inconnu.${String(test.info().workerIndex)}@example.org`
  await page.goto('/connexion')
  await fillIn(page, email, 'Mauvais-mot-de-passe-1')
  await expect(page.getByRole('main').getByRole('alert')).toContainText('ne convient pas')
  await expect(page.getByLabel('Adresse e-mail')).toHaveValue(email)
  await expect(page.getByLabel('Mot de passe', { exact: true })).toHaveValue('')
  expect(page.url()).not.toContain('inconnu')
  await expectNoViolation(page)
})

test('the demo’s card fills the form in', async ({ page }) => {
  await page.goto('/connexion')
  await expectNoViolation(page)
  await page.getByRole('link', { name: /^Hélène Delattre/ }).click()
  await page.getByRole('button', { name: 'Se connecter' }).click()
  await expect(page).toHaveURL(/\/agent$/)
})

test('a mailed link opens a page whose button signs in, once @telephone', async ({ page, browser }) => {
  await page.goto('/connexion')
  await page.getByRole('link', { name: 'Recevoir un lien par e-mail' }).click()
  await page.getByLabel('Votre adresse e-mail').fill(sandrine!)
  await page.getByRole('button', { name: 'Recevoir le lien' }).click()
  await expect(page.getByRole('status')).toContainText('Si un compte existe')
  await expectNoViolation(page)

  const link = await linkMailedTo(browser, sandrine!)
  await page.goto(link)
  await page.goto(link)
  await expect(page.getByRole('heading', { level: 1, name: 'Confirmer la connexion' })).toBeVisible()
  await expectNoViolation(page)
  await page.getByRole('button', { name: 'Me connecter' }).click()
  await expect(page).toHaveURL(/\/agent$/)
  await page.goto(link)
  await expect(page.getByRole('main').getByRole('alert')).toContainText('a déjà servi')
  await expectNoViolation(page)
})

test('a forgotten password is chosen anew, and every session is closed @bureau', async ({ page, browser }) => {
  const elsewhere = await (await browser.newContext()).newPage()
  await elsewhere.goto('/agent/profil')
  await fillIn(elsewhere, karim!)
  await expect(elsewhere).toHaveURL(/\/agent\/profil$/)

  await page.goto('/connexion/mot-de-passe-oublie')
  await page.getByLabel('Votre adresse e-mail').fill(karim!)
  await page.getByRole('button', { name: 'Recevoir le lien' }).click()
  await expect(page.getByRole('status')).toContainText('Si un compte existe')
  await page.goto(await linkMailedTo(browser, karim!))
  await page.getByLabel('Nouveau mot de passe').fill('trop court')
  await page.getByRole('button', { name: 'Enregistrer ce mot de passe' }).click()
  await expect(page.getByRole('main')).toContainText('Il faut au moins 12 caractères. Il manque une majuscule')
  await expectNoViolation(page)
  await page.getByLabel('Nouveau mot de passe').fill(demo.password)
  await page.getByRole('button', { name: 'Enregistrer ce mot de passe' }).click()
  await expect(page.getByRole('status')).toContainText('Votre mot de passe est changé')

  await elsewhere.goto('/agent/profil')
  await expect(elsewhere).toHaveURL(/\/connexion/)
  await fillIn(page, karim!)
  await expect(page).toHaveURL(/\/agent$/)
  await elsewhere.context().close()
})

test('captured messages are readable, and search engines kept out', async ({ page, request }) => {
  await page.goto('/recette/messages')
  await expect(page.getByRole('heading', { level: 1, name: 'Messages de recette' })).toBeVisible()
  await expectNoViolationBesideFrames(page)
  const answer = await request.get('/connexion')
  expect(answer.headers()).toMatchObject({
    'x-robots-tag': 'noindex, nofollow',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  })
  const policy = answer.headers()['content-security-policy'] ?? ''
  expect(policy).toMatch(/script-src 'self' 'nonce-[^']+' 'strict-dynamic'/)
  expect(policy).not.toMatch(/script-src[^;]*'unsafe-inline'/)
  expect(await (await request.get('/robots.txt')).text()).toContain('Disallow: /')
})

test('a form or a call from another site is refused', async ({ request }) => {
  const headers = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
  const form = { email: claire!, password: demo.password }
  expect((await request.post('/connexion/entrer', { headers, form, maxRedirects: 0 })).status()).toBe(403)
  expect((await request.post('/api/trpc/access.requestLink', { headers, data: {} })).status()).toBe(403)
})
