import { expect, type Page } from '@playwright/test'
import {
  bookAmongShown,
  chooseAnySlot,
  expectNothingPersonalIn,
  fillCoordinates,
  goToCheck,
  goToMotifs,
  goToSlots,
  somebody,
  times,
} from './house'
import { test } from './test'

const main = (page: Page) => page.getByRole('main')

test('I book from my phone, find what I chose at each step, then cancel by the link', async ({ page }) => {
  const me = somebody()
  const visited: string[] = []
  page.on('framenavigated', (frame) => visited.push(frame.url()))

  await goToMotifs(page)
  await expect(main(page)).toContainText('Étape 3 sur 7')
  await goToSlots(page, /Accès aux droits/)
  const recap = page.getByRole('region', { name: 'Votre demande' })
  await expect(recap).toContainText('Accès aux droits')
  await expect(recap).toContainText(/min|1 h/)

  const slot = times(page).last()
  const time = (await slot.locator('time').innerText()).trim()
  await slot.click()
  await expect(page).toHaveURL(/creneau=20/)
  await expect(recap).toContainText(time)
  await expect(recap.getByRole('link', { name: 'Modifier le jour et l’heure' })).toBeVisible()

  await fillCoordinates(page, me)
  await page.getByRole('button', { name: 'Continuer' }).click()
  await expect(main(page)).toContainText(me.lastName)
  await expect(main(page)).toContainText(time)
  await page.getByRole('button', { name: 'Confirmer le rendez-vous' }).click()

  await expect(page).toHaveURL(/\/rdv\/confirme$/)
  await expect(page.getByRole('heading', { level: 1, name: 'C’est confirmé' })).toBeVisible()
  await expect(main(page)).toContainText(time)
  await expect(main(page)).toContainText(me.firstName)

  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Ajouter à mon agenda' }).click()
  expect((await download).suggestedFilename()).toMatch(/\.ics$/)

  await page.getByRole('link', { name: 'Voir ou annuler ce rendez-vous' }).click()
  await expect(page).toHaveURL(/\/r\/[\w-]{20}$/)
  await expect(main(page)).toContainText('Confirmé')
  await page.getByRole('button', { name: 'Annuler ce rendez-vous' }).click()
  await expect(main(page).getByRole('status')).toContainText('Votre rendez-vous est annulé')
  await expect(page.getByRole('button', { name: 'Annuler ce rendez-vous' })).toHaveCount(0)
  for (const url of visited) expectNothingPersonalIn(url, me)
})

test('I book for my child, and the page asks for what the motif needs', async ({ page }) => {
  const me = somebody()
  await goToMotifs(page, /PMI/)
  await goToSlots(page, /moins de 2 ans/)
  await chooseAnySlot(page)
  await expect(page.getByLabel('Son prénom')).toBeHidden()
  await page.getByLabel('Pour un proche').check()
  await page.getByLabel('Son prénom').fill('Lina')
  await page.getByLabel('Son nom').fill('Martin')
  await fillCoordinates(page, me)
  const birth = page.getByRole('group', { name: 'Sa date de naissance' })
  await birth.getByLabel('Jour').fill('3')
  await birth.getByLabel('Mois').fill('5')
  await birth.getByLabel('Année').fill('2026')
  await page.getByRole('button', { name: 'Continuer' }).click()
  await expect(main(page)).toContainText('Lina Martin')
  await expect(main(page)).toContainText('3 mai 2026')
  await page.getByRole('button', { name: 'Confirmer le rendez-vous' }).click()
  await expect(main(page)).toContainText('Lina')
})

test('I am asked for the address of a visit at home, and for the number to call by phone', async ({ page }) => {
  await goToMotifs(page, /PMI/)
  await goToSlots(page, /Visite à domicile/)
  await chooseAnySlot(page)
  await fillCoordinates(page, somebody())
  await page.getByRole('button', { name: 'Continuer' }).click()
  await expect(main(page).getByRole('alert')).toContainText('Indiquez l’adresse où un agent doit venir')
  await page.getByLabel('Votre adresse', { exact: true }).fill('8 rue des Lilas, 62300 Lens')
  await page.getByRole('button', { name: 'Continuer' }).click()
  await page.getByRole('button', { name: 'Confirmer le rendez-vous' }).click()
  await expect(main(page)).toContainText('À domicile')

  await goToMotifs(page)
  await goToSlots(page, /Point téléphonique/)
  await chooseAnySlot(page)
  const me = somebody()
  await fillCoordinates(page, { ...me, phone: '' })
  await page.getByLabel('Votre adresse e-mail').fill('elodie@exemple.fr')
  await page.getByRole('button', { name: 'Continuer' }).click()
  await expect(main(page).getByRole('alert')).toContainText('Indiquez un numéro de téléphone')
})

