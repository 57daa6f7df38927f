import { randomInt } from 'node:crypto'
import { expect, type Locator, type Page } from '@playwright/test'
import { ask, expectSoundPage, open, placeAt, signInAsAgent } from './agent-house'
import { expectSoundMail } from './house'
import { test } from './test'

const HOUR_MS = 3_600_000
/** A Sunday, when nobody receives: far from what other journeys place, and at most five years ahead. */
const someSunday = () => new Date(Date.UTC(2030, 0, 6, 9) + randomInt(45) * 7 * 24 * HOUR_MS)

async function choose(page: Page, fill: (main: Locator) => Promise<void>) {
  await page.goto('/agent/profil/preferences')
  const main = page.getByRole('main')
  await fill(main)
  await main.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(page).toHaveURL(/avis=enregistre$/)
  await expect(main.getByRole('status').first()).toBeVisible()
}

test('an agent chooses what they are told by e-mail, and what their weeks show @bureau', async ({ page, browser }) => {
  await signInAsAgent(page, 'julie.delmotte')
  const main = page.getByRole('main')
  const { agentId, email } = await ask<{ agentId: number; email: string }>(page, 'access.me', 'query', {})
  const secretary = await browser.newPage()
  await signInAsAgent(secretary, 'sandrine.lefebvre')
  const startAt = someSunday()

  await page.setViewportSize({ width: 360, height: 740 })
  await page.goto('/agent/profil')
  await main.getByRole('link', { name: 'Mes préférences' }).click()
  const levelOf = (kind: string, level: RegExp) =>
    main.getByRole('group', { name: kind }).getByRole('radio', { name: level })
  for (const kind of ['Mes RDV', 'Mes plages d’ouverture', 'Mes absences']) {
    await expect(levelOf(kind, /^Tous les changements, sauf les miens/)).toBeChecked()
  }
  await expectSoundPage(page)
  await choose(page, async (form) => {
    await levelOf('Mes RDV', /^Aucun e-mail/).check()
    await levelOf('Mes plages d’ouverture', /^Seulement les changements de dernière minute/).check()
    await form.getByRole('checkbox', { name: /^Toujours montrer le samedi/ }).check()
    await form.getByRole('checkbox', { name: /^Montrer les RDV annulés/ }).uncheck()
  })
  await expectSoundPage(page)
  const silent = await placeAt(secretary, agentId, startAt)
  await ask(secretary, 'booking.setStatus', 'mutation', { rdvId: silent.rdvId, from: 'unknown', to: 'revoked' })

  const arrivals = main.getByRole('group', { name: 'La salle d’attente' })
  await choose(page, async () => {
    await levelOf('Mes RDV', /^Tous les changements, y compris les miens/).check()
    await expect(levelOf('Mes plages d’ouverture', /^Seulement les changements de dernière minute/)).toBeChecked()
    await expect(arrivals.getByRole('radio', { name: /^Aucun e-mail/ })).toBeChecked()
    await arrivals.getByRole('radio', { name: /^Un usager est arrivé/ }).check()
  })
  await expect(arrivals.getByRole('radio', { name: /^Un usager est arrivé/ })).toBeChecked()
  const told = await placeAt(secretary, agentId, new Date(startAt.getTime() + HOUR_MS))
  const mails = async () => {
    await secretary.goto(`/recette/messages?canal=mail&destinataire=${encodeURIComponent(email)}`)
    return secretary.getByRole('main').innerHTML()
  }
  await expect.poll(mails, { timeout: 20_000 }).toContain(`/agent/rdvs/${told.rdvId}`)
  expect(await mails()).not.toContain(`/agent/rdvs/${silent.rdvId}`)
  await secretary.close()

  await page.goto(`/agent/semaine?semaine=${startAt.toISOString().slice(0, 10)}`)
  await expect(main.getByRole('heading', { level: 2, name: /^Samedi/ })).toBeVisible()
  await expect(main).toContainText('Un RDV annulé masqué')
  await expect(main).not.toContainText(silent.lastName.toLocaleUpperCase('fr'))
  await expectSoundPage(page)
  await main.getByRole('link', { name: /^Afficher/ }).click()
  await expect(main).toContainText(silent.lastName.toLocaleUpperCase('fr'))
  await expect(main).not.toContainText('masqué')

  await choose(page, async (form) => {
    await levelOf('Mes RDV', /^Tous les changements, sauf les miens/).check()
    await levelOf('Mes plages d’ouverture', /^Tous les changements, sauf les miens/).check()
    await arrivals.getByRole('radio', { name: /^Aucun e-mail/ }).check()
    await form.getByRole('checkbox', { name: /^Toujours montrer le samedi/ }).uncheck()
    await form.getByRole('checkbox', { name: /^Montrer les RDV annulés/ }).check()
  })
})

test('the desk says that somebody is there: the agent who asked to hear of it has a mail @bureau', async ({
  page,
  browser,
}) => {
  await signInAsAgent(page, 'karim.benali')
  const { agentId, email } = await ask<{ agentId: number; email: string }>(page, 'access.me', 'query', {})
  const desk = await browser.newPage()
  await signInAsAgent(desk, 'sandrine.lefebvre')
  const arrives = async () => {
    // At this very minute: whatever the hour, they are expected today.
    const rdv = await placeAt(desk, agentId, new Date(Math.floor(Date.now() / 60_000) * 60_000))
    await open(desk, `/agent/accueil?lieu=${rdv.lieuId}`)
    const form = desk.locator('form').filter({ has: desk.locator(`[name=rdvId][value="${rdv.rdvId}"]`) })
    await form.getByRole('button', { name: /^Est là/ }).click()
    await expect(desk.getByRole('main').getByRole('status')).toContainText('en salle d’attente')
    return rdv
  }
  const hearOfArrivals = async (choice: RegExp) =>
    choose(page, (form) =>
      form.getByRole('group', { name: 'La salle d’attente' }).getByRole('radio', { name: choice }).check(),
    )
  const silent = await arrives()
  await hearOfArrivals(/^Un usager est arrivé/)
  const told = await arrives()
  await hearOfArrivals(/^Aucun e-mail/)

  type Mail = { subject: string; text: string; html: string | null }
  const mailsOf = async ({ rdvId }: { rdvId: number }) => {
    const mails = await ask<Mail[]>(page, 'access.capturedMessages', 'query', { channel: 'mail', recipient: email })
    return mails.filter(
      ({ subject, text }) => text.includes(`/agent/rdvs/${rdvId}`) && /salle d’attente/.test(`${subject} ${text}`),
    )
  }
  await expect.poll(async () => (await mailsOf(told)).length, { timeout: 20_000 }).toBe(1)
  expect(await mailsOf(silent)).toEqual([])
  const [mail] = await mailsOf(told)
  expect(mail?.subject).not.toContain(told.lastName)
  await expectSoundMail(browser, mail?.html ?? '')
  await desk.close()
})
