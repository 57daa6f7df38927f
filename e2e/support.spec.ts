import { expect, type Page } from '@playwright/test'
import demo from '../db/seed/accounts.json' with { type: 'json' }
import { ask, expectSoundPage, signInAsAgent } from './agent-house'
import { linkMailedTo, somebody } from './house'
import { codeNext, codeNow, signInAsSupport } from './support-house'
import { test } from './test'

const PASSWORD = 'Orage-violet 7 lampes'
const AGENT = 'Nadia Carpentier'
const banner = (page: Page) => page.getByRole('complementary', { name: 'Connexion à la place d’un agent' })

/** Sound at a desk, then on a phone. */
async function expectSoundEverywhere(page: Page) {
  await expectSoundPage(page)
  await page.setViewportSize({ width: 360, height: 740 })
  await expectSoundPage(page)
  await page.setViewportSize({ width: 1280, height: 800 })
}

async function openAgent(page: Page) {
  await page.goto('/super/agents')
  await page.getByLabel('Nom ou adresse e-mail').fill('carpentier nadia')
  await page.getByRole('button', { name: 'Chercher' }).click()
  await page
    .getByRole('main')
    .getByRole('link', { name: new RegExp(AGENT) })
    .click()
  await expect(page.getByRole('heading', { level: 1, name: AGENT })).toBeVisible()
}

async function takePlace(page: Page, reason: string) {
  await openAgent(page)
  await page.getByLabel('Pourquoi').fill(reason)
  await page.getByRole('button', { name: 'Me connecter à sa place' }).click()
  await expect(banner(page)).toContainText(`à la place de ${AGENT}`)
}

async function setWriting(page: Page, words: 'Autoriser' | 'Interdire') {
  await page.goto('/super/territoires')
  await page
    .getByRole('main')
    .getByRole('link', { name: /^Pas-de-Calais/ })
    .click()
  await page.getByRole('button', { name: `${words} l’écriture` }).click()
  await expect(page.getByRole('main').getByRole('status')).toContainText('à la place des agents')
}