test('I join a group session and see how many seats are left', async ({ page }) => {
  await goToMotifs(page, /PMI/)
  await goToSlots(page, /Atelier massage bébé/)
  await expect(main(page)).toContainText(/\d+\splaces? restante/)
  await times(page).first().click()
  await fillCoordinates(page, somebody())
  await page.getByRole('button', { name: 'Continuer' }).click()
  await page.getByRole('button', { name: 'Confirmer le rendez-vous' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'C’est confirmé' })).toBeVisible()
})

test('what I type wrong is said on its field and never lost', async ({ page }) => {
  const wrong = { firstName: 'x'.repeat(10_240), lastName: '<script>alert(1)</script> 🙂', phone: '06 12' }
  await goToMotifs(page)
  await goToSlots(page, /Fonds de solidarité/)
  await chooseAnySlot(page)
  await fillCoordinates(page, wrong)
  await page.getByLabel('Votre adresse e-mail').fill('elodie@')
  await page.getByRole('button', { name: 'Continuer' }).click()

  const summary = main(page).getByRole('alert')
  await expect(summary).toBeFocused()
  await expect(summary.getByRole('link')).toHaveText([
    /Votre prénom est trop long/,
    /Votre nom ne peut contenir que des lettres/,
    /Ce numéro de téléphone n’existe pas/,
    /Cette adresse e-mail est incomplète/,
  ])
  await expect(page.getByLabel('Votre prénom')).toHaveValue(/^x{300,}$/)
  await expect(page.getByLabel('Votre nom', { exact: true })).toHaveValue(wrong.lastName)
  await expect(page.getByLabel('Votre téléphone')).toHaveValue(wrong.phone)
  await expect(page.getByLabel('Votre adresse e-mail')).toHaveValue('elodie@')
  await expect(page.getByLabel('Votre téléphone')).toHaveAccessibleDescription(/n’existe pas/)
  await summary.getByRole('link', { name: /téléphone/ }).click()
  await expect(page.getByLabel('Votre téléphone')).toBeFocused()

  await fillCoordinates(page, somebody())
  await page.getByLabel('Votre adresse e-mail').fill('')
  await page.getByRole('button', { name: 'Continuer' }).click()
  await expect(page).toHaveURL(/\/prendre-rdv\/verifier$/)
})

test('when somebody takes my time meanwhile I keep what I typed and choose another', async ({ page, browser }) => {
  await goToMotifs(page, /CPEF/)
  await goToSlots(page, /Conseil conjugal/)
  await times(page).last().click()
  const wanted = page.url()
  const me = somebody()
  await fillCoordinates(page, me)
  await page.getByRole('button', { name: 'Continuer' }).click()
  await expect(page).toHaveURL(/\/prendre-rdv\/verifier$/)

  // As many others as there are agents: sooner or later nobody is left to receive at that time.
  const other = await (await browser.newContext()).newPage()
  for (let i = 0; i < 12; i++) {
    await other.goto(wanted)
    await fillCoordinates(other, somebody())
    await other.getByRole('button', { name: 'Continuer' }).click()
    await other.getByRole('button', { name: 'Confirmer le rendez-vous' }).click()
    if (!/\/rdv\/confirme$/.test(other.url())) break
  }
  await other.context().close()

  await page.getByRole('button', { name: 'Confirmer le rendez-vous' }).click()
  await expect(page).toHaveURL(/\/prendre-rdv\/creneau\?.*avis=creneau-pris/)
  await expect(main(page).getByRole('alert')).toContainText('vient d’être pris')
  const further = main(page).getByRole('link', { name: /^(Jours suivants|Aller au)/ })
  await times(page).or(further).first().click()
  await page.waitForURL(/coordonnees|creneau\?(?!.*avis)/)
  if (!page.url().includes('/coordonnees')) await chooseAnySlot(page)
  await expect(page.getByLabel('Votre nom', { exact: true })).toHaveValue(me.lastName)
  await page.getByRole('button', { name: 'Continuer' }).click()
  await page.getByRole('button', { name: 'Confirmer le rendez-vous' }).click()
  await expect(page).toHaveURL(/\/rdv\/confirme$/)
})

