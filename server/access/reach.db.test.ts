import fc from 'fast-check'
import { sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { agentGroupMembers, agentGroups, agentRoles, agentServices, agentTimes, grants, rdvs } from '@/db/schema'
import { signedInAs } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeAgent, makeMotif, makeOrganisation, makeService, makeTerritory } from '@/db/testing/make'
import { ANONYMOUS, type Actor } from '@/server/kernel/actor'
import { inRead, makeCtx } from '@/server/platform/ctx'
import { rankOfRdv } from './queries/reach'
import { isOfPlace, rowOf, type Grant } from './rules/grants'
import { LEVELS, levelOn, reachOf, type Level, type RdvInReach } from './rules/reach'

/** Three ways to say how far somebody sees must be one: the words of the grants, the function and the SQL. */

type Thing = RdvInReach & { id: number }
type Person = {
  agentId: number
  places: { organisationId: number; level: string; isSecretary: boolean }[]
  serviceIds: number[]
}

const NOW = new Date('2027-03-01T06:00:00Z')
const house = await ownDatabase()
const things: Thing[] = []
const people: Person[] = []
const places: { territoryId: number; organisationId: number }[] = []
let serviceIds: number[] = []
const groups: { id: number; territoryId: number; agentIds: number[] }[] = []

const ctxOf = (actor: Actor = ANONYMOUS) =>
  makeCtx(house.db, { actor, now: NOW, requestId: 'test', clientAddress: null })

/** Two territories, three organisations, two services, five agents in all sorts of places, and RDVs of every kind. */
beforeAll(async () => {
  const { db } = house
  const territories = [await makeTerritory(db), await makeTerritory(db)]
  const [home, abroad] = territories.map(({ id }) => id) as [number, number]
  serviceIds = [await makeService(db, home), await makeService(db, home)].map(({ id }) => id)
  for (const territoryId of [home, home, abroad]) {
    places.push({ territoryId, organisationId: (await makeOrganisation(db, territoryId)).id })
  }
  const [a, b, c] = places as [(typeof places)[0], (typeof places)[0], (typeof places)[0]]
  const [s, t] = serviceIds as [number, number]
  await addPerson([{ ...a, level: 'basic' }], [s])
  await addPerson(
    [
      { ...a, level: 'basic' },
      { ...b, level: 'admin' },
    ],
    [s, t],
  )
  await addPerson(
    [
      { ...a, level: 'admin' },
      { ...c, level: 'basic' },
    ],
    [t],
  )
  await addPerson([{ ...b, level: 'basic', isSecretary: true }], [])
  await addPerson(
    [
      { ...a, level: 'intervenant' },
      { ...c, level: 'basic', isSecretary: true },
    ],
    [s],
  )
  const ids = people.map(({ agentId }) => agentId)
  for (const [territoryId, agentIds] of [
    [home, ids.slice(0, 2)],
    [abroad, ids.slice(2, 4)],
  ] as const) {
    const [group] = await db
      .insert(agentGroups)
      .values({ territoryId, name: 'Équipe' })
      .returning({ id: agentGroups.id })
    await db.insert(agentGroupMembers).values(agentIds.map((agentId) => ({ groupId: group!.id, agentId })))
    groups.push({ id: group!.id, territoryId, agentIds: [...agentIds] })
  }
  for (const place of places) {
    for (const serviceId of serviceIds) {
      for (const isConfidential of [false, true]) {
        const motif = await makeMotif(db, { ...place, serviceId }, { isConfidential })
        for (const agentIds of [[], ...ids.map((id) => [id]), ids.slice(0, 2)])
          await addRdv(place, motif.id, { serviceId, isConfidential, agentIds })
      }
    }
  }
})

async function addPerson(
  roles: {
    territoryId: number
    organisationId: number
    level: 'basic' | 'admin' | 'intervenant'
    isSecretary?: boolean
  }[],
  services: number[],
) {
  const { db } = house
  const agent = await makeAgent(db, { ...roles[0]!, serviceId: serviceIds[0]! })
  await db.execute(sql`delete from agent_roles where agent_id = ${agent.id}`)
  await db.execute(sql`delete from agent_services where agent_id = ${agent.id}`)
  await db.insert(agentRoles).values(roles.map((role) => ({ ...role, agentId: agent.id })))
  if (services.length > 0)
    await db.insert(agentServices).values(services.map((serviceId) => ({ agentId: agent.id, serviceId })))
  people.push({
    agentId: agent.id,
    places: roles.map(({ organisationId, level, isSecretary = false }) => ({ organisationId, level, isSecretary })),
    serviceIds: services,
  })
}

