import type { Actor } from '@/server/kernel/actor'

/** Whoever works in a territory looks for its people; beyond their own organisations, masked (domain §8.6). */
export const maySearchUsagers = (actor: Actor, territoryId: number): boolean =>
  actor.kind === 'agent' && actor.memberships.some((place) => place.territoryId === territoryId)

/** A file is opened where one works: the person belongs to that organisation from then on. */
export const mayCreateUsager = (actor: Actor, organisationId: number): boolean =>
  actor.kind === 'agent' && actor.memberships.some((place) => place.organisationId === organisationId)
