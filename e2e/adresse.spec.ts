import { expect } from '@playwright/test'
import { expectNoViolation } from './house'
import { test } from './test'

const field = 'Votre commune ou votre code postal'

test('as I type my commune, I choose it among those proposed', async ({ page }) => {
  await page.goto('/')
  await page.getByLabel(field).pressSequentially('len', { delay: 20 })
  const lens = page.getByRole('option', { name: /^Lens\b.*62300/ })
  await expect(lens).toBeVisible()
  await expectNoViolation(page)
  await lens.click()
  await expect(page).toHaveURL(/\/prendre-rdv\/service\?commune=62498/)
})

test('the button stays under my finger while communes are proposed', async ({ page }) => {
  await page.goto('/')
  const button = page.getByRole('button', { name: 'Chercher' })
  const before = await button.boundingBox()
  await page.getByLabel(field).fill('lens')
  await expect(page.getByRole('option').first()).toBeVisible()
  expect(await button.boundingBox()).toEqual(before)
})

test('with the keyboard alone I go through the communes proposed, close them, or choose one', async ({ page }) => {
  await page.goto('/prendre-rdv')
  const input = page.getByLabel(field)
  await input.pressSequentially('62300')
  const options = page.getByRole('option')
  await expect(options.first()).toBeVisible()
  await expect(input).toHaveAttribute('aria-expanded', 'true')
  await page.keyboard.press('ArrowDown')
  await expect(options.first()).toHaveAttribute('aria-selected', 'true')
  await expect(input).toHaveAttribute('aria-activedescendant', (await options.first().getAttribute('id')) ?? '')
  await page.keyboard.press('Escape')
  await expect(options).toHaveCount(0)
  await input.press('Backspace')
  await input.pressSequentially('0')
  await expect(options.first()).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/prendre-rdv\/service\?commune=62/)
})

test('when no suggestion comes, the button still finds my commune', async ({ page }) => {
  await page.route('**/prendre-rdv/communes?*', (route) => route.abort())
  await page.goto('/')
  await page.getByLabel(field).fill('arras')
  await page.getByRole('button', { name: 'Chercher' }).click()
  await expect(page).toHaveURL(/\/prendre-rdv(\/service)?\?/)
  await expect(page.getByRole('main')).toContainText('Arras')
})

test('my address never stands in an address, and my commune is enough when the address service is away', async ({
  page,
}) => {
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await page.goto('/prendre-rdv')
  await page.getByRole('link', { name: 'Trouver le plus proche avec mon adresse' }).click()
  await page.getByLabel('Votre adresse').fill('12 rue Gambetta, Lens')
  await page.getByRole('button', { name: 'Chercher' }).click()
  await expect(page.getByRole('main')).toContainText('La recherche d’adresses n’est pas disponible')
  await expect(page.getByLabel('Votre adresse')).toHaveValue('12 rue Gambetta, Lens')
  await expectNoViolation(page)
  expect(asked.filter((url) => /gambetta/i.test(url))).toEqual([])
  await page.getByRole('link', { name: /^Lens 62300/ }).click()
  await expect(page).toHaveURL(/\/prendre-rdv\/service\?commune=62498/)
})

test('an address that names no commune is asked again, with what was typed @nojs', async ({ page }) => {
  await page.goto('/prendre-rdv/adresse')
  await page.getByRole('button', { name: 'Chercher' }).click()
  await expect(page.getByRole('main').getByRole('alert').getByRole('link')).toHaveText('Indiquez votre adresse')
  await page.getByLabel('Votre adresse').fill('zzz qqq')
  await page.getByRole('button', { name: 'Chercher' }).click()
  await expect(page.getByRole('main').getByRole('alert')).toContainText('n’a pas été trouvée')
  await expect(page.getByLabel('Votre adresse')).toHaveValue('zzz qqq')
})
