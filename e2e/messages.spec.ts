import { randomInt } from 'node:crypto'
import { expect, type Page } from '@playwright/test'
import { ask, signInAsAgent } from './agent-house'
import {
  bookAhead,
  bookAmongShown,
  expectNoSidewaysScroll,
  expectNoViolation,
  expectNoViolationBesideFrames,
  expectSoundMail,
  goToCheck,
  somebody,
  goToMotifs,
  goToSlots,
} from './house'
import { test } from './test'

const main = (page: Page) => page.getByRole('main')
const part = (page: Page, name: string) => main(page).getByRole('region', { name, exact: true })

async function sound(page: Page) {
  await expectNoViolation(page)
  await expectNoSidewaysScroll(page)
}

type Message = { channel: 'mail' | 'sms'; text: string; html: string | null; recipient: string }

/** The captured message to somebody, once it is there. */
async function messageTo(page: Page, channel: Message['channel'], recipient: string): Promise<string> {
  let text = ''
  await expect(async () => {
    const [message] = await ask<Message[]>(page, 'access.capturedMessages', 'query', { channel, recipient })
    text = message?.text ?? ''
    expect(text).not.toBe('')
  }).toPass({ timeout: 20_000 })
  return text
}

test('a person stops the e-mails by the link of one, takes them up again, and a mail reader stops them at once @telephone', async ({
  page,
}) => {
  const email = `messages-${randomInt(1_000_000_000)}@exemple.fr`
  await goToMotifs(page)
  await goToSlots(page, /Premier rendez-vous avec une assistante sociale/)
  await bookAmongShown(page, { ...somebody(), email })

  const mail = await messageTo(page, 'mail', email)
  const path = new URL(/https?:\S+\/m\/\S+/.exec(mail)?.[0] ?? '').pathname
  await page.goto(`${path}/choisir`)
  await expect(page).toHaveURL(new RegExp(`${path}$`))
  await expect(part(page, 'E-mails')).toContainText('Autorisés')
  await sound(page)
  await page.getByRole('button', { name: 'Ne plus recevoir d’e-mails' }).click()
  await expect(main(page).getByRole('status')).toContainText('C’est noté')
  await expect(part(page, 'E-mails')).toContainText('Arrêtés')
  // Who holds the mailbox says nothing of the phone.
  await expect(page.getByRole('button', { name: 'Ne plus recevoir de SMS' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Recevoir de nouveau des e-mails' }).click()
  await expect(part(page, 'E-mails')).toContainText('Autorisés')

  const press = (body: string) =>
    page.request.post(path, {
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'cross-site' },
      data: body,
      maxRedirects: 0,
    })
  expect((await press('rien=du-tout')).status()).toBe(400)
  expect((await press('List-Unsubscribe=One-Click')).status()).toBe(200)
  await page.goto(path)
  await expect(part(page, 'E-mails')).toContainText('Arrêtés')
  expect((await page.request.post('/m/a-abcdefghijklmnopqrst', { data: 'List-Unsubscribe=One-Click' })).status()).toBe(
    404,
  )
})

test('the page of an RDV stops the SMS, and so does STOP as a gateway says it', async ({ page }) => {
  const person = await goToCheck(page, /Accès aux droits/)
  await page.getByRole('button', { name: /^Confirmer/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'C’est confirmé' })).toBeVisible()
  const phone = `+33${person.phone.replaceAll(' ', '').slice(1)}`
  const path = /\/r\/[\w-]{20}/.exec(await messageTo(page, 'sms', phone))?.[0] ?? ''
  await page.goto(path)
  await main(page).getByRole('link', { name: 'Choisir les messages que vous recevez' }).click()
  await expect(page).toHaveURL(new RegExp(`${path}/messages$`))
  await sound(page)
  await page.getByRole('button', { name: 'Ne plus recevoir de SMS' }).click()
  await expect(part(page, 'SMS')).toContainText('Arrêtés')
  await page.getByRole('button', { name: 'Ne plus recevoir d’e-mails' }).click()
  await expect(main(page)).toContainText('Vous ne recevez plus aucun message')
  await sound(page)
  await page.getByRole('button', { name: 'Recevoir de nouveau des SMS' }).click()
  await expect(part(page, 'SMS')).toContainText('Autorisés')
  await page.getByRole('link', { name: 'Revenir à mon rendez-vous' }).click()
  await expect(page).toHaveURL(new RegExp(`${path}$`))

  expect((await page.request.get('/api/sms/recu/a-abcdefghijklmnopqrst')).status()).toBe(404)
  const unknown = await page.request.post('/api/sms/recu/a-abcdefghijklmnopqrst', {
    form: { from: phone, text: 'STOP' },
  })
  expect(unknown.status()).toBe(404)
})

test('what is captured reads as on a phone and in a mail reader, and is found by its words', async ({ page }) => {
  await page.goto('/recette/messages?canal=sms')
  await sound(page)
  await signInAsAgent(page, 'claire.dubois')
  const words = `introuvable-${randomInt(1_000_000_000)}`
  await page.goto('/recette/messages')
  await page.getByLabel('Texte').fill(words)
  await page.getByRole('button', { name: 'Filtrer' }).click()
  await expect(main(page)).toContainText('Aucun message ne correspond')
  await sound(page)
  await page.goto('/recette/messages?canal=mail')
  await expect(main(page).getByRole('article').first()).toBeVisible()
  await expectNoViolationBesideFrames(page)
  await expectNoSidewaysScroll(page)
})

test('the mails themselves are for everybody, at any width @bureau', async ({ page, browser }) => {
  const email = `lisible-${randomInt(1_000_000_000)}@exemple.fr`
  await bookAhead(page, { ...somebody(), email })
  await messageTo(page, 'mail', email)
  await page.goto('/mes-rdv')
  await page.getByLabel('Votre adresse e-mail').fill(email)
  await page.getByRole('button', { name: /^Recevoir un lien/ }).click()
  const sent = async () =>
    ask<Message[]>(page, 'access.capturedMessages', 'query', { channel: 'mail', recipient: email })
  await expect.poll(async () => (await sent()).length, { timeout: 20_000 }).toBe(2)
  for (const { html } of await sent()) {
    expect(html).not.toBeNull()
    await expectSoundMail(browser, html ?? '')
  }
})
