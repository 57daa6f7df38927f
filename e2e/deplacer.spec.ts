import { randomInt } from 'node:crypto'
import { expect } from '@playwright/test'
import { open, placeAt, signInAsAgent } from './agent-house'
import { expectNoSidewaysScroll, expectNoViolation } from './house'
import { test } from './test'

const WEEK_MS = 7 * 86_400_000
/** A Sunday, when nobody receives: far from what other journeys place, and at most five years ahead. */
const someStart = (hour: number) => new Date(Date.UTC(2030, 0, 6, hour) + randomInt(45) * WEEK_MS)

test('an RDV is moved, seen beside what it was, warned of what stands there, and its history says it @nojs', async ({
  page,
}) => {
  await signInAsAgent(page)
  const main = page.getByRole('main')
  const agentId = 1
  const startAt = someStart(9)
  const day = (weeks: number) => new Date(startAt.getTime() + weeks * WEEK_MS)
  const { rdvId } = await placeAt(page, agentId, startAt)
  const other = await placeAt(page, agentId, day(1))
  await page.goto(`/agent/rdvs/${rdvId}`)
  await main.getByRole('link', { name: 'Déplacer', exact: true }).click()
  await expectNoSidewaysScroll(page)
  await main.getByRole('textbox', { name: 'Jour' }).fill(day(1).toISOString().slice(0, 10))
  await main.getByLabel('Durée').selectOption('45')
  await main.getByRole('button', { name: 'Continuer' }).click()

  await expect(main.getByRole('region', { name: 'Le RDV déplacé' })).toContainText('45 min')
  await expect(main).toContainText('les deux se chevaucheront')
  await expectNoSidewaysScroll(page)
  await main.getByRole('link', { name: 'Changer d’horaire' }).click()
  await main.getByRole('textbox', { name: 'Jour' }).fill(day(2).toISOString().slice(0, 10))
  await main.getByRole('button', { name: 'Continuer' }).click()
  await expect(main).not.toContainText('À savoir avant de confirmer')
  await main.getByRole('button', { name: 'Déplacer le RDV' }).click()
  await expect(main.getByRole('status').first()).toContainText('Le rendez-vous est déplacé.')
  await expect(main.getByText(/^Déplacé du /)).toBeVisible()
  await expect(main.getByText(/^Durée.*45\smin$/)).toBeVisible()

  // What another window still showed is not written over what became of it.
  await page.goBack()
  await main.getByRole('button', { name: 'Déplacer le RDV' }).click()
  await expect(main.getByRole('status').first()).toContainText('Le rendez-vous est déplacé.')
  await page.goto(`/agent/rdvs/${other.rdvId}`)
  await expect(main.getByRole('link', { name: 'Déplacer', exact: true })).toBeVisible()
})

test('a free slot is looked for, and the RDV goes there @bureau', async ({ page }) => {
  await signInAsAgent(page)
  const main = page.getByRole('main')
  const { rdvId } = await placeAt(page, 1, someStart(15))
  await open(page, `/agent/rdvs/${rdvId}/deplacer`)
  await expectNoViolation(page)
  await main.getByRole('link', { name: 'Chercher un créneau libre' }).click()
  await expect(main).toContainText('Vous déplacez un RDV')
  // Whoever receives, should the agent have no opening for this motif.
  await page.goto(page.url().replace(/agents=\d+&/, ''))
  await expectNoViolation(page)
  const slots = main
    .getByRole('listitem')
    .getByRole('link')
    .filter({ has: page.locator('time') })
  const later = main.getByRole('link', { name: /^Prochaine disponibilité/ })
  await expect(slots.first().or(later).first()).toBeVisible()
  if (await later.isVisible()) await later.click()
  await slots.first().click()
  await expect(main.getByRole('button', { name: /^Déplacer/ })).toBeVisible()
  await expectNoViolation(page)
  await main.getByRole('button', { name: /^Déplacer/ }).click()
  await expect(main.getByRole('status').first()).toContainText('Le rendez-vous est déplacé.')
})
