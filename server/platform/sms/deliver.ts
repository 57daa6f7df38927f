import type { Gateway, GatewayNamed } from '@/server/kernel/gateways'
import { deliverByBrevo } from './brevo'
import { deliverByHttp } from './http'
import { deliverByLinkMobility } from './link-mobility'
import type { Fate, OutgoingSms } from './fate'

/** Gives an SMS to one gateway, in no transaction. Never throws: what is not known is said so. */
export function deliver({ settings, secret }: Gateway, sms: OutgoingSms, patienceMs?: number): Promise<Fate> {
  switch (settings.kind) {
    case 'brevo':
      return deliverByBrevo(secret, sms, patienceMs)
    case 'link-mobility':
      return deliverByLinkMobility({ username: settings.username, secret }, sms, patienceMs)
    case 'http':
      return deliverByHttp({ settings, secret }, sms, patienceMs)
  }
}

/**
 * Whether what may have left may be given again: there is one gateway, which knows our key. Of two, the one asked last is not
 * the one asked first.
 */
export const mayRepeat = ([gateway, ...others]: readonly Gateway[]): boolean =>
  others.length === 0 && gateway?.settings.kind === 'http' && gateway.settings.ignoresRepeats === true

/** The gateway that had the last word, null when there was none to ask. */
export type Delivery = { readonly fate: Fate; readonly gateway: GatewayNamed | null }

/**
 * Gives an SMS to the first gateway, and to the next only when surely nothing left by this one and the number is not in
 * cause. When none takes it, it may be tried again later.
 */
export async function deliverInOrder(
  gateways: readonly Gateway[],
  sms: OutgoingSms,
  give: typeof deliver = deliver,
): Promise<Delivery> {
  const waits: number[] = []
  for (const gateway of gateways) {
    const fate = await give(gateway, sms)
    if (fate.fate !== 'later' && fate.fate !== 'denied') {
      return { fate, gateway: { kind: gateway.settings.kind, gatewayId: gateway.gatewayId ?? null } }
    }
    if (fate.fate === 'later') waits.push(fate.retryInSec ?? 0)
  }
  // The first that will have it again says when; one that does not say, as ever.
  const retryInSec = Math.min(...waits)
  return { fate: { fate: 'later', ...(waits.length > 0 && retryInSec > 0 && { retryInSec }) }, gateway: null }
}
