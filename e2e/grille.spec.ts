import { randomInt } from 'node:crypto'
import { expect, type Page } from '@playwright/test'
import { formatTime } from '../server/kernel/dates'
import { addDays } from '../server/scheduling/rules/civil'
import { ask, expectSoundPage, placeAt, signInAsAgent, siteOf, someoneOf, statusAnswer } from './agent-house'
import { test } from './test'

const main = (page: Page) => page.getByRole('main')

/** For the same person, motif, agent and lieu. */
const REBOOKING = /\/agent\/rdvs\/nouveau\?motif=\d+&usagers=\d+&agents=1&lieu=\d+$/

/** Half past ten or so, a Tuesday of some week to come, of which nobody else knows. */
const someMorning = () => new Date(Date.UTC(2027, 0, 5, 8) + randomInt(150) * 7 * 86_400_000)

test('the agenda is a grid: an RDV is dragged, warned of, undone, and an empty time leads to a new one @bureau', async ({
  page,
}) => {
  await signInAsAgent(page)
  const startAt = someMorning()
  const day = startAt.toISOString().slice(0, 10)
  const one = await placeAt(page, 1, startAt)
  const other = await placeAt(page, 1, new Date(startAt.getTime() + 4 * 3_600_000))
  await page.goto(`/agent/agenda?vue=semaine&jour=${day}`)
  const card = main(page).getByText(one.lastName.toUpperCase()).first()
  await expect(card).toBeVisible()
  // She shows her Saturdays. Another journey may have placed something on that weekend: then Sunday shows too.
  const board = await ask<Record<'rdvs' | 'busy' | 'openings', { startAt: Date }[]>>(
    page,
    'booking.getBoard',
    'query',
    { which: { kind: 'agents', agentIds: [1] }, fromDay: addDays(day, 4), toDay: addDays(day, 5) },
  )
  const isWeekendFree = [board.rdvs, board.busy, board.openings].every(({ length }) => length === 0)
  await expect(main(page).getByRole('columnheader')).toHaveCount(isWeekendFree ? 6 : 7)
  await expectSoundPage(page)

  // The days stay in sight however far one reads.
  const scrolled = () => page.evaluate(() => window.scrollY)
  const before = await scrolled()
  await page.mouse.wheel(0, 500)
  await expect.poll(scrolled).toBeGreaterThan(before)
  await expect(main(page).getByRole('columnheader').first()).toBeInViewport()
  await page.mouse.wheel(0, -500)
  await expect.poll(scrolled).toBe(before)

  // Down by a little: nothing stands there.
  await drag(page, card, 0, 3)
  await goOn(page)
  await expect(page.getByRole('status').last()).toContainText('déplacé au')
  await page.getByRole('button', { name: 'Défaire' }).click()
  await expect(page.getByRole('status').last()).toContainText(formatTime(startAt, 'Europe/Paris'))

  // Onto the other one: asked first, and left where it was.
  const target = main(page).getByText(other.lastName.toUpperCase()).first()
  // What was just done is announced over the foot of the page, until it is left alone; the days stand over its head.
  await page.mouse.move(0, 0)
  await expect(page.getByRole('button', { name: 'Défaire' })).toHaveCount(0, { timeout: 20_000 })
  await target.evaluate((box) => window.scrollBy(0, box.getBoundingClientRect().top - 680))
  const dialog = page.getByRole('dialog')
  // What has just been undone is drawn again meanwhile, which ends a drag.
  await expect(async () => {
    await dragOnto(page, card, target)
    await expect(dialog).toBeVisible({ timeout: 3_000 })
  }).toPass()
  await expect(dialog).toContainText('les deux se chevaucheront')
  await dialog.getByRole('button', { name: 'Laisser où il était' }).click()
  await expect(dialog).toBeHidden()

  // What is remembered: the view, on this device.
  await main(page).getByRole('button', { name: 'Liste' }).click()
  await expect(card).toBeVisible()
  await expectSoundPage(page)
  await page.goto(`/agent/agenda?jour=${day}`)
  await expect(main(page).getByRole('button', { name: 'Liste' })).toHaveAttribute('aria-pressed', 'true')
  await main(page).getByRole('button', { name: 'Mois' }).click()
  await expectSoundPage(page)
  await main(page).getByText(one.lastName.toUpperCase()).first().click()
  await page.getByRole('dialog').getByRole('link', { name: 'Ouvrir le RDV' }).click()
  await expect(page).toHaveURL(`/agent/rdvs/${one.rdvId}`)
})

test('a box of a quarter of an hour says whose RDV it is, on the grid and on the board @bureau', async ({ page }) => {
  await signInAsAgent(page)
  const startAt = someMorning()
  const day = startAt.toISOString().slice(0, 10)
  const { motifId, organisationId, lieuId } = await siteOf(page, 1)
  const { usagerId, lastName } = await someoneOf(page, organisationId)
  const placed = await ask<{ ok: boolean; value: { rdvId: number } }>(page, 'booking.createRdv', 'mutation', {
    ...{ motifId, lieuId, startAt, durationMin: 15, agentIds: [1], usagerIds: [usagerId] },
    acknowledged: ['past', 'overlap', 'absent', 'elsewhere', 'gap', 'same-day', 'no-shows'],
  })
  expect(placed.ok, JSON.stringify(placed)).toBe(true)
  for (const path of [`/agent/agenda?vue=jour&jour=${day}`, `/agent/tableau?agents=1&jour=${day}`]) {
    await page.goto(path)
    const name = main(page).getByText(lastName.toUpperCase()).first()
    await expect(name).toBeVisible()
    // Wholly within its box, whatever hides what is beyond.
    await expect(name).toBeInViewport({ ratio: 0.9 })
    const box = main(page).locator('[title]').filter({ hasText: lastName.toUpperCase() })
    await expect(box.last()).toHaveAttribute('title', new RegExp(lastName, 'i'))
    await expectSoundPage(page)
  }
})

