import { randomInt } from 'node:crypto'
import { expect, type Page } from '@playwright/test'
import { ask, expectSoundPage as sound, open, signInAsAgent, siteOf, someName } from './agent-house'
import { test } from './test'

const main = (page: Page) => page.getByRole('main')
/** 06 1… and 06 2… are all given to mobiles. */
const someMobile = () => ['06', randomInt(10, 30), randomInt(10, 100), randomInt(10, 100), randomInt(10, 100)].join(' ')

type Me = { agentId: number; places: { organisationId: number; territoryId: number }[] }
const meOf = (page: Page) => ask<Me>(page, 'access.me', 'query', {})

async function openFile(page: Page, answers: Record<string, string>): Promise<number> {
  const { places } = await meOf(page)
  const file = { organisationId: places[0]!.organisationId, responsibleId: null, answers, acknowledged: [] }
  return (await ask<{ value: { usagerId: number } }>(page, 'people.createUsager', 'mutation', file)).value.usagerId
}

test('a secretary opens a file, notes what to prepare, adds a proche and finds them by an e-mail', async ({ page }) => {
  await signInAsAgent(page, 'sandrine.lefebvre')
  const [lastName, phone] = [someName(), someMobile()]
  const email = `${lastName.toLowerCase()}@exemple.fr`
  await open(page, '/agent/usagers')
  await sound(page)
  await main(page).getByRole('searchbox').fill(lastName)
  await expect(main(page)).toContainText('Personne ne répond à cette recherche')
  await main(page).getByRole('button', { name: 'Créer une fiche' }).click()
  await main(page).getByLabel('Prénom').fill('Zoé')
  await main(page).getByLabel('Nom', { exact: true }).fill(lastName)
  await main(page).getByLabel('Téléphone').fill(phone)
  await main(page).getByLabel('Adresse e-mail').fill(email)
  await sound(page)
  await main(page).getByRole('button', { name: 'Enregistrer la fiche' }).click()
  await expect(main(page).getByRole('status').first()).toContainText('La fiche est créée')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Zoé ${lastName.toUpperCase()}`)
  await expect(main(page).getByRole('link', { name: phone.replaceAll(' ', '\u00a0') })).toHaveAttribute(
    'href',
    /^tel:\+33/,
  )
  await sound(page)

  await main(page).getByRole('link', { name: 'Modifier la fiche' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Modifier la fiche' })).toBeVisible()
  await sound(page)
  await main(page).getByLabel('Langue de l’interprète').fill('arabe')
  await main(page).getByLabel('Fauteuil roulant ou mobilité réduite').check()
  await main(page).getByLabel('SMS').uncheck()
  await main(page).getByLabel('Téléphone').fill('06 12')
  await main(page).getByRole('button', { name: 'Enregistrer' }).click()
  await expect(main(page).getByRole('alert')).toContainText('Téléphone : ce numéro n’existe pas')
  await expect(main(page).getByLabel('Langue de l’interprète')).toHaveValue('arabe')
  await expect(main(page).getByLabel('SMS')).not.toBeChecked()
  await sound(page)
  await main(page).getByLabel('Téléphone').fill(phone)
  await main(page).getByRole('button', { name: 'Enregistrer' }).click()
  await expect(main(page).getByRole('status').first()).toContainText('La fiche est enregistrée')
  for (const words of [
    'Interprète : arabe',
    'Fauteuil roulant ou mobilité réduite',
    'Besoins changés',
    'SMS : refusés',
  ])
    await expect(main(page).getByText(words, { exact: true })).toBeVisible()
  await sound(page)

  await main(page).getByRole('link', { name: 'Ajouter un proche' }).click()
  await main(page).getByLabel('Prénom').fill('Tom')
  await main(page).getByLabel('Nom', { exact: true }).fill(lastName)
  await sound(page)
  await main(page).getByRole('button', { name: 'Enregistrer la fiche' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Tom ${lastName.toUpperCase()}`)
  await expect(main(page)).toContainText('Par le responsable')
  await open(page, '/agent/usagers')
  await main(page).getByRole('searchbox').fill(email)
  await expect(main(page).getByRole('listitem')).toHaveCount(2)
  await sound(page)
  await main(page).getByRole('link', { name: /^Tom/ }).click()
  await main(page)
    .getByRole('link', { name: `Zoé ${lastName.toUpperCase()}` })
    .click()
  await expect(main(page).getByRole('link', { name: /^Tom/ })).toBeVisible()
})

