/** How much of an IPv6 address is one subscriber's: the first four groups of eight (/64). */
const SUBSCRIBER_GROUPS = 4

/**
 * The client behind `proxies` proxies of ours: that many from the right in X-Forwarded-For, where each one wrote whom it
 * heard. What stands further left is the client's own word. Null when nobody of ours vouches for an address. An IPv6 one
 * is folded to its /64, since one subscriber holds them all.
 */
export function clientAddressIn(forwardedFor: string | null, proxies: number): string | null {
  if (proxies === 0 || !forwardedFor) return null
  const addresses = forwardedFor.split(',').map((address) => address.trim())
  const address = addresses.at(-proxies)
  return address ? folded(address) : null
}

/** Some proxies write the port too. */
function folded(address: string): string {
  const [, v4] = /^(\d+\.\d+\.\d+\.\d+)(?::\d+)?$/.exec(address) ?? []
  if (v4) return v4
  const [, bare = ''] = /^\[?([\da-f:.]+)(?:%[^\]]*)?(?:\](?::\d+)?)?$/i.exec(address) ?? []
  if (!bare.includes(':') || !URL.canParse(`http://[${bare}]`)) return address
  const groups = groupsOf(new URL(`http://[${bare}]`).hostname.slice(1, -1))
  const [high = 0, low = 0] = groups.slice(6)
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff
  if (isMapped) return [high >> 8, high & 255, low >> 8, low & 255].join('.')
  return `${groups
    .slice(0, SUBSCRIBER_GROUPS)
    .map((group) => group.toString(16))
    .join(':')}::/64`
}

/** The eight groups of an address as URL writes it: lower case, hexadecimal, zeros shortened to `::` at most once. */
function groupsOf(address: string): number[] {
  const [head = [], tail = []] = address.split('::').map((part) => (part ? part.split(':') : []))
  const zeros = Array.from({ length: 8 - head.length - tail.length }, () => '0')
  return [...head, ...zeros, ...tail].map((group) => Number.parseInt(group, 16))
}
