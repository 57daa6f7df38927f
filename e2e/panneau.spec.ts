import { randomInt } from 'node:crypto'
import { expect, type Page } from '@playwright/test'
import { open, placeAt, signInAsAgent } from './agent-house'
import { test } from './test'

const main = (page: Page) => page.getByRole('main')

/** A Wednesday of some week to come, of which nobody else knows. */
const someWednesday = () => new Date(Date.UTC(2028, 8, 6, 9) + randomInt(150) * 7 * 86_400_000)

test('without any script, an RDV that is cancelled offers another for the same people @nojs', async ({ page }) => {
  await signInAsAgent(page)
  const { rdvId } = await placeAt(page, 1, someWednesday())
  await page.goto(`/agent/rdvs/${rdvId}`)
  await main(page)
    .getByRole('button', { name: /^Annuler/ })
    .first()
    .click()
  await main(page)
    .getByRole('button', { name: /Le service annule/ })
    .click()
  const told = main(page).getByRole('status').filter({ hasText: 'C’est noté' })
  await expect(told).toContainText('Annulé')
  await told.getByRole('link', { name: 'Reprendre un RDV' }).click()
  await expect(page).toHaveURL(/\/agent\/rdvs\/nouveau\?motif=\d+&usagers=\d+&agents=1&lieu=\d+$/)
})

test('on a board, a reader’s panel lets nothing be changed, and a click with Ctrl opens a tab instead @bureau', async ({
  page,
  browser,
}) => {
  await signInAsAgent(page)
  const startAt = someWednesday()
  const { rdvId, lastName } = await placeAt(page, 1, startAt)
  const board = `/agent/tableau?agents=1&vue=jour&jour=${startAt.toISOString().slice(0, 10)}`
  const colleague = await (await browser.newContext()).newPage()
  await signInAsAgent(colleague, 'julie.delmotte')
  await open(colleague, board)
  const box = main(colleague).locator(`a[href="/agent/rdvs/${rdvId}"]`)
  const read = colleague.waitForResponse((answer) => answer.url().includes('booking.getRdv') && answer.ok())
  await box.click()
  const panel = colleague.getByRole('dialog', { name: new RegExp(lastName, 'i') })
  await (await read).finished()
  await expect(panel.getByRole('link', { name: 'Ouvrir le RDV' })).toBeVisible()
  await expect(panel.getByRole('button')).toHaveText(['Fermer'])
  await expect(panel.getByRole('link', { name: 'Déplacer' })).toHaveCount(0)
  await panel.getByRole('button', { name: 'Fermer' }).click()
  await expect(panel).toHaveCount(0)

  const [tab] = await Promise.all([
    colleague.context().waitForEvent('page'),
    box.click({ modifiers: ['ControlOrMeta'] }),
  ])
  await expect(tab).toHaveURL(`/agent/rdvs/${rdvId}`)
  await expect(panel).toHaveCount(0)
  await colleague.context().close()
})
