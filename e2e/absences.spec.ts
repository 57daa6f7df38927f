import { randomInt } from 'node:crypto'
import { expect, test, type Page } from '@playwright/test'
import { open, signInAsAgent } from './agent-house'
import { expectNoSidewaysScroll, expectNoViolation } from './house'

const main = (page: Page) => page.getByRole('main')

test.beforeEach(({ page }) => signInAsAgent(page))

test('I note an absence, change its hours, then take it away', async ({ page }) => {
  const title = `Formation ${randomInt(1_000_000)}`
  await open(page, '/agent/absences')
  await expectNoViolation(page)
  await main(page).getByRole('link', { name: 'Ajouter une absence' }).click()
  await page.getByLabel('Type').selectOption('Formation')
  await page.getByLabel('Titre').fill(title)
  await page.getByLabel('Début', { exact: true }).fill('2041-03-05')
  await expect(page.getByLabel('Fin', { exact: true })).toHaveValue('2041-03-05')
  await expectNoViolation(page)
  await expectNoSidewaysScroll(page)
  await page.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(main(page).getByRole('status')).toContainText('enregistrée')
  const line = main(page).getByRole('link', { name: new RegExp(title) })
  await expect(line).toContainText('Mardi 5 mars, toute la journée')

  await page.goto('/agent/semaine?semaine=2041-03-04')
  await expect(main(page)).toContainText(`Toute la journée${title}`)
  await expectNoViolation(page)
  await page.goto('/agent?jour=2041-03-05')
  await main(page).getByRole('link', { name: title }).click()
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
  await page.getByLabel('Journée entière').uncheck()
  await page.getByLabel('Heure (début)').fill('14:00')
  await page.getByLabel('Heure (fin)').fill('11:00')
  await page.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(main(page).getByRole('alert')).toContainText('La fin est avant le début')
  await expectNoViolation(page)
  await page.getByLabel('Heure (fin)').fill('16:30')
  await page.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(line).toContainText(/de 14\sh à 16\sh\s30/)

  await line.click()
  await main(page).getByRole('button', { name: 'Supprimer cette absence' }).click()
  await main(page).getByRole('button', { name: 'Supprimer', exact: true }).click()
  await expect(main(page).getByRole('status')).toContainText('supprimée')
  await expect(line).toHaveCount(0)
})

test('before an absence is saved, I see the RDV it would meet', async ({ page }) => {
  // The demo's agent has a full day, whatever the day.
  await open(page, '/agent/absences/nouvelle')
  await page.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(main(page).getByRole('alert')).toContainText('pendant cette absence')
  await expect(main(page).getByRole('alert').getByRole('link').first()).toBeVisible()
  await expect(page.getByRole('button', { name: 'Enregistrer en laissant ces RDV' })).toBeVisible()
  await expectNoViolation(page)
  await expectNoSidewaysScroll(page)
  await page.getByRole('link', { name: 'Annuler' }).click()
  await expect(page).toHaveURL(/\/agent\/absences$/)
})

test('the secretary writes the midwife’s absences, her colleagues do not', async ({ page }) => {
  await signInAsAgent(page, 'sandrine.lefebvre')
  await page.goto('/agent/agendas/1')
  await main(page).getByRole('link', { name: 'Ses absences' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Absences de Claire Dubois' })).toBeVisible()
  await main(page).getByRole('link', { name: 'Ajouter une absence' }).click()
  await expect(main(page)).toContainText('Agenda de Claire Dubois')

  await signInAsAgent(page, 'julie.delmotte')
  for (const path of ['/agent/absences?agent=1', '/agent/absences/nouvelle?agent=1']) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1, name: 'Page introuvable' })).toBeVisible()
  }
})
