import { expect } from '@playwright/test'
import { ask } from './agent-house'
import { DOORS } from './doors'
import { ACTORS, askerOf, everybody, post, visit, type Actor, type Answer, type Clients } from './doors-house'
import { leaveWorld, realWorld, type RealWorld } from './doors-world'
import { REAL_DOORS, type RealDoor } from './real-doors'
import { test } from './test'

// Doors do not look at who carries the phone: once is enough.
test.describe.configure({ mode: 'default' })

let clients: Clients
let world: RealWorld

test.beforeAll(async ({ baseURL }) => {
  clients = await everybody(baseURL!)
  world = await realWorld(clients)
  expect(await visit(clients['usager with a link'], `/r/${world.linkToken}`)).toBe('open')
})
test.afterAll(async () => {
  await leaveWorld(clients, world)
  await Promise.all(Object.values(clients).map((client) => client.dispose()))
})

const DOORS_BY_NUMBER = Object.entries(REAL_DOORS)
const PAGES = DOORS_BY_NUMBER.filter(([, { form }]) => form === undefined)
const FORMS = DOORS_BY_NUMBER.flatMap(([door, { form, ...real }]) => (form ? [{ ...real, door, form }] : []))

/** The address with its real numbers. */
function pathOf(door: string, { of }: RealDoor): string {
  const agentId = { member: world.memberId, 'other member': world.otherMemberId, midwife: world.agentId }[
    of ?? 'midwife'
  ]
  const numbers: Record<string, string | number> = { ...world, agentId }
  return door.replace(/\[(\w+)\]/g, (_, name: string) => String(numbers[name]))
}

/** What the law promises whoever knocks there. */
function promised(door: string, { who }: RealDoor, actor: Actor): Answer {
  if (who.includes(actor)) return 'open'
  const hasNoPlace: readonly Actor[] = ['anonymous', 'usager with a link']
  if (hasNoPlace.includes(actor)) return 'sign in'
  // Among agents there is nothing for them: they are led to the agents' door.
  return actor === 'super-admin' && !door.startsWith('/super/') ? 'sign in' : 'not found'
}

test('every door that names something by its number is tried with a real one @telephone', () => {
  const named = Object.entries(DOORS).filter(
    ([door, kind]) => /\[\w+Id\]/.test(door) && ['reach', 'form', 'super'].includes(kind),
  )
  expect(named.map(([door]) => door).filter((door) => !(door in REAL_DOORS))).toEqual([])
  expect(Object.keys(REAL_DOORS).filter((door) => !(door in DOORS))).toEqual([])
  for (const { door } of FORMS) expect(DOORS[door], door).toBe('form')
})

for (const actor of ACTORS) {
  test(`with real numbers, pages open to ${actor} as far as the law says @telephone`, async () => {
    const [answers, law]: Record<string, Answer>[] = [{}, {}]
    for (const [door, real] of PAGES) {
      answers![door] = await visit(clients[actor], pathOf(door, real))
      law![door] = promised(door, real, actor)
    }
    expect(answers).toEqual(law)
  })
}

test('with real numbers, no form is followed for whoever is beyond reach, and nothing changes @telephone', async () => {
  const before = await facts()
  const [answers, law]: Record<string, Answer>[] = [{}, {}]
  for (const { door, form, ...real } of FORMS) {
    for (const actor of ACTORS.filter((one) => !real.who.includes(one))) {
      const key = `${door}, ${actor}`
      answers![key] = await post(clients[actor], pathOf(door, real), textsOf(form(world)))
      law![key] = promised(door, real, actor)
    }
  }
  expect(answers).toEqual(law)
  expect(await facts()).toEqual(before)
})

test('the same forms are read and judged for those within reach @telephone', async () => {
  const [answers, law]: Record<string, Answer>[] = [{}, {}]
  for (const { door, form, ...real } of FORMS) {
    if (real.untried !== undefined) continue
    const [first] = real.who
    answers![door] = await post(clients[first!], pathOf(door, real), textsOf(form(world)))
    law![door] = 'open'
  }
  expect(answers).toEqual(law)
})

const textsOf = (form: Readonly<Record<string, string | number>>): Record<string, string> =>
  Object.fromEntries(Object.entries(form).map(([name, value]) => [name, String(value)]))

type Territory = { territoryId: number; videoBaseUrl: string | null; allowsImpersonatedWrites: boolean }

/** All that the forms could change, as those who may know it read it. */
async function facts() {
  const { rdvId, nextRdvId, usagerId, memberId, otherMemberId, groupId, filterId, organisationId, territoryId } = world
  const of = <T>(actor: Actor, procedure: string, input: object) =>
    ask<T>(askerOf(clients, actor), procedure, 'query', input)
  const invited = `prise.${world.usager}@example.org`
  const [administered, filters, organisation] = await Promise.all([
    of<Territory[]>('territory admin', 'administration.listAdministered', {}),
    of<{ id: number }[]>('owner', 'lists.listSavedFilters', {}),
    of<{ name: string }>('territory admin', 'organisations.get', { organisationId }),
  ])
  const territory = administered.find((one) => one.territoryId === territoryId)!
  return {
    rdvs: await Promise.all([rdvId, nextRdvId].map((id) => of('owner', 'booking.getRdv', { rdvId: id }))),
    arrivals: await of('owner', 'booking.listRdvHistory', { rdvId }),
    file: await of('owner', 'people.getUsager', { usagerId }),
    filter: filters.filter(({ id }) => id === filterId),
    member: await of('territory admin', 'administration.getMember', { organisationId, agentId: memberId }),
    accesses: await Promise.all(
      [memberId, otherMemberId].map((agentId) => of('territory admin', 'rights.getAccesses', { agentId, territoryId })),
    ),
    group: await of('territory admin', 'rights.getGroup', { groupId }),
    invited: await of('territory admin', 'administration.listMembers', { organisationId, search: invited, page: 1 }),
    services: await of('territory admin', 'organisations.listServices', { territoryId }),
    video: territory.videoBaseUrl,
    organisation: organisation.name,
  }
}
