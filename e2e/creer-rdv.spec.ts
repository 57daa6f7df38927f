import { randomInt } from 'node:crypto'
import { expect, type Page } from '@playwright/test'
import { open, signInAsAgent, someName } from './agent-house'
import { expectNoSidewaysScroll, expectNoViolation } from './house'
import { test } from './test'

const main = (page: Page) => page.getByRole('main')

/** Far from what other journeys place, and at most five years ahead. */
const someDay = () => new Date(Date.UTC(2028, 0, 1) + randomInt(1000) * 86_400_000).toISOString().slice(0, 10)

async function sound(page: Page) {
  await expectNoViolation(page)
  await expectNoSidewaysScroll(page)
}

test('a secretary opens a file for a caller and places their RDV, warned of what she should know', async ({ page }) => {
  await signInAsAgent(page, 'sandrine.lefebvre')
  await open(page, '/agent/rdvs/nouveau')
  await sound(page)
  await main(page)
    .getByRole('link', { name: /Sur place/ })
    .first()
    .click()

  await expect(main(page).getByRole('heading', { level: 1 })).toContainText('Pour qui')
  const [lastName, day] = [someName(), someDay()]
  await main(page).getByRole('button', { name: 'Créer une fiche' }).click()
  await main(page).getByRole('button', { name: 'Enregistrer la fiche' }).click()
  await expect(main(page).getByRole('alert')).toContainText('Nom')
  await sound(page)
  await main(page).getByLabel('Prénom').fill('Zoé')
  await main(page).getByLabel('Nom', { exact: true }).fill(lastName)
  await main(page).getByLabel('Téléphone').fill('06 12')
  await main(page).getByRole('button', { name: 'Enregistrer la fiche' }).click()
  await expect(main(page).getByRole('alert')).toContainText('ce numéro n’existe pas')
  await main(page).getByLabel('Téléphone').fill('')
  await main(page).getByLabel('E-mail').fill(`${lastName}@example.org`)
  await main(page).getByRole('button', { name: 'Enregistrer la fiche' }).click()
  await expect(main(page).getByRole('list', { name: 'Personnes choisies' })).toContainText(lastName.toUpperCase())
  // What is chosen is in the address: a reload keeps it.
  await page.waitForURL(/usagers=\d+/)
  await sound(page)
  await page.reload()
  await main(page).getByRole('link', { name: 'Continuer' }).click()

  await expect(main(page).getByRole('heading', { level: 1 })).toContainText('Quand')
  await main(page).getByLabel('Jour').fill('2020-03-03')
  await main(page).getByLabel('Heure').fill('10:00')
  const lieu = main(page).getByLabel('Lieu')
  if ((await lieu.inputValue()) === '') await lieu.selectOption({ index: 1 })
  await sound(page)
  await main(page).getByRole('button', { name: 'Continuer' }).click()

  await expect(main(page).getByRole('region', { name: 'Le rendez-vous' })).toContainText('Mardi 3 mars 2020')
  await expect(main(page)).toContainText('Cet horaire est déjà passé.')
  await sound(page)
  await main(page).getByRole('link', { name: 'Modifier l’horaire' }).click()
  await main(page).getByLabel('Jour').fill(day)
  await main(page).getByRole('button', { name: 'Continuer' }).click()
  await expect(main(page)).not.toContainText('À savoir avant de confirmer')
  await main(page).getByRole('button', { name: 'Confirmer le rendez-vous' }).click()
  await expect(main(page).getByRole('status').first()).toContainText('Le rendez-vous est placé')
  await expect(page.getByRole('heading', { level: 1 })).toContainText(lastName.toUpperCase())
  await expect(main(page)).toContainText(/Confirmation par (SMS|e-mail)\s*Envoyé/, { timeout: 20_000 })

  // The same person again, found by half of their name, at the same hour: said, and passed over knowingly.
  await main(page).getByRole('link', { name: 'Reprendre un RDV' }).click()
  await main(page).getByLabel('Jour').fill(day)
  await main(page).getByLabel('Heure').fill('10:05')
  await main(page).getByRole('button', { name: 'Continuer' }).click()
  await expect(main(page)).toContainText('les deux se chevaucheront')
  await expect(main(page)).toContainText('a déjà un RDV pour ce motif ce jour-là')
  await main(page).getByRole('button', { name: 'Confirmer en le sachant' }).click()
  await expect(main(page).getByRole('status').first()).toContainText('Le rendez-vous est placé')
})

