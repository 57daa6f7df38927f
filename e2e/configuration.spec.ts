import { randomInt } from 'node:crypto'
import { expect, type Browser, type Page } from '@playwright/test'
import { expectSoundPage, signInAsAgent } from './agent-house'
import { linkMailedTo } from './house'
import { test } from './test'

const main = (page: Page) => page.getByRole('main')
const PASSWORD = 'Orage-violet 8 lampes'
const word = () => Array.from({ length: 8 }, () => String.fromCharCode(97 + randomInt(26))).join('')

/** The agents of the one organisation that Karim administers. */
async function openAgentsOfPmi(page: Page) {
  await page.goto('/configuration')
  await main(page)
    .getByRole('link', { name: /Centre PMI de Béthune/ })
    .click()
  await expect(page.getByRole('heading', { level: 1, name: 'Centre PMI de Béthune' })).toBeVisible()
  await main(page).getByRole('link', { name: 'Agents' }).click()
}

/** Somebody invited chooses a password, after one that will not do, and signs in. */
async function accepted(browser: Browser, email: string): Promise<Page> {
  const theirs = await browser.newContext()
  const agent = await theirs.newPage()
  await agent.goto(await linkMailedTo(browser, email))
  await agent.getByLabel('Mot de passe', { exact: true }).fill('court')
  await agent.getByRole('button', { name: 'Enregistrer ce mot de passe' }).click()
  await expect(main(agent).getByRole('alert')).toContainText('ne convient pas')
  await agent.getByLabel('Mot de passe', { exact: true }).fill(PASSWORD)
  await agent.getByRole('button', { name: 'Enregistrer ce mot de passe' }).click()
  await agent.getByLabel('Adresse e-mail').fill(email)
  await agent.getByLabel('Mot de passe', { exact: true }).fill(PASSWORD)
  await agent.getByRole('button', { name: 'Se connecter' }).click()
  await expect(agent).toHaveURL(/\/agent$/)
  return agent
}

