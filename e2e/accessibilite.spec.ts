import { expect } from '@playwright/test'
import {
  chooseAnySlot,
  expectNoSidewaysScroll,
  expectNoViolation,
  fillCoordinates,
  goToMotifs,
  goToSlots,
  somebody,
} from './house'
import { test } from './test'

const STILL = [
  '/',
  '/prendre-rdv',
  '/prendre-rdv?q=',
  '/prendre-rdv?q=zzzzzz',
  '/prendre-rdv?q=lens',
  '/prendre-rdv/adresse',
  '/prendre-rdv/service?commune=62498',
  '/prendre-rdv/service?commune=75056',
  '/prendre-rdv/motif?commune=62498',
  '/prendre-rdv/motif?commune=62498&q=zzz',
  '/prendre-rdv/service?commune=97411',
  '/prendre-rdv/verifier',
  '/rdv/confirme',
  '/r/aaaaaaaaaaaaaaaaaaaa',
  '/aide',
  '/accessibilite',
  '/mentions-legales',
  '/donnees-personnelles',
  '/page-inconnue',
]

for (const path of STILL) {
  test(`axe finds nothing on ${path}, and it fits 320 px`, async ({ page }) => {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1)
    await expect(page.locator('html')).toHaveAttribute('lang', 'fr')
    await expectNoViolation(page)
    await page.setViewportSize({ width: 320, height: 640 })
    await expectNoSidewaysScroll(page)
  })
}

test('axe finds nothing on any state of the tunnel, down to 320 px', async ({ page }) => {
  const width = page.viewportSize()?.width ?? 360
  const look = async () => {
    await expectNoViolation(page)
    await page.setViewportSize({ width: 320, height: 640 })
    await expectNoSidewaysScroll(page)
    await page.setViewportSize({ width, height: 740 })
  }
  test.setTimeout(120_000)
  await goToMotifs(page)
  await look()
  await goToSlots(page, /Premier rendez-vous/)
  await look()
  const slots = page.url()
  await page.getByRole('link', { name: 'Consignes' }).click()
  await look()
  await page.goto(slots.replace(/&lieu=\d+/, '').replace('/creneau', '/lieu'))
  await look()
  await page.goto(`${slots}&avis=creneau-pris`)
  await look()
  await chooseAnySlot(page)
  await look()
  await page.getByLabel('Pour un proche').check()
  await look()
  await page.getByRole('button', { name: 'Continuer' }).click()
  await expect(page.getByRole('main').getByRole('alert')).toBeVisible()
  await look()
  await page.getByLabel('Pour moi').check()
  await fillCoordinates(page, somebody())
  await page.getByRole('button', { name: 'Continuer' }).click()
  await expect(page).toHaveURL(/verifier$/)
  await look()
  await page.getByRole('button', { name: 'Confirmer le rendez-vous' }).click()
  await expect(page).toHaveURL(/confirme$/)
  await look()
  await page.getByRole('link', { name: 'Voir ou annuler ce rendez-vous' }).click()
  await look()
  await page.getByRole('button', { name: 'Annuler ce rendez-vous' }).click()
  await expect(page).toHaveURL(/suite=annule$/)
  await look()
})

test('axe finds nothing where there is nothing to choose, too late, or wrongly sent', async ({ page }) => {
  const look = async (words: string | RegExp) => {
    await expect(page.getByRole('main')).toContainText(words)
    await expectNoViolation(page)
    await expectNoSidewaysScroll(page)
  }
  test.setTimeout(120_000)
  await goToMotifs(page)
  await goToSlots(page, /Premier rendez-vous/)
  const slots = new URL(page.url())
  const on = (changes: Record<string, string>) => {
    const url = new URL(slots)
    for (const [name, value] of Object.entries(changes)) url.searchParams.set(name, value)
    return url.href
  }
  await page.goto(on({ du: '2030-01-01' }))
  await look('Aucun créneau à partir de ce jour')
  await page.goto(on({ lieu: '999999' }).replace('/creneau', '/coordonnees'))
  await expect(page).toHaveURL(/\/prendre-rdv\/lieu/)
  await page.goto(slots.href)
  await chooseAnySlot(page)
  await fillCoordinates(page, { ...somebody(), phone: '03 21 12 34 56' })
  await page.getByRole('button', { name: 'Continuer' }).click()
  await look('Un téléphone fixe ne reçoit pas de SMS')
  await page.getByLabel('Votre prénom').evaluate((input: HTMLInputElement) => {
    input.removeAttribute('maxlength')
    input.value = 'x'.repeat(70_000)
  })
  await page.getByRole('button', { name: 'Continuer' }).click()
  await look('Vos réponses sont trop longues')
})

test('targets are at least 44 px, or part of a sentence', async ({ page }) => {
  for (const path of ['/', '/prendre-rdv?q=lens', '/prendre-rdv/motif?commune=62498']) {
    await page.goto(path)
    const small = await page
      .locator('body')
      .locator('a, button, input:not([type=hidden], [type=radio])')
      .evaluateAll((elements) =>
        elements
          .filter((element) => element.closest('p') === null)
          .filter((element) => element.getBoundingClientRect().height < 44)
          .map((element) => element.outerHTML.slice(0, 120)),
      )
    expect(small, path).toEqual([])
  }
})
