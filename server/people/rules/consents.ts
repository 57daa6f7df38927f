/** By what a person lets a territory write to them. */
export type Consents = { readonly mail: boolean; readonly sms: boolean }

/** `stopped`: of what is looked at alone; `stopped-everywhere`: of all the person's RDVs in the territory, as their file says. */
export type ConsentState = 'on' | 'stopped' | 'stopped-everywhere'

export type MailConsentSheet = { readonly mail: boolean; readonly territoryName: string }

/** What a person answers to an SMS: to receive no more of them, or to receive them again. */
export type SmsReply = 'stop' | 'start'

const STOPS = /^(?:stop|stopsms|arret|arreter|desabonnement|desinscription|unsubscribe)$/
const STARTS = /^(?:start|reprendre|reprise|abonnement|unstop)$/

/** One word alone, however it is typed; anything else is said to nobody and changes nothing. */
export function smsReplyIn(text: string): SmsReply | null {
  const word = text
    .normalize('NFD')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase()
  return STOPS.test(word) ? 'stop' : STARTS.test(word) ? 'start' : null
}
