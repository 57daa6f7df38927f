// What each public page weighs on the wire, gzip and headers included, for a first visit: with and without JavaScript.
import { chromium } from '@playwright/test'
import { findChromium } from '../chromium.mjs'
import { say } from '../terminal.mjs'

const PHONE = { viewport: { width: 360, height: 740 }, locale: 'fr-FR', timezoneId: 'Europe/Paris' }
const STEPS = ['service', 'motif', 'consignes', 'lieu', 'creneau']

export async function measureBytes({ searched, site, onClose }) {
  const { tunnel } = await searched()
  const { url } = await site()
  const executablePath = await findChromium().catch(() => null)
  if (!executablePath) {
    say('  Octets laissés de côté : aucun Chromium ne démarre sur cette machine.')
    return []
  }
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
  onClose({ close: () => browser.close() })
  const { pages, cookies } = await walk(browser, url, tunnel)
  const results = []
  for (const { name, path } of pages) {
    const plain = await weigh(browser, { url: url + path, cookies, javaScriptEnabled: false })
    const full = await weigh(browser, { url: url + path, cookies, javaScriptEnabled: true })
    results.push(
      { name: `${name}, without JavaScript`, value: plain.total / 1000, unit: 'kB', runs: 1 },
      { name: `${name}, with JavaScript`, value: full.total / 1000, unit: 'kB', runs: 1 },
      { name: `${name}, scripts alone`, value: full.scripts / 1000, unit: 'kB', runs: 1 },
    )
  }
  await browser.close()
  return results
}

/** The public pages' addresses, the last ones by booking for good: they need a draft, then an RDV. */
async function walk(browser, url, { slots }) {
  const { lieu, consignes, ...before } = slots
  const queries = {
    consignes: before,
    lieu: { ...before, consignes },
    creneau: slots,
    service: { commune: slots.commune },
  }
  queries.motif = { ...queries.service, service: slots.service }
  const pages = [
    { name: 'home', path: '/' },
    { name: 'address', path: '/prendre-rdv?q=Lens' },
    ...STEPS.map((step) => ({ name: step, path: `/prendre-rdv/${step}?${new URLSearchParams(queries[step])}` })),
  ]
  const context = await browser.newContext({ ...PHONE, javaScriptEnabled: false })
  const page = await context.newPage()
  const note = (name) => pages.push({ name, path: page.url().slice(url.length) })
  try {
    await page.goto(url + pages.at(-1).path)
    await page.getByRole('main').locator('a:has(time)').first().click()
    note('coordonnees')
    await fillCoordinates(page)
    await page.getByRole('button', { name: 'Continuer' }).click()
    note('verifier')
    await page.getByRole('button', { name: 'Confirmer le rendez-vous' }).click()
    await page.waitForURL(/\/rdv\/confirme/)
    note('confirme')
    const link = await page.locator('a[href*="/r/"]').first().getAttribute('href')
    if (link) pages.push({ name: 'rdv by link', path: new URL(link, url).pathname.replace(/\/calendrier$/, '') })
  } catch (error) {
    say(`  Fin du parcours laissée de côté : ${error.message.split('\n')[0]}`)
  }
  const cookies = await context.cookies()
  await context.close()
  return { pages: [...pages, { name: 'sign-in', path: '/connexion' }], cookies }
}

async function fillCoordinates(page) {
  await page.getByLabel('Votre prénom').fill('Camille')
  await page.getByLabel('Votre nom', { exact: true }).fill('Banc-d’Essai')
  await page.getByLabel('Votre téléphone').fill('06 12 34 56 78')
  for (const [label, value] of [
    ['Jour', '14'],
    ['Mois', '3'],
    ['Année', '1990'],
  ]) {
    const field = page.getByLabel(label, { exact: true })
    if ((await field.count()) > 0) await field.first().fill(value)
  }
}

/** One first visit: an empty cache, nothing prefetched counted twice. */
async function weigh(browser, { url, cookies, javaScriptEnabled }) {
  const context = await browser.newContext({ ...PHONE, javaScriptEnabled })
  await context.addCookies(cookies)
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.setCacheDisabled', { cacheDisabled: true })
  const scripts = new Set()
  const weight = { total: 0, scripts: 0 }
  session.on('Network.responseReceived', ({ requestId, type }) => type === 'Script' && scripts.add(requestId))
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    weight.total += encodedDataLength
    if (scripts.has(requestId)) weight.scripts += encodedDataLength
  })
  const answer = await page.goto(url, { waitUntil: 'networkidle' })
  if (!answer?.ok()) throw new Error(`${new URL(url).pathname} : ${answer?.status()}`)
  await context.close()
  return weight
}
