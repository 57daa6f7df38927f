import { expect, type Page } from '@playwright/test'
import { signInAsAgent } from './agent-house'
import { expectNoViolation } from './house'
import { test } from './test'

const main = (page: Page) => page.getByRole('main')

/** The midwife's week, for somebody to whom it is open. */
async function openClaire(page: Page) {
  await page.goto('/agent/agendas')
  await main(page)
    .getByRole('link', { name: /^Claire Dubois/ })
    .click()
  await expect(page.getByRole('heading', { level: 1, name: 'Agenda de Claire Dubois' })).toBeVisible()
}
const pmiLines = (page: Page) =>
  main(page)
    .getByRole('link')
    .filter({ hasText: /grossesse|postnatale|prénatal|naissance/ })
const cpefLines = (page: Page) =>
  main(page)
    .getByRole('link')
    .filter({ hasText: /Contraception|Dépistage/ })
const busyLines = (page: Page) =>
  main(page)
    .getByRole('listitem')
    .filter({ hasText: /^\d.*Occupé$/ })

/** Weeks before this one hold RDVs of both her services. */
async function expectInOneOfTheLastWeeks(page: Page, seen: () => Promise<boolean>) {
  for (let week = 0; week < 4; week++) {
    if (await seen()) return
    await page.getByRole('link', { name: 'Semaine précédente' }).click()
    await page.waitForURL(/semaine=/)
    await page.waitForLoadState('networkidle')
  }
  throw new Error('nothing of the kind in four weeks')
}

test('a PMI colleague reads the midwife’s PMI RDVs, and of the planning centre sees only that she is taken', async ({
  page,
}) => {
  await signInAsAgent(page, 'julie.delmotte')
  await openClaire(page)
  await expectNoViolation(page)
  await expectInOneOfTheLastWeeks(
    page,
    async () => (await pmiLines(page).count()) > 0 && (await busyLines(page).count()) > 0,
  )
  await expect(cpefLines(page)).toHaveCount(0)
  await pmiLines(page).first().click()
  await expect(main(page)).toContainText('Historique')
  await expect(main(page).getByRole('button', { name: /Honoré|Absent|Remettre/ })).toHaveCount(0)
})

test('a colleague of the planning centre sees the reverse, and why', async ({ page }) => {
  await signInAsAgent(page, 'nadia.carpentier')
  await openClaire(page)
  await expectInOneOfTheLastWeeks(
    page,
    async () => (await cpefLines(page).count()) > 0 && (await busyLines(page).count()) > 0,
  )
  await expect(pmiLines(page)).toHaveCount(0)
  await page.getByText('Pourquoi cet accès').click()
  await expect(main(page)).toContainText('Les agents : CPEF d’Arras, service CPEF')
  await expectNoViolation(page)
})

test('the secretary of the PMI changes what belongs to it, and nothing else', async ({ page }) => {
  await signInAsAgent(page, 'sandrine.lefebvre')
  await openClaire(page)
  await expectInOneOfTheLastWeeks(page, async () => (await pmiLines(page).count()) > 0)
  await expect(cpefLines(page)).toHaveCount(0)
  await pmiLines(page).first().click()
  await expect(
    main(page)
      .getByRole('button')
      .filter({ hasText: /Honoré|Remettre|s’est excusé|Annulé/ })
      .first(),
  ).toBeVisible()
})

test('the midwife closes her agenda to a place and opens it again, without any script @nojs', async ({ page }) => {
  await signInAsAgent(page, 'claire.dubois')
  await page.goto('/agent/acces')
  const row = main(page).getByRole('listitem').filter({ hasText: 'Les agents : CPEF d’Arras, service CPEF' })
  await row.getByRole('combobox').selectOption('Occupé, sans détail')
  await row.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(main(page).getByRole('status')).toContainText('enregistré')
  await expect(row.getByRole('combobox')).toHaveValue('busy')
  await row.getByRole('combobox').selectOption('Lecture avec détail')
  await row.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(row.getByRole('combobox')).toHaveValue('read')
})

test('who sees my agenda, and whose I see, are plain to read', async ({ page }) => {
  await signInAsAgent(page)
  for (const path of ['/agent/profil', '/agent/acces', '/agent/agendas']) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expectNoViolation(page)
  }
})

test('an agenda that is not open is a page not found', async ({ page }) => {
  await signInAsAgent(page, 'helene.delattre')
  await page.goto('/agent/agendas/1')
  await expect(page.getByRole('heading', { level: 1, name: 'Page introuvable' })).toBeVisible()
})
