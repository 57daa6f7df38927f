import type { Actor } from '@/server/kernel/actor'
import type { GrantFacts } from './rules/grants'
import { isAtLeast, type Level } from './rules/reach'

/**
 * Who may set a right on agendas to a level (`none` takes it away): the agent it opens and the admins of its territory; the
 * admins of an organisation it is about may lower it, and raise it as long as it speaks of RDVs of theirs alone. Somebody
 * to whom it is given may not: nobody raises their own level.
 */
export function maySetGrant(actor: Actor, grant: GrantFacts, to: Level): boolean {
  if (actor.kind !== 'agent') return false
  if (actor.administers.includes(grant.territoryId) || grant.targetAgentId === actor.agentId) return true
  const administered = actor.memberships.flatMap(({ level, organisationId }) =>
    level === 'admin' ? [organisationId] : [],
  )
  if (!grant.organisationIds.some((id) => administered.includes(id))) return false
  const isOfTheirs = grant.scopeOrganisationIds?.every((id) => administered.includes(id)) ?? false
  return isOfTheirs || isAtLeast(grant.level, to)
}
