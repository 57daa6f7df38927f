import type { OfferState, WaitlistEnd } from '../rules/waitlist'

type Entry = { id: number; territoryId: number }

/** Somebody waits for a slot: earlier than their RDV, or any. */
export const waitlistJoined = (entry: Entry, by: { motifId: number; usagerId: number; rdvId: number | null }) =>
  ({
    kind: 'waitlist.joined',
    territoryId: entry.territoryId,
    subject: { kind: 'waitlist-entry', id: entry.id },
    payload: { motifId: by.motifId, usagerId: by.usagerId, rdvId: by.rdvId },
  }) as const

/** They wait no more. */
export const waitlistEnded = (entry: Entry, by: { endedBy: WaitlistEnd }) =>
  ({
    kind: 'waitlist.ended',
    territoryId: entry.territoryId,
    subject: { kind: 'waitlist-entry', id: entry.id },
    payload: { endedBy: by.endedBy },
  }) as const

type Offer = { id: number; territoryId: number; entryId: number; agentId: number }

/** A slot is offered to one who waits, and their agent's time held for it, when it is. */
export const waitlistSlotOffered = (offer: Offer, by: { isHeld: boolean }) =>
  ({
    kind: 'waitlist.slot-offered',
    territoryId: offer.territoryId,
    subject: { kind: 'waitlist-offer', id: offer.id },
    payload: { entryId: offer.entryId, agentId: offer.agentId, isHeld: by.isHeld },
  }) as const

/** Accepted, declined, run out, or gone otherwise: its time is free again on its agent's agenda, unless it became an RDV. */
export const waitlistOfferSettled = (offer: Offer, by: { state: Exclude<OfferState, 'open'> }) =>
  ({
    kind: 'waitlist.offer-settled',
    territoryId: offer.territoryId,
    subject: { kind: 'waitlist-offer', id: offer.id },
    payload: { entryId: offer.entryId, agentId: offer.agentId, state: by.state },
  }) as const

export type WaitlistJoined = ReturnType<typeof waitlistJoined>
export type WaitlistSlotOffered = ReturnType<typeof waitlistSlotOffered>
export type WaitlistOfferSettled = ReturnType<typeof waitlistOfferSettled>
export type WaitlistEvent =
  WaitlistJoined | ReturnType<typeof waitlistEnded> | WaitlistSlotOffered | WaitlistOfferSettled
