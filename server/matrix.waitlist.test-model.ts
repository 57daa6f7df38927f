import { randomUUID } from 'node:crypto'
import { tokenOf } from './platform/tokens'
import { agentsOnly, everybody, onlyFor, WRITERS, type Cell, type World } from './matrix.test-model'

const withinReach = onlyFor(...WRITERS)
const territoryAdmins = onlyFor('admin of the territory')
const rdvLink = ({ linkId }: World) => ({ token: tokenOf('rdv-link', linkId) })
const wait = ({ waitId }: World) => ({ token: tokenOf('waitlist-entry', waitId) })
const offer = ({ offerId }: World) => ({ token: tokenOf('waitlist-offer', offerId) })
const ofRdv = ({ rdvId }: World) => ({ rdvId })

/** Those who wait for a slot: whoever holds their links, and whoever writes their RDV. */
export const WAITLIST: Record<string, Cell> = {
  'waitlist.isOpen': { who: everybody, input: () => ({ territoryId: 1 }) },
  'waitlist.joinByDraft': { who: everybody, input: () => ({ draftId: randomUUID() }) },
  'waitlist.getWait': { who: everybody, input: wait },
  'waitlist.leave': { who: everybody, input: wait },
  'waitlist.getEarlierSlot': { who: everybody, input: rdvLink },
  'waitlist.joinByLink': { who: everybody, input: rdvLink },
  'waitlist.leaveByLink': { who: everybody, input: rdvLink },
  'waitlist.getOffer': { who: everybody, input: offer },
  'waitlist.accept': { who: everybody, input: offer },
  'waitlist.decline': { who: everybody, input: offer },
  'waitlist.leaveByOffer': { who: everybody, input: offer },
  'territories.getWaitlist': { who: territoryAdmins, input: ({ territoryId }) => ({ territoryId }) },
  'territories.setWaitlist': { who: territoryAdmins, input: ({ territoryId }) => ({ territoryId, holdMin: '60' }) },
  'waitlist.listWaits': { who: agentsOnly, input: () => ({ page: 1 }) },
  'waitlist.leaveByAgent': { who: withinReach, input: ({ waitId }) => ({ entryId: waitId }) },
  'waitlist.getOfRdv': { who: withinReach, input: ofRdv },
  'waitlist.joinOfRdv': { who: withinReach, input: ofRdv },
  'waitlist.leaveOfRdv': { who: withinReach, input: ofRdv },
}
