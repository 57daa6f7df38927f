import { sql } from 'drizzle-orm'
import { TRPCError } from '@trpc/server'
import { beforeAll, expect, test } from 'vitest'
import { territoryRoles } from '@/db/schema'
import { ctxFor, signedInAs, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace, makeCommune, makeGrants } from '@/db/testing/make'
import { defaultGrantsOfMember, defaultGrantsOfOrganisation } from './access/rules/grants'
import { ABSENCES } from './matrix.absences.test-model'
import { ADMINISTRATION } from './matrix.administration.test-model'
import { CATALOGUE } from './matrix.catalogue.test-model'
import { LISTS } from './matrix.lists.test-model'
import { MESSAGES } from './matrix.messages.test-model'
import { WORDINGS } from './matrix.words.test-model'
import { OPENINGS } from './matrix.openings.test-model'
import { PLACING } from './matrix.placing.test-model'
import { SUPER } from './matrix.super.test-model'
import { WAITLIST } from './matrix.waitlist.test-model'
import { agentsOnly, type Cell, type World } from './matrix.test-model'
import { makeWorld, placeOf } from './matrix.world.test-model'
import { appRouter } from './root'
import { createCallerFactory, type Meta } from './trpc'

/**
 * Whoever may do everything here sends numbers of another territory, one at a time, in what they post: nothing of it is
 * followed. The matrix says who gets an answer; this, that a lawful question names nothing beyond the wall.
 */
const { db } = await ownDatabase()
let here: BookablePlace
let abroad: World
let hour = 0

beforeAll(async () => {
  await makeCommune(db)
  const there = await makeBookablePlace(db, { motif: { maxLeadMin: 500_000 } })
  here = await makeBookablePlace(db, { motif: { maxLeadMin: 500_000 } })
  for (const place of [here, there]) {
    const agentId = place.agents[0]?.id ?? 0
    await makeGrants(db, defaultGrantsOfOrganisation(placeOf(place)))
    await makeGrants(db, defaultGrantsOfMember(placeOf(place), { agentId, serviceIds: [place.service.id] }))
    await db.insert(territoryRoles).values({ agentId, territoryId: place.territory.id, isAdmin: true })
    await db.execute(sql`update agent_roles set level = 'admin' where agent_id = ${agentId}`)
  }
  abroad = await worldOf(there)
})

async function worldOf(place: BookablePlace): Promise<World> {
  for (; hour < 400; hour += 1) {
    const startAt = new Date(Date.UTC(2027, 2, 2 + Math.floor(hour / 4), 8, 30 * (hour % 4)))
    const world = await makeWorld(db, place, startAt)
    if (world) return world
  }
  throw new Error('no time left')
}

const MARCH = { fromDay: '2027-03-01', toDay: '2027-03-31' }
const MORE: Record<string, Cell> = {
  'access.setGrant': { who: agentsOnly, input: ({ grantId }) => ({ grantId, from: 'write', to: 'read' }) },
  'booking.setStatus': { who: agentsOnly, input: ({ rdvId }) => ({ rdvId, from: 'unknown', to: 'revoked' }) },
  'booking.setArrival': {
    who: agentsOnly,
    input: ({ rdvId, participationId }) => ({ rdvId, participationId, isHere: true }),
  },
  'booking.getBoard': {
    who: agentsOnly,
    input: ({ groupId }) => ({ ...MARCH, which: { kind: 'group', groupId } }),
  },
  'booking.getReception': { who: agentsOnly, input: ({ lieuId }) => ({ lieuId, onDay: MARCH.fromDay }) },
  'booking.listAgendaOf': { who: agentsOnly, input: ({ agentId }) => ({ ...MARCH, agentId }) },
  'booking.listRdvsToMove': { who: agentsOnly, input: ({ rdvId }) => ({ rdvIds: [rdvId] }) },
  'booking.getRdv': { who: agentsOnly, input: ({ rdvId }) => ({ rdvId }) },
}
const CELLS = {
  ...ABSENCES,
  ...ADMINISTRATION,
  ...CATALOGUE,
  ...LISTS,
  ...MESSAGES,
  ...WORDINGS,
  ...OPENINGS,
  ...PLACING,
  ...SUPER,
  ...WAITLIST,
  ...MORE,
}

