import { expect, test } from 'vitest'
import { TYPED_COOKIE } from '@/app/_lib/form-route'
import { DRAFT_COOKIE } from '@/app/_parts/booking/draft'
import { pendingCookie, personCookie, providerCookie, sessionCookie } from '@/server/access/auth'
import { PAGE_COOKIE } from '@/server/access/rules/our-pages'
import { GET } from './route'

test('the page names every cookie the site sets', async () => {
  const request = new Request('http://localhost:3000/donnees-personnelles')
  const page = await (await GET(request, { params: Promise.resolve({}) })).text()
  const persons = (['session', 'step', 'flow', 'provider'] as const).map((which) => personCookie(which).name)
  const agents = [sessionCookie(), pendingCookie(), providerCookie()].map(({ name }) => name)
  for (const name of [...persons, ...agents, TYPED_COOKIE, DRAFT_COOKIE, PAGE_COOKIE, 'connexion-adresse']) {
    expect(page).toContain(`>${name}</strong>`)
  }
})
