import { randomInt } from 'node:crypto'
import { expect, type Page } from '@playwright/test'
import { expectSoundPage, open, placeAt, signInAsAgent, statusAnswer } from './agent-house'
import { test } from './test'

const main = (page: Page) => page.getByRole('main')

test('agendas side by side open each RDV where it stands, for a day and for a week', async ({ page }) => {
  await signInAsAgent(page)
  await page.goto('/agent/semaine')
  await main(page).getByRole('link', { name: 'Plusieurs agendas côte à côte' }).click()
  // The page that is left has a heading and a title too.
  await expect(page).toHaveURL(/\/agent\/tableau/)
  await expect(page).toHaveTitle(/Tableau des agendas/)
  await expectSoundPage(page)
  const startAt = new Date(Date.UTC(2028, 0, 3, 9) + randomInt(100) * 7 * 86_400_000)
  const { rdvId, lastName } = await placeAt(page, 1, startAt)
  await open(page, `/agent/tableau?agents=1&vue=semaine&jour=${startAt.toISOString().slice(0, 10)}`)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Claire Dubois')
  await expectSoundPage(page)
  // However far one reads, on a wide screen, the days stay over their columns.
  const frame = page.getByRole('region', { name: 'Tableau des agendas' })
  await frame.evaluate((it) => (it.scrollTop = it.scrollHeight))
  if ((page.viewportSize()?.width ?? 0) > 768) {
    const [top, head] = [await frame.boundingBox(), await frame.getByRole('heading').first().boundingBox()]
    expect(head?.y).toBeGreaterThanOrEqual(top?.y ?? Infinity)
  }
  const rdv = main(page).locator(`a[href="/agent/rdvs/${rdvId}"]`)
  const panel = page.getByRole('dialog', { name: new RegExp(lastName, 'i') })
  await rdv.focus()
  await page.keyboard.press('Enter')
  await panel.getByRole('button', { name: /^Annuler…/ }).click()
  await expectSoundPage(page)
  const answered = statusAnswer(page)
  await page.getByRole('button', { name: 'Le service annule' }).click()
  await expect(rdv).toContainText('Annulé')
  await answered
  await expect(page.locator('[data-toast]').getByRole('link', { name: 'Reprendre un RDV' })).toBeVisible()
  await expect(rdv).toBeFocused()
  const undone = statusAnswer(page)
  await page.getByRole('button', { name: 'Défaire' }).click()
  await undone
  await expect(rdv).not.toContainText('Annulé')
  await rdv.click()
  await panel.getByRole('link', { name: 'Ouvrir le RDV' }).click()
  await expect(page).toHaveURL(`/agent/rdvs/${rdvId}`)
  // What is closed is not told from what never was.
  await page.goto('/agent/tableau?agents=1,999999999')
  await expect(page.getByRole('heading', { level: 1, name: 'Page introuvable' })).toBeVisible()
})

test('who arrives shows within two seconds to whoever looks at the agenda', async ({ page, browser, baseURL }) => {
  await signInAsAgent(page, 'sandrine.lefebvre')
  // At this very minute: whatever the hour, somebody is expected today.
  const { rdvId, lieuId } = await placeAt(page, 1, new Date(Math.floor(Date.now() / 60_000) * 60_000))
  await page.goto(`/agent/accueil?lieu=${lieuId}`)
  await expectSoundPage(page)
  const form = main(page)
    .locator('form')
    .filter({ has: page.locator(`[name=rdvId][value="${rdvId}"]`) })
    .first()
  const arrive = form.getByRole('button', { name: /^Est là/ })
  const personId = (await form.locator('[name=participationId]').getAttribute('value')) ?? ''

  const other = await browser.newContext({ baseURL: baseURL!, viewport: { width: 1280, height: 900 } })
  const midwife = await other.newPage()
  await signInAsAgent(midwife)
  const listening = midwife.waitForResponse('/api/agenda/live')
  await midwife.goto('/agent/tableau?agents=1')
  await listening
  const rdv = midwife.locator(`main a[href="/agent/rdvs/${rdvId}"]`)
  await expect(rdv).not.toContainText('En salle d’attente')

  await arrive.focus()
  await page.keyboard.press('Enter')
  await expect(main(page).getByRole('status')).toContainText('en salle d’attente')
  await expect(rdv).toContainText('En salle d’attente', { timeout: 2000 })
  await expectSoundPage(page)
  await expectSoundPage(midwife)

  await page
    .locator(`#personne-${personId}`)
    .getByRole('button', { name: /^Effacer/ })
    .click()
  await expect(main(page).getByRole('status')).toContainText('effacée')
  await expect(rdv).not.toContainText('En salle d’attente', { timeout: 2000 })
  await other.close()
})

test('a secret address opens my calendar elsewhere, until I renew it', async ({ page, request }) => {
  await signInAsAgent(page, 'julie.delmotte')
  await page.goto('/agent/profil')
  const address = page.getByLabel('Votre adresse, à copier')
  const renew = main(page).getByRole('button', { name: /l’adresse$/ })
  await renew.click()
  await expect(address).toBeVisible()
  const old = await address.inputValue()
  const file = await request.get(old)
  expect(file.headers()['content-type']).toContain('text/calendar')
  expect(await file.text()).toContain('BEGIN:VCALENDAR')
  await expectSoundPage(page)
  await renew.click()
  await expect(address).not.toHaveValue(old)
  expect((await request.get(old)).status()).toBe(410)
})
