import { expect, type Browser, type Page } from '@playwright/test'
import {
  bookAhead,
  codeSentTo,
  expectNoSidewaysScroll,
  expectNothingPersonalIn,
  expectNoViolation,
  linkMailedTo,
  somebody,
} from './house'
import { test } from './test'

const main = (page: Page) => page.getByRole('main')
const title = (page: Page) => page.getByRole('heading', { level: 1 })

async function askCode(page: Page, phone: string) {
  await page.goto('/mes-rdv')
  await page.getByLabel('Votre numéro de mobile').fill(phone)
  await page.getByRole('button', { name: 'Recevoir un code par SMS' }).click()
  await expect(page).toHaveURL(/\/mes-rdv\/code$/)
}

async function signIn(page: Page, browser: Browser, phone: string) {
  await askCode(page, phone)
  await page.getByLabel('Code à 6 chiffres').fill(await codeSentTo(browser, phone))
  await page.getByRole('button', { name: 'Voir mes rendez-vous' }).click()
}

test('I lost the message: my number and a code are enough to find my appointment again @nojs', async ({
  page,
  browser,
}) => {
  const visited: string[] = []
  page.on('framenavigated', (frame) => visited.push(frame.url()))
  const me = await bookAhead(page)
  await page.goto('/')
  await page.getByRole('banner').getByRole('link', { name: 'Mes rendez-vous' }).click()
  await expect(title(page)).toHaveText('Retrouver mes rendez-vous')
  await expectNoSidewaysScroll(page)
  await signIn(page, browser, me.phone)
  await expect(title(page)).toHaveText('Mes rendez-vous')
  await expectNoSidewaysScroll(page)
  await expect(main(page).getByRole('article')).toHaveCount(1)
  await expect(main(page).getByRole('article')).toContainText('Accès aux droits')
  const print = page.getByRole('link', { name: /^Imprimer la convocation/ })
  await expect(print).toHaveAttribute('href', /\/r\/[\w-]{20}\/convocation$/)
  await page.getByRole('link', { name: /^Détails, consignes, annuler/ }).click()
  await expect(page).toHaveURL(/\/r\/[\w-]{20}$/)
  await page.getByRole('button', { name: 'Annuler ce rendez-vous' }).click()
  await expect(main(page).getByRole('status')).toContainText('Votre rendez-vous est annulé')
  await page.getByRole('banner').getByRole('link', { name: 'Mes rendez-vous' }).click()
  await expect(main(page).getByRole('article')).toContainText('Annulé')

  await page.getByRole('button', { name: 'Me déconnecter' }).click()
  await expect(main(page).getByRole('status')).toContainText('Vous êtes déconnecté.')
  await page.goto('/mes-rdv')
  await expect(page).toHaveURL(/\/mes-rdv\/connexion$/)
  for (const url of visited) expectNothingPersonalIn(url, me)
})

test('each page of finding it again is for everybody, and says what is wrong', async ({ page, browser }) => {
  await page.goto('/mes-rdv/connexion')
  await expectNoViolation(page)
  await page.getByLabel('Votre numéro de mobile').fill('03 21 00 00 00')
  await page.getByRole('button', { name: 'Recevoir un code par SMS' }).click()
  await expect(page.getByLabel('Votre numéro de mobile')).toHaveAccessibleDescription(/téléphone fixe/)
  await expect(page.getByLabel('Votre numéro de mobile')).toHaveValue('03 21 00 00 00')
  await expectNoViolation(page)

  // Nobody's number: the same page, and no code is right.
  const nobody = somebody()
  await askCode(page, nobody.phone)
  await expectNoViolation(page)
  await expectNoSidewaysScroll(page)
  await page.getByLabel('Code à 6 chiffres').fill('123 456')
  await page.getByRole('button', { name: 'Voir mes rendez-vous' }).click()
  await expect(main(page).getByRole('alert')).toContainText('Ce code ne convient pas')
  await expectNoViolation(page)
  for (let i = 0; i < 5; i++) {
    await page.getByLabel('Code à 6 chiffres').fill('123456')
    await page.getByRole('button', { name: 'Voir mes rendez-vous' }).click()
  }
  await expect(main(page).getByRole('alert')).toContainText('Demandez-en un nouveau')

  const me = await bookAhead(page)
  await signIn(page, browser, me.phone)
  await expectNoViolation(page)
})

test('on a number two families share, I say which is mine and see nothing of the other', async ({ page, browser }) => {
  const me = await bookAhead(page)
  const other = await bookAhead(page, { ...somebody(), firstName: 'Paulette', lastName: 'Zwiller', phone: me.phone })
  await signIn(page, browser, me.phone)
  await expect(title(page)).toHaveText('Quel est votre nom\u202f?')
  await expectNoViolation(page)
  await expectNoSidewaysScroll(page)
  await page.getByLabel('Le début de votre nom de famille').fill('xyz')
  await page.getByRole('button', { name: 'Continuer' }).click()
  await expect(main(page).getByRole('alert')).toContainText('Ces lettres ne correspondent pas')
  await page.getByLabel('Le début de votre nom de famille').fill(me.lastName.slice(0, 4))
  await page.getByRole('button', { name: 'Continuer' }).click()
  await expect(title(page)).toHaveText('Mes rendez-vous')
  await expect(main(page).getByRole('article')).toHaveCount(1)
  await expect(main(page)).not.toContainText(other.firstName)
})

test('without a mobile, a link by e-mail opens it, once', async ({ page, browser }) => {
  const me = somebody()
  const email = `${me.lastName.toLowerCase().replace(/[^a-z]/g, '')}@exemple.fr`
  await bookAhead(page, { ...me, email })
  await page.goto('/mes-rdv/connexion')
  await page.getByLabel('Votre adresse e-mail').fill(email)
  await page.getByRole('button', { name: 'Recevoir un lien par e-mail' }).click()
  await expect(main(page).getByRole('status')).toContainText('Regardez vos e-mails')
  await expectNoViolation(page)
  const link = await linkMailedTo(browser, email)
  await page.goto(link)
  await expectNoViolation(page)
  await page.getByRole('button', { name: 'Continuer' }).click()
  await expect(main(page).getByRole('article')).toHaveCount(1)
  // Nobody vouches yet for what was typed: the number beside it may be somebody else's, and what is theirs shows to them.
  await expect(main(page)).toContainText('Il manque un rendez-vous\u202f?')
  await expectNoViolation(page)
  await expectNoSidewaysScroll(page)
  await page.getByRole('link', { name: 'Confirmer mes coordonnées' }).click()
  await expect(main(page)).toContainText('une coordonnée que vous n’avez pas encore confirmée')
  await expect(page.getByLabel('Par SMS')).toHaveCount(0)
  await expectNoViolation(page)
  await page.goto('/mes-rdv')
  await page.getByRole('button', { name: 'Me déconnecter' }).click()
  await page.goto(link)
  await expect(main(page).getByRole('alert')).toContainText('Ce lien a déjà servi')
})
