import { expect, type Page } from '@playwright/test'
import { ask, expectSoundPage, signInAsAgent } from './agent-house'
import { goToCheck, PLAIN_MOTIF } from './house'
import { test } from './test'

const main = (page: Page) => page.getByRole('main')
const names = (page: Page) => main(page).getByRole('heading', { level: 3 })
const SECRET = 'xkeysib-de-la-demo'

/** Of the RDV the newest SMS to this number is about. */
async function rdvPathSentTo(page: Page, recipient: string): Promise<string> {
  let path = ''
  await expect(async () => {
    const [sms] = await ask<{ text: string }[]>(page, 'access.capturedMessages', 'query', { channel: 'sms', recipient })
    path = /\/r\/[\w-]{20}/.exec(sms?.text ?? '')?.[0] ?? ''
    expect(path).not.toBe('')
  }).toPass({ timeout: 20_000 })
  return path
}

test('a territory admin says by which gateways SMS leave, in which order, and tries one @telephone', async ({
  page,
}) => {
  await signInAsAgent(page, 'helene.delattre')
  await page.goto('/configuration/messages')
  await main(page).getByRole('link', { name: 'Envoi des SMS' }).click()
  await expect(page.getByRole('heading', { level: 1, name: /^Envoi des SMS/ })).toBeVisible()
  await expect(main(page)).toContainText('Aucune passerelle propre au territoire')
  await expectSoundPage(page)

  await main(page).getByRole('link', { name: 'Brevo' }).click()
  await page.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(main(page).getByRole('alert').first()).toContainText('Ce secret manque')
  await page.getByLabel('Clé d’API').fill(SECRET)
  await page.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(names(page)).toHaveText(['1. Brevo'])

  // What is typed is kept, but for the secret.
  await main(page).getByRole('link', { name: 'Passerelle HTTP' }).click()
  await page.getByLabel('Adresse').fill('https://10.0.0.8/sms')
  await page.getByLabel('Secret', { exact: true }).fill(SECRET)
  await page.getByLabel('Codes d’un numéro refusé').fill('400')
  await page.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(main(page).getByRole('alert').first()).toContainText('Cette adresse n’est pas possible')
  await expect(page.getByLabel('Codes d’un numéro refusé')).toHaveValue('400')
  await expect(page.getByLabel('Secret', { exact: true })).toHaveValue('')
  await expectSoundPage(page)
  await page.getByLabel('Adresse').fill('https://sms.example.org/send')
  await page.getByLabel('Secret', { exact: true }).fill(SECRET)
  await page.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(names(page)).toHaveText(['1. Brevo', '2. Passerelle HTTP'])
  await main(page).getByRole('button', { name: 'Monter 2. Passerelle HTTP' }).click()
  await expect(names(page)).toHaveText(['1. Passerelle HTTP', '2. Brevo'])

  await page.getByLabel('Nom affiché sur le téléphone').fill('Département')
  await page.getByRole('button', { name: 'Enregistrer ce nom' }).click()
  await expect(main(page).getByRole('alert').first()).toContainText('Ce nom ne convient pas')
  await page.getByLabel('Nom affiché sur le téléphone').fill('Dept 62')
  await page.getByRole('button', { name: 'Enregistrer ce nom' }).click()
  await expect(main(page)).toContainText('C’est enregistré')

  const phone = page.getByLabel('Numéro pour un essai de 2. Brevo')
  await phone.fill('03 21 00 00 00')
  await main(page).getByRole('button', { name: 'Tester 2. Brevo' }).click()
  await expect(main(page).getByRole('alert').first()).toContainText('Ce n’est pas un numéro de mobile')
  await expect(phone).toHaveValue('03 21 00 00 00')
  await phone.fill('06 12 34 56 78')
  await main(page).getByRole('button', { name: 'Tester 2. Brevo' }).click()
  await expect(main(page)).toContainText('Rien n’est parti')
  await page.setViewportSize({ width: 1280, height: 800 })
  await expectSoundPage(page)

  await main(page).getByRole('link', { name: 'Modifier 2. Brevo' }).click()
  await expect(page.getByLabel('Clé d’API')).toHaveValue('')
  expect(await page.content()).not.toContain(SECRET)
  await expectSoundPage(page)
  const replies = new URL(await main(page).getByText('/api/sms/recu/').innerText()).pathname
  await page.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(main(page)).toContainText('C’est enregistré')

  // Somebody answers STOP: the gateway says so, as it writes it.
  const person = await goToCheck(page, PLAIN_MOTIF.motif)
  await page.getByRole('button', { name: /^Confirmer/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'C’est confirmé' })).toBeVisible()
  const mobile = `+33${person.phone.replaceAll(' ', '').slice(1)}`
  const answered = (word: string) =>
    page.request.post(`${replies}?numero=sms.msisdn&texte=sms.body`, {
      data: { sms: { msisdn: mobile.slice(1), body: word } },
    })
  expect((await page.request.post(replies, { form: { text: 'STOP' } })).status()).toBe(400)
  expect((await page.request.get(replies)).status()).toBe(404)
  const path = await rdvPathSentTo(page, mobile)
  for (const [word, state] of [
    ['Stop', 'Arrêtés'],
    ['START', 'Autorisés'],
  ] as const) {
    expect((await answered(word)).status()).toBe(204)
    await page.goto(`${path}/messages`)
    await expect(main(page).getByRole('region', { name: 'SMS', exact: true })).toContainText(state)
  }

  await page.goto('/recette/messages')
  await expect(main(page)).toContainText('Dept 62')
  await page.goto('/configuration/messages/sms')
  for (const name of ['Retirer 2. Brevo', 'Retirer 1. Passerelle HTTP']) {
    await main(page).getByRole('button', { name }).click()
    await expect(main(page).getByRole('button', { name })).toHaveCount(0)
  }
  await page.getByLabel('Nom affiché sur le téléphone').fill('')
  await page.getByRole('button', { name: 'Enregistrer ce nom' }).click()
  await expect(main(page)).toContainText('Aucune passerelle propre au territoire')
})
