import { expect, type Page } from '@playwright/test'
import { ask, expectSoundPage, signInAsAgent } from './agent-house'
import { adminAt, signInByMail } from './doors-house'
import { signInAsSupport } from './support-house'
import { test } from './test'

type Place = { organisationId: number; organisation: string }

/** Who administers the Somme opens the page of the agents of Amiens. */
async function openAmiens(page: Page, support: Page): Promise<Place> {
  await signInAsSupport(support.request)
  await signInByMail(page.request, await adminAt(support, 'MDSI d’Amiens'))
  const { places } = await ask<{ places: Place[] }>(page, 'access.me', 'query', {})
  const place = places.find(({ organisation }) => organisation.startsWith('MDSI d’Amiens'))!
  await page.goto(`/configuration/organisations/${place.organisationId}/agents`)
  return place
}

test('an agent of another territory is asked before they join an organisation @bureau', async ({ page, browser }) => {
  test.setTimeout(180_000)
  const [there, office] = [await (await browser.newContext()).newPage(), await (await browser.newContext()).newPage()]
  const { organisation } = await openAmiens(there, office)
  const main = (of: Page) => of.getByRole('main')
  await main(there).getByRole('link', { name: 'Inviter un agent' }).click()
  await there.getByLabel('Adresse e-mail professionnelle').fill('nadia.carpentier@demo.rdv-territoires.example')
  await there.getByLabel('Prénom').fill('Nadia')
  await there.getByLabel('Nom', { exact: true }).fill('Carpentier')
  await there.getByRole('group', { name: 'Services' }).getByRole('checkbox').first().check()
  await main(there).getByRole('button').last().click()
  // Somebody has this account: it is a choice to ask them.
  await there.getByLabel(/^Rattacher cette personne/).check()
  await main(there).getByRole('button').last().click()
  const offered = main(there).getByRole('heading', { name: 'Invitations à accepter' })
  await expect(offered).toBeVisible()
  await main(there)
    .getByRole('button', { name: /^Renvoyer l’invitation à nadia/ })
    .click()
  await expect(main(there)).toContainText('L’invitation est repartie')
  await expect(offered).toBeVisible()
  await expectSoundPage(there)

  await signInAsAgent(page, 'nadia.carpentier')
  await page.goto('/agent/profil')
  await main(page).getByRole('link', { name: 'Accepter ou refuser' }).click()
  await expect(main(page)).toContainText(`${organisation} vous invite à la rejoindre`)
  await expectSoundPage(page)
  await page.setViewportSize({ width: 360, height: 740 })
  await expectSoundPage(page)
  await main(page)
    .getByRole('button', { name: /^Refuser/ })
    .click()
  await expect(main(page)).toContainText('Aucune invitation en attente')

  await there.reload()
  await expect(main(there).getByRole('heading', { name: 'Invitations à accepter' })).toHaveCount(0)
  await expect(main(there)).not.toContainText('Carpentier')
  await Promise.all([there.context().close(), office.context().close()])
})
