import type { Scope } from '@/server/kernel/actor'
import type { Level } from './reach'

/** Who is given something: somebody, a group, or whoever has a place in an organisation. */
export type Grantee =
  | { readonly kind: 'agent'; readonly agentId: number }
  | { readonly kind: 'group'; readonly groupId: number }
  /** `serviceId` null: of every service. */
  | { readonly kind: 'colleagues'; readonly organisationId: number; readonly serviceId: number | null }
  | { readonly kind: 'secretaries' | 'admins'; readonly organisationId: number }

/** Whose agendas are opened. Everyone's: also the RDVs of that organisation and service whoever holds them. */
export type Target =
  | { readonly kind: 'agent'; readonly agentId: number }
  | { readonly kind: 'group'; readonly groupId: number }
  | { readonly kind: 'everyone'; readonly organisationId: number; readonly serviceId: number | null }

/** A right on agendas, limited or not to the RDVs of some organisations and services. */
export type Grant = {
  readonly territoryId: number
  readonly grantee: Grantee
  readonly target: Target
  readonly level: Scope['level']
  readonly organisationIds: Scope['organisationIds']
  readonly serviceIds: Scope['serviceIds']
}

type Place = { readonly territoryId: number; readonly organisationId: number }

/** What an organisation opens from its first day: its secretaries and its admins write on the whole of it (domain §7.5.4). */
export const defaultGrantsOfOrganisation = ({ territoryId, organisationId }: Place): Grant[] =>
  (['secretaries', 'admins'] as const).map((kind) => ({
    territoryId,
    grantee: { kind, organisationId },
    target: { kind: 'everyone', organisationId, serviceId: null },
    level: 'write',
    organisationIds: [organisationId],
    serviceIds: 'any',
  }))

/**
 * What joining an organisation opens of a newcomer's agenda: to colleagues of the same service, everything of the RDVs of
 * that organisation and service; to the others, that they are taken (domain §7.5.4).
 */
export function defaultGrantsOfMember(
  { territoryId, organisationId }: Place,
  { agentId, serviceIds }: { agentId: number; serviceIds: readonly number[] },
): Grant[] {
  const target = { kind: 'agent', agentId } as const
  const own = serviceIds.map((serviceId) => ({
    territoryId,
    grantee: { kind: 'colleagues', organisationId, serviceId } as const,
    target,
    level: 'write' as const,
    organisationIds: [organisationId],
    serviceIds: [serviceId],
  }))
  const others = { kind: 'colleagues', organisationId, serviceId: null } as const
  return [...own, { territoryId, grantee: others, target, level: 'busy', organisationIds: 'any', serviceIds: 'any' }]
}

/** A grant as its row holds it. */
export type GrantRow = {
  territoryId: number
  granteeKind: Grantee['kind']
  granteeAgentId: number | null
  granteeGroupId: number | null
  granteeOrganisationId: number | null
  granteeServiceId: number | null
  targetKind: Target['kind']
  targetAgentId: number | null
  targetGroupId: number | null
  targetOrganisationId: number | null
  targetServiceId: number | null
  /** `none`: what a place gave, taken away. */
  level: Level
  scopeOrganisationIds: number[] | null
  scopeServiceIds: number[] | null
}

const listOrNull = (ids: 'any' | readonly number[]) => (ids === 'any' ? null : [...ids])

export const rowOf = ({ territoryId, grantee, target, level, organisationIds, serviceIds }: Grant): GrantRow => ({
  territoryId,
  granteeKind: grantee.kind,
  granteeAgentId: 'agentId' in grantee ? grantee.agentId : null,
  granteeGroupId: 'groupId' in grantee ? grantee.groupId : null,
  granteeOrganisationId: 'organisationId' in grantee ? grantee.organisationId : null,
  granteeServiceId: 'serviceId' in grantee ? grantee.serviceId : null,
  targetKind: target.kind,
  targetAgentId: 'agentId' in target ? target.agentId : null,
  targetGroupId: 'groupId' in target ? target.groupId : null,
  targetOrganisationId: 'organisationId' in target ? target.organisationId : null,
  targetServiceId: 'serviceId' in target ? target.serviceId : null,
  level,
  scopeOrganisationIds: listOrNull(organisationIds),
  scopeServiceIds: listOrNull(serviceIds),
})

/** What the right to change a grant depends on. */
export type GrantFacts = {
  readonly territoryId: number
  readonly targetAgentId: number | null
  readonly level: Level
  /** Where its target works, or the target itself. */
  readonly organisationIds: readonly number[]
  /** Those whose RDVs it is about; null when it is about all. */
  readonly scopeOrganisationIds: readonly number[] | null
}

/** A grant in words: who is given what on whose agenda, and of which RDVs. */
export type GrantLine = {
  readonly grantId: number
  readonly grantee: {
    readonly kind: Grantee['kind']
    /** Of the agent, the group or the organisation. */
    readonly name: string
    readonly service: string | null
  }
  readonly target: { readonly kind: Target['kind']; readonly name: string; readonly service: string | null }
  readonly level: Level
  readonly organisations: 'any' | readonly string[]
  readonly services: 'any' | readonly string[]
  /** What the reader may set it to, itself included; empty when they may not. */
  readonly choices: readonly Level[]
}

export type CreateGrantRefusal = 'same-agent' | 'not-of-territory' | 'already-given'

/** Whether it comes with a place: nobody gives it, so that taken away it is kept, to be given back. */
export const isOfPlace = ({ granteeKind }: Pick<GrantRow, 'granteeKind'>): boolean =>
  granteeKind !== 'agent' && granteeKind !== 'group'
