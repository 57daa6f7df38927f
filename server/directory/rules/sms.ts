import type { GatewaySettings } from '@/server/kernel/gateways'

/** A gateway of a territory, as its admins see it: never its secret. */
export type SmsGatewayLine = {
  gatewayId: number
  settings: GatewaySettings
  /** Where it says what people answered: whoever knows this address may say so. */
  repliesUrl: string
  /** Where it says what became of each SMS. */
  receiptsUrl: string
}

/** `mayLeave`: whether messages leave from here, but to allow-listed numbers. */
export type TerritorySms = {
  sender: string | null
  /** Of one SMS, in thousandths of a euro; null when nobody said. */
  priceMillis: number | null
  gateways: SmsGatewayLine[]
  hasDefault: boolean
  isProduction: boolean
}

export type SaveGatewayRefusal = 'gone' | 'too-many-gateways' | 'secret-missing' | 'url-not-allowed'

/** What a trial says: kept here, sent, or why not. */
export type Trial = {
  outcome: 'captured' | 'sent' | 'refused' | 'denied' | 'later' | 'unknown'
  reference: string | null
}

/**
 * What a kept secret is sent to. Changed, the secret is typed again: whoever may change an address without knowing the
 * secret could have it sent to themselves.
 */
export const secretGoesTo = (settings: GatewaySettings): string =>
  settings.kind === 'http' ? new URL(settings.url).origin : settings.kind
