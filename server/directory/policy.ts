import type { Actor } from '@/server/kernel/actor'

/** Who administers what an organisation offers, its motifs and lieux: its admins and those of its territory (domain §7.1, §7.2). */
export function mayConfigureOrganisation(
  actor: Actor,
  { territoryId, organisationId }: { territoryId: number; organisationId: number },
): boolean {
  if (actor.kind !== 'agent') return false
  if (actor.administers.includes(territoryId)) return true
  return actor.memberships.some((place) => place.organisationId === organisationId && place.level === 'admin')
}
