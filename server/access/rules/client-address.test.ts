import { expect, test } from 'vitest'
import { clientAddressIn } from './client-address'

test.each([
  ['without proxies, nobody vouches', '203.0.113.7', 0, null],
  ['behind one proxy, the last one', 'forged, 203.0.113.7', 1, '203.0.113.7'],
  ['behind two, the one before', 'forged, 203.0.113.7, 10.0.0.1', 2, '203.0.113.7'],
  ['when a proxy was not passed', '10.0.0.1', 2, null],
  ['without the header', null, 1, null],
  ['when the proxy wrote nothing', 'forged, ', 1, null],
  ['with its port', '203.0.113.7:4711', 1, '203.0.113.7'],
  ['IPv6, the network of its subscriber', '2001:db8:0:12:a::1', 1, '2001:db8:0:12::/64'],
  ['another of the same network', '2001:DB8::0012:ffff:ffff:ffff:ffff', 1, '2001:db8:0:12::/64'],
  ['the network next to it', '2001:db8:0:13::1', 1, '2001:db8:0:13::/64'],
  ['the shortest', '::1', 1, '0:0:0:0::/64'],
  ['IPv6 in brackets, with its port', '[2001:db8::1]:4711', 1, '2001:db8:0:0::/64'],
  ['IPv4 written as IPv6', '::ffff:203.0.113.7', 1, '203.0.113.7'],
  ['what is no address, as it stands', 'unknown', 1, 'unknown'],
  ['nor this', '::g::1', 1, '::g::1'],
])('%s', (_, header, proxies, address) => {
  expect(clientAddressIn(header, proxies)).toBe(address)
})
