import { randomInt } from 'node:crypto'
import { expect, type Page } from '@playwright/test'
import { ask, expectSoundPage, open, placeAt, signInAsAgent } from './agent-house'
import { expectNothingPersonalIn, goToCheck, expectNoViolation } from './house'
import { test } from './test'

const main = (page: Page) => page.getByRole('main')
/** Far from what other journeys place. */
const someStart = () => new Date(Date.UTC(2031, 0, 1, 9) + randomInt(280) * 86_400_000 + randomInt(40) * 600_000)

/** What a link opens, for who is signed in as the page is. */
async function pdfOf(page: Page, href: string | null): Promise<Buffer> {
  const answer = await page.request.get(href ?? '')
  expect(answer.headers()['content-type']).toBe('application/pdf')
  expect(answer.headers()['cache-control']).toContain('no-store')
  return answer.body()
}

test('an agent prints the convocation of an RDV, and those of a list', async ({ page }) => {
  await signInAsAgent(page)
  const startAt = someStart()
  const { rdvId } = await placeAt(page, 1, startAt)
  await open(page, `/agent/rdvs/${String(rdvId)}`)
  const link = main(page).getByRole('link', { name: 'Imprimer la convocation' })
  expect((await pdfOf(page, await link.getAttribute('href'))).subarray(0, 5).toString()).toBe('%PDF-')
  const large = main(page).getByRole('link', { name: 'La convocation en gros caractères' })
  await pdfOf(page, await large.getAttribute('href'))
  await expectSoundPage(page)

  const day = startAt.toISOString().slice(0, 10)
  await open(page, `/agent/rdvs?periode=dates&du=${day}&au=${day}`)
  await main(page).getByRole('button', { name: 'PDF', exact: true }).click()
  await expect(main(page).getByRole('heading', { level: 1 })).toContainText('Mes exports')
  const first = main(page).getByRole('list', { name: 'Exports' }).getByRole('listitem').first()
  await expect(async () => {
    await page.reload()
    await expect(first).toContainText('Télécharger', { timeout: 1000 })
  }).toPass()
  await expect(first).toContainText('Convocations (PDF)')
  await pdfOf(page, await first.getByRole('link', { name: 'Télécharger le fichier' }).getAttribute('href'))
})

test('whoever booked prints theirs from the page of their RDV', async ({ page }) => {
  const person = await goToCheck(page, /Accès aux droits/)
  await page.getByRole('button', { name: /^Confirmer/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'C’est confirmé' })).toBeVisible()
  const recipient = `+33${person.phone.replaceAll(' ', '').slice(1)}`
  let path = ''
  await expect(async () => {
    const messages = await ask<{ text: string }[]>(page, 'access.capturedMessages', 'query', {
      channel: 'sms',
      recipient,
    })
    path = /\/r\/[\w-]{20}/.exec(messages[0]?.text ?? '')?.[0] ?? ''
    expect(path).not.toBe('')
  }).toPass({ timeout: 20_000 })
  await page.goto(path)
  await expectNoViolation(page)
  const link = main(page).getByRole('link', { name: 'Imprimer la convocation' })
  const href = (await link.getAttribute('href')) ?? ''
  expectNothingPersonalIn(href, person)
  await pdfOf(page, href)
})