/** What a lawful question gets as it is, when it is not simply followed: there is more to know, or nothing left to do. */
const AS_IS: Readonly<Record<string, string>> = {
  'rights.copyAccesses': 'refused: changed-meanwhile',
  'catalogue.deleteLieu': 'refused: lieu-used',
  'booking.saveOpening': 'refused: to-acknowledge',
  'booking.cancelFollowing': 'refused: nothing-left',
  'booking.setArrival': 'refused: not-today',
  'booking.setTitle': 'refused: not-collective',
}

/** Followed for the rest: services are everybody's, and what is not theirs is left out of a list, unanswered for. */
const LEFT_OUT = [
  'organisations.setServices serviceIds',
  'catalogue.duplicateMotif organisationIds',
  'catalogue.changeMotifs motifIds',
]

/** Categories of motifs are everybody's: one there is not. */
const NOBODY = 999_999_999

/** What a field of that name means: `toAgentId` an agent, `spareMotifId` a motif, `target.id` what is changed. */
function foreignOf(field: string, inner: unknown, world: World): number | undefined {
  if (field === 'responsibleId') return abroad.usagerId
  if (field === 'categoryId') return NOBODY
  if (field === 'id') return inner === world.absenceId ? abroad.absenceId : abroad.openingId
  const [, noun = ''] = /([A-Za-z][a-z]+)Ids?$/.exec(field) ?? []
  const key = `${noun.charAt(0).toLowerCase()}${noun.slice(1)}Id`
  const other = key in abroad ? abroad[key as keyof World] : undefined
  return typeof other === 'number' ? other : undefined
}

type Swap = readonly [path: string, input: unknown]

/** The same question with one number of another territory, for each number it holds, or might. */
function swapsIn(value: unknown, world: World): Swap[] {
  if (Array.isArray(value) || value instanceof Date || typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([field, inner]: [string, unknown]): Swap[] => {
    const foreign = foreignOf(field, inner, world)
    const put = (other: unknown) => ({ ...value, [field]: other })
    if (foreign === undefined) return swapsIn(inner, world).map(([path, deep]) => [`${field}.${path}`, put(deep)])
    if (Array.isArray(inner)) return [[field, put([...(inner as unknown[]), foreign])]]
    return typeof inner === 'number' || inner === null ? [[field, put(foreign)]] : []
  })
}

/** The matrix asks for an RDV of nobody, knowing nothing: here it is one that may be placed. */
function lawful({ input }: Cell, world: World): unknown {
  const given = { ...(input(world) as object | undefined) }
  const acknowledged = ['past', 'overlap', 'absent', 'elsewhere', 'gap', 'same-day', 'no-shows']
  if ('knownSequence' in given) return { ...given, acknowledged }
  if (!('usagerIds' in given)) return given
  const placed = { ...given, usagerIds: [world.usagerId] }
  if (!('dates' in given)) return { ...placed, acknowledged }
  return { ...placed, dates: [{ startAt: new Date('2028-03-01T08:00:00Z'), acknowledged }] }
}

async function call(procedure: string, input: unknown, agentId = here.agents[0]?.id ?? 0): Promise<unknown> {
  const actor = await signedInAs(db, agentId)
  const caller = createCallerFactory(appRouter)(ctxFor(db, { actor }))
  const [room = '', name = ''] = procedure.split('.')
  const rooms = caller as unknown as Record<string, Record<string, (given: unknown) => Promise<unknown>>>
  return rooms[room]?.[name]?.(input)
}

const codeOf = (error: unknown): string => (error instanceof TRPCError ? error.code : String(error))

async function ask(procedure: string, input: unknown): Promise<string> {
  try {
    const outcome = (await call(procedure, input)) as { ok: true } | { ok: false; reason: string }
    return outcome.ok ? 'followed' : `refused: ${outcome.reason}`
  } catch (error) {
    return codeOf(error)
  }
}

