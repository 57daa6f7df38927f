import { expect, test } from 'vitest'
import { clientAddressIn } from './client-address'

test.each([
  ['without proxies, nobody vouches', '203.0.113.7', 0, null],
  ['behind one proxy, the last one', 'forged, 203.0.113.7', 1, '203.0.113.7'],
  ['behind two, the one before', 'forged, 203.0.113.7, 10.0.0.1', 2, '203.0.113.7'],
  ['when a proxy was not passed', '10.0.0.1', 2, null],
  ['without the header', null, 1, null],
  ['when the proxy wrote nothing', 'forged, ', 1, null],
])('%s', (_, header, proxies, address) => {
  expect(clientAddressIn(header, proxies)).toBe(address)
})
