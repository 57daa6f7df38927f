import { expect, test } from 'vitest'
import { isLive, isWorthNoting, mayEnter, sessionExpiry } from './session'

const NOW = new Date('2026-03-09T09:00:00Z')
const ago = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000)
const DAY_MIN = 1440
const session = (changes = {}) => ({ seenAt: ago(10), expiresAt: sessionExpiry(ago(10)), revokedAt: null, ...changes })

test.each([
  ['a session just used', {}, true],
  ['one unused for 14 days less a minute', { seenAt: ago(14 * DAY_MIN - 1) }, true],
  ['one unused for 14 days', { seenAt: ago(14 * DAY_MIN) }, false],
  ['one opened 30 days ago, used since', { expiresAt: sessionExpiry(ago(30 * DAY_MIN)) }, false],
  ['one revoked', { revokedAt: ago(1) }, false],
])('%s', (_, changes, isOpen) => {
  expect(isLive(session(changes), NOW)).toBe(isOpen)
})

test('the last use is noted every five minutes at most', () => {
  expect(isWorthNoting(session({ seenAt: ago(4) }), NOW)).toBe(false)
  expect(isWorthNoting(session({ seenAt: ago(5) }), NOW)).toBe(true)
})

const agent = (changes = {}) => ({ email: 'a@cd62.example', activatedAt: NOW, deletedAt: null, ...changes })
const DEMO = { email: 'claire.dubois@demo.rdv-territoires.example' }

test.each([
  ['an activated agent', {}, 'production', true],
  ['an invited agent who never activated', { activatedAt: null }, 'production', false],
  ['a deleted agent', { deletedAt: NOW }, 'demo', false],
  ['an agent without e-mail', { email: null }, 'production', true],
  ['a demo account in the demo', DEMO, 'demo', true],
  ['a demo account in production', DEMO, 'production', false],
  ['a demo account in recette', DEMO, 'recette', false],
  ['a demo account in development', DEMO, 'development', false],
  ['a demo account in test', DEMO, 'test', false],
])('%s', (_, changes, environment, isLetIn) => {
  expect(mayEnter(agent(changes), environment)).toBe(isLetIn)
})