let hour = 0
async function addRdv(
  place: (typeof places)[0],
  motifId: number,
  { serviceId, isConfidential, agentIds }: Pick<Thing, 'serviceId' | 'isConfidential' | 'agentIds'>,
) {
  hour += 1
  const status = hour % 2 === 0 ? ('revoked' as const) : ('unknown' as const)
  const times = {
    startsAt: new Date(NOW.getTime() + hour * 3_600_000),
    endsAt: new Date(NOW.getTime() + (hour + 1) * 3_600_000),
  }
  const cancelledAt = status === 'revoked' ? NOW : null
  const [rdv] = await house.db
    .insert(rdvs)
    .values({ ...place, motifId, ...times, status, cancelledAt, authorKind: 'agent', updatedAt: NOW })
    .returning({ id: rdvs.id })
  const rows = agentIds.map((agentId) => ({
    agentId,
    kind: 'rdv' as const,
    rdvId: rdv!.id,
    ...times,
    occupies: status === 'unknown',
  }))
  if (rows.length > 0) await house.db.insert(agentTimes).values(rows)
  things.push({ ...place, id: rdv!.id, serviceId, isConfidential, agentIds })
}

/** `isTaken`: what a place gave and was taken away is kept at none. */
type Given = Grant & { isTaken: boolean }
const levelOfRow = (grant: Given): Level => (grant.isTaken && isOfPlace(rowOf(grant)) ? 'none' : grant.level)

/** What the words of one grant say of somebody, naively. */
function saidBy(grant: Given, person: Person, thing: Thing): Level {
  if (levelOfRow(grant) === 'none') return 'none'
  const worksAt = (
    who: Person,
    organisationId: number,
    isPlace: (place: Person['places'][0]) => boolean = () => true,
  ) => who.places.some((place) => place.organisationId === organisationId && isPlace(place))
  const isOf = (who: Person, serviceId: number | null) => serviceId === null || who.serviceIds.includes(serviceId)
  const { grantee, target } = grant
  const isGiven = {
    agent: () => 'agentId' in grantee && grantee.agentId === person.agentId,
    group: () =>
      'groupId' in grantee &&
      groups.some(({ id, agentIds }) => id === grantee.groupId && agentIds.includes(person.agentId)),
    colleagues: () =>
      'serviceId' in grantee &&
      worksAt(person, grantee.organisationId, ({ level }) => level !== 'intervenant') &&
      isOf(person, grantee.serviceId),
    secretaries: () =>
      'organisationId' in grantee && worksAt(person, grantee.organisationId, ({ isSecretary }) => isSecretary),
    admins: () =>
      'organisationId' in grantee && worksAt(person, grantee.organisationId, ({ level }) => level === 'admin'),
  }[grantee.kind]()
  if (!isGiven) return 'none'
  const isOpened = (agentId: number) => {
    // No grant is about one's own agenda.
    if (agentId === person.agentId) return false
    const who = people.find((one) => one.agentId === agentId)!
    if (target.kind === 'agent') return target.agentId === agentId
    if (target.kind === 'group')
      return groups.some(({ id, agentIds }) => id === target.groupId && agentIds.includes(agentId))
    return worksAt(who, target.organisationId) && isOf(who, target.serviceId)
  }
  const isAgenda = thing.agentIds.some(isOpened)
  const isWhole =
    target.kind === 'everyone' &&
    thing.organisationId === target.organisationId &&
    (target.serviceId === null || thing.serviceId === target.serviceId)
  const isAbout =
    thing.territoryId === grant.territoryId &&
    (grant.organisationIds === 'any' || grant.organisationIds.includes(thing.organisationId)) &&
    (grant.serviceIds === 'any' || grant.serviceIds.includes(thing.serviceId))
  if (isAbout && (isAgenda || isWhole)) return grant.level
  return isAgenda ? 'busy' : 'none'
}

