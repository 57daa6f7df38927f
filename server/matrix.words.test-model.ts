import { onlyFor, type Cell } from './matrix.test-model'

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
}
