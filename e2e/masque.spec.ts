import { randomInt } from 'node:crypto'
import { expect, request, type APIRequestContext } from '@playwright/test'
import { NEW_MOTIF } from '../db/testing/new-motif'
import superjson from 'superjson'
import { ask, someName } from './agent-house'
import { signIn, signInByMail } from './doors-house'
import { test } from './test'

// What leaves the server does not look at who carries the phone: once is enough.
test.describe.configure({ mode: 'default' })

type Value<T> = { ok: boolean; value: T }
type Place = { organisationId: number; territoryId: number; organisation: string }
type Member = { email: string | null; services: string[]; level: string; isSecretary: boolean; state: string }

const DAY_MS = 86_400_000
const day = (at: Date) => at.toISOString().slice(0, 10)
/** A night to come of the next months, which a calendar elsewhere shows too: nobody of the demo receives then. */
const START = new Date(Math.floor(Date.now() / DAY_MS) * DAY_MS + randomInt(40, 140) * DAY_MS + 2 * 3_600_000)
const DAY = day(START)

/** What only whoever reads the RDV, the absence or the opening may know. */
const SECRET = {
  person: someName(),
  motif: `Motif ${someName()}`,
  place: `Lieu ${someName()}`,
  address: `3 rue ${someName()}, 62300 Lens`,
  context: `Contexte ${someName()}`,
  absence: `Absence ${someName()}`,
  opening: `Plage ${someName()}`,
}

/** Who is taken, and a colleague of another service to whom that alone is open. */
let [owner, colleague] = [] as unknown as [APIRequestContext, APIRequestContext]
let world: Record<'agentId' | 'lieuId' | 'usagerId' | 'motifId' | 'serviceId' | 'absenceId' | 'openingId', number> & {
  rdvIds: number[]
}

const change = async <T>(client: APIRequestContext, procedure: string, input: object): Promise<T> => {
  const outcome = await ask<Value<T>>({ request: client }, procedure, 'mutation', input)
  expect(outcome.ok, `${procedure}: ${JSON.stringify(outcome)}`).toBe(true)
  return outcome.value
}

test.beforeAll(async ({ baseURL }) => {
  owner = await request.newContext({ baseURL: baseURL! })
  colleague = await request.newContext({ baseURL: baseURL! })
  await signIn(owner, 'helene.delattre')
  const read = <T>(procedure: string, input: object) => ask<T>({ request: owner }, procedure, 'query', input)

  const { agentId, places } = await read<{ agentId: number; places: Place[] }>('access.me', {})
  const { organisationId } = places.find(({ organisation }) => organisation.startsWith('MDS de Lens'))!
  const asked = { organisationId, search: '', page: 1 }
  const { members } = await read<{ members: Member[] }>('administration.listMembers', asked)
  const { email } = members.find(
    ({ services, level, isSecretary, state }) =>
      services.join() === 'RSA' && level === 'basic' && !isSecretary && state === 'active',
  )!
  await signInByMail(colleague, email!)

  const { services } = await read<{ services: { id: number; name: string }[] }>('catalogue.get', { organisationId })
  const serviceId = services.find(({ name }) => name === 'Service social')!.id
  const { motifId } = await change<{ motifId: number }>(owner, 'catalogue.saveMotif', {
    ...{ organisationId, motifId: null, version: null },
    settings: { ...NEW_MOTIF, bookableBy: 'agents', serviceId, name: SECRET.motif },
  })
  const [lieu] = await read<{ id: number }[]>('catalogue.listLieux', { organisationId })
  const lieuId = lieu!.id
  const file = { organisationId, responsibleId: null, acknowledged: [] }
  const { usagerId } = await change<{ usagerId: number }>(owner, 'people.createUsager', {
    ...file,
    answers: { firstName: 'Aimée', lastName: SECRET.person },
  })

  const acknowledged = ['past', 'overlap', 'absent', 'elsewhere', 'gap', 'same-day', 'no-shows']
  const same = { motifId, agentIds: [agentId], usagerIds: [usagerId], context: SECRET.context, acknowledged }
  const rdvs = await Promise.all(
    [
      { ...same, lieuId, startAt: START },
      {
        ...{ ...same, lieuId: null, startAt: new Date(START.getTime() + 3_600_000) },
        oneOffLieu: { name: SECRET.place, address: SECRET.address },
      },
    ].map((rdv) => change<{ rdvId: number }>(owner, 'booking.createRdv', rdv)),
  )
  const planning = { agentIds: [agentId], target: null, rrule: null, known: null, firstDay: DAY }
  const absence = await change<{ ids: number[] }>(owner, 'booking.saveAbsence', {
    ...planning,
    ...{ kind: 'leave', title: SECRET.absence, color: null, startMin: 1380, lastDay: DAY, endMin: 1410 },
  })
  const opening = await change<{ ids: number[] }>(owner, 'booking.saveOpening', {
    ...planning,
    ...{ organisationId, lieuId, motifIds: [motifId], title: SECRET.opening },
    ...{ startMin: 1260, endMin: 1320, onHolidays: true },
  })
  world = {
    ...{ agentId, lieuId, usagerId, motifId, serviceId, rdvIds: rdvs.map(({ rdvId }) => rdvId) },
    ...{ absenceId: absence.ids[0]!, openingId: opening.ids[0]! },
  }
})
test.afterAll(async () => {
  for (const rdvId of world.rdvIds) await change(owner, 'booking.setStatus', { rdvId, from: 'unknown', to: 'revoked' })
  const whole = { version: 1, scope: 'all', day: DAY }
  await change(owner, 'scheduling.deleteAbsence', { target: { ...whole, id: world.absenceId } })
  await change(owner, 'booking.deleteOpening', { target: { ...whole, id: world.openingId }, known: null })
  await change(owner, 'catalogue.deleteMotif', { motifId: world.motifId })
  await Promise.all([owner.dispose(), colleague.dispose()])
})

