import type { Actor } from '@/server/kernel/actor'
import type { GrantFacts } from './rules/grants'
import { isAtLeast, type Level } from './rules/reach'

/**
 * Who may set a right on agendas to a level (`none` takes it away): the agent it opens and the admins of its territory; the
 * admins of an organisation it is about may lower it, and raise it as long as it speaks of RDVs of theirs alone. Somebody
 * to whom it is given may not: nobody raises their own level.
 */
export function maySetGrant(
  actor: Actor,
  grant: Omit<GrantFacts, 'level'> & { readonly level: Level },
  to: Level,
): boolean {
  if (actor.kind !== 'agent') return false
  if (actor.administers.includes(grant.territoryId) || grant.targetAgentId === actor.agentId) return true
  const administered = administeredOrganisations(actor)
  if (!grant.organisationIds.some((id) => administered.includes(id))) return false
  const isOfTheirs = grant.scopeOrganisationIds?.every((id) => administered.includes(id)) ?? false
  return isOfTheirs || isAtLeast(grant.level, to)
}

type Place = { readonly organisationId: number; readonly territoryId: number }

export const mayAdministerTerritory = (actor: Actor, territoryId: number): boolean =>
  actor.kind === 'agent' && actor.administers.includes(territoryId)

/** The admins of an organisation, and of its territory, say who works there, in which role, and what it offers (domain §7.1, §7.2). */
export const mayAdministerOrganisation = (actor: Actor, { organisationId, territoryId }: Place): boolean =>
  mayAdministerTerritory(actor, territoryId) ||
  (actor.kind === 'agent' &&
    actor.memberships.some((place) => place.organisationId === organisationId && place.level === 'admin'))

/** Organisations an agent administers by a role of their own. */
export const administeredOrganisations = (actor: Actor): number[] =>
  actor.kind !== 'agent'
    ? []
    : actor.memberships.flatMap(({ level, organisationId }) => (level === 'admin' ? [organisationId] : []))

/** Territories where an agent administers something, the whole or an organisation. */
export const administeredTerritories = (actor: Actor): number[] =>
  actor.kind !== 'agent'
    ? []
    : [
        ...new Set([
          ...actor.administers,
          ...actor.memberships.flatMap(({ level, territoryId }) => (level === 'admin' ? [territoryId] : [])),
        ]),
      ]
