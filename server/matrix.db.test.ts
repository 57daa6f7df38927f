import { randomUUID } from 'node:crypto'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { TRPCError } from '@trpc/server'
import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { territoryRoles } from '@/db/schema'
import { aPerson, aSuperAdmin, ctxFor, signedInAs, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeAgent, makeBookablePlace, makeCommune, makeGrants, makeService } from '@/db/testing/make'
import { DOORS } from '@/e2e/doors'
import { defaultGrantsOfMember, defaultGrantsOfOrganisation } from './access/rules/grants'
import { ANONYMOUS, type Actor } from './kernel/actor'
import { ACCOUNT } from './matrix.account.test-model'
import { ABSENCES } from './matrix.absences.test-model'
import { MESSAGES } from './matrix.messages.test-model'
import { WORDINGS } from './matrix.words.test-model'
import { OPENINGS } from './matrix.openings.test-model'
import { CATALOGUE } from './matrix.catalogue.test-model'
import { ADMINISTRATION } from './matrix.administration.test-model'
import { LISTS } from './matrix.lists.test-model'
import { PLACING } from './matrix.placing.test-model'
import { SUPER } from './matrix.super.test-model'
import { WAITLIST } from './matrix.waitlist.test-model'
import {
  ACTORS,
  agentsOnly,
  everybody,
  onlyFor,
  WRITERS,
  type ActorName,
  type AgentName,
  type Cell,
  type Expected,
  type World,
} from './matrix.test-model'
import { makeWorld, placeOf } from './matrix.world.test-model'
import { tokenOf } from './platform/tokens'
import { appRouter } from './root'
import { createCallerFactory } from './trpc'

/** Whoever the default grants let change the RDV; to another service of the organisation its agent is only taken. */
const withinReach = onlyFor(...WRITERS)
const whoSeesTheAgenda = onlyFor(...WRITERS, 'agent of another service')

const tunnel = () => ({ commune: '62498' })
const link = ({ linkId }: World) => ({ token: tokenOf('rdv-link', linkId) })
/** Long after every RDV of this file. */
const noDraft = () => ({ draftId: randomUUID() })
const nobody: (actor: ActorName) => Expected = () => 'nothing'

