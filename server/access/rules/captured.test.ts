import { describe, expect, test } from 'vitest'
import { ANONYMOUS, type Actor } from '@/server/kernel/actor'
import { capturedReading } from './captured'

const agent = {
  ...{ kind: 'agent', agentId: 1, sessionId: 'x', memberships: [], serviceIds: [], scopes: [], administers: [] },
} as const satisfies Actor
const support = { kind: 'super-admin', superAdminId: 1, sessionId: 'x' } as const
const impersonation = { impersonationId: 1, superAdminId: 1, expiresAt: new Date(0), isWriting: true }

const ACTORS = {
  anonymous: ANONYMOUS,
  'an usager by a link': { kind: 'link', rdvId: 1, participationId: 1 },
  'an usager signed in': { kind: 'usager', accountId: 1, sessionId: 'x' },
  'an agent': agent,
  'an admin of a territory': { ...agent, administers: [1] },
  'the support in the place of an agent': { ...agent, impersonation },
  'the support': { ...support, hasSecondFactor: true },
  'the support, without a second factor yet': { ...support, hasSecondFactor: false },
} as const satisfies Record<string, Actor>
type Who = keyof typeof ACTORS

/** Who is not here reads nothing. */
const ON_A_RECETTE: Partial<Record<Who, 'everything' | 'but-keys'>> = {
  'an agent': 'but-keys',
  'an admin of a territory': 'but-keys',
  'the support': 'everything',
}

describe.each(Object.keys(ACTORS) as Who[])('%s', (who) => {
  test('reads no captured message in production', () =>
    expect(capturedReading('production', ACTORS[who])).toBe('nothing'))
  test.each(['demo', 'development', 'test'] as const)('reads all of them in %s', (environment) =>
    expect(capturedReading(environment, ACTORS[who])).toBe('everything'),
  )
  test(`on a recette reads ${ON_A_RECETTE[who] ?? 'nothing'}`, () =>
    expect(capturedReading('recette', ACTORS[who])).toBe(ON_A_RECETTE[who] ?? 'nothing'))
})