/** Every page that shows an agenda, a list or a waiting room of that day. */
const pages = () => [
  `/agent/agendas/${world.agentId}?semaine=${DAY}`,
  `/agent/agenda?agent=${world.agentId}&jour=${DAY}&vue=semaine`,
  `/agent/tableau?agents=${world.agentId}&jour=${DAY}`,
  `/agent/tableau?agents=${world.agentId}&jour=${DAY}&vue=semaine`,
  `/agent/tableau?service=${world.serviceId}&jour=${DAY}`,
  `/agent/tableau?lieu=${world.lieuId}&jour=${DAY}`,
  `/agent/accueil?lieu=${world.lieuId}&jour=${DAY}`,
  `/agent/rdvs?periode=dates&du=${DAY}&au=${DAY}`,
  `/agent/rdvs?periode=dates&du=${DAY}&au=${DAY}&agent=${world.agentId}`,
  `/agent/absences?agent=${world.agentId}`,
  `/agent/plages?agent=${world.agentId}`,
  `/agent/creneaux?motif=${world.motifId}&du=${DAY}`,
  ...world.rdvIds.flatMap((id) => [`/agent/rdvs/${id}`, `/agent/rdvs/${id}/deplacer`]),
]

type Question = readonly [procedure: string, input: object]
const within = { fromDay: DAY, toDay: DAY }
const list = () => ({
  ...{ ...within, agentId: 'any', organisationId: 'any', motifId: 'any', lieuId: 'any', statuses: 'any' },
  ...{ author: 'any', person: '', sort: 'start', direction: 'asc' },
})
const board = (which: object): Question => ['booking.getBoard', { ...within, which }]

/** Every procedure those pages ask, and those that would say more of it. */
const questions = (): Question[] => [
  board({ kind: 'agents', agentIds: [world.agentId] }),
  board({ kind: 'service', serviceId: world.serviceId }),
  board({ kind: 'lieu', lieuId: world.lieuId }),
  ['booking.listAgendaOf', { ...within, agentId: world.agentId }],
  ['booking.getReception', { lieuId: world.lieuId, onDay: DAY }],
  ['booking.listRdvsToMove', { rdvIds: world.rdvIds }],
  ['booking.listRdvsOfUsager', { usagerId: world.usagerId, comingAfterId: null, pastAfterId: null }],
  ['lists.listRdvs', { ...list(), from: null }],
  ...world.rdvIds.flatMap((rdvId): Question[] => [
    ['booking.getRdv', { rdvId }],
    ['booking.getSeries', { rdvId }],
    ['booking.listRdvHistory', { rdvId }],
    ['messaging.listRdvMessages', { rdvId }],
    ['booking.getRescheduling', { rdvId }],
  ]),
  ['scheduling.listAbsences', { agentId: world.agentId, period: 'current' }],
  ['scheduling.listOpenings', { agentId: world.agentId }],
]

