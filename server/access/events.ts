import type { RightsEvent } from './events/rights'
import type { SuperEvent } from './events/super-admins'
import type { changedPreferences } from './rules/preferences'
import type { FactorOwner } from './rules/second-factor'
import type { LinkPurpose } from './rules/session'

const agent = (agentId: number) => ({ kind: 'agent', id: agentId }) as const

export const agentSignedIn = (agentId: number, by: 'password' | 'link' | 'pro-connect') =>
  ({ kind: 'agent.signed-in', territoryId: null, subject: agent(agentId), payload: { by } }) as const

export const agentSignedOut = (agentId: number, scope: 'session' | 'everywhere') =>
  ({ kind: 'agent.signed-out', territoryId: null, subject: agent(agentId), payload: { scope } }) as const

export const agentLinkRequested = (agentId: number, linkId: number, purpose: LinkPurpose) =>
  ({ kind: 'agent.link-requested', territoryId: null, subject: agent(agentId), payload: { linkId, purpose } }) as const

export const agentPasswordChanged = (agentId: number) =>
  ({ kind: 'agent.password-changed', territoryId: null, subject: agent(agentId), payload: {} }) as const

/** Somebody invited chose their password. */
export const agentActivated = (agentId: number) =>
  ({ kind: 'agent.activated', territoryId: null, subject: agent(agentId), payload: {} }) as const

export const agentRenamed = (agentId: number, names: { from: string; to: string }) =>
  ({
    kind: 'agent.renamed',
    territoryId: null,
    subject: agent(agentId),
    payload: {},
    values: [{ field: 'name', ...names }],
  }) as const

export const agentEmailChanged = (agentId: number, emails: { from: string | null; to: string }) =>
  ({
    kind: 'agent.email-changed',
    territoryId: null,
    subject: agent(agentId),
    payload: {},
    values: [{ field: 'email', ...emails }],
  }) as const

export const preferencesSet = (agentId: number, changes: ReturnType<typeof changedPreferences>) =>
  ({
    kind: 'agent.preferences-set',
    territoryId: null,
    subject: agent(agentId),
    payload: {},
    values: changes,
  }) as const

/** A second factor was set up, or given up. */
export const secondFactorSet = (owner: FactorOwner, isOn: boolean) =>
  ({ kind: 'second-factor.set', territoryId: null, subject: owner, payload: { isOn } }) as const

/** Taken away by a super-admin, for somebody who lost telephone and codes: why stands apart, as whatever people type. */
export const secondFactorRemoved = (agentId: number, reason: string) =>
  ({
    kind: 'second-factor.removed',
    territoryId: null,
    subject: agent(agentId),
    payload: {},
    values: [{ field: 'reason', from: null, to: reason }],
  }) as const

/** A recovery code was used in the place of a telephone. */
export const recoveryCodeUsed = (owner: FactorOwner, leftCount: number) =>
  ({ kind: 'second-factor.recovery-code-used', territoryId: null, subject: owner, payload: { leftCount } }) as const

export type SecondFactorSet = ReturnType<typeof secondFactorSet>
export type SecondFactorRemoved = ReturnType<typeof secondFactorRemoved>
export type AgentLinkRequested = ReturnType<typeof agentLinkRequested>
export type AgentPasswordChanged = ReturnType<typeof agentPasswordChanged>
export type AccessEvent =
  | ReturnType<typeof agentSignedIn>
  | ReturnType<typeof agentSignedOut>
  | AgentLinkRequested
  | AgentPasswordChanged
  | ReturnType<typeof agentActivated>
  | ReturnType<typeof agentRenamed>
  | ReturnType<typeof agentEmailChanged>
  | ReturnType<typeof preferencesSet>
  | SecondFactorSet
  | SecondFactorRemoved
  | ReturnType<typeof recoveryCodeUsed>
  | RightsEvent
  | SuperEvent