test('a territory admin creates an organisation, whose only admin stays one', async ({ page }) => {
  const name = `MDS de ${word()}`
  await signInAsAgent(page, 'helene.delattre')
  await page.goto('/agent/profil')
  await main(page).getByRole('link', { name: 'Configuration' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Configuration' })).toBeVisible()
  await expectSoundPage(page)

  await main(page).getByRole('link', { name: 'Créer une organisation' }).click()
  await page.getByLabel('Téléphone').fill('39')
  await page.getByLabel('Horaires d’ouverture').fill('Du lundi au vendredi, de 9 h à 17 h')
  await page.getByRole('button', { name: 'Créer cette organisation' }).click()
  await expect(main(page).getByRole('alert').first()).toContainText('Cette réponse manque')
  await expect(page.getByLabel('Téléphone')).toHaveValue('39')
  await page.getByLabel('Nom').fill(name)
  await page.getByRole('button', { name: 'Créer cette organisation' }).click()
  await expect(main(page).getByRole('alert').first()).toContainText('Ce numéro n’existe pas')
  await page.getByLabel('Téléphone').fill('3949')
  await page.getByRole('button', { name: 'Créer cette organisation' }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  await expect(main(page)).toContainText('3949')

  // Its only admin so far: that role is kept.
  await main(page).getByRole('link', { name: 'Agents' }).click()
  await main(page)
    .getByRole('link', { name: /Hélène Delattre/ })
    .click()
  await page.getByRole('radio', { name: /^Agent/ }).check()
  await page.getByRole('button', { name: 'Changer le rôle' }).click()
  await expect(main(page).getByRole('alert').first()).toContainText('dernier administrateur')
})

test('an organisation admin invites an agent, who accepts, and takes them out again', async ({ page, browser }) => {
  const email = `ines.${word()}@example.org`
  await signInAsAgent(page, 'karim.benali')
  await openAgentsOfPmi(page)
  await main(page).getByRole('link', { name: 'Inviter un agent' }).click()
  await expectSoundPage(page)
  await page.getByLabel('Adresse e-mail professionnelle').fill(email)
  await page.getByLabel('Prénom').fill('Inès')
  await page.getByLabel('Nom', { exact: true }).fill('Morel')
  await page.getByRole('button', { name: 'Envoyer l’invitation' }).click()
  await expect(main(page).getByRole('alert').first()).toContainText('Cette réponse manque')
  await page.getByRole('checkbox', { name: /PMI/ }).check()
  await page.getByRole('button', { name: 'Envoyer l’invitation' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Inès Morel' })).toBeVisible()
  await expect(page.getByLabel('Lien de l’invitation')).toHaveValue(/jeton=.{20}&objet=invitation/)
  await page.getByRole('button', { name: 'Renvoyer l’invitation' }).click()
  await expect(page.getByRole('status')).toContainText('de nouveau valable')
  await expectSoundPage(page)

  const agent = await accepted(browser, email)
  await expect(agent.getByRole('banner')).toContainText('Inès Morel')
  await agent.context().close()

  await page.reload()
  await main(page).getByRole('link', { name: 'Retirer de l’organisation' }).click()
  await expectSoundPage(page)
  await page.getByRole('button', { name: 'Retirer cette personne' }).click()
  await expect(page.getByRole('status')).toContainText('ne fait plus partie')
})

test('an agent newly come to an organisation changes their name, their address and their password', async ({
  page,
  browser,
}) => {
  const email = `paul.${word()}@example.org`
  await signInAsAgent(page, 'karim.benali')
  await openAgentsOfPmi(page)
  await main(page).getByRole('link', { name: 'Inviter un agent' }).click()
  await page.getByLabel('Adresse e-mail professionnelle').fill(email)
  await page.getByLabel('Prénom').fill('Paul')
  await page.getByLabel('Nom', { exact: true }).fill('Morel')
  await page.getByRole('checkbox', { name: /PMI/ }).check()
  await page.getByRole('button', { name: 'Envoyer l’invitation' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Paul Morel' })).toBeVisible()

  const agent = await accepted(browser, email)
  await agent.goto('/agent/profil/identite')
  await agent.getByLabel('Nom', { exact: true }).fill('Morel-Petit')
  await agent.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(agent.getByRole('banner')).toContainText('Paul Morel-Petit')
  await agent.goto('/agent/profil/adresse')
  await agent.getByLabel('Nouvelle adresse e-mail').fill(`nouvelle.${email}`)
  await agent.getByRole('button', { name: 'Recevoir le lien' }).click()
  await expect(main(agent).getByRole('status')).toContainText('Un lien vient de partir')
  await agent.goto(await linkMailedTo(browser, `nouvelle.${email}`))
  await agent.getByRole('button', { name: 'Confirmer cette adresse' }).click()
  await agent.goto('/agent/profil')
  await expect(main(agent)).toContainText(`nouvelle.${email}`)
  await agent.goto('/agent/profil/mot-de-passe')
  await agent.getByLabel('Mot de passe actuel').fill('pas le bon')
  await agent.getByLabel('Nouveau mot de passe').fill('Orage-vert 9 lampes')
  await agent.getByRole('button', { name: 'Changer de mot de passe' }).click()
  await expect(main(agent).getByRole('alert').first()).toContainText('pas votre mot de passe actuel')
  await expectSoundPage(agent)
  await agent.context().close()
})

test('an agent who administers nothing finds no configuration, an organisation admin their own alone', async ({
  page,
}) => {
  await signInAsAgent(page, 'claire.dubois')
  await page.goto('/agent/profil')
  await expect(main(page).getByRole('link', { name: 'Configuration' })).toHaveCount(0)
  await signInAsAgent(page, 'karim.benali')
  await page.goto('/configuration')
  await expect(main(page).getByRole('listitem')).toHaveCount(1)
  await main(page)
    .getByRole('link', { name: /Centre PMI de Béthune/ })
    .click()
  await main(page).getByRole('link', { name: 'Agents' }).click()
  await page.getByLabel('Chercher un agent').fill('claire dub')
  await page.getByRole('button', { name: 'Chercher' }).click()
  await main(page)
    .getByRole('link', { name: /Claire Dubois/ })
    .click()
  await main(page).getByRole('link', { name: 'Retirer de l’organisation' }).click()
  await expect(main(page)).toContainText('RDV à venir')
  await page.getByRole('button', { name: 'Retirer cette personne' }).click()
  await expect(main(page).getByRole('alert').first()).toContainText('RDV à venir')
})

// The demo's accesses are everybody's: one journey at a time changes them.
test('accesses are given, copied as previewed, undone by one click, and told by their history @bureau', async ({
  page,
}) => {
  await signInAsAgent(page, 'helene.delattre')
  const openAgent = async (name: string) => {
    await page.goto(`/configuration/agents?q=${encodeURIComponent(name)}`)
    await main(page)
      .getByRole('link', { name: new RegExp(`^${name}`) })
      .click()
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  }
  const access = main(page).getByRole('listitem').filter({ hasText: 'Agenda de Nadia Carpentier' })
  await openAgent('Julie Delmotte')
  await expectSoundPage(page)
  await main(page).getByRole('link', { name: 'Donner un accès' }).click()
  await expectSoundPage(page)
  await page.getByRole('button', { name: 'Donner cet accès' }).click()
  await expect(main(page).getByRole('alert').first()).toContainText('à corriger')
  await page.getByLabel('À qui').selectOption('Julie Delmotte')
  await page.getByLabel('Sur quel agenda').selectOption('Nadia Carpentier')
  await page.getByRole('radio', { name: /^Lecture avec détail/ }).check()
  await page.getByRole('button', { name: 'Donner cet accès' }).click()
  await expect(main(page).getByRole('status')).toContainText('L’accès est donné')
  await expect(access).toHaveCount(1)

  await openAgent('Sandrine Lefebvre')
  await main(page).getByRole('link', { name: 'Copier les accès d’un autre agent' }).click()
  await page.getByLabel('Copier les accès de').selectOption('Julie Delmotte')
  await page.getByRole('button', { name: 'Voir ce qui change' }).click()
  await expect(access).toContainText('Ajouté')
  await expectSoundPage(page)
  await page.getByRole('button', { name: 'Confirmer la copie' }).click()
  await expect(main(page).getByRole('status')).toContainText('copiés')
  await expect(access).toHaveCount(1)
  await page.getByRole('button', { name: 'Annuler la copie' }).click()
  await expect(main(page).getByRole('status')).toContainText('exactement ceux d’avant')
  await expect(access).toHaveCount(0)
  await main(page).getByRole('link', { name: 'Historique' }).click()
  await expect(
    main(page).getByRole('listitem').filter({ hasText: 'Accès de Julie Delmotte copiés à Sandrine Lefebvre' }).first(),
  ).toContainText('par Hélène Delattre')
  await expectSoundPage(page)

  await openAgent('Julie Delmotte')
  await access.getByRole('combobox').selectOption('Aucun accès')
  await access.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(access).toHaveCount(0)
  for (const path of ['/configuration/equipes/nouvelle', '/configuration/services', '/configuration/historique']) {
    await page.goto(path)
    await expectSoundPage(page)
  }
})

test('a territory says when its messages leave, and when its RDVs are reminded of', async ({ page }) => {
  await signInAsAgent(page, 'helene.delattre')
  await page.goto('/configuration')
  await main(page)
    .getByRole('link', { name: /^Messages et rappels/ })
    .click()
  const reminders = page.getByRole('group', { name: 'Rappeler un RDV' })
  await expect(reminders.getByLabel('2\u00a0jours avant')).toBeChecked()
  await expectSoundPage(page)

  // Four are too many; what was ticked stays.
  for (const lead of ['1\u00a0h avant', '1\u00a0jour avant', '1\u00a0semaine avant'])
    await reminders.getByLabel(lead).check()
  await page.getByRole('button', { name: 'Enregistrer', exact: true }).click()
  await expect(main(page).getByRole('alert')).toContainText('trois au plus')
  await expect(reminders.getByLabel('1\u00a0semaine avant')).toBeChecked()
  await expectSoundPage(page)
  for (const lead of ['1\u00a0h avant', '1\u00a0jour avant', '1\u00a0semaine avant'])
    await reminders.getByLabel(lead).uncheck()
  await page.getByRole('button', { name: 'Enregistrer', exact: true }).click()
  await expect(main(page).getByRole('status')).toContainText('enregistré')
})
