import { expect, type Browser, type Page } from '@playwright/test'
import postgres from 'postgres'
import { expectSoundPage, open, signInAsAgent } from './agent-house'
import { aDesk, bookAt, pageOf, smsLink, type Desk } from './attente-house'
import { expectNoSidewaysScroll, expectNoViolation } from './house'
import { test } from './test'

const main = (page: Page) => page.getByRole('main')
const dayAhead = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

/** Somebody who waits on this page for a slot before theirs, and somebody else who has one, on theirs. */
async function oneWaitsForAnother(page: Page, browser: Browser, desk: Desk, daysAhead: number) {
  await desk.open(daysAhead, 1)
  await desk.open(daysAhead + 14, 1)
  const other = await pageOf(browser)
  const theirs = await bookAt(other, desk, 0)
  const { person, path } = await bookAt(page, desk, 0)
  await page.goto(path)
  await page.getByRole('button', { name: 'Me prévenir si un créneau se libère' }).click()
  await expect(main(page).getByRole('status')).toContainText('Vous êtes sur la file d’attente')
  const cancel = async () => {
    await other.goto(theirs.path)
    await other.getByRole('button', { name: 'Annuler ce rendez-vous' }).click()
    await expect(main(other).getByRole('status')).toContainText('annulé')
  }
  return { person, cancel }
}

test('an open agenda shows the slot kept for who waits, and no longer once it is kept no more @bureau', async ({
  page,
  browser,
  baseURL,
}) => {
  const desk = await aDesk(baseURL ?? '')
  const { person, cancel } = await oneWaitsForAnother(page, browser, desk, 26)
  const [grid, board] = [await pageOf(browser), await pageOf(browser)]
  const look = async (agent: Page, path: string) => {
    await signInAsAgent(agent, 'karim.benali')
    const listening = agent.waitForResponse('/api/agenda/live')
    await open(agent, path)
    await listening
    // A page that is loaded again forgets it.
    await agent.evaluate(() => document.body.setAttribute('data-since', 'before'))
    return main(agent).getByText(/Tenu jusqu’au .*, pour une personne en attente/)
  }
  const kept = [
    await look(grid, `/agent/agenda?vue=jour&jour=${dayAhead(26)}`),
    await look(board, `/agent/tableau?agents=${String(desk.agentId)}&jour=${dayAhead(26)}`),
  ]
  for (const one of kept) await expect(one).toHaveCount(0)

  await cancel()
  const offer = await smsLink(page, person, /\/o\/[\w-]{20}/)
  for (const one of kept) await expect(one).toBeVisible({ timeout: 5000 })
  await expectSoundPage(grid)
  await expectSoundPage(board)

  await page.goto(offer)
  await page.getByRole('button', { name: 'Non, je garde ma date' }).click()
  for (const one of kept) await expect(one).toHaveCount(0, { timeout: 5000 })
  for (const agent of [grid, board]) await expect(agent.locator('body')).toHaveAttribute('data-since', 'before')
})

test('a slot that is free already is said before anybody waits for one', async ({ page, baseURL }, { project }) => {
  const desk = await aDesk(baseURL ?? '')
  const daysAhead = project.name === 'telephone' ? 25 : 27
  await desk.open(daysAhead + 14, 1)
  const mine = await bookAt(page, desk, 0)
  await page.goto(mine.path)
  await expect(main(page)).not.toContainText('déjà libres')
  await desk.open(daysAhead, 1)
  await page.reload()
  await expect(main(page)).toContainText('Des créneaux plus tôt sont déjà libres')
  await expectNoViolation(page)
  await expectNoSidewaysScroll(page)
  await main(page).getByRole('link', { name: 'en choisir un' }).click()
  await expect(page).toHaveURL(/\/deplacer/)
  await expectNoViolation(page)
})

test('whom no message told of a slot is called by the desk, while it is still theirs @bureau', async ({
  page,
  browser,
  baseURL,
}) => {
  const desk = await aDesk(baseURL ?? '')
  const { person, cancel } = await oneWaitsForAnother(page, browser, desk, 28)
  await cancel()
  await smsLink(page, person, /\/o\/[\w-]{20}/)
  // Outside production nothing leaves, and so nothing fails: what a gateway would say is written where it would be.
  const db = postgres(process.env.DATABASE_URL ?? '', { max: 1 })
  const recipient = `+33${person.phone.replaceAll(' ', '').slice(1)}`
  const failed = await db`
    update messages set state = 'failed', failure = 'undelivered' where recipient = ${recipient} and offer_id is not null`
  await db.end()
  expect(failed.count).toBe(1)

  const agent = await pageOf(browser)
  await signInAsAgent(agent, 'karim.benali')
  await open(agent, '/agent/a-prevenir')
  const card = main(agent).getByRole('listitem').filter({ hasText: person.lastName })
  await expect(card).toContainText('Un créneau lui est proposé')
  await expect(card).toContainText('Appelez avant')
  await expect(card).toContainText('parti, mais pas arrivé')
  await expectSoundPage(agent)
  await agent.setViewportSize({ width: 360, height: 740 })
  await expectSoundPage(agent)
  await card.getByRole('button', { name: /^C’est fait/ }).click()
  await expect(main(agent).getByRole('status')).toContainText('C’est noté.')
  await expect(card).toHaveCount(0)
  await expectSoundPage(agent)
})

test('the link of an RDV whose day is over says so, and nothing of it', async ({ page, baseURL }, { project }) => {
  const desk = await aDesk(baseURL ?? '')
  const day = dayAhead(project.name === 'telephone' ? 29 : 30)
  await desk.open(project.name === 'telephone' ? 29 : 30, 1)
  const { person, path } = await bookAt(page, desk, 0)
  await page.goto(path)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Votre rendez-vous')
  await desk.toThePast(day, person.lastName)
  await page.reload()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ce rendez-vous est passé')
  await expect(main(page)).not.toContainText(desk.name)
  await expect(main(page)).not.toContainText(person.firstName)
  await expectNoViolation(page)
  await expectNoSidewaysScroll(page)
  for (const after of ['calendrier', 'convocation']) {
    const answer = await page.request.get(`${path}/${after}`, { maxRedirects: 0 })
    expect([answer.status(), answer.headers().location], after).toEqual([303, '/aide'])
  }
  await main(page).getByRole('link', { name: 'Prendre un rendez-vous' }).click()
  await expect(page).toHaveURL(/\/prendre-rdv|\/$/)
})
