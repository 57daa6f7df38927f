import { expect, type Page } from '@playwright/test'
import { ask, expectSoundPage, open, signInAsAgent, someName } from './agent-house'
import { test } from './test'

type Session = { id: number; isCollective: boolean; status: string; level: string; startAt: Date }

const WEEK_MS = 7 * 86_400_000
const dayAt = (at: number) => new Date(at).toISOString().slice(0, 10)

/** A session to come of theirs: phones name the first, desktops the last. */
async function sessionOf(page: Page, which: 'first' | 'last'): Promise<Session> {
  const found: Session[] = []
  for (const weeks of [0, 5, 10]) {
    const fromMs = Date.now() + 86_400_000 + weeks * WEEK_MS
    const days = { fromDay: dayAt(fromMs), toDay: dayAt(fromMs + 5 * WEEK_MS - 86_400_000) }
    const rdvs = await ask<Session[]>(page, 'booking.listMyRdvs', 'query', days)
    found.push(...rdvs.filter((rdv) => rdv.isCollective && rdv.status === 'unknown' && rdv.level === 'write'))
  }
  expect(found.length).toBeGreaterThan(1)
  return found.at(which === 'first' ? 0 : -1)!
}

test('an agent names a session otherwise: its page and its history say so', async ({ page }) => {
  await signInAsAgent(page)
  const main = page.getByRole('main')
  const isPhone = (page.viewportSize()?.width ?? 0) < 600
  const { id } = await sessionOf(page, isPhone ? 'first' : 'last')
  const title = `Atelier ${someName()}`
  await open(page, `/agent/rdvs/${id}`)
  await main.getByRole('link', { name: /^(Changer l’|Donner un )intitulé$/ }).click()
  await expect(main.getByRole('heading', { level: 1 })).toHaveText(/intitulé$/)
  const field = main.getByLabel('Intitulé')
  await expect(field).toHaveAccessibleDescription(/pas d’information sensible/)
  await expectSoundPage(page)

  // What is too long is refused in words, whatever the browser lets through.
  await field.evaluate((input: HTMLInputElement) => input.removeAttribute('maxlength'))
  await field.fill('x'.repeat(81))
  await main.getByRole('button', { name: 'Enregistrer l’intitulé' }).click()
  await expect(main.getByRole('alert')).toContainText('Cet intitulé est trop long')
  await expectSoundPage(page)

  await main.getByLabel('Intitulé').fill(`  ${title} `)
  await main.getByRole('button', { name: 'Enregistrer l’intitulé' }).click()
  await expect(main.getByRole('status').first()).toContainText('L’intitulé de la séance est enregistré.')
  await expect(main.getByRole('heading', { level: 1 })).toHaveText(title)
  await expect(main.getByText(`→ «\u00a0${title}\u00a0»`)).toBeVisible()
  await expectSoundPage(page)

  // What another window still showed is not written over it, and is kept.
  await page.goBack()
  await expect(main.getByRole('heading', { level: 1 })).toHaveText(/intitulé$/)
  await main.getByLabel('Intitulé').fill('Tout autre chose')
  await main.locator('input[name=version]').evaluate((input: HTMLInputElement) => (input.value = '0'))
  await main.getByRole('button', { name: 'Enregistrer l’intitulé' }).click()
  await expect(main.getByRole('alert')).toContainText(`Son intitulé est «\u00a0${title}\u00a0».`)
  await expect(main.getByLabel('Intitulé')).toHaveValue('Tout autre chose')
  await expectSoundPage(page)
})
