import { lookup as resolve, type LookupAddress, type LookupOptions } from 'node:dns'
import { BlockList, isIP, isIPv6 } from 'node:net'

/** Loopback, private, link-local, shared, documentation, multicast and reserved: nothing of the public network is there. */
const PRIVATE = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const
/** Of IPv6 only global unicast is public, less what carries an IPv4 address or leads nowhere. */
const PRIVATE_V6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const

const blocked = new BlockList()
for (const [net, bits] of PRIVATE) blocked.addSubnet(net, bits, 'ipv4')
for (const [net, bits] of PRIVATE_V6) blocked.addSubnet(net, bits, 'ipv6')
const global = new BlockList()
global.addSubnet('2000::', 3, 'ipv6')

/** Whether an IP address is one of the public network. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 4) return !blocked.check(address, 'ipv4')
  return isIPv6(address) && global.check(address, 'ipv6') && !blocked.check(address, 'ipv6')
}

const literal = (hostname: string): string => hostname.replace(/^\[|\]$/g, '')

/**
 * Whether a gateway's address may be asked, as far as its text says: HTTPS, and neither a private address nor a bare
 * name; the operator's own hosts (« host » or « host:port ») are theirs to open. What its name leads to is judged when it
 * is connected to.
 */
export function isUrlAllowed(url: URL, trustedHosts: string): boolean {
  if (isTrusted(url, trustedHosts)) return url.protocol === 'https:' || url.protocol === 'http:'
  if (url.protocol !== 'https:' || url.username || url.password) return false
  const host = literal(url.hostname)
  return isIP(host) ? isPublicAddress(host) : host.includes('.') && !/\.(?:localhost|local|internal)\.?$/i.test(host)
}

export const isTrusted = ({ host, hostname }: URL, trustedHosts: string): boolean =>
  trustedHosts
    .split(',')
    .map((one) => one.trim().toLowerCase())
    .some((one) => one !== '' && (one === host || one === hostname))

type Found = (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void

/**
 * Resolves a name for a socket, and refuses it when any of its addresses is not public: the socket connects to what was
 * judged, a second answer of the name's server changes nothing.
 */
export function publicLookup(hostname: string, options: LookupOptions, found: Found): void {
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    const [first] = addresses ?? []
    if (error || !first) return found(error ?? new Error('no address'), [])
    if (!addresses.every(({ address }) => isPublicAddress(address))) return found(new Error('private address'), [])
    return options.all ? found(null, addresses) : found(null, first.address, first.family)
  })
}
