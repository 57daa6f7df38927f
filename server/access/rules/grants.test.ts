import { expect, test } from 'vitest'
import { defaultGrantsOfMember, defaultGrantsOfOrganisation, rowOf } from './grants'

const place = { territoryId: 62, organisationId: 10 }

test('an organisation opens itself to its secretaries and its admins, whatever the service', () => {
  expect(defaultGrantsOfOrganisation(place)).toEqual([
    expect.objectContaining({
      grantee: { kind: 'secretaries', organisationId: 10 },
      level: 'write',
      serviceIds: 'any',
    }),
    expect.objectContaining({ grantee: { kind: 'admins', organisationId: 10 }, level: 'write', organisationIds: [10] }),
  ])
})

test('a newcomer’s agenda is written by colleagues of each of their services, and seen as busy by the others', () => {
  const grants = defaultGrantsOfMember(place, { agentId: 7, serviceIds: [1, 2] })
  expect(
    grants.map(({ grantee, level, organisationIds, serviceIds }) => [grantee, level, organisationIds, serviceIds]),
  ).toEqual([
    [{ kind: 'colleagues', organisationId: 10, serviceId: 1 }, 'write', [10], [1]],
    [{ kind: 'colleagues', organisationId: 10, serviceId: 2 }, 'write', [10], [2]],
    [{ kind: 'colleagues', organisationId: 10, serviceId: null }, 'busy', 'any', 'any'],
  ])
  expect(new Set(grants.map(({ target }) => target))).toEqual(new Set([{ kind: 'agent', agentId: 7 }]))
})

test('a row holds the references of its kinds, and no other', () => {
  const [own] = defaultGrantsOfMember(place, { agentId: 7, serviceIds: [1] })
  expect(own && rowOf(own)).toMatchObject({
    granteeKind: 'colleagues',
    granteeAgentId: null,
    granteeOrganisationId: 10,
    granteeServiceId: 1,
    targetKind: 'agent',
    targetAgentId: 7,
    targetOrganisationId: null,
    scopeOrganisationIds: [10],
    scopeServiceIds: [1],
  })
})
