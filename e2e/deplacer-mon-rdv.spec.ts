import { randomInt } from 'node:crypto'
import { expect, type Page } from '@playwright/test'
import {
  bookAhead,
  expectNoSidewaysScroll,
  expectNoViolation,
  fillCoordinates,
  goToMotifs,
  goToSlots,
  somebody,
  times,
} from './house'
import { test } from './test'

const main = (page: Page) => page.getByRole('main')
/** Any of the times shown: journeys side by side seldom want the same one. */
const anyTime = async (page: Page) => times(page).nth(randomInt(await times(page).count()))
const title = (page: Page) => page.getByRole('heading', { level: 1 })

/** The page of an RDV that may be moved. */
async function bookedPath(page: Page): Promise<string> {
  await bookAhead(page)
  const path = await page.getByRole('link', { name: 'Voir ou annuler ce rendez-vous' }).getAttribute('href')
  return path ?? ''
}

test('I move my appointment by its link, and see old and new before I say so @nojs', async ({ page }) => {
  const path = await bookedPath(page)
  await page.goto(path)
  const before = await main(page).locator('time').first().getAttribute('datetime')
  await page.getByRole('link', { name: 'Déplacer ce rendez-vous' }).click()
  await expect(title(page)).toHaveText('Quel nouvel horaire\u202f?')
  await expectNoSidewaysScroll(page)

  const wanted = await anyTime(page)
  const after = await wanted.locator('time').getAttribute('datetime')
  await wanted.click()
  await expect(title(page)).toHaveText('Changer pour ce nouvel horaire\u202f?')
  const change = page.getByRole('region', { name: 'Le changement' })
  await expect(change.locator('time').first()).toHaveAttribute('datetime', before ?? '')
  await expect(change.locator('time').last()).toHaveAttribute('datetime', after ?? '')
  await expectNoSidewaysScroll(page)
  await page.getByRole('link', { name: 'Garder l’horaire actuel' }).click()
  await expect(main(page).locator('time').first()).toHaveAttribute('datetime', before ?? '')

  await page.goBack()
  await page.getByRole('button', { name: 'Confirmer le nouvel horaire' }).click()
  await expect(main(page).getByRole('status')).toContainText('Votre rendez-vous est déplacé')
  await expect(main(page).locator('time').first()).toHaveAttribute('datetime', after ?? '')
})

test('each page of a move is for everybody', async ({ page }) => {
  const path = await bookedPath(page)
  await page.goto(path)
  await expectNoViolation(page)
  await page.goto(`${path}/deplacer`)
  await expectNoViolation(page)
  await (await anyTime(page)).click()
  await expectNoViolation(page)
})

test('when somebody takes the time I wanted, I keep mine and see what is left', async ({ page, browser }) => {
  const path = await bookedPath(page)
  await page.goto(`${path}/deplacer/verifier?creneau=2020-01-06T09:00Z`)
  await expect(main(page).getByRole('alert')).toContainText('Cet horaire est passé, ou trop proche')
  await page.goto(`${path}/deplacer`)
  await (await anyTime(page)).click()
  const wanted = new URL(page.url()).searchParams.get('creneau') ?? ''

  const other = await (await browser.newContext()).newPage()
  for (let i = 0; i < 12; i++) {
    await goToMotifs(other)
    await goToSlots(other, /Accès aux droits/)
    const slots = new URL(other.url())
    slots.pathname = '/prendre-rdv/coordonnees'
    slots.searchParams.set('creneau', wanted)
    await other.goto(slots.href)
    await fillCoordinates(other, somebody())
    await other.getByRole('button', { name: 'Continuer' }).click()
    await other.getByRole('button', { name: 'Confirmer le rendez-vous' }).click()
    if (!/\/rdv\/confirme$/.test(other.url())) break
  }
  await other.context().close()

  await page.getByRole('button', { name: 'Confirmer le nouvel horaire' }).click()
  await expect(main(page).getByRole('alert')).toContainText('vient d’être pris')
  await expectNoViolation(page)
  // Nothing may be left that week, nor the next ones: the page leads on.
  while ((await times(page).count()) === 0) {
    const here = page.url()
    await main(page)
      .getByRole('link', { name: /^(Aller au|Jours suivants)/ })
      .first()
      .click()
    await page.waitForURL((url) => url.href !== here)
  }
  await times(page).first().click()
  await page.getByRole('button', { name: 'Confirmer le nouvel horaire' }).click()
  await expect(main(page).getByRole('status')).toContainText('Votre rendez-vous est déplacé')
})