test('by the keyboard alone, an RDV is placed for somebody known', async ({ page }) => {
  await signInAsAgent(page, 'sandrine.lefebvre')
  await open(page, '/agent/rdvs/nouveau')
  const press = async (name: RegExp | string, role: 'link' | 'button') => {
    const target = main(page).getByRole(role, { name }).first()
    await target.focus()
    await page.keyboard.press('Enter')
  }
  await press(/Sur place/, 'link')
  await expect(main(page).getByRole('heading', { level: 1 })).toContainText('Pour qui')
  // The field has the focus already.
  await expect(main(page).getByRole('searchbox', { name: 'Chercher une personne' })).toBeFocused()
  await page.keyboard.type('martin')
  await expect(main(page).getByText(/trouvées?$/)).toBeVisible()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.waitForURL(/usagers=\d+/)
  await press('Continuer', 'link')
  await main(page).getByLabel('Jour').fill(someDay())
  await main(page)
    .getByLabel('Heure')
    .fill(`${10 + randomInt(8)}:${10 + randomInt(50)}`)
  const lieu = main(page).getByLabel('Lieu')
  if ((await lieu.inputValue()) === '') await lieu.selectOption({ index: 1 })
  await press('Continuer', 'button')
  await press(/^Confirmer/, 'button')
  await expect(main(page).getByRole('status').first()).toContainText('rendez-vous')
})

test('with somebody on the phone, a secretary finds the next free time, alone or for two agents at once', async ({
  page,
}) => {
  await signInAsAgent(page, 'sandrine.lefebvre')
  await open(page, '/agent/creneaux')
  await sound(page)
  await main(page)
    .getByRole('link', { name: /Sur place/ })
    .first()
    .click()
  const slots = main(page).getByRole('region', { name: / au / }).getByRole('listitem').getByRole('link')
  const next = main(page).getByRole('link', { name: /^Prochaine disponibilité/ })
  await expect(slots.or(next).first()).toBeVisible()
  if (await next.isVisible()) await next.click()
  await expect(slots.first()).toBeVisible()
  await sound(page)

  await main(page).getByText('Affiner').click()
  await main(page).getByLabel('Tous les agents choisis ensemble (binôme)').check()
  await main(page).getByRole('button', { name: 'Chercher' }).click()
  await expect(main(page).getByRole('alert')).toContainText('Choisissez les agents à réunir')
  await sound(page)

  // Two of a family, one after the other.
  await main(page).getByText('Affiner').click()
  await main(page).getByLabel('Tous les agents choisis ensemble (binôme)').uncheck()
  await main(page).getByLabel('RDV à la suite').selectOption('2')
  await main(page).getByRole('button', { name: 'Chercher' }).click()
  await expect(page).toHaveURL(/suite=2/)
  await expect(slots.or(next).first()).toBeVisible()
  if (await next.isVisible()) await next.click()
  const chosen = slots.first()
  const time = await chosen.locator('time').getAttribute('datetime')
  await chosen.click()
  await expect(main(page).getByRole('heading', { level: 1 })).toContainText('Pour qui')
  expect(new URL(page.url()).searchParams.get('debut')).toBe(`${time?.slice(0, 16)}Z`)
  await main(page).getByRole('searchbox').fill('martin')
  await main(page)
    .getByRole('button', { name: /MARTIN/ })
    .first()
    .click()
  await main(page).getByRole('searchbox').fill('martin')
  await main(page)
    .getByRole('button', { name: /MARTIN Date/ })
    .last()
    .click()
  await page.waitForURL(/usagers=\d+%2C\d+/)
  await expect(main(page).getByLabel('Un RDV pour chacun, l’un après l’autre')).toBeChecked()
  await sound(page)
  await main(page).getByRole('link', { name: 'Continuer' }).click()
  // Agent, lieu and time came with the slot: only the last look is left.
  await expect(main(page).getByRole('heading', { level: 1 })).toContainText('Tout est juste')
  await expect(main(page)).toContainText('2 RDV à la suite')
  await main(page)
    .getByRole('button', { name: /^Confirmer/ })
    .click()
  await expect(main(page).getByRole('status').first()).toContainText('Les rendez-vous sont placés l’un après l’autre')
})
