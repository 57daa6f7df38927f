import type { Gateway, GatewayNamed } from '@/server/kernel/gateways'
import { deliverByBrevo } from './brevo'
import { deliverByHttp } from './http'
import { deliverByLinkMobility } from './link-mobility'
import { makeCircuits, type Circuits } from './circuit'
import { LATER, type Fate, type OutgoingSms } from './fate'

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

/** The gateway that had the last word, null when there was none. `isAsked`: whether any was asked, or all were left alone. */
export type Delivery = { readonly fate: Fate; readonly gateway: GatewayNamed | null; readonly isAsked: boolean }

/** Of this worker. */
const CIRCUITS = makeCircuits()

/** `withinMs`: from now, while it is of use; no gateway is asked afterwards, those before it may have taken their time. */
type How = {
  isUrgent?: boolean
  withinMs?: number
  give?: typeof deliver
  circuits?: Circuits
  clockMs?: () => number
}

/**
 * Gives an SMS to the first gateway, and to the next only when surely nothing left by this one and the number is not in
 * cause: nor is one asked that has fallen silent, or is slow and has enough. When none takes it, it may be tried again later.
 */
export async function deliverInOrder(
  gateways: readonly Gateway[],
  sms: OutgoingSms,
  {
    isUrgent = false,
    withinMs = Infinity,
    give = deliver,
    circuits = CIRCUITS,
    clockMs = () => performance.now(),
  }: How = {},
): Promise<Delivery> {
  const untilMs = clockMs() + withinMs
  const waits: number[] = []
  let isAsked = false
  for (const gateway of gateways) {
    if (clockMs() >= untilMs) break
    const isTurn = circuits.mayAsk(gateway, isUrgent)
    isAsked ||= isTurn
    const fate: Fate = isTurn ? await circuits.through(gateway, () => give(gateway, sms)) : LATER
    if (fate.fate !== 'later' && fate.fate !== 'denied') {
      return { fate, gateway: { kind: gateway.settings.kind, gatewayId: gateway.gatewayId ?? null }, isAsked }
    }
    if (fate.fate === 'later') waits.push(fate.retryInSec ?? 0)
  }
  // The first that will have it again says when; one that does not say, as ever.
  const retryInSec = Math.min(...waits)
  return { fate: { fate: 'later', ...(waits.length > 0 && retryInSec > 0 && { retryInSec }) }, gateway: null, isAsked }
}