test('what to prepare follows the person: placing their RDV, on its page, at the door', async ({ page }) => {
  await signInAsAgent(page, 'sandrine.lefebvre')
  const { agentId } = await meOf(page)
  const lastName = someName()
  const usagerId = await openFile(page, { firstName: 'Zoé', lastName })
  await page.goto(`/agent/usagers/${usagerId}/modifier`)
  await main(page).getByLabel('Autre besoin').fill('Poussette double')
  await main(page).getByRole('button', { name: 'Enregistrer' }).click()
  await expect(main(page).getByRole('status').first()).toContainText('La fiche est enregistrée')

  await main(page).getByRole('link', { name: 'Placer un RDV' }).click()
  await main(page)
    .getByRole('link', { name: /Sur place/ })
    .first()
    .click()
  // The person came with the address: their step is past.
  await expect(main(page).getByRole('heading', { level: 1 })).toContainText('Quand')
  await expect(main(page).getByRole('region', { name: 'Le rendez-vous' })).toContainText('Poussette double')
  await sound(page)

  const { motifId, lieuId } = await siteOf(page, agentId)
  const startAt = new Date(new Date().setUTCHours(20, randomInt(60), 0, 0))
  const placed = await ask<{ value: { rdvId: number } }>(page, 'booking.createRdv', 'mutation', {
    ...{ motifId, lieuId, startAt, agentIds: [agentId], usagerIds: [usagerId] },
    acknowledged: ['past', 'overlap', 'absent', 'elsewhere', 'gap', 'same-day', 'no-shows'],
  })
  const rdvPath = `/agent/rdvs/${placed.value.rdvId}`
  await open(page, rdvPath)
  await expect(main(page)).toContainText('Poussette double')
  await sound(page)
  await main(page)
    .getByRole('link', { name: `Zoé ${lastName.toUpperCase()}` })
    .click()
  await expect(main(page).locator(`a[href="${rdvPath}"]`)).toBeVisible()
  await sound(page)
  const day = startAt.toISOString().slice(0, 10)
  await page.goto(`/agent/accueil?${new URLSearchParams({ lieu: String(lieuId), jour: day }).toString()}`)
  const line = main(page).getByRole('listitem').filter({ hasText: lastName.toUpperCase() }).last()
  await expect(line).toContainText('Poussette double')
  await sound(page)
  await line.getByRole('link', { name: `Zoé ${lastName.toUpperCase()}` }).click()
  await expect(page).toHaveURL(new RegExp(`/agent/usagers/${usagerId}$`))

  // To whoever works in none of the organisations that receive her, there is nobody.
  await signInAsAgent(page, 'nadia.carpentier')
  for (const path of [`/agent/usagers/${usagerId}`, `/agent/usagers/${usagerId}/modifier`, '/agent/usagers/abc']) {
    expect((await page.goto(path))?.status(), path).toBe(404)
    await expect(page.getByRole('heading', { level: 1, name: 'Fiche introuvable' })).toBeVisible()
  }
  await sound(page)
})

test('two tabs and two files alike: nothing is overwritten unseen, without scripts either @nojs', async ({ page }) => {
  await signInAsAgent(page, 'sandrine.lefebvre')
  const [lastName, phone] = [someName(), someMobile()]
  await openFile(page, { firstName: 'Ana', lastName, phone })
  const usagerId = await openFile(page, { firstName: 'Zoé', lastName })
  const path = `/agent/usagers/${usagerId}/modifier`
  const save = (tab: Page, name = 'Enregistrer') => tab.getByRole('button', { name, exact: true }).click()
  await page.goto(path)
  const other = await page.context().newPage()
  await other.goto(path)
  await other.getByLabel('Prénom').fill('Lina')
  await save(other)
  await expect(main(other).getByRole('status').first()).toContainText('La fiche est enregistrée')
  await other.close()

  await page.getByLabel('Autre besoin').fill('Ascenseur')
  await save(page)
  const notice = page.getByRole('alert').filter({ hasText: 'Quelqu’un a changé cette fiche' })
  await expect(notice).toContainText('Prénom : Lina')
  await expect(notice).toContainText('Autre besoin : rien')
  await expect(page.getByLabel('Autre besoin')).toHaveValue('Ascenseur')
  await page.getByLabel('Prénom').fill('Lina')
  await page.getByLabel('Téléphone').fill(phone)
  await save(page)
  await expect(page.getByRole('alert').filter({ hasText: 'peut-être déjà une autre fiche' })).toContainText('Ana')
  await save(page, 'C’est quelqu’un d’autre, enregistrer')
  await expect(main(page).getByRole('status').first()).toContainText('La fiche est enregistrée')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Lina ${lastName.toUpperCase()}`)
  await expect(main(page)).toContainText('Ascenseur')
})
