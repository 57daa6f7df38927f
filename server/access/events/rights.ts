import type { GrantRow } from '../rules/grants'
import type { RoleWord } from '../rules/members'

/**
 * What happens to rights, read back as their history: `agentIds` are those it concerns, `organisationId` and `groupId` where.
 * Names are looked up when it is read; what was chosen stands in the values.
 */
const agent = (agentId: number) => ({ kind: 'agent', id: agentId }) as const

type Place = { readonly territoryId: number; readonly organisationId: number }

export const memberInvited = ({ territoryId, organisationId }: Place, agentId: number) =>
  ({
    kind: 'member.invited',
    territoryId,
    subject: agent(agentId),
    payload: { organisationId, agentIds: [agentId] },
  }) as const

export const memberJoined = ({ territoryId, organisationId }: Place, agentId: number, role: RoleWord) =>
  ({
    kind: 'member.joined',
    territoryId,
    subject: agent(agentId),
    payload: { organisationId, agentIds: [agentId] },
    values: [{ field: 'role', from: null, to: role }],
  }) as const

/** A place offered is taken back, or refused by whom it was offered to. */
export const memberInvitationEnded = (
  { territoryId, organisationId }: Place,
  agentId: number,
  answer: 'cancelled' | 'refused',
) =>
  ({
    kind: 'member.invitation-ended',
    territoryId,
    subject: agent(agentId),
    payload: { organisationId, agentIds: [agentId] },
    values: [{ field: 'name', from: null, to: answer }],
  }) as const

export const memberLeft = ({ territoryId, organisationId }: Place, agentId: number) =>
  ({
    kind: 'member.left',
    territoryId,
    subject: agent(agentId),
    payload: { organisationId, agentIds: [agentId] },
  }) as const

export const memberRoleSet = (
  { territoryId, organisationId }: Place,
  agentId: number,
  role: { from: RoleWord; to: RoleWord },
) =>
  ({
    kind: 'member.role-set',
    territoryId,
    subject: agent(agentId),
    payload: { organisationId, agentIds: [agentId] },
    values: [{ field: 'role', ...role }],
  }) as const

export const memberServicesSet = (
  territoryId: number,
  agentId: number,
  services: { from: readonly number[]; to: readonly number[] },
) =>
  ({
    kind: 'member.services-set',
    territoryId,
    subject: agent(agentId),
    payload: { agentIds: [agentId] },
    values: [{ field: 'services', from: services.from, to: services.to }],
  }) as const

export const memberAdministersSet = (territoryId: number, agentId: number, isAdmin: boolean) =>
  ({
    kind: 'member.administers-set',
    territoryId,
    subject: agent(agentId),
    payload: { agentIds: [agentId] },
    values: [{ field: 'administers', from: !isAdmin, to: isAdmin }],
  }) as const

export type ChangedGrant = Omit<GrantRow, 'level'> & { readonly id: number }
export type GrantChange = { readonly from: string; readonly to: string }

/** The two parties, so that the line is still read once the grant is gone. */
export const grantChanged = (grant: ChangedGrant, level: GrantChange) =>
  ({
    kind: 'grant.changed',
    territoryId: grant.territoryId,
    subject: { kind: 'grant', id: grant.id },
    payload: {
      agentIds: [grant.granteeAgentId, grant.targetAgentId].filter((id) => id !== null),
      granteeKind: grant.granteeKind,
      granteeAgentId: grant.granteeAgentId,
      granteeGroupId: grant.granteeGroupId,
      granteeOrganisationId: grant.granteeOrganisationId,
      granteeServiceId: grant.granteeServiceId,
      targetKind: grant.targetKind,
      targetAgentId: grant.targetAgentId,
      targetGroupId: grant.targetGroupId,
      targetOrganisationId: grant.targetOrganisationId,
      targetServiceId: grant.targetServiceId,
    },
    values: [{ field: 'level', ...level }],
  }) as const

/** `before` and `after`: every grant given to the agent alone in that territory. */
export const grantsCopied = (
  territoryId: number,
  { fromAgentId, toAgentId }: { fromAgentId: number; toAgentId: number },
  rows: { before: unknown; after: unknown },
) =>
  ({
    kind: 'grant.copied',
    territoryId,
    subject: agent(toAgentId),
    payload: { fromAgentId, agentIds: [toAgentId] },
    values: [{ field: 'grants', from: rows.before, to: rows.after }],
  }) as const

export const copyUndone = (territoryId: number, agentId: number, eventId: number) =>
  ({
    kind: 'grant.copy-undone',
    territoryId,
    subject: agent(agentId),
    payload: { eventId, agentIds: [agentId] },
  }) as const

type Group = { readonly groupId: number; readonly territoryId: number }

export const groupSaved = (
  { groupId, territoryId }: Group,
  names: { from: string | null; to: string },
  members: { from: readonly number[]; to: readonly number[] },
) =>
  ({
    kind: 'group.saved',
    territoryId,
    subject: { kind: 'group', id: groupId },
    payload: {
      groupId,
      agentIds: [
        ...members.from.filter((id) => !members.to.includes(id)),
        ...members.to.filter((id) => !members.from.includes(id)),
      ],
    },
    values: [
      ...(names.from === names.to ? [] : [{ field: 'name', ...names }]),
      { field: 'members', from: members.from, to: members.to },
    ],
  }) as const

export const groupDeleted = ({ groupId, territoryId }: Group, name: string, members: readonly number[]) =>
  ({
    kind: 'group.deleted',
    territoryId,
    subject: { kind: 'group', id: groupId },
    payload: { groupId, agentIds: members },
    values: [{ field: 'name', from: name, to: null }],
  }) as const

export type RightsEvent =
  | ReturnType<typeof memberInvited>
  | ReturnType<typeof memberJoined>
  | ReturnType<typeof memberInvitationEnded>
  | ReturnType<typeof memberLeft>
  | ReturnType<typeof memberRoleSet>
  | ReturnType<typeof memberServicesSet>
  | ReturnType<typeof memberAdministersSet>
  | ReturnType<typeof grantChanged>
  | ReturnType<typeof grantsCopied>
  | ReturnType<typeof copyUndone>
  | ReturnType<typeof groupSaved>
  | ReturnType<typeof groupDeleted>
