import { randomInt } from 'node:crypto'
import { expect, request, type Page } from '@playwright/test'
import { ask, expectSoundPage, open, placeAt, signInAsAgent } from './agent-house'
import { signIn } from './doors-house'
import { test } from './test'

const main = (page: Page) => page.getByRole('main')
const bell = (page: Page) => page.getByRole('banner').getByRole('link', { name: /nouveauté/i })

test('a colleague places an RDV on my agenda: the bell says so, the list leads there, and I say I have seen it @telephone', async ({
  page,
  baseURL,
}) => {
  // On one screen at a time: what one has seen, the other has too.
  await signInAsAgent(page, 'julie.delmotte')
  const { agentId } = await ask<{ agentId: number }>(page, 'access.me', 'query', {})
  const secretary = await request.newContext({ baseURL: baseURL ?? '', extraHTTPHeaders: { origin: baseURL ?? '' } })
  await signIn(secretary, 'sandrine.lefebvre')
  const startAt = new Date(Date.UTC(2030, randomInt(12), 1 + randomInt(28), 2, 5 * randomInt(12)))
  const { rdvId } = await placeAt({ request: secretary }, agentId, startAt)

  const line = main(page)
    .getByRole('listitem')
    .filter({ has: page.locator(`a[href="/agent/rdvs/${rdvId}"]`) })
  // Journeys beside this one place RDVs on the same agenda: a bell that counts does not say that this one is told yet.
  await expect(async () => {
    await page.goto('/agent/nouveautes')
    await expect(line).toContainText('RDV placé sur votre agenda', { timeout: 1000 })
  }).toPass({ timeout: 20_000 })
  await open(page, '/agent/profil')
  await expect(bell(page)).toHaveText(/\d/)
  await open(page, '/agent/nouveautes')
  await expectSoundPage(page)
  await expect(line).toContainText('Nouveau')
  await page.setViewportSize({ width: 1280, height: 800 })
  await expectSoundPage(page)
  await page.getByRole('button', { name: 'Tout marquer comme vu' }).click()
  await expect(main(page).getByRole('status')).toContainText('marqué comme vu')
  await expect(line.getByText('Nouveau', { exact: true })).toHaveCount(0)
  await expectSoundPage(page)
  await expect(line).toBeVisible()
  await expect(page.getByRole('button', { name: 'Me prévenir dans ce navigateur' })).toBeVisible()
})
