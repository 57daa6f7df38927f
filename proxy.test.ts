import { NextRequest } from 'next/server'
import { expect, test } from 'vitest'
import { proxy } from './proxy'

const cookiesOf = (path: string, method = 'GET') =>
  proxy(new NextRequest(`http://localhost${path}`, { method })).headers.get('set-cookie')

test('the pages that open a session leave a cookie no other site’s form carries', () => {
  expect(cookiesOf('/connexion')).toMatch(/^connexion-page=oui; Path=\/connexion; HttpOnly; SameSite=lax$/i)
  expect(cookiesOf('/connexion/lien?jeton=x')).toContain('connexion-page')
  expect(cookiesOf('/connexion/entrer', 'POST')).toBeNull()
  expect(cookiesOf('/')).toBeNull()
})