test('an RDV of the grid opens where it stands: its status is set by hand and by keyboard, and undone', async ({
  page,
}, { project }) => {
  const isPhone = project.name === 'telephone'
  await signInAsAgent(page)
  const startAt = someMorning()
  const day = startAt.toISOString().slice(0, 10)
  const { lastName } = await placeAt(page, 1, startAt)
  await page.goto(`/agent/agenda?vue=${isPhone ? 'jour' : 'semaine'}&jour=${day}`)
  const box = main(page).getByRole('button').filter({ hasText: lastName.toUpperCase() })
  const panel = page.getByRole('dialog', { name: new RegExp(lastName, 'i') })

  // Opened by hand, it says all; Escape closes it, and one is where one was.
  await (isPhone ? box.tap() : box.click())
  await expect(panel.getByRole('heading', { name: new RegExp(lastName, 'i') })).toBeFocused()
  await expect(panel).toContainText('Déplacer')
  await expect(panel).toContainText('À venir')
  await expect(panel.getByRole('button', { name: /^Annuler…/ })).toBeVisible()
  await expectSoundPage(page)
  await page.keyboard.press('Escape')
  await expect(panel).toBeHidden()
  await expect(box).toBeFocused()

  // By keyboard alone: cancelling asks who cancels, then offers another RDV for the same people.
  await page.keyboard.press('Enter')
  await panel.getByRole('button', { name: /^Annuler…/ }).focus()
  await page.keyboard.press('Enter')
  const who = page.getByRole('dialog', { name: /^Annuler/ })
  await expect(who).toContainText('Qui annule')
  await expectSoundPage(page)
  await page.keyboard.press('Escape')
  await expect(who).toBeHidden()
  await expect(panel).toBeVisible()
  await page.keyboard.press('Enter')
  const answered = statusAnswer(page)
  await expect(who.getByRole('button', { name: 'L’usager s’est excusé' })).toBeFocused()
  await page.keyboard.press('Enter')
  await answered
  await expect(panel).toBeHidden()
  await expect(box).toContainText('Annulé (excusé)')
  await expect(box).toBeFocused()
  const rebook = page.locator('[data-toast]').getByRole('link', { name: 'Reprendre un RDV' })
  await expect(rebook).toHaveAttribute('href', REBOOKING)
  await rebook.focus()
  await expectSoundPage(page)
  const undone = statusAnswer(page)
  await page.keyboard.press('Control+z')
  await undone
  await expect(box).not.toContainText('Annulé')

  // The list offers the same.
  await main(page).getByRole('button', { name: 'Liste' }).click()
  await (isPhone ? box.tap() : box.click())
  await panel.getByRole('button', { name: /^Annuler…/ }).click()
  const cancelled = statusAnswer(page)
  await page.getByRole('button', { name: 'Le service annule' }).click()
  await cancelled
  await expect(box).toContainText('Annulé')
  await page.reload()
  await (isPhone ? box.tap() : box.click())
  await expect(panel.getByRole('button', { name: /^Remettre/ })).toBeVisible()
  await panel.getByRole('link', { name: 'Reprendre un RDV' }).click()
  await expect(page).toHaveURL(/\/agent\/rdvs\/nouveau\?motif=/)
})

test('on a phone the agenda shows the day, and an empty time leads to a new RDV', async ({ page }, { project }) => {
  await signInAsAgent(page)
  const startAt = someMorning()
  const { lastName } = await placeAt(page, 1, new Date(startAt.getTime() + 86_400_000))
  const day = new Date(startAt.getTime() + 86_400_000).toISOString().slice(0, 10)
  await page.goto(`/agent/agenda?vue=jour&jour=${day}`)
  await expect(main(page).getByText(lastName.toUpperCase()).first()).toBeVisible()
  await expectSoundPage(page)
  const box = await main(page).getByText(lastName.toUpperCase()).first().boundingBox()
  if (project.name === 'bureau' && box) {
    await page.mouse.click(box.x + 40, box.y + 6 * 48)
    await expect(page).toHaveURL(/\/agent\/rdvs\/nouveau\?agent=1&debut=/)
  }
})

/** Whatever else one is warned of at that time. */
async function goOn(page: Page) {
  const [agree, toast] = [page.getByRole('button', { name: 'Déplacer en le sachant' }), page.locator('[data-toast]')]
  await expect(agree.or(toast).first()).toBeVisible()
  if (await agree.isVisible()) await agree.click()
}

async function drag(page: Page, card: ReturnType<Page['getByText']>, dx: number, slots: number) {
  const { x, y } = await take(card)
  await page.mouse.down()
  await page.mouse.move(x + dx, y + slots * 24, { steps: 8 })
  await page.mouse.up()
}

async function dragOnto(page: Page, card: ReturnType<Page['getByText']>, target: ReturnType<Page['getByText']>) {
  await take(card)
  await page.mouse.down()
  const to = await middleOf(target)
  await page.mouse.move(to.x, to.y, { steps: 12 })
  await page.mouse.up()
}

/** Over the middle of a card, once it stands still: a page that scrolls or draws leaves nothing where it was measured. */
async function take(card: ReturnType<Page['getByText']>) {
  await card.hover()
  return middleOf(card)
}

async function middleOf(box: ReturnType<Page['getByText']>) {
  const { x, y, width, height } = (await box.boundingBox())!
  return { x: x + width / 2, y: y + height / 2 }
}