test('I press the last button twice and have one appointment', async ({ page }) => {
  await goToCheck(page, /Accès aux droits/)
  await page.getByRole('button', { name: 'Confirmer le rendez-vous' }).dblclick()
  await expect(page).toHaveURL(/\/rdv\/confirme$/)
  const first = await page.getByRole('link', { name: 'Voir ou annuler ce rendez-vous' }).getAttribute('href')
  await page.goto('/prendre-rdv/verifier')
  await expect(page).toHaveURL(/\/rdv\/confirme$/)
  await expect(page.getByRole('link', { name: 'Voir ou annuler ce rendez-vous' })).toHaveAttribute('href', first ?? '')
})

test('on a phone we share, I can forget what was typed before me', async ({ page }) => {
  const before = await goToCheck(page, /Accès aux droits/)
  await page.getByRole('link', { name: 'Modifier nom' }).click()
  await expect(page.getByLabel('Votre prénom')).toHaveValue(before.firstName)
  await page.getByRole('button', { name: 'Effacer mes réponses' }).click()
  await expect(page.getByLabel('Votre prénom')).toHaveValue('')
  await expect(page.getByLabel('Votre téléphone')).toHaveValue('')
})

test('after too many appointments for one motif, I am told kindly and nothing is booked', async ({ page }) => {
  const me = somebody()
  for (let i = 0; i < 2; i++) {
    await goToMotifs(page)
    await goToSlots(page, /Premier rendez-vous/)
    await bookAmongShown(page, me)
  }
  await goToCheck(page, /Premier rendez-vous/, me)
  await page.getByRole('button', { name: 'Confirmer le rendez-vous' }).click()
  await expect(main(page).getByRole('alert')).toContainText('Vous avez déjà des rendez-vous à venir pour ce motif')
})

test('I do it all with the keyboard', async ({ page }) => {
  const me = somebody()
  /** Presses Tab until the element named holds the focus, as somebody without a mouse would. */
  const tabTo = async (name: RegExp) => {
    for (let i = 0; i < 80; i++) {
      await page.keyboard.press('Tab')
      const focused = page.locator(':focus')
      const text = await focused.evaluate((element) => {
        const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : null
        return label ?? element.textContent ?? ''
      })
      if (name.test(text.replace(/\s+/g, ' ').trim())) return
    }
    throw new Error(`Nothing focusable is named ${String(name)} on ${page.url()}`)
  }
  const enter = async (name: RegExp, to: RegExp) => {
    await tabTo(name)
    await page.keyboard.press('Enter')
    await page.waitForURL(to)
  }

  await page.goto('/')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Aller au contenu' })).toBeFocused()
  await tabTo(/^Votre commune/)
  await page.keyboard.type('62300')
  await page.keyboard.press('Enter')
  await page.waitForURL(/service|q=/)
  if (page.url().includes('q=')) await enter(/^Lens/, /service/)
  await enter(/^MDPH/, /motif/)
  await enter(/^Carte mobilité/, /consignes|lieu|creneau/)
  if (page.url().includes('/consignes')) await enter(/^J’ai compris/, /lieu|creneau/)
  if (page.url().includes('/lieu')) await enter(/Dès /, /creneau/)
  await enter(/\d+ h/, /coordonnees/)
  await tabTo(/^Votre prénom/)
  await page.keyboard.type(me.firstName)
  await tabTo(/^Votre nom/)
  await page.keyboard.type(me.lastName)
  await tabTo(/^Votre téléphone/)
  await page.keyboard.type(me.phone)
  await page.keyboard.press('Enter')
  await page.waitForURL(/verifier/)
  await enter(/^Confirmer/, /confirme/)
})
