import { expect } from '@playwright/test'
import { chooseAnySlot, fillCoordinates, goToCheck, goToMotifs, goToSlots, somebody } from './house'
import { test } from './test'

test('without JavaScript, I book, then cancel by the link', async ({ page }) => {
  await goToCheck(page, /Accès aux droits/)
  await page.getByRole('button', { name: 'Confirmer le rendez-vous' }).click()
  await expect(page).toHaveURL(/\/rdv\/confirme$/)
  await page.getByRole('link', { name: 'Voir ou annuler ce rendez-vous' }).click()
  await page.getByRole('button', { name: 'Annuler ce rendez-vous' }).click()
  await expect(page.getByRole('main').getByRole('status')).toContainText('Votre rendez-vous est annulé')
})

test('without JavaScript, I search a motif by a word and come back to choose another service', async ({ page }) => {
  await goToMotifs(page, /PMI/)
  await page.getByLabel('Chercher un motif').fill('bebe')
  await page.getByRole('button', { name: 'Chercher' }).click()
  await expect(page.getByRole('main').getByRole('listitem')).toHaveCount(1)
  await page.getByRole('link', { name: 'Modifier le service' }).click()
  await page.getByRole('link', { name: 'Je ne sais pas : voir tous les motifs' }).click()
  await expect(page.getByRole('heading', { level: 2, name: /^MDPH/ })).toBeVisible()
})

test('without JavaScript, what I type wrong is kept and mended', async ({ page }) => {
  await goToMotifs(page)
  await goToSlots(page, /Premier rendez-vous/)
  await chooseAnySlot(page)
  await fillCoordinates(page, { firstName: 'Élodie', lastName: '', phone: 'zéro six' })
  await page.getByRole('button', { name: 'Continuer' }).click()
  await expect(page.getByRole('main').getByRole('alert').getByRole('link')).toHaveText([
    'Indiquez votre nom',
    /Ce numéro de téléphone n’existe pas/,
  ])
  await expect(page.getByLabel('Votre prénom')).toHaveValue('Élodie')
  await expect(page.getByLabel('Votre téléphone')).toHaveValue('zéro six')
  await fillCoordinates(page, somebody())
  await page.getByRole('button', { name: 'Continuer' }).click()
  await expect(page).toHaveURL(/\/prendre-rdv\/verifier$/)
})

test('an address that makes no sense leads back to the question it answers', async ({ page }) => {
  const cases = [
    ['/prendre-rdv/service', /\/prendre-rdv$/],
    ['/prendre-rdv/motif?commune=zzz', /\/prendre-rdv$/],
    ['/prendre-rdv/creneau?commune=62498&motif=un-motif-inconnu.public_office&lieu=1', /\/prendre-rdv\/motif\?/],
    ['/prendre-rdv/coordonnees?commune=62498&creneau=2020-01-01T08:30Z', /\/prendre-rdv\/motif\?/],
  ] as const
  for (const [from, to] of cases) {
    await page.goto(from)
    await expect(page).toHaveURL(to)
  }
  await page.goto('/prendre-rdv/service?commune=75056')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Pas de rendez-vous en ligne à Paris')
  await page.goto('/prendre-rdv/verifier')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Il faut reprendre votre demande')
})

test('a form sent from elsewhere, too big or unreadable is refused in French', async ({ request }) => {
  const to = '/prendre-rdv/coordonnees/envoyer'
  const refusals = [
    [{ headers: { 'sec-fetch-site': 'cross-site' }, form: { commune: '62498' } }, 403, 'n’a pas été reçu'],
    [{ form: { firstName: 'x'.repeat(70_000) } }, 413, 'trop longues'],
    [{ data: '{}', headers: { 'content-type': 'application/json' } }, 400, 'n’a pas pu être lu'],
  ] as const
  for (const [options, status, words] of refusals) {
    const answer = await request.post(to, options)
    expect(answer.status()).toBe(status)
    expect(await answer.text()).toContain(words)
  }
})
