import type { LinkPurpose } from './rules/session'

const agent = (agentId: number) => ({ kind: 'agent', id: agentId }) as const

export const agentSignedIn = (agentId: number, by: 'password' | 'link') =>
  ({ kind: 'agent.signed-in', territoryId: null, subject: agent(agentId), payload: { by } }) as const

export const agentSignedOut = (agentId: number, scope: 'session' | 'everywhere') =>
  ({ kind: 'agent.signed-out', territoryId: null, subject: agent(agentId), payload: { scope } }) as const

export const agentLinkRequested = (agentId: number, linkId: number, purpose: LinkPurpose) =>
  ({ kind: 'agent.link-requested', territoryId: null, subject: agent(agentId), payload: { linkId, purpose } }) as const

export const agentPasswordChanged = (agentId: number) =>
  ({ kind: 'agent.password-changed', territoryId: null, subject: agent(agentId), payload: {} }) as const

type ChangedGrant = { id: number; territoryId: number; targetAgentId: number | null }

export const grantChanged = ({ id, territoryId, targetAgentId }: ChangedGrant, level: { from: string; to: string }) =>
  ({
    kind: 'grant.changed',
    territoryId,
    subject: { kind: 'grant', id },
    payload: { targetAgentId },
    values: [{ field: 'level', ...level }],
  }) as const

export type AgentLinkRequested = ReturnType<typeof agentLinkRequested>
export type AgentPasswordChanged = ReturnType<typeof agentPasswordChanged>
export type AccessEvent =
  | ReturnType<typeof agentSignedIn>
  | ReturnType<typeof agentSignedOut>
  | AgentLinkRequested
  | AgentPasswordChanged
  | ReturnType<typeof grantChanged>