/** The bytes themselves, whatever the answer. */
async function bytesOf(client: APIRequestContext, path: string, params?: Record<string, string>): Promise<string> {
  const answer = await client.get(path, { maxRedirects: 0, maxRetries: 2, ...(params && { params }) })
  expect([200, 404, 401], path).toContain(answer.status())
  return (await answer.body()).toString('utf8')
}
const askedBytes = (client: APIRequestContext, [procedure, input]: Question) =>
  bytesOf(client, `/api/trpc/${procedure}`, { input: JSON.stringify(superjson.serialize(input)) })

async function exported(client: APIRequestContext): Promise<string> {
  const { exportId } = await change<{ exportId: number }>(client, 'lists.askExport', { format: 'csv', filter: list() })
  await expect(async () => {
    const all = await ask<{ id: number; state: string }[]>({ request: client }, 'lists.listExports', 'query', {})
    expect(all.find(({ id }) => id === exportId)?.state).toBe('done')
  }).toPass({ timeout: 20_000, intervals: [200, 500] })
  return bytesOf(client, `/agent/rdvs/exports/${exportId}/fichier`)
}

async function calendarOf(client: APIRequestContext): Promise<string> {
  await change(client, 'booking.renewCalendarFeed', { includesOpenings: true, includesAbsences: true })
  const feed = await ask<{ url: string }>({ request: client }, 'booking.getCalendarFeed', 'query', {})
  return bytesOf(client, new URL(feed.url).pathname)
}

/** Which secrets stand in each answer, in capitals or not: an apostrophe may be escaped there, letters are not. */
async function told(client: APIRequestContext): Promise<Record<string, string[]>> {
  const told: Record<string, string[]> = {}
  const look = (where: string, bytes: string) => {
    const read = bytes.toLowerCase()
    const secrets = Object.entries(SECRET).filter(([, text]) => read.includes(/Test\w+/.exec(text)![0].toLowerCase()))
    if (secrets.length > 0) told[where] = secrets.map(([name]) => name).sort()
  }
  for (const path of pages()) look(path, await bytesOf(client, path))
  for (const question of questions()) look(JSON.stringify(question), await askedBytes(client, question))
  look('export', await exported(client))
  look('calendar', await calendarOf(client))
  return told
}

test('whoever may only know that a colleague is taken receives a start, an end and nothing else @telephone', async () => {
  expect(await told(colleague)).toEqual({})

  const bytes = await askedBytes(colleague, board({ kind: 'agents', agentIds: [world.agentId] }))
  const { result } = JSON.parse(bytes) as { result: { data: Parameters<typeof superjson.deserialize>[0] } }
  type Board = { busy: object[]; rdvs: object[]; away: object[]; openings: { told: unknown }[] }
  const { busy, rdvs, away, openings } = superjson.deserialize<Board>(result.data)
  expect({ rdvs, away }).toEqual({ rdvs: [], away: [] })
  expect(new Set(openings.map((one) => one.told))).toEqual(new Set([null]))
  // The two RDVs and the absence, whatever else she does that day.
  expect(busy.length).toBeGreaterThanOrEqual(3)
  for (const time of busy) expect(Object.keys(time).sort()).toEqual(['agentId', 'endAt', 'startAt'])
  for (const rdvId of world.rdvIds) expect(bytes).not.toContain(`:${rdvId}`)
})

test('the same questions tell it all to whoever it belongs to @telephone', async () => {
  const all = await told(owner)
  const names = new Set(Object.values(all).flat())
  expect([...names].sort()).toEqual(Object.keys(SECRET).sort())
  // The grid's page is filled by what it asks: the same board.
  const [week = '', , dayBoard = '', weekBoard = ''] = pages()
  for (const where of [week, dayBoard, weekBoard, JSON.stringify(board({ kind: 'agents', agentIds: [world.agentId] }))])
    expect(all[where] ?? [], where).toEqual(expect.arrayContaining(['motif', 'person', 'place']))
  for (const where of ['export', 'calendar', `/agent/accueil?lieu=${world.lieuId}&jour=${DAY}`])
    expect(all[where] ?? [], where).toContain('motif')
})
