/**
 * The client behind `proxies` proxies of ours: that many from the right in X-Forwarded-For, where each one wrote whom it
 * heard. What stands further left is the client's own word. Null when nobody of ours vouches for an address.
 */
export function clientAddressIn(forwardedFor: string | null, proxies: number): string | null {
  if (proxies === 0 || !forwardedFor) return null
  const addresses = forwardedFor.split(',').map((address) => address.trim())
  return addresses.at(-proxies) || null
}
