import { expect, test } from 'vitest'
import { ANONYMOUS, type AgentActor } from '@/server/kernel/actor'
import { levelOn, reachOf } from './reach'

const agent = (level: 'basic' | 'admin' | 'intervenant', organisationId: number): AgentActor => ({
  kind: 'agent',
  agentId: 7,
  sessionId: '',
  memberships: [{ organisationId, territoryId: 1, level, isSecretary: false }],
  administers: [1],
})
const rdv = (organisationId: number, agentIds: number[]) => ({ organisationId, serviceId: 3, agentIds })

test.each([
  ['their own RDV, wherever it is', agent('basic', 1), rdv(2, [9, 7]), 'write'],
  ['a colleague’s RDV', agent('basic', 1), rdv(1, [9]), 'none'],
  ['as admin, an RDV of the organisation', agent('admin', 1), rdv(1, [9]), 'write'],
  ['as admin, an RDV of another organisation', agent('admin', 1), rdv(2, [9]), 'none'],
  ['an RDV without agent', agent('basic', 1), rdv(1, []), 'none'],
  ['an anonymous visitor', ANONYMOUS, rdv(1, []), 'none'],
  ['somebody with a link', { kind: 'link', rdvId: 1, participationId: 7 } as const, rdv(1, [7]), 'none'],
])('%s → %4$s', (_, actor, thing, level) => {
  expect(levelOn(reachOf(actor), thing)).toBe(level)
})
