import fc from 'fast-check'
import { sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { ctxFor } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeMotif, makeOrganisation, makeService, makeTerritory } from '@/db/testing/make'
import { motifsWithin } from '@/server/access/queries/reach'
import { reachOf } from '@/server/access/rules/reach'
import { ANONYMOUS, type Actor, type AgentActor, type Scope } from '@/server/kernel/actor'
import { inRead } from '@/server/platform/ctx'
import { mayKnowMotif, mayUseMotif, type MotifInReach } from '../policy'

const house = await ownDatabase()
const motifs: (MotifInReach & { id: number })[] = []
const places: { territoryId: number; organisationId: number }[] = []
const serviceIds: number[] = []

/** Two territories, three organisations, two services, a motif of each, confidential or not. */
beforeAll(async () => {
  const { db } = house
  const [home, abroad] = [(await makeTerritory(db)).id, (await makeTerritory(db)).id]
  for (const territoryId of [home, home, abroad])
    places.push({ territoryId, organisationId: (await makeOrganisation(db, territoryId)).id })
  for (let i = 0; i < 2; i++) serviceIds.push((await makeService(db, home)).id)
  for (const place of places)
    for (const serviceId of serviceIds)
      for (const isConfidential of [false, true]) {
        const { id } = await makeMotif(db, { ...place, serviceId }, { isConfidential })
        motifs.push({ id, ...place, serviceId, isConfidential })
      }
})

const AGENT_ID = 1
const lists = (ids: readonly number[]) => fc.oneof(fc.constant('any' as const), fc.subarray([...ids], { minLength: 1 }))

const anAgent = (): fc.Arbitrary<AgentActor> => {
  const place = fc.record({
    place: fc.constantFrom(...places),
    level: fc.constantFrom('basic' as const, 'admin' as const, 'intervenant' as const),
    isSecretary: fc.boolean(),
  })
  const scope: fc.Arbitrary<Scope> = fc.record({
    level: fc.constantFrom('busy' as const, 'read' as const, 'write' as const),
    territoryId: fc.constantFrom(...places.map(({ territoryId }) => territoryId)),
    agentIds: fc.oneof(fc.constant('any' as const), fc.constant([2, 3])),
    organisationIds: lists(places.map(({ organisationId }) => organisationId)),
    serviceIds: lists(serviceIds),
  })
  return fc
    .record({
      places: fc.uniqueArray(place, { selector: ({ place: { organisationId } }) => organisationId }),
      serviceIds: fc.subarray(serviceIds),
      scopes: fc.array(scope, { maxLength: 3 }),
    })
    .map(({ places: own, ...rest }) => ({
      ...{ kind: 'agent' as const, agentId: AGENT_ID, sessionId: 'x', administers: [] },
      memberships: own.map(({ place: where, level, isSecretary }) => ({ ...where, level, isSecretary })),
      ...rest,
    }))
}

const openTo = async (actor: Actor, least: 'read' | 'write'): Promise<number[]> => {
  const rows = await inRead(ctxFor(house.db, { actor }), ({ db }) =>
    db.execute<{ id: number }>(
      sql`select id::float8 as id from motifs motif where ${motifsWithin(reachOf(actor), least)} order by id`,
    ),
  )
  return rows.map(({ id }) => id)
}

test('the motifs an agent uses, and those they know of, are the same in TypeScript and in SQL', async () => {
  await fc.assert(
    fc.asyncProperty(anAgent(), async (actor) => {
      const idsOf = (may: (motif: MotifInReach) => boolean) => motifs.filter(may).map(({ id }) => id)
      expect(await openTo(actor, 'write')).toEqual(idsOf((motif) => mayUseMotif(actor, motif)))
      expect(await openTo(actor, 'read')).toEqual(idsOf((motif) => mayKnowMotif(actor, motif)))
    }),
    { numRuns: 150 },
  )
}, 60_000)

test('nobody else uses any', async () => {
  for (const actor of [ANONYMOUS, { kind: 'system', job: 'x' }] as const)
    expect(await openTo(actor, 'read')).toEqual([])
})
