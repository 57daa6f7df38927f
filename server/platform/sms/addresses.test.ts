import { expect, test } from 'vitest'
import { isPublicAddress, isTrusted, isUrlAllowed, publicLookup } from './addresses'
import { isAllowedBy } from '../outgoing'

test.each([
  ['185.60.216.35', true],
  ['2a00:1450:4007:80c::200e', true],
  ['127.0.0.1', false],
  ['10.1.2.3', false],
  ['100.64.0.1', false],
  ['172.31.255.255', false],
  ['172.32.0.1', true],
  ['192.168.1.1', false],
  ['169.254.169.254', false],
  ['0.0.0.0', false],
  ['255.255.255.255', false],
  ['::1', false],
  ['::', false],
  ['::ffff:8.8.8.8', false],
  ['64:ff9b::a00:1', false],
  ['fe80::1', false],
  ['fd00::1', false],
  ['2002:7f00:1::', false],
  ['gateway.example', false],
])('%s is of the public network: %s', (address, isPublic) => {
  expect(isPublicAddress(address)).toBe(isPublic)
})

test('a host of the operator’s may be asked anywhere, on its port alone when it is given with one', () => {
  const url = new URL('http://sms.internal:8080/send')
  expect(isUrlAllowed(url, '')).toBe(false)
  expect(isUrlAllowed(url, 'other.example, SMS.internal')).toBe(true)
  expect(isTrusted(url, 'sms.internal:8080')).toBe(true)
  expect(isTrusted(url, 'sms.internal:80')).toBe(false)
  expect(isUrlAllowed(new URL('file:///etc/passwd'), 'sms.internal')).toBe(false)
  expect(isUrlAllowed(new URL('https://sms.example/send'), '')).toBe(true)
})

test.each([true, false])('a name that leads home is not connected to (all: %s)', async (all) => {
  const error = await new Promise((found) => publicLookup('localhost', { all }, found))
  expect(error).toBeInstanceOf(Error)
})

test.each([
  ['+33612345678', true],
  ['+33 6 12 34 56 78', true],
  ['+33612345679', false],
  ['lea@example.org', true],
  ['Lea@Example.org', true],
  ['zoe@example.org', false],
  ['zoe@dept.fr', true],
  ['zoe@sub.dept.fr', false],
  ['zoe@dept.fr.evil.example', false],
])('outside production, %s is let through: %s', (recipient, isLet) => {
  expect(isAllowedBy('+33612345678, lea@example.org,@dept.fr, ', recipient)).toBe(isLet)
  expect(isAllowedBy('', recipient)).toBe(false)
})
