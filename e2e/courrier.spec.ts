import { randomUUID } from 'node:crypto'
import { expect, type APIRequestContext, type Page } from '@playwright/test'
import { expectSoundPage, open, signInAsAgent } from './agent-house'
import { bookAhead, somebody } from './house'
import { test } from './test'

const main = (page: Page) => page.getByRole('main')

/** What the operator's mail server gives the site; its answer. */
async function give(request: APIRequestContext, raw: string | Buffer, secret = process.env.MAIL_INBOUND_SECRET ?? '') {
  const answer = await request.post('/api/mail/recu', {
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'message/rfc822' },
    data: Buffer.from(raw),
  })
  return answer.status()
}

test('a mail server gives what it has with the secret, within bounds, and learns what to do with it @telephone', async ({
  request,
}) => {
  const mail = `From: a@example.org\r\nTo: b@example.org\r\nMessage-ID: <${randomUUID()}@example.org>\r\n\r\nBonjour`
  expect((await request.get('/api/mail/recu')).status()).toBe(404)
  expect((await request.post('/api/mail/recu', { data: mail })).status()).toBe(401)
  for (const secret of ['', 'x', 'x'.repeat(64), 'x'.repeat(300)]) expect(await give(request, mail, secret)).toBe(401)
  expect(await give(request, mail)).toBe(204)
  expect(await give(request, mail)).toBe(204)
  // Whatever names no message of ours is dropped as it is, and its server is not to come back with it.
  expect(await give(request, '')).toBe(204)
  expect(await give(request, Buffer.alloc(500, 0xff))).toBe(204)
  expect(await give(request, `X: ${'x'.repeat(200_000)}\r\n\r\nBonjour`)).toBe(204)
  for (const size of [9_900_000, 12_000_000]) expect(await give(request, `${mail}${'x'.repeat(size)}`)).toBe(204)
})

test('a person answers the mail of their RDV: its agent reads the words, and the RDV remembers that they did', async ({
  page,
  request,
}) => {
  const word = randomUUID().slice(0, 8)
  const email = `${word}@example.org`
  await bookAhead(page, { ...somebody(), email })
  const card = main(page).getByRole('article', { name: `E-mail à ${email}` })
  await expect(async () => {
    await page.goto(`/recette/messages?destinataire=${email}`)
    await expect(card.first()).toBeVisible({ timeout: 1000 })
  }).toPass({ timeout: 30_000 })
  const to = /rdv\+[\w-]+@reponses\.rdv\.example/.exec(await card.first().innerText())?.[0] ?? ''
  expect(to).not.toBe('')

  const head = [`From: <${email}>`, `To: <${to}>`, `Message-ID: <${word}@example.org>`, 'Subject: Re: RDV']
  const file = 'Content-Type: image/png\r\nContent-Disposition: attachment; filename="photo.png"\r\n\r\nx'
  const parts = `Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nJe viens avec ${word}.\r\n--b\r\n${file}\r\n--b--`
  expect(await give(request, `${head.join('\r\n')}\r\n${parts}`)).toBe(204)
  expect(await give(request, `${head.join('\r\n')}\r\n${parts}`)).toBe(204)
  const forwarded = main(page).getByRole('article').filter({ hasText: 'Une personne a répondu' })
  await expect(async () => {
    await page.goto(`/recette/messages?texte=${word}`)
    await expect(forwarded).toHaveCount(1, { timeout: 1000 })
  }).toPass({ timeout: 30_000 })
  await expect(forwarded).toContainText(`Je viens avec ${word}.`)
  await expect(forwarded).toContainText('photo.png')
  const path = /\/agent\/rdvs\/\d+/.exec(await forwarded.innerText())?.[0] ?? ''

  await signInAsAgent(page, 'helene.delattre')
  await open(page, path)
  await expect(main(page)).toContainText('Réponse à un e-mail, transmise aux agents')
  await expect(main(page)).not.toContainText(`avec ${word}`)
  await expectSoundPage(page)
})