function said(given: readonly Given[], person: Person, thing: Thing): Level {
  const isOwn = thing.agentIds.includes(person.agentId)
  if (isOwn && person.places.some(({ organisationId }) => organisationId === thing.organisationId)) return 'write'
  const best = Math.max(isOwn ? 1 : 0, ...given.map((grant) => LEVELS.indexOf(saidBy(grant, person, thing))))
  const isHidden = thing.isConfidential && !person.serviceIds.includes(thing.serviceId)
  return LEVELS[isHidden ? Math.min(best, 1) : best]!
}

/** Grants of any shape, within their territory's wall. */
function anyGrant(): fc.Arbitrary<Given> {
  return fc.constantFrom(...new Set(places.map(({ territoryId }) => territoryId))).chain((territoryId) => {
    const organisationId = fc.constantFrom(
      ...places.filter((place) => place.territoryId === territoryId).map((place) => place.organisationId),
    )
    const groupId = fc.constant(groups.find((group) => group.territoryId === territoryId)!.id)
    const agentId = fc.constantFrom(...people.map((person) => person.agentId))
    const serviceId = fc.option(fc.constantFrom(...serviceIds))
    const lists = (ids: readonly number[]) =>
      fc.oneof(fc.constant('any' as const), fc.subarray([...ids], { minLength: 1 }))
    return fc.record({
      territoryId: fc.constant(territoryId),
      grantee: fc.oneof(
        fc.record({ kind: fc.constant('agent' as const), agentId }),
        fc.record({ kind: fc.constant('group' as const), groupId }),
        fc.record({ kind: fc.constant('colleagues' as const), organisationId, serviceId }),
        fc.record({ kind: fc.constantFrom('secretaries' as const, 'admins' as const), organisationId }),
      ),
      target: fc.oneof(
        fc.record({ kind: fc.constant('agent' as const), agentId }),
        fc.record({ kind: fc.constant('group' as const), groupId }),
        fc.record({ kind: fc.constant('everyone' as const), organisationId, serviceId }),
      ),
      level: fc.constantFrom('busy' as const, 'read' as const, 'write' as const),
      isTaken: fc.boolean(),
      organisationIds: lists(places.map((place) => place.organisationId)),
      serviceIds: lists(serviceIds),
    })
  })
}

async function ranksOf(actor: Actor): Promise<Map<number, Level>> {
  const rows = await inRead(ctxOf(actor), ({ db }) =>
    db.execute<{ id: number; rank: number }>(
      sql`select id::float8 as id, ${rankOfRdv(reachOf(actor))} as rank from rdvs`,
    ),
  )
  return new Map(rows.map(({ id, rank }) => [id, LEVELS[rank]!]))
}

const signedIn = ({ agentId }: Person): Promise<Actor> => signedInAs(house.db, agentId)

test('the words of the grants, the function and the SQL agree on every RDV for every agent', async () => {
  expect(things).toHaveLength(84)
  await fc.assert(
    fc.asyncProperty(fc.array(anyGrant(), { maxLength: 6 }), async (given) => {
      await house.db.execute(sql`truncate grants`)
      const rows = given.map((grant) => ({ ...rowOf(grant), level: levelOfRow(grant) }))
      if (rows.length > 0) await house.db.insert(grants).values(rows).onConflictDoNothing()
      // Of two that differ by their level alone the database keeps the first.
      const kept = given.filter((grant, i) => {
        const key = (one: Grant) => JSON.stringify({ ...rowOf(one), level: null })
        return given.findIndex((other) => key(other) === key(grant)) === i
      })
      for (const person of people) {
        const actor = await signedIn(person)
        const reach = reachOf(actor)
        const ranks = await ranksOf(actor)
        for (const thing of things) {
          const expected = said(kept, person, thing)
          expect({ agent: person.agentId, thing, level: levelOn(reach, thing) }).toEqual({
            agent: person.agentId,
            thing,
            level: expected,
          })
          expect({ agent: person.agentId, thing, rank: ranks.get(thing.id) }).toEqual({
            agent: person.agentId,
            thing,
            rank: expected,
          })
        }
      }
    }),
    { numRuns: 120 },
  )
}, 120_000)

test('nobody else reaches anything', async () => {
  for (const actor of [
    ANONYMOUS,
    { kind: 'link', rdvId: 1, participationId: 1 },
    { kind: 'system', job: 'x' },
  ] as const) {
    expect(new Set((await ranksOf(actor)).values())).toEqual(new Set(['none']))
  }
})
