import { expect } from '@playwright/test'
import { expectSoundPage, open, signInAsAgent } from './agent-house'
import { expectNoSidewaysScroll } from './house'
import { test } from './test'

test.beforeEach(({ page }) => signInAsAgent(page))

test('the week is a list that leads to each RDV, with its people and its history', async ({ page }) => {
  await open(page, '/agent/semaine')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Semaine du lundi')
  await expectSoundPage(page)
  await page.getByRole('link', { name: /Semaine précédente/ }).click()
  await expect(page).toHaveURL(/semaine=\d{4}/)
  const line = page.getByRole('main').locator('a[href^="/agent/rdvs/"]').first()
  const path = (await line.getAttribute('href')) ?? ''
  await line.click()
  await expect(page).toHaveURL(path)
  for (const title of ['Le RDV', 'Historique']) await expect(page.getByRole('heading', { name: title })).toBeVisible()
  await expectSoundPage(page)
})

test('nothing an agent reads is smaller than 16 px, and every tab fits, down to 320 px', async ({ page }) => {
  const paths = ['/agent', '/agent/semaine', '/agent/a-renseigner', '/agent/profil', '/agent/acces', '/agent/agendas']
  for (const path of paths) {
    await open(page, path)
    for (const width of [320, 360, 1280]) {
      await page.setViewportSize({ width, height: 740 })
      const small = await page.locator('body *').evaluateAll((elements) =>
        elements
          .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim()))
          .filter((element) => parseFloat(getComputedStyle(element).fontSize) < 16)
          .map((element) => element.outerHTML.slice(0, 120)),
      )
      expect(small, `${path} at ${width} px`).toEqual([])
      const overfull = await page
        .getByRole('navigation', { name: 'Espace des agents' })
        .getByRole('link')
        .evaluateAll((tabs) => tabs.filter((tab) => tab.scrollWidth > tab.clientWidth).map((tab) => tab.textContent))
      expect(overfull, `${path} at ${width} px`).toEqual([])
      await expectNoSidewaysScroll(page)
    }
  }
})

test('an RDV beyond reach is a page not found', async ({ page }) => {
  for (const path of ['/agent/rdvs/999999999', '/agent/rdvs/abc']) {
    const answer = await page.goto(path)
    expect(answer?.status()).toBe(404)
    await expect(page.getByRole('heading', { level: 1, name: 'RDV introuvable' })).toBeVisible()
  }
  await expectSoundPage(page)
})

test('an empty day says so', async ({ page }) => {
  await open(page, '/agent?jour=2040-01-01')
  await expect(page.getByText('Aucun RDV ce jour-là')).toBeVisible()
  await expectSoundPage(page)
})
