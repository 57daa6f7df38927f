import { randomInt } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { inflateRawSync } from 'node:zlib'
import { expect, type Page } from '@playwright/test'
import { open, signInAsAgent } from './agent-house'
import { expectNoSidewaysScroll, expectNoViolation, goToMotifs } from './house'
import { test } from './test'

const main = (page: Page) => page.getByRole('main')

/** The PMI centre of Béthune, by the place its admin has there. */
async function catalogueOf(page: Page): Promise<string> {
  const answer = await page.request.get('/api/trpc/access.me')
  const { result } = (await answer.json()) as {
    result: { data: { json: { places: { organisationId: number; level: string }[] } } }
  }
  const place = result.data.json.places.find(({ level }) => level === 'admin')
  return `/configuration/organisations/${place?.organisationId ?? 0}`
}

async function expectSound(page: Page) {
  await expectNoViolation(page)
  await expectNoSidewaysScroll(page)
}

/** The file behind a link of export, saved as a person does, and the type its address announces. */
async function exported(page: Page, words: string) {
  const link = main(page).getByRole('link', { name: words })
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
  const answer = await page.request.get((await link.getAttribute('href')) ?? '')
  return {
    name: download.suggestedFilename(),
    type: answer.headers()['content-type'],
    body: await readFile(await download.path()),
  }
}

/** What each file of a ZIP says, by its name, read from the directory at its end (APPNOTE §4.3.12). */
function unzipped(zip: Buffer): Map<string, string> {
  const files = new Map<string, string>()
  const end = zip.lastIndexOf('PK\x05\x06', undefined, 'latin1')
  let entry = zip.readUInt32LE(end + 16)
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [nameLength, extraLength] = [zip.readUInt16LE(entry + 28), zip.readUInt16LE(entry + 30)]
    const name = zip.toString('utf8', entry + 46, entry + 46 + nameLength)
    const local = zip.readUInt32LE(entry + 42)
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
    const bytes = zip.subarray(from, from + zip.readUInt32LE(entry + 20))
    files.set(name, (zip.readUInt16LE(entry + 10) === 0 ? bytes : inflateRawSync(bytes)).toString())
    entry += 46 + nameLength + extraLength + zip.readUInt16LE(entry + 32)
  }
  return files
}

test('an admin renames a motif for the public, and adds what to know first: the public site says so at once', async ({
  page,
}) => {
  const label = `Peser mon enfant ${randomInt(1_000_000)}`
  await signInAsAgent(page, 'karim.benali')
  const home = await catalogueOf(page)
  await open(page, `${home}/motifs?q=pesee`)
  await expectSound(page)
  await main(page)
    .getByRole('link', { name: /^Pesée et conseils/ })
    .click()
  await page.waitForURL(/motifs\/\d+$/)
  await open(page, page.url())
  await expectSound(page)
  // RDVs were taken: how people are received stays.
  await expect(page.getByLabel('Type de RDV')).toBeDisabled()
  await page.getByLabel('Libellé public').fill(label)
  const part = (name: string) => page.getByRole('tab', { name })
  await part('Consignes et messages').click()
  await page.getByLabel('À lire et accepter avant de réserver').fill('Venez avec le carnet de santé.')
  await expectSound(page)
  await page.getByLabel('Rappels').selectOption('Propres à ce motif')
  await page.getByLabel('1\u00a0semaine avant').check()
  await expectSound(page)
  await part('Consignes et messages').press('ArrowLeft')
  await expect(part('Réservation en ligne')).toBeFocused()
  await page.getByLabel('Au plus tard, avant le RDV').selectOption('1 an')
  await expectSound(page)
  await part('Général').click()
  await page.getByRole('button', { name: 'Enregistrer', exact: true }).click()
  // The part at fault is shown, wherever one was, and from the summary again.
  await expect(main(page).getByRole('alert')).toContainText('Le délai maximum doit dépasser')
  await expect(part('À corriger : Réservation en ligne')).toHaveAttribute('aria-selected', 'true')
  await expectNoViolation(page)
  await part('Général').click()
  await main(page)
    .getByRole('link', { name: /Le délai maximum/ })
    .click()
  await expect(page.getByLabel('Au plus tôt, avant le RDV')).toBeFocused()
  await page.getByLabel('Au plus tard, avant le RDV').selectOption('2 h')
  await part('Général').click()
  await expect(page.getByLabel('Libellé public')).toHaveValue(label)
  await page.getByRole('button', { name: 'Enregistrer', exact: true }).click()
  await expect(main(page).getByRole('status')).toContainText('Le motif est enregistré')

  await goToMotifs(page, /PMI/)
  await main(page)
    .getByRole('link', { name: new RegExp(label) })
    .first()
    .click()
  await expect(page).toHaveURL(/consignes/)
  await expect(main(page)).toContainText('Venez avec le carnet de santé.')

  await open(page, `${home}/motifs`)
  const [csv, xlsx] = [await exported(page, 'Exporter en CSV'), await exported(page, 'Exporter pour Excel')]
  expect([csv.name, csv.type]).toEqual(['motifs-organisation.csv', 'text/csv; charset=utf-8'])
  expect(csv.body.toString().startsWith('\ufeffOrganisation;Nom interne;Libellé public')).toBe(true)
  expect(csv.body.toString()).toContain(`;${label};`)
  expect([xlsx.name, xlsx.type]).toEqual([
    'motifs-organisation.xlsx',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ])
  const book = unzipped(xlsx.body)
  expect([...book.keys()]).toContain('xl/worksheets/sheet1.xml')
  expect([...book.values()].join('')).toContain(label)
})