/** Who gets what, for every procedure and every door. A procedure, a page or a route that is not listed here fails. */
const PROCEDURES: Record<string, Cell> = {
  'access.me': { who: agentsOnly, input: () => undefined },
  'access.mySessions': { who: agentsOnly, input: () => undefined },
  'access.listAgendas': { who: agentsOnly, input: () => undefined },
  'access.getAgenda': { who: whoSeesTheAgenda, input: ({ agentId }) => ({ agentId }) },
  'access.listGrantsOnMe': { who: agentsOnly, input: () => undefined },
  'access.listGrantsOpening': { who: whoSeesTheAgenda, input: ({ agentId }) => ({ agentId }) },
  'access.setGrant': {
    who: onlyFor('own agent', 'admin of the organisation', 'admin of the territory'),
    input: ({ grantId }) => ({ grantId, from: 'write', to: 'read' }),
  },
  ...ACCOUNT,
  ...CATALOGUE,
  ...PLACING,
  ...LISTS,
  ...ADMINISTRATION,
  ...SUPER,
  ...WAITLIST,
  'sectorisation.getCommune': { who: everybody, input: () => ({ code: '62498' }) },
  'sectorisation.searchCommunes': { who: everybody, input: () => ({ q: 'lens' }) },
  'sectorisation.searchCommunesOfAddress': { who: everybody, input: () => ({ q: '12 rue Gambetta, Lens' }) },
  'sectorisation.searchAddresses': { who: everybody, input: () => ({ q: 'lens' }) },
  'booking.listServices': { who: everybody, input: tunnel },
  'booking.listMotifs': { who: everybody, input: tunnel },
  'booking.listPlaces': { who: everybody, input: tunnel },
  'booking.searchSlots': { who: everybody, input: tunnel },
  'booking.getRecap': { who: everybody, input: tunnel },
  'booking.saveDraft': { who: nobody, input: () => ({ tunnel: tunnel(), answers: {} }) },
  'booking.getDraft': { who: nobody, input: noDraft },
  'booking.bookSlot': { who: everybody, input: noDraft },
  'booking.getConfirmation': { who: nobody, input: noDraft },
  'booking.getEndedByLink': { who: everybody, input: link },
  'booking.getRdvByLink': { who: everybody, input: link },
  'booking.getIcsByLink': { who: everybody, input: link },
  'booking.getConvocationByLink': { who: everybody, input: (world) => ({ ...link(world), isLarge: false }) },
  'booking.cancelByLink': { who: everybody, input: link },
  'booking.listMoveSlots': { who: everybody, input: link },
  'booking.judgeMoveByLink': { who: everybody, input: (world) => ({ ...link(world), startAt: '2027-03-10T09:00Z' }) },
  'booking.moveByLink': {
    who: everybody,
    input: (world) => ({ ...link(world), startAt: '2027-03-10T09:00Z', shownStart: '2027-03-09T09:00Z' }),
  },
  'booking.listMyRdvs': { who: agentsOnly, input: () => ({ fromDay: '2027-03-01', toDay: '2027-03-07' }) },
  'booking.listAgendaOf': {
    who: whoSeesTheAgenda,
    input: ({ agentId }) => ({ agentId, fromDay: '2027-03-01', toDay: '2027-03-07' }),
  },
  'booking.getBoard': {
    who: whoSeesTheAgenda,
    input: ({ agentId }) => ({
      which: { kind: 'agents', agentIds: [agentId] },
      fromDay: '2027-03-01',
      toDay: '2027-03-07',
    }),
  },
  'booking.getCalendarFeed': { who: agentsOnly, input: () => undefined },
  'booking.renewCalendarFeed': { who: agentsOnly, input: () => ({ includesOpenings: true, includesAbsences: true }) },
  'booking.getCalendarFile': { who: nobody, input: () => ({ token: 'x'.repeat(20) }) },
  'booking.listBoardChoices': { who: agentsOnly, input: () => undefined },
  'booking.getReception': { who: whoSeesTheAgenda, input: () => ({ lieuId: here.lieu.id, onDay: '2027-03-02' }) },
  'booking.setArrival': {
    who: withinReach,
    input: ({ rdvId, participationId }) => ({ rdvId, participationId, isHere: true }),
  },
  'booking.listRdvsToMove': { who: agentsOnly, input: ({ rdvId }) => ({ rdvIds: [rdvId] }) },
  ...ABSENCES,
  ...OPENINGS,
  'booking.listRdvsToFill': { who: agentsOnly, input: () => undefined },
  'booking.countRdvsToFill': { who: agentsOnly, input: () => undefined },
  'booking.getRdv': { who: withinReach, input: ({ rdvId }) => ({ rdvId }) },
  'booking.getConvocation': { who: withinReach, input: ({ rdvId }) => ({ rdvId, isLarge: false }) },
  'booking.listRdvHistory': { who: withinReach, input: ({ rdvId }) => ({ rdvId }) },
  ...MESSAGES,
  ...WORDINGS,
  'booking.setStatus': { who: withinReach, input: ({ rdvId }) => ({ rdvId, from: 'unknown', to: 'revoked' }) },
}

const { db } = await ownDatabase()
let here: BookablePlace
const actors = new Map<ActorName, Actor>()

/** An organisation and everybody around it, each with what joining gives. */
beforeAll(async () => {
  here = await makeBookablePlace(db, { motif: { maxLeadMin: 527_040, durationMin: 15 } })
  const there = await makeBookablePlace(db, { within: here })
  const abroad = await makeBookablePlace(db)
  await makeCommune(db)
  for (const place of [here, there, abroad]) await makeGrants(db, defaultGrantsOfOrganisation(placeOf(place)))

  const otherService = await makeService(db, here.territory.id)
  const join = async (
    place: BookablePlace,
    given: Parameters<typeof makeAgent>[2] = {},
    serviceId = place.service.id,
  ) => {
    const agent = await makeAgent(db, { ...placeOf(place), serviceId }, given)
    await makeGrants(db, defaultGrantsOfMember(placeOf(place), { agentId: agent.id, serviceIds: [serviceId] }))
    return agent.id
  }
  const administer = async (place: BookablePlace) => {
    const agentId = await join(place)
    await db.insert(territoryRoles).values({ agentId, territoryId: place.territory.id, isAdmin: true })
    return agentId
  }
  const ownId = here.agents[0]?.id ?? 0
  await makeGrants(db, defaultGrantsOfMember(placeOf(here), { agentId: ownId, serviceIds: [here.service.id] }))
  const people: Record<AgentName, number> = {
    'own agent': ownId,
    'agent of the same service': await join(here),
    'agent of another service': await join(here, {}, otherService.id),
    secretary: await join(here, { isSecretary: true }, otherService.id),
    'admin of the organisation': await join(here, { level: 'admin' }, otherService.id),
    'agent of another organisation': await join(there),
    'admin of the territory': await administer(there),
    'admin of another territory': await administer(abroad),
  }
  actors.set('anonymous', ANONYMOUS)
  actors.set('super-admin', await aSuperAdmin(db))
  actors.set('usager signed in', await aPerson(db))
  for (const [name, id] of Object.entries(people)) actors.set(name as AgentName, await signedInAs(db, id))
})

