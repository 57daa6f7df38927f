import { describe, expect, test } from 'vitest'
import { ANONYMOUS, type AgentActor, type Scope } from '@/server/kernel/actor'
import { levelOn, levelOnAgenda, mayKnowLieu, reachOf, type RdvInReach } from './reach'

const [PMI, CPEF] = [1, 2]
const [BETHUNE, ARRAS] = [10, 20]
const [ME, MIDWIFE, OTHER] = [7, 8, 9]

const scope = (given: Partial<Scope>): Scope => ({
  level: 'read',
  territoryId: 62,
  agentIds: [MIDWIFE],
  organisationIds: 'any',
  serviceIds: 'any',
  ...given,
})
const agent = (...scopes: Scope[]): AgentActor => ({
  kind: 'agent',
  agentId: ME,
  sessionId: '',
  memberships: [{ organisationId: BETHUNE, territoryId: 62, level: 'basic', isSecretary: false }],
  serviceIds: [PMI],
  scopes,
  administers: [62],
})
const rdv = (given: Partial<RdvInReach> = {}): RdvInReach => ({
  territoryId: 62,
  organisationId: BETHUNE,
  serviceId: PMI,
  isConfidential: false,
  agentIds: [MIDWIFE],
  ...given,
})

describe('the level on an RDV', () => {
  test.each([
    ['their own, where they work', agent(), rdv({ agentIds: [OTHER, ME] }), 'write'],
    ['their own, where they no longer work', agent(), rdv({ agentIds: [ME], organisationId: ARRAS }), 'busy'],
    [
      'their own, where they no longer work, which a grant opens',
      agent(scope({ agentIds: 'any', organisationIds: [ARRAS] })),
      rdv({ agentIds: [ME], organisationId: ARRAS }),
      'read',
    ],
    ['a colleague’s, without any grant', agent(), rdv(), 'none'],
    ['of an agenda that is open', agent(scope({})), rdv(), 'read'],
    ['of another agenda', agent(scope({})), rdv({ agentIds: [OTHER] }), 'none'],
    ['without agent', agent(scope({})), rdv({ agentIds: [] }), 'none'],
    ['of two agents, one agenda open', agent(scope({})), rdv({ agentIds: [OTHER, MIDWIFE] }), 'read'],
    ['of an organisation the grant is not about', agent(scope({ organisationIds: [ARRAS] })), rdv(), 'busy'],
    ['of a service the grant is not about', agent(scope({ serviceIds: [CPEF] })), rdv(), 'busy'],
    ['of another territory', agent(scope({})), rdv({ territoryId: 80 }), 'busy'],
    [
      'of an organisation open whoever holds them',
      agent(scope({ agentIds: 'any', organisationIds: [BETHUNE] })),
      rdv({ agentIds: [] }),
      'read',
    ],
    ['beside an organisation so open', agent(scope({ agentIds: 'any', organisationIds: [ARRAS] })), rdv(), 'none'],
    [
      'under several grants: the highest',
      agent(scope({ level: 'busy' }), scope({ level: 'write' }), scope({})),
      rdv(),
      'write',
    ],
    ['confidential, of my service', agent(scope({ level: 'write' })), rdv({ isConfidential: true }), 'write'],
    [
      'confidential, of another service',
      agent(scope({ level: 'write' })),
      rdv({ isConfidential: true, serviceId: CPEF }),
      'busy',
    ],
    [
      'confidential, mine, of another service',
      agent(),
      rdv({ isConfidential: true, serviceId: CPEF, agentIds: [ME] }),
      'write',
    ],
    ['confidential, nothing granted', agent(), rdv({ isConfidential: true, serviceId: CPEF }), 'none'],
    ['for an anonymous visitor', ANONYMOUS, rdv({ agentIds: [] }), 'none'],
    [
      'for somebody with a link',
      { kind: 'link', rdvId: 1, participationId: ME } as const,
      rdv({ agentIds: [ME] }),
      'none',
    ],
  ])('%s', (_, actor, thing, level) => expect(levelOn(reachOf(actor), thing)).toBe(level))
})

test('the midwife of the minutes of 5 October 2021', () => {
  const own = (organisationId: number, serviceId: number) =>
    agent(scope({ organisationIds: [organisationId], serviceIds: [serviceId] }))
  const [pmi, cpef] = [rdv(), rdv({ organisationId: ARRAS, serviceId: CPEF })]
  expect([pmi, cpef].map((thing) => levelOn(reachOf(own(BETHUNE, PMI)), thing))).toEqual(['read', 'busy'])
  expect([pmi, cpef].map((thing) => levelOn(reachOf(own(ARRAS, CPEF)), thing))).toEqual(['busy', 'read'])
})

describe('the level on an agenda', () => {
  test.each([
    ['one’s own', agent(), ME, 'write'],
    ['a colleague’s, without any grant', agent(), MIDWIFE, 'none'],
    ['from any scope of that agent', agent(scope({ serviceIds: [CPEF] }), scope({ level: 'busy' })), MIDWIFE, 'read'],
    [
      'from RDVs whoever holds them: nothing',
      agent(scope({ agentIds: 'any', organisationIds: [BETHUNE] })),
      MIDWIFE,
      'none',
    ],
  ])('%s', (_, actor, agentId, level) => expect(levelOnAgenda(reachOf(actor), agentId)).toBe(level))
})

test.each([
  ['one’s own, wherever it is', agent(), ME, 971, true],
  ['a colleague’s, where a scope reads their agenda', agent(scope({})), MIDWIFE, 62, true],
  ['in another territory than that scope’s', agent(scope({})), MIDWIFE, 971, false],
  ['where they may only be known to be taken', agent(scope({ level: 'busy' })), MIDWIFE, 62, false],
  ['from RDVs whoever holds them', agent(scope({ agentIds: 'any' })), MIDWIFE, 62, false],
])('the lieu of an opening: %s', (_, actor, agentId, territoryId, expected) =>
  expect(mayKnowLieu(reachOf(actor), { agentId, territoryId })).toBe(expected),
)