/** What happened in the other territory, whoever did it. */
async function happenedAbroad(): Promise<number> {
  const [row] = await db.execute<{ count: number }>(
    sql`select count(*)::integer as count from events where territory_id = ${abroad.territoryId}`,
  )
  return row?.count ?? 0
}

type Procedure = { _def: { type: string; meta?: Meta } }
const PROCEDURES = appRouter._def.procedures as unknown as Record<string, Procedure>
const MUTATIONS = Object.entries(PROCEDURES).flatMap(([name, { _def }]) =>
  _def.type === 'mutation' && !_def.meta?.readsOnly ? [name] : [],
)

test('every mutation is tried, but those that name nothing or are not for agents', () => {
  const others = [
    /^(account|impersonation|secondFactor)\./,
    /^booking\.(saveDraft|bookSlot|cancelByLink|moveByLink|renewCalendarFeed)$/,
  ]
  const left = MUTATIONS.filter((name) => !(name in CELLS) && !others.some((kind) => kind.test(name)))
  expect(left).toEqual([])
})

const isTheirs = ({ who }: Cell) =>
  (['own agent', 'admin of the territory'] as const).some((one) => who(one) === 'answer')
const TRIED = Object.entries<Cell>(CELLS).filter(([, cell]) => isTheirs(cell))

test.each(TRIED.filter(([name]) => MUTATIONS.includes(name)))('%s', async (procedure, cell) => {
  const world = await worldOf(here)
  const question = lawful(cell, world)
  const before = await happenedAbroad()
  const swaps = swapsIn(question, world).filter(([path]) => !LEFT_OUT.includes(`${procedure} ${path}`))
  for (const [path, input] of swaps) {
    const answer = await ask(procedure, input)
    expect(answer, path).toMatch(/^(NOT_FOUND|BAD_REQUEST|refused: .*)$/)
    expect(answer, path).not.toBe('refused: to-acknowledge')
  }
  // Nothing else was wrong with it.
  if (swaps.length > 0) expect(await ask(procedure, question)).toBe(AS_IS[procedure] ?? 'followed')
  expect(await happenedAbroad()).toBe(before)
})

test.each(LEFT_OUT)('%s: the others alone', async (left) => {
  const [procedure = '', field = ''] = left.split(' ')
  const world = await worldOf(here)
  const before = await happenedAbroad()
  const swap = swapsIn(lawful((CELLS as Record<string, Cell>)[procedure] ?? NONE, world), world)
  expect(await ask(procedure, swap.find(([path]) => path === field)?.[1])).toBe('followed')
  expect(await happenedAbroad()).toBe(before)
})
const NONE: Cell = { who: agentsOnly, input: () => ({}) }

/** Names that stand in the other territory and nowhere else. */
async function namesAbroad(): Promise<RegExp[]> {
  const rows = await db.execute<{ name: string }>(sql`
    select name from organisations where territory_id = ${abroad.territoryId}
    union select name from territories where id = ${abroad.territoryId}
    union select name from motifs where territory_id = ${abroad.territoryId}
    union select name from lieux where territory_id = ${abroad.territoryId}
    union select a.last_name from agents a join agent_roles r on r.agent_id = a.id where r.territory_id = ${abroad.territoryId}`)
  // « MDS 1 » is not « MDS 12 ».
  return rows.map(({ name }) => new RegExp(`${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w-])`, 'u'))
}

test.each(TRIED.filter(([name]) => !MUTATIONS.includes(name)))(
  '%s tells nothing of the other territory',
  async (procedure, cell) => {
    const world = await worldOf(here)
    const names = await namesAbroad()
    expect(names.length).toBeGreaterThan(5)
    for (const [path, input] of swapsIn(lawful(cell, world), world)) {
      const told = await call(procedure, input).then((answer) => JSON.stringify(answer ?? null), codeOf)
      expect(told, path).not.toBe('INTERNAL_SERVER_ERROR')
      expect(names.filter((name) => name.test(told)).map(String), path).toEqual([])
    }
  },
)

test('those names are told to whoever belongs there', async () => {
  const told = JSON.stringify(await call('administration.listAdministered', undefined, abroad.agentId))
  expect((await namesAbroad()).filter((name) => name.test(told))).toHaveLength(2)
})