const actorNamed = (name: ActorName): Actor => actors.get(name) ?? ANONYMOUS

let worlds = 0
let anyWorld: World | null = null
async function freshWorld(): Promise<World> {
  let world
  // Eight worlds a day; holidays have none.
  do {
    const startAt = new Date(Date.UTC(2027, 2, 2 + Math.floor(worlds / 8), 8, 15 * (worlds % 8)))
    worlds += 1
    world = await makeWorld(db, here, startAt)
  } while (!world && worlds < 2400)
  if (!world) throw new Error('no time left')
  const { rdvId, participationId } = world
  actors.set('usager by their link', { kind: 'link', rdvId, participationId })
  return world
}

type Kinds = Record<string, { _def: { type: string } }>
const changesNothing = (procedure: string): boolean =>
  (appRouter._def.procedures as unknown as Kinds)[procedure]?._def.type === 'query'

let looked: { procedure: string; world: World } | null = null
/** What asks nothing of the world needs none of its own, what only looks one for everybody: a day holds eight. */
async function worldFor(procedure: string, input: Cell['input']): Promise<World> {
  if (input.length === 0 && anyWorld) return anyWorld
  const isSeen = changesNothing(procedure) && looked?.procedure === procedure
  const world = isSeen && looked ? looked.world : await freshWorld()
  if (changesNothing(procedure)) looked = { procedure, world }
  anyWorld ??= world
  return world
}

const ANSWERS = { UNAUTHORIZED: 'unauthenticated', NOT_FOUND: 'nothing', FORBIDDEN: 'forbidden' } as const

async function knock(actor: ActorName, procedure: string, input: unknown): Promise<string> {
  const caller = createCallerFactory(appRouter)(ctxFor(db, { actor: actorNamed(actor) }))
  const [room = '', name = ''] = procedure.split('.')
  const door = (caller as unknown as Record<string, Record<string, (given: unknown) => Promise<unknown>>>)[room]?.[name]
  try {
    await door?.(input)
    return 'answer'
  } catch (error) {
    const code = error instanceof TRPCError ? error.code : String(error)
    return code in ANSWERS ? ANSWERS[code as keyof typeof ANSWERS] : code
  }
}

test('every procedure is listed', () =>
  expect(Object.keys(PROCEDURES).sort()).toEqual(Object.keys(appRouter._def.procedures).sort()))

describe.each(Object.entries(PROCEDURES))('%s', (procedure, { who, input }) => {
  test.each(ACTORS)('%s', async (actor) => {
    const world = await worldFor(procedure, input)
    expect(await knock(actor, procedure, input(world))).toBe(who(actor))
  })

  test('refuses rubbish without an accident', async () => {
    for (const rubbish of [{ rdvId: -1, draftId: 'x', token: '<script>' }, 'text', 12, null, [], { rdvId: 1e300 }]) {
      const answer = await knock(
        who('own agent') === 'unauthenticated' ? 'usager signed in' : 'own agent',
        procedure,
        rubbish,
      )
      expect(['BAD_REQUEST', 'answer', 'nothing']).toContain(answer)
    }
  })
})

test('an id that belongs to nobody and an id beyond reach get the same answer', async () => {
  const { rdvId } = await freshWorld()
  const unknown = await knock('agent of another organisation', 'booking.getRdv', { rdvId: 999_999 })
  expect(await knock('agent of another organisation', 'booking.getRdv', { rdvId })).toBe(unknown)
})

test('opening an RDV leaves a trace of who did', async () => {
  const { rdvId } = await freshWorld()
  await knock('own agent', 'booking.getRdv', { rdvId })
  const rows = await db.execute(
    sql`select actor_kind, actor_id::integer, purpose from access_log where subject_kind = 'rdv' and subject_id = ${rdvId}`,
  )
  expect([...rows]).toEqual([{ actor_kind: 'agent', actor_id: here.agents[0]?.id, purpose: 'rdv-page' }])
})

test('every page and route is listed, for somebody', () => {
  const files = readdirSync(path.join(process.cwd(), 'app'), { recursive: true, encoding: 'utf8' })
  const doors = files
    .filter((file) => /(^|\/)(page\.tsx|route\.tsx?)$/.test(file))
    .map((file) => `/${path.dirname(file)}`.replace(/\/\([^/]+\)/g, '').replace(/\/\.$/, '') || '/')
  expect([...new Set(doors)].sort()).toEqual(Object.keys(DOORS).sort())
})
