import { expect, test } from 'vitest'
import { returnPath } from './return-path'

test.each([
  ['/agent/rdvs/12?onglet=1', '/agent/rdvs/12?onglet=1'],
  ['/agent', '/agent'],
  ['/agent#bas', '/agent'],
  [null, '/agent'],
  ['', '/agent'],
  ['/', '/agent'],
  ['/agents', '/agent'],
  ['/agent/../connexion/sortir', '/agent'],
  ['/agent/%2e%2e/connexion', '/agent'],
  ['https://evil.example/agent', '/agent'],
  ['//evil.example/agent', '/agent'],
  ['/\\evil.example/agent', '/agent'],
  ['\\\\evil.example/agent', '/agent'],
  ['/\t/evil.example/agent', '/agent'],
  ['javascript:alert(1)', '/agent'],
  [`/agent/${'a'.repeat(600)}`, '/agent'],
])('%s → %s', (asked, path) => {
  expect(returnPath(asked)).toBe(path)
})
