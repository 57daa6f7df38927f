import { afterAll, beforeAll, expect, test } from 'vitest'
import { agentTimes, rdvs } from '@/db/schema'
import { cloneDatabase } from '@/db/testing/database'
import { makeAgent, makeMotif, makeOrganisation, makeService, makeTerritory } from '@/db/testing/make'
import { ANONYMOUS, type Actor, type Membership } from '@/server/kernel/actor'
import { inRead, makeCtx } from '@/server/platform/ctx'
import { rdvsWithin } from './queries/reach'
import { levelOn, reachOf } from './rules/reach'

type Thing = { id: number; organisationId: number; serviceId: number; agentIds: number[] }

const NOW = new Date('2027-03-01T06:00:00Z')
let house: Awaited<ReturnType<typeof cloneDatabase>>
const things: Thing[] = []
const actors: [string, Actor][] = []

/** Two organisations, two agents: every RDV of each organisation with every set of agents, in every status. */
beforeAll(async () => {
  house = await cloneDatabase()
  const { db } = house
  const territory = await makeTerritory(db)
  const service = await makeService(db, territory.id)
  const places = [await makeOrganisation(db, territory.id), await makeOrganisation(db, territory.id)].map(({ id }) => ({
    territoryId: territory.id,
    organisationId: id,
    serviceId: service.id,
  }))
  const team = [await makeAgent(db, places[0]!), await makeAgent(db, places[1]!)].map(({ id }) => id)
  const sets = [[], [team[0]!], [team[1]!], team]
  let hour = 0
  for (const place of places) {
    const motif = await makeMotif(db, place)
    for (const agentIds of sets) {
      for (const status of ['unknown', 'revoked'] as const) {
        hour += 1
        const times = {
          startsAt: new Date(NOW.getTime() + hour * 3_600_000),
          endsAt: new Date(NOW.getTime() + (hour + 1) * 3_600_000),
        }
        const { territoryId, organisationId } = place
        const [rdv] = await db
          .insert(rdvs)
          .values({
            territoryId,
            organisationId,
            motifId: motif.id,
            ...times,
            status,
            cancelledAt: status === 'revoked' ? NOW : null,
            authorKind: 'agent',
            updatedAt: NOW,
          })
          .returning({ id: rdvs.id })
        const rdvId = rdv!.id
        for (const agentId of agentIds) {
          await db.insert(agentTimes).values({ agentId, kind: 'rdv', rdvId, ...times, occupies: status === 'unknown' })
        }
        things.push({ id: rdvId, organisationId, serviceId: service.id, agentIds })
      }
    }
  }
  const levels = ['none', 'basic', 'admin', 'intervenant'] as const
  for (const agentId of [...team, 999_999]) {
    for (const first of levels) {
      for (const second of levels) {
        for (const isSecretary of [false, true]) {
          const memberships = [first, second].flatMap((level, i): Membership[] =>
            level === 'none' ? [] : [{ ...places[i]!, level, isSecretary }],
          )
          const actor: Actor = { kind: 'agent', agentId, sessionId: '', memberships, administers: [territory.id] }
          actors.push([`agent ${agentId}, ${first} and ${second}, secretary: ${isSecretary}`, actor])
        }
      }
    }
  }
  actors.push(
    ['anonymous', ANONYMOUS],
    ['a link', { kind: 'link', rdvId: 1, participationId: team[0]! }],
    ['a job', { kind: 'system', job: 'x' }],
  )
})
afterAll(() => house.close())

test('the SQL returns exactly the RDVs the function opens, for every kind of actor', async () => {
  expect(things).toHaveLength(16)
  expect(actors).toHaveLength(99)
  for (const [name, actor] of actors) {
    const reach = reachOf(actor)
    const ctx = makeCtx(house.db, { actor, now: NOW, requestId: 'test', clientAddress: null })
    const rows = await inRead(ctx, ({ db }) =>
      db.select({ id: rdvs.id }).from(rdvs).where(rdvsWithin(reach)).orderBy(rdvs.id),
    )
    const opened = things.filter((thing) => levelOn(reach, thing) !== 'none').map(({ id }) => id)
    expect(
      rows.map(({ id }) => id),
      name,
    ).toEqual(opened)
  }
})
