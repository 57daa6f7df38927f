import type { Actor } from '@/server/kernel/actor'

/** Whoever works in a territory looks for its people; beyond their own organisations, masked (domain §8.6). */
export const maySearchUsagers = (actor: Actor, territoryId: number): boolean =>
  actor.kind === 'agent' && actor.memberships.some((place) => place.territoryId === territoryId)

/** A file is opened where one works: the person belongs to that organisation from then on. */
export const mayCreateUsager = (actor: Actor, organisationId: number): boolean =>
  actor.kind === 'agent' && actor.memberships.some((place) => place.organisationId === organisationId)

/** What opening a file depends on: the organisations that receive the person, and how open their territory is. */
export type UsagerInReach = {
  readonly territoryId: number
  readonly organisationIds: readonly number[]
  readonly isVisibleThroughout: boolean
}

/**
 * A file is read, and kept up, where the person is received; anywhere in a territory that shows its people throughout
 * (domain §8.6). The same law in SQL: `usagersWithin`.
 */
export const mayOpenUsager = (actor: Actor, usager: UsagerInReach): boolean =>
  actor.kind === 'agent' &&
  actor.memberships.some(
    ({ organisationId, territoryId }) =>
      usager.organisationIds.includes(organisationId) ||
      (usager.isVisibleThroughout && territoryId === usager.territoryId),
  )