test('the support signs in by its own door, sees what an agent sees, and changes nothing unasked @bureau', async ({
  page,
  browser,
}) => {
  test.setTimeout(240_000)
  const { email } = demo.superAdmin
  await page.goto('/super')
  await expect(page).toHaveURL(/\/super\/connexion$/)
  await expectSoundEverywhere(page)
  await page.getByLabel('Mot de passe').fill('Mauvais-mot-de-passe-1')
  await page.getByRole('button', { name: 'Continuer' }).click()
  await expect(page.getByRole('main').getByRole('alert')).toContainText('ne convient pas')
  await page.getByLabel('Adresse e-mail').fill(email)
  await page.getByLabel('Mot de passe').fill(demo.password)
  await page.getByRole('button', { name: 'Continuer' }).click()
  await expect(page).toHaveURL(/\/super\/code$/)
  await expectSoundEverywhere(page)
  // The password alone opens nothing.
  await page.goto('/super')
  await expect(page).toHaveURL(/\/super\/connexion$/)
  await signInAsSupport(page.request)

  await page.goto('/super')
  await expect(page.getByRole('heading', { level: 1, name: 'État de la plateforme' })).toBeVisible()
  await expectSoundEverywhere(page)
  for (const path of ['territoires', 'territoires/nouveau', 'organisations', 'evenements', 'taches']) {
    await page.goto(`/super/${path}`)
    await expectSoundEverywhere(page)
  }
  // From an organisation to who works there.
  await page.goto('/super/organisations?q=arras')
  await page.getByRole('main').getByRole('link').first().click()
  await expect(page.getByRole('heading', { level: 2, name: /agent/ })).toBeVisible()
  await expectSoundEverywhere(page)

  await openAgent(page)
  await page.getByLabel('Pourquoi').fill('court')
  await page.getByRole('button', { name: 'Me connecter à sa place' }).click()
  await expect(page.getByLabel('Pourquoi')).toHaveValue('court')
  await expect(page.getByRole('main')).toContainText('C’est trop court')
  await expectSoundEverywhere(page)
  const reason = `Appel du ${new Date().toISOString()}, plage invisible`
  await takePlace(page, reason)
  await expect(page).toHaveURL(/\/agent$/)
  await expect(banner(page)).toContainText('Lecture seule')
  await expectSoundEverywhere(page)

  // Whatever the door, nothing is written.
  const rename = await page.request.post('/api/trpc/administration.renameMe', {
    data: { json: { firstName: 'Nadège', lastName: 'Carpentier' } },
  })
  expect(rename.status()).toBe(403)
  await page.goto('/agent/profil/identite')
  await page.getByRole('textbox', { name: 'Prénom' }).fill('Nadège')
  await page.getByRole('main').getByRole('button').first().click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Vous êtes en lecture seule')
  // The back-office is behind: one stands in one place at a time.
  await page.goto('/super/agents')
  await expect(page).toHaveURL(/\/agent$/)
  await page.goto('/super/ecriture')
  await expect(page.getByRole('main')).toContainText('n’autorise pas l’écriture')
  await page.goto('/agent/profil')
  await expectSoundPage(page)
  await banner(page)
    .getByRole('button', { name: /^Quitter/ })
    .click()
  await expect(page).toHaveURL(/\/super\?avis=quitte$/)

  // A second act, where the territory lets it.
  await setWriting(page, 'Autoriser')
  await takePlace(page, reason)
  await banner(page)
    .getByRole('link', { name: /Activer l’écriture/ })
    .click()
  await expectSoundEverywhere(page)
  await page.getByRole('button', { name: 'Activer l’écriture' }).click()
  await expect(page.getByRole('main')).toContainText('Cette réponse manque')
  await page.getByLabel(/m’a demandé/).check()
  await page.getByRole('button', { name: 'Activer l’écriture' }).click()
  await expect(banner(page)).toContainText('Écriture activée')
  await expectSoundEverywhere(page)
  const me = await ask<{ agentId: number }>(page, 'access.me', 'query', {})
  await ask(page, 'booking.saveAbsence', 'mutation', {
    ...{ agentIds: [me.agentId], target: null, kind: 'leave', title: 'Posée par le support', color: null },
    ...{ rrule: null, known: null },
    ...{ firstDay: '2029-03-05', startMin: 0, lastDay: '2029-03-05', endMin: 1440 },
  })
  await page.goto('/agent/profil/mot-de-passe')
  await page.getByLabel('Mot de passe actuel').fill(demo.password)
  await page.getByLabel('Nouveau mot de passe').fill(PASSWORD)
  await page.getByRole('main').getByRole('button').first().click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Seul l’agent peut faire cela')
  await page.goto('/agent')
  await banner(page)
    .getByRole('button', { name: /^Quitter/ })
    .click()
  await setWriting(page, 'Interdire')
  await page.goto(`/super/evenements?famille=absence&agent=${me.agentId}`)
  const line = page.getByRole('listitem').filter({ hasText: 'absence.saved' }).first()
  await expect(line).toContainText(`par agent\u00a0n°\u00a0${me.agentId}`)
  await expect(line).toContainText('à sa place')
  await expectSoundEverywhere(page)

  const theirs = await (await browser.newContext()).newPage()
  await signInAsAgent(theirs, 'nadia.carpentier')
  await theirs.goto('/agent/profil')
  const history = theirs.getByRole('region', { name: 'Le support à ma place' })
  await expect(history.getByRole('listitem').filter({ hasText: reason })).toHaveCount(2)
  await expect(history.getByRole('listitem').first()).toContainText('écriture activée')
  await expect(history).toContainText('par Lou Marchand')
  await expectSoundPage(theirs)
  await theirs.context().close()
})

