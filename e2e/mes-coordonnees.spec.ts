import { expect, type Browser, type Page } from '@playwright/test'
import {
  bookAhead,
  codeSentTo,
  expectNoSidewaysScroll,
  expectNoViolation,
  linkMailedTo,
  somebody,
  type Person,
} from './house'
import { test } from './test'

const main = (page: Page) => page.getByRole('main')
const title = (page: Page) => page.getByRole('heading', { level: 1 })

/** Booked, and signed in by the number given then. */
async function signedIn(page: Page, browser: Browser): Promise<Person> {
  const me = await bookAhead(page)
  await signIn(page, browser, me.phone)
  return me
}

async function signIn(page: Page, browser: Browser, phone: string) {
  await page.goto('/mes-rdv')
  await page.getByLabel('Votre numéro de mobile').fill(phone)
  await page.getByRole('button', { name: 'Recevoir un code par SMS' }).click()
  await page.getByLabel('Code à 6 chiffres').fill(await codeSentTo(browser, phone))
  await page.getByRole('button', { name: 'Voir mes rendez-vous' }).click()
  await page.getByRole('link', { name: 'Mes coordonnées' }).click()
  await expect(title(page)).toHaveText('Mes coordonnées')
}

test('I change my number and my e-mail, each proven before it counts @nojs', async ({ page, browser }) => {
  const me = await signedIn(page, browser)
  await expectNoSidewaysScroll(page)
  const { phone, lastName } = somebody()
  await page.getByLabel('Nouveau numéro de mobile').fill(phone)
  await page.getByRole('button', { name: 'Recevoir un code' }).click()
  await expect(title(page)).toHaveText('Quel code avez-vous reçu\u202f?')
  await page.getByLabel('Code à 6 chiffres').fill(await codeSentTo(browser, phone))
  await page.getByRole('button', { name: 'Confirmer ce numéro' }).click()
  await expect(main(page).getByRole('status')).toContainText('Votre numéro est changé')
  await expect(main(page)).toContainText(phone.replaceAll(' ', '\u00a0'))
  await expect(main(page)).not.toContainText(me.phone.replaceAll(' ', '\u00a0'))

  const email = `${lastName.toLowerCase().replace(/[^a-z]/g, '')}@exemple.fr`
  await page.getByLabel('Ajouter une adresse e-mail').fill(email)
  await page.getByRole('button', { name: 'Recevoir un lien' }).click()
  await expect(main(page).getByRole('status')).toContainText('Regardez vos e-mails')
  await page.goto(await linkMailedTo(browser, email))
  await page.getByRole('button', { name: 'Confirmer cette adresse' }).click()
  await expect(main(page).getByRole('status')).toContainText('Votre adresse est changée')
  await expect(main(page)).toContainText(email)

  // And a password, for whoever would rather not wait for a message.
  await page.getByLabel('Nouveau mot de passe').fill('trop-simple')
  await page.getByRole('button', { name: 'Enregistrer ce mot de passe' }).click()
  await expect(page.getByLabel('Nouveau mot de passe')).toHaveAccessibleDescription(/caractères|majuscule/)
  await page.getByLabel('Nouveau mot de passe').fill('Un mot de passe 1!')
  await page.getByRole('button', { name: 'Enregistrer ce mot de passe' }).click()
  await expect(main(page).getByRole('status')).toContainText('Votre mot de passe est enregistré')
  await page.getByRole('button', { name: 'Me déconnecter de tous mes appareils' }).click()
  await page.getByText('J’ai choisi un mot de passe').click()
  await page.getByLabel('Mon adresse e-mail').fill(email)
  await page.getByLabel('Mon mot de passe').fill('Un mot de passe 1!')
  await page.getByRole('button', { name: 'Se connecter', exact: true }).click()
  await expect(title(page)).toHaveText('Mes rendez-vous')
})

