import { readFile } from 'node:fs/promises'
import { expect } from '@playwright/test'
import { chooseAnySlot, fillCoordinates, goToSlots, somebody } from './house'
import { test } from './test'

/** « 14 h 30 » → minutes of the day. */
const minutesOf = (words: string) => {
  const [hours, minutes] = words.match(/\d+/g) ?? []
  return Number(hours) * 60 + Number(minutes ?? 0)
}

// The phone's clock says Paris: every hour read is La Réunion's all the same, four hours ahead of UTC all year.
test('in La Réunion every hour is theirs, whatever my phone’s clock says @telephone', async ({ page }) => {
  const me = somebody()
  await page.goto('/prendre-rdv/service?commune=97411')
  await page.getByRole('link', { name: /Service social/ }).click()
  await goToSlots(page, /Premier rendez-vous/)
  await chooseAnySlot(page)
  const start = new URL(page.url()).searchParams.get('creneau') ?? ''
  const recap = page.getByRole('region', { name: 'Votre demande' })
  await expect(recap).toContainText('heure de La Réunion')
  const when = /à\s(\d+\sh(?:\s\d+)?)/.exec(await recap.innerText())?.[1] ?? ''
  const startMin = new Date(start).getUTCHours() * 60 + new Date(start).getUTCMinutes()
  expect(minutesOf(when)).toBe((startMin + 240) % 1440)

  await fillCoordinates(page, { ...me, phone: '0692 12 34 56' })
  await page.getByRole('button', { name: 'Continuer' }).click()
  await page.getByRole('button', { name: 'Confirmer le rendez-vous' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'C’est confirmé' })).toBeVisible()
  await expect(page.getByRole('main')).toContainText(when)
  await expect(page.getByRole('main')).toContainText('heure de La Réunion')

  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Ajouter à mon agenda' }).click()
  const file = await readFile(await (await download).path(), 'utf8')
  expect(file).toContain(`DTSTART:${start.replace(/[-:]/g, '').replace('Z', '00Z')}`)

  await expect(async () => {
    await page.goto('/recette/messages?canal=sms')
    await expect(page.getByRole('main')).toContainText(/heure (de La )?R.union/, { timeout: 500 })
  }).toPass()
})