test('a new territory has its administrator, who guards their account with a telephone @telephone', async ({
  page,
  browser,
}) => {
  test.setTimeout(180_000)
  const support = await browser.newContext()
  await signInAsSupport(support.request)
  const office = await support.newPage()
  const { lastName } = somebody()
  const name = lastName.replace('N’Diaye-', 'Val ')
  const email = `${name.toLowerCase().replace(' ', '.')}@example.org`
  await office.goto('/super/territoires/nouveau')
  await office.getByLabel('Nom du territoire').fill(name)
  await office.getByLabel('Numéro de département').fill('999')
  await office.getByLabel('Première organisation').fill('MDS de Nevers')
  await office.getByLabel('Prénom').fill('Inès')
  await office.getByLabel('Nom', { exact: true }).fill('Morel')
  await office.getByLabel('Adresse e-mail').fill(email)
  await office.getByRole('button', { name: 'Créer le territoire' }).click()
  await expect(office.getByRole('main')).toContainText('Ce numéro de département n’existe pas')
  await expect(office.getByLabel('Nom du territoire')).toHaveValue(name)
  await expectSoundPage(office)
  await office.getByLabel('Numéro de département').fill('58')
  await office.getByRole('button', { name: 'Créer le territoire' }).click()
  await expect(office.getByRole('heading', { level: 1, name })).toBeVisible()
  await expect(office.getByRole('main')).toContainText('MDS de Nevers')

  await page.goto(await linkMailedTo(browser, email))
  await page.getByLabel('Mot de passe', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Enregistrer ce mot de passe' }).click()
  await expect(page).toHaveURL(/\/connexion/)
  const signIn = async () => {
    await page.goto('/connexion')
    await page.getByLabel('Adresse e-mail').fill(email)
    await page.getByLabel('Mot de passe', { exact: true }).fill(PASSWORD)
    await page.getByRole('button', { name: 'Se connecter' }).click()
  }
  await signIn()
  await expect(page).toHaveURL(/\/agent$/)

  // Whose territory it is says whether the support may write in it.
  await page.goto('/agent/profil')
  await expect(page.getByRole('region', { name: 'Le support à ma place' })).toContainText('ne l’autorise pas à écrire')
  await page.getByRole('link', { name: 'Autoriser ou interdire l’écriture' }).click()
  await expectSoundPage(page)
  await page.getByRole('button', { name: 'Autoriser l’écriture' }).click()
  await expect(page.getByRole('main').getByRole('status')).toContainText('à la place des agents')
  await office.reload()
  await expect(office.getByRole('main')).toContainText('Autorisé')
  await page.getByRole('button', { name: 'Interdire l’écriture' }).click()
  await page.getByRole('link', { name: 'Configuration', exact: true }).first().click()
  await expect(page.getByRole('link', { name: /^Support/ })).toContainText('Regarde, ne change rien')
  await page.getByRole('link', { name: /^Historique des droits/ }).click()
  await expect(page.getByRole('listitem').filter({ hasText: 'Le support peut écrire' })).toContainText('par Inès Morel')
  await expectSoundPage(page)

  await page.goto('/agent/profil/double-authentification')
  await expectSoundPage(page)
  await page.getByRole('button', { name: 'Commencer' }).click()
  await expect(page.getByRole('img', { name: /Carré à photographier/ })).toBeVisible()
  await expectSoundPage(page)
  const keyShown = async () => (await page.locator('[data-cle]').innerText()).replaceAll(' ', '')
  const key = await keyShown()
  const turnOn = async (password: string, code: string) => {
    await page.getByLabel('Mot de passe').fill(password)
    await page.getByLabel('Code à 6 chiffres').fill(code)
    await page.getByRole('button', { name: 'Activer' }).click()
  }
  await turnOn(PASSWORD, '000 000')
  await expect(page.getByRole('main')).toContainText('Ce code ne convient pas')
  await turnOn('Mauvais-mot-de-passe-1', codeNow(key))
  await expect(page.getByRole('main')).toContainText('Ce n’est pas votre mot de passe')
  expect(await keyShown()).toBe(key)
  await expectSoundPage(page)
  await turnOn(PASSWORD, codeNow(key))
  await expect(page.getByRole('heading', { level: 1, name: 'Vos codes de secours' })).toBeVisible()
  await expect(page.getByRole('main')).toContainText('Vos autres connexions sont fermées')
  await expectSoundPage(page)
  const codes = await page.getByRole('list', { name: 'Codes de secours' }).getByRole('listitem').allInnerTexts()
  expect(codes).toHaveLength(10)

  await page.context().clearCookies()
  await signIn()
  await expect(page).toHaveURL(/\/connexion\/code$/)
  await expectSoundPage(page)
  await page.getByLabel(/^Code/).fill('000000')
  await page.getByRole('button', { name: 'Se connecter' }).click()
  await expect(page.getByRole('main').getByRole('alert')).toContainText('ne convient pas')
  await page.getByLabel(/^Code/).fill(codes[0] ?? '')
  await page.getByRole('button', { name: 'Se connecter' }).click()
  await expect(page).toHaveURL(/\/agent$/)

  await page.goto('/agent/profil/double-authentification')
  await expect(page.getByRole('main')).toContainText('Il reste 9')
  await expectSoundPage(page)

  // Telephone and codes lost: the support takes it away, and says so.
  await office.goto(`/super/agents?q=${encodeURIComponent(email)}`)
  await office.getByRole('main').getByRole('link', { name: /Morel/ }).click()
  await office.getByRole('link', { name: /^Téléphone et codes perdus/ }).click()
  await expectSoundPage(office)
  await office.getByLabel('Pourquoi').fill('court')
  await office.getByRole('button', { name: /^Retirer/ }).click()
  await expect(office.getByRole('main')).toContainText('C’est trop court')
  await expect(office.getByLabel('Pourquoi')).toHaveValue('court')
  await office.getByLabel('Pourquoi').fill('Téléphone volé, rappelée à son bureau')
  await office.getByRole('button', { name: /^Retirer/ }).click()
  await expect(office.getByRole('main').getByRole('status')).toContainText('ses connexions sont fermées')
  await expect(office.getByRole('region', { name: 'Déjà retirée' })).toContainText('Téléphone volé')
  await expectSoundPage(office)
  await support.close()
  await page.goto('/agent/profil')
  await expect(page).toHaveURL(/\/connexion/)
  await signIn()
  await page.goto('/agent/profil')
  const removal = page.getByRole('region', { name: 'Double authentification retirée par le support' })
  await expect(removal).toContainText('par Lou Marchand')
  await expect(removal).toContainText('Téléphone volé, rappelée à son bureau')
  await expectSoundPage(page)

  await page.goto('/agent/profil/double-authentification')
  await page.getByRole('button', { name: 'Commencer' }).click()
  const newKey = await keyShown()
  expect(newKey).not.toBe(key)
  await turnOn(PASSWORD, codeNow(newKey))
  await page.getByRole('link', { name: 'J’ai noté mes codes' }).click()
  await page.goto('/agent/profil/double-authentification')
  await page.getByLabel('Mot de passe').fill('Mauvais-mot-de-passe-1')
  await page.getByLabel(/^Code/).fill(codeNext(newKey))
  await page.getByRole('button', { name: 'Désactiver' }).click()
  await expect(page.getByRole('main')).toContainText('Ce n’est pas votre mot de passe')
  await page.getByLabel('Mot de passe').fill(PASSWORD)
  await page.getByLabel(/^Code/).fill(codeNext(newKey))
  await page.getByRole('button', { name: 'Désactiver' }).click()
  await expect(page).toHaveURL(/\/agent\/profil\?avis=double-retiree$/)
})