test('in a family that shares a number, I say whose the new one is', async ({ page, browser }) => {
  const me = await bookAhead(page)
  const father = await bookAhead(page, { ...me, firstName: 'Augustin' })
  await signIn(page, browser, me.phone)
  await expect(main(page)).toContainText(father.firstName)
  // Where each of them lives is told to nobody who shares their number.
  await expect(page.getByLabel('Mon adresse postale')).toHaveCount(0)
  await expect(main(page)).toContainText('Votre adresse postale ne s’affiche pas ici')
  const { phone } = somebody()
  await page.getByLabel('Nouveau numéro de mobile').fill(phone)
  await page.getByRole('button', { name: 'Recevoir un code' }).click()
  await expect(page.getByRole('group', { name: 'De qui est ce numéro\u202f?' })).toBeVisible()
  await expectNoViolation(page)
  await expectNoSidewaysScroll(page)
  await page.getByRole('radio', { name: new RegExp(`^${father.firstName}`) }).check()
  await page.getByLabel('Code à 6 chiffres').fill(await codeSentTo(browser, phone))
  await page.getByRole('button', { name: 'Confirmer ce numéro' }).click()
  await expect(main(page).getByRole('status')).toContainText('Votre numéro est changé')
})

test('I say by what I am told, and each page is for everybody', async ({ page, browser }) => {
  await signedIn(page, browser)
  await expectNoViolation(page)
  await page.getByLabel('Nouveau numéro de mobile').fill('06')
  await page.getByRole('button', { name: 'Recevoir un code' }).click()
  await expect(page.getByLabel('Nouveau numéro de mobile')).toHaveAccessibleDescription(/n’existe pas/)
  await expectNoViolation(page)
  await page.getByLabel('Par SMS').uncheck()
  await page.getByRole('button', { name: /^Enregistrer pour/ }).click()
  await expect(main(page).getByRole('status')).toContainText('C’est enregistré.')
  await expect(page.getByLabel('Par SMS')).not.toBeChecked()
  await expect(page.getByLabel('Par e-mail')).toBeChecked()
})

test('I read and change my postal address, and overwrite nothing I did not see @nojs', async ({ page, browser }) => {
  await signedIn(page, browser)
  const address = page.getByLabel('Mon adresse postale')
  const save = page.getByRole('button', { name: /^Enregistrer cette adresse/ })
  const elsewhere = await page.context().newPage()
  await elsewhere.goto('/mes-rdv/coordonnees')
  await address.fill('3 rue des Lilas, 62400 Béthune')
  await save.click()
  await expect(main(page).getByRole('status')).toContainText('C’est enregistré.')
  await expect(address).toHaveValue('3 rue des Lilas, 62400 Béthune')
  await expectNoSidewaysScroll(page)

  // The page that was open elsewhere meanwhile shows what it would have taken away, and takes it when asked again.
  await elsewhere.getByLabel('Mon adresse postale').fill('1 place Cantin, 62300 Lens')
  await elsewhere.getByRole('button', { name: /^Enregistrer cette adresse/ }).click()
  await expect(elsewhere.getByLabel('Mon adresse postale')).toHaveAccessibleDescription(/Votre dossier a changé/)
  await expect(main(elsewhere)).toContainText('3 rue des Lilas, 62400 Béthune')
  await expect(elsewhere.getByLabel('Mon adresse postale')).toHaveValue('1 place Cantin, 62300 Lens')
  await expectNoSidewaysScroll(elsewhere)
  await elsewhere.getByRole('button', { name: /^Enregistrer cette adresse/ }).click()
  await expect(main(elsewhere).getByRole('status')).toContainText('C’est enregistré.')
  await page.reload()
  await expect(address).toHaveValue('1 place Cantin, 62300 Lens')
})

test('I delete my account, knowing what stays, and am signed out', async ({ page, browser }) => {
  await signedIn(page, browser)
  await page.getByRole('link', { name: 'Effacer mon compte' }).click()
  await expectNoViolation(page)
  await expectNoSidewaysScroll(page)
  await expect(main(page)).toContainText('Ce qui reste')

  // The session closed meanwhile: nothing is done, and nothing says it was.
  const jar = await page.context().cookies()
  await page.context().clearCookies()
  await page.getByRole('button', { name: 'Effacer mon compte' }).click()
  await expect(main(page).getByRole('alert')).toContainText('rien n’a été fait')
  await expectNoViolation(page)
  await page.context().addCookies(jar)
  await page.goto('/mes-rdv/effacer')
  await page.getByRole('button', { name: 'Effacer mon compte' }).click()
  await expect(main(page).getByRole('status')).toContainText('Votre compte est effacé')
  await page.goto('/mes-rdv/coordonnees')
  await expect(page).toHaveURL(/\/mes-rdv\/connexion$/)
})
