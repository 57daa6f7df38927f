import fc from 'fast-check'
import { expect, test } from 'vitest'
import { planCopy, type OwnGrant } from './copy'

const RECIPIENT = 9

const grant = fc.record({
  targetAgentId: fc.integer({ min: 1, max: 4 }),
  scope: fc.constantFrom(null, [1], [1, 2], [2, 1]),
  level: fc.constantFrom('busy' as const, 'read' as const, 'write' as const),
})
let ids = 0
const rowOf = ({
  targetAgentId,
  scope,
  level,
}: {
  targetAgentId: number
  scope: readonly number[] | null
  level: OwnGrant['level']
}): OwnGrant => ({
  id: ++ids,
  territoryId: 1,
  granteeKind: 'agent',
  granteeAgentId: 1,
  granteeGroupId: null,
  granteeOrganisationId: null,
  granteeServiceId: null,
  targetKind: 'agent',
  targetAgentId,
  targetGroupId: null,
  targetOrganisationId: null,
  targetServiceId: null,
  level,
  scopeOrganisationIds: scope && [...scope],
  scopeServiceIds: null,
})
const about = ({ targetAgentId, scopeOrganisationIds }: OwnGrant) =>
  `${String(targetAgentId)} ${scopeOrganisationIds?.toSorted().join() ?? 'any'}`
/** One row for each thing it is about, as the database holds them. */
const grants = fc
  .array(grant, { maxLength: 8 })
  .map((some) => [...new Map(some.map(rowOf).map((row) => [about(row), row])).values()])

const RANK = { none: 0, busy: 1, read: 2, write: 3 }

/** What the recipient has once the changes are made. */
function applied(theirs: readonly OwnGrant[], own: readonly OwnGrant[], mode: 'add' | 'replace') {
  const levels = new Map(own.map((row) => [about(row), row.level]))
  const all = [...theirs, ...own]
  for (const { grantId, to, from } of planCopy(theirs, own, { toAgentId: RECIPIENT, mode })) {
    const key = about(all.find(({ id }) => id === grantId)!)
    expect(levels.get(key) ?? 'none').toBe(from)
    if (to === 'none') levels.delete(key)
    else levels.set(key, to)
  }
  return levels
}

test('replacing leaves exactly the accesses of the other; doing it again changes nothing', () => {
  fc.assert(
    fc.property(grants, grants, (theirs, own) => {
      const after = applied(theirs, own, 'replace')
      expect(after).toEqual(new Map(theirs.map((row) => [about(row), row.level])))
      expect(planCopy(theirs, theirs, { toAgentId: RECIPIENT, mode: 'replace' })).toEqual([])
    }),
  )
})

test('adding takes nothing away and lowers nothing', () => {
  fc.assert(
    fc.property(grants, grants, (theirs, own) => {
      const after = applied(theirs, own, 'add')
      for (const row of [...theirs, ...own]) {
        expect(RANK[after.get(about(row)) ?? 'none']).toBeGreaterThanOrEqual(RANK[row.level])
      }
    }),
  )
})

test('an access to the recipient’s own agenda is not copied', () => {
  const theirs = [rowOf({ targetAgentId: RECIPIENT, scope: null, level: 'write' })]
  expect(planCopy(theirs, [], { toAgentId: RECIPIENT, mode: 'add' })).toEqual([])
})
