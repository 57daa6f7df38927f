import { signedId, tokenOf } from './platform/tokens'
import { everybody, onlyFor, type Cell } from './matrix.test-model'

const territoryAdmins = onlyFor('admin of the territory')
const WORDS = { key: 'usager-created-sms', subject: '', body: '{date} {heure} {lien}' } as const

/** What a territory says, under which name, and what an SMS costs it: its admins decide. */
export const WORDINGS: Record<string, Cell> = {
  'messaging.listOwnWordings': {
    who: territoryAdmins,
    input: ({ territoryId, motifId }) => ({ territoryId, motifId }),
  },
  'messaging.listMotifsWithWordings': { who: territoryAdmins, input: ({ territoryId }) => ({ territoryId }) },
  'messaging.getWording': {
    who: territoryAdmins,
    input: ({ territoryId, motifId }) => ({ territoryId, motifId, key: 'usager-moved-mail' }),
  },
  'messaging.saveWording': {
    who: territoryAdmins,
    input: ({ territoryId, motifId }) => ({ territoryId, motifId, seen: '', ...WORDS }),
  },
  'messaging.resetWording': {
    who: territoryAdmins,
    input: ({ territoryId, motifId }) => ({ territoryId, motifId, seen: '', key: 'usager-cancelled-sms' }),
  },
  'territories.getMailIdentity': { who: territoryAdmins, input: ({ territoryId }) => ({ territoryId }) },
  'territories.setMailIdentity': {
    who: territoryAdmins,
    input: ({ territoryId }) => ({ territoryId, senderName: 'Département', replyTo: 'accueil@example.org' }),
  },
  'sms.setPrice': { who: territoryAdmins, input: ({ territoryId }) => ({ territoryId, price: '4,5' }) },
  // Whoever holds the address: no number of ours stands in it.
  'people.getMailConsent': {
    who: everybody,
    input: ({ usagerId, usagerEmail }) => ({ token: signedId('message-choices', usagerId, usagerEmail) }),
  },
  'people.setMailConsent': {
    who: everybody,
    input: ({ usagerId, usagerEmail }) => ({ token: signedId('message-choices', usagerId, usagerEmail), isOn: true }),
  },
  'booking.getConsentsByLink': { who: everybody, input: ({ linkId }) => ({ token: tokenOf('rdv-link', linkId) }) },
  'booking.setConsentByLink': {
    who: everybody,
    input: ({ linkId }) => ({ token: tokenOf('rdv-link', linkId), channel: 'mail', isOn: true }),
  },
  // No gateway is there to say anything.
  'messaging.takeReceipt': {
    who: () => 'nothing',
    input: () => ({
      token: signedId('sms-receipts', 999_999_999),
      body: { contentType: 'application/json', text: '{}' },
      places: { reference: 'id', state: 'status', delivered: [], undelivered: [] },
    }),
  },
  'booking.receiveSmsReply': {
    who: () => 'nothing',
    input: () => ({ token: signedId('sms-replies', 999_999_999), from: '+33612345678', text: 'STOP' }),
  },
}