test('an admin creates a motif, changes several at once, is told who saved first, then takes it away', async ({
  page,
}) => {
  const name = `Atelier ${randomInt(1_000_000)}`
  await signInAsAgent(page, 'karim.benali')
  const home = await catalogueOf(page)
  await open(page, `${home}/motifs/nouveau`)
  await page.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(main(page).getByRole('alert')).toContainText('Ce champ est nécessaire')
  await page.getByLabel('Nom interne').fill(name)
  await page.getByLabel('Code de la couleur').fill('#ffee00')
  await expect(main(page)).toContainText('Cette couleur est claire')
  await expectSound(page)
  await page.getByRole('button', { name: 'Vert', exact: true }).click()
  await page.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(main(page).getByRole('status')).toContainText('Le motif est enregistré')

  await open(page, `${home}/motifs?q=${encodeURIComponent(name)}`)
  await page.getByLabel(`Sélectionner ${name}`).check()
  await page.getByLabel('Nouvelle valeur').selectOption('Tout le monde, en ligne')
  await expectSound(page)
  await page.getByRole('button', { name: 'Appliquer' }).click()
  await expect(main(page).getByRole('status')).toContainText('1 sur 1 à jour')
  await expect(main(page).getByText('En ligne', { exact: true })).toBeVisible()
  await main(page)
    .getByRole('link', { name: new RegExp(name) })
    .click()
  await page.waitForURL(/motifs\/\d+$/)
  await open(page, page.url())

  // Somebody else saves first: it is told who, and what is typed stays.
  const other = await page.context().newPage()
  await open(other, page.url())
  await other.getByLabel('Durée, en minutes').fill('45')
  await other.getByRole('button', { name: 'Enregistrer', exact: true }).click()
  await expect(other.getByRole('main').getByRole('status')).toContainText('Le motif est enregistré')
  await page.getByRole('tab', { name: 'Consignes et messages' }).click()
  await page.getByLabel('Consignes (facultatif)').fill('Apportez un crayon.')
  await page.getByRole('button', { name: 'Enregistrer', exact: true }).click()
  await expect(main(page).getByRole('alert')).toContainText('Karim Benali a modifié ce motif entre-temps')
  await expect(main(page).getByRole('alert')).toContainText('«\u00a030\u00a0» → «\u00a045\u00a0»')
  await expect(page.getByLabel('Consignes (facultatif)')).toHaveValue('Apportez un crayon.')
  await expectSound(page)
  await page.getByRole('button', { name: 'Enregistrer ma version' }).click()
  await expect(main(page).getByRole('status')).toContainText('Le motif est enregistré')

  await open(page, `${home}/motifs?q=${encodeURIComponent(name)}`)
  await main(page)
    .getByRole('link', { name: new RegExp(name) })
    .click()
  await page.waitForURL(/motifs\/\d+$/)
  await open(page, page.url())
  await page.getByRole('button', { name: 'Supprimer ce motif' }).click()
  await page.getByRole('button', { name: 'Supprimer', exact: true }).click()
  await expect(main(page).getByRole('status')).toContainText('Le motif est supprimé')
})

test('an admin creates a lieu the address base does not know, then takes it away', async ({ page }) => {
  const name = `Atelier ${randomInt(1_000_000)}`
  await signInAsAgent(page, 'karim.benali')
  const home = await catalogueOf(page)
  await open(page, home)
  await main(page).getByRole('link', { name: 'Lieux' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Lieux' })).toBeVisible()
  await expectSound(page)
  await open(page, `${home}/lieux/nouveau`)
  await page.getByLabel('Nom').fill(name)
  // Known to the address base, an address is proposed as it is typed; unknown, it is kept as it is.
  await page.getByLabel('Adresse').fill('1 place de la mairie')
  await page.getByRole('button', { name: '1 Place de la Mairie 62950 Noyelles-Godault' }).click()
  await expect(main(page)).toContainText('sa position est connue')
  await page.getByLabel('Adresse').fill('Salle des fêtes, chemin des Dunes')
  await expect(main(page)).not.toContainText('sa position est connue')
  await page.getByLabel('Téléphone').fill('12 34 5')
  await page.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(main(page).getByRole('alert')).toContainText('Ce numéro de téléphone n’existe pas')
  await expectSound(page)
  await page.getByLabel('Téléphone').fill('3949')
  await page.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(main(page).getByRole('status')).toContainText('Le lieu est enregistré')
  await main(page)
    .getByRole('link', { name: new RegExp(name) })
    .click()
  await page.waitForURL(/lieux\/\d+$/)
  await open(page, page.url())
  await expectSound(page)
  await page.getByRole('button', { name: 'Supprimer' }).click()
  await expect(main(page).getByRole('status')).toContainText('Le lieu est supprimé')
})

test('to an agent without the right, the list and its export do not exist, also by their address', async ({ page }) => {
  await signInAsAgent(page, 'karim.benali')
  const home = await catalogueOf(page)
  for (const account of ['claire.dubois', 'sandrine.lefebvre']) {
    await signInAsAgent(page, account)
    for (const path of [
      '/motifs',
      '/motifs/nouveau',
      '/lieux',
      '/motifs/export?format=csv',
      '/motifs/export?perimetre=territoire',
    ]) {
      const answer = await page.goto(`${home}${path}`)
      expect(answer?.status(), path).toBe(404)
      await expect(page.getByRole('heading', { level: 1, name: 'Page introuvable' })).toBeVisible()
    }
  }
})
