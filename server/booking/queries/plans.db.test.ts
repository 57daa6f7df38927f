import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { scaleUp } from '@/db/seed/scale'
import { signedInAs } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { flightsOf, plansOf, recording, sequentialScans } from '@/scripts/bench/statements'
import { ANONYMOUS, type Actor, type AgentActor } from '@/server/kernel/actor'
import { actorOf } from '@/server/access/queries/logins'
import { loadSameContact } from '@/server/people/queries/contacts'
import { inOneStatement, inRead, makeCtx } from '@/server/platform/ctx'
import { tokenOf } from '@/server/platform/tokens'
import { appRouter } from '@/server/root'
import { searchCommunes } from '@/server/sectorisation/queries'
import { createCallerFactory } from '@/server/trpc'
import { found } from '@/server/kernel/errors'
import type { RdvListPageQuestion } from '../schema/rdv-list'
import { loadGroup } from './slots'
import { loadTunnel } from './tunnel'
import { findRdvByToken } from './usager-rdvs'

/** Large enough for an index to be worth its while, small enough to be made in seconds. */
const SIZES = { agents: 300, usagers: 20_000, rdvs: 60_000 }
const COMMUNES = 20_000
const COMMUNE = '62498'
const MAX_STATEMENTS_A_PAGE = 6

const callerOf = createCallerFactory(appRouter)
const now = new Date()
const { db } = await ownDatabase()
/** The same database, with everything sent to it written down. */
let seen: ReturnType<typeof recording>
let agent: AgentActor
let contact: { territoryId: number; phoneE164: string; email: string }

beforeAll(async () => {
  await scaleUp(db, SIZES, now)
  await db.execute(sql`
    insert into communes (code, name, department_number, post_codes, population)
    select lpad(c::text, 5, '0'), initcap(translate(md5(c::text), '0123456789', 'ghijklmnop')), '99', array[lpad(c::text, 5, '0')], c
    from generate_series(1, ${COMMUNES}::integer) c`)
  await db.execute(sql`
    insert into communes (code, name, department_number, post_codes, population)
    values (${COMMUNE}, 'Lens', '62', array['62300'], 32000) on conflict (code) do update
      set name = excluded.name, department_number = '62', post_codes = excluded.post_codes`)
  await db.execute(sql`
    insert into rdv_links (rdv_id, participation_id, token_hash) select rdv_id, id, md5(id::text) from participations`)
  await db.execute(sql`
    insert into booking_drafts (territory_id, answers, expires_at)
    select min(id), '{}', now() from territories, generate_series(1, 20000) group by generate_series`)
  await db.execute(sql`vacuum (analyze)`)
  seen = recording(db)
  const [busiest] = await db.execute<{ id: number; territoryId: number }>(sql`
    select t.agent_id::float8 as id, r.territory_id::float8 as "territoryId"
    from agent_times t join agent_roles r on r.agent_id = t.agent_id group by 1, 2 order by count(*) desc, 1 limit 1`)
  const { id: agentId, territoryId } = found(busiest)
  agent = await signedInAs(db, agentId)
  contact = { territoryId, phoneE164: '+33600000042', email: 'usager.42@example.org' }
}, 60_000)

const ctxOf = (actor: Actor = ANONYMOUS) => makeCtx(seen.db, { actor, now, requestId: 'plans', clientAddress: null })
const caller = (actor?: Actor) => callerOf(ctxOf(actor))

/** What `ask` sends, alone. */
async function statementsOf(ask: () => Promise<unknown>) {
  seen.forget()
  await ask()
  return [...seen.statements]
}

/** Service, motif and lieu of a tunnel that ends on slots. */
async function walk() {
  const { services } = await caller().booking.listServices({ commune: COMMUNE })
  const service = found(services[0]).id
  const { motifs } = await caller().booking.listMotifs({ commune: COMMUNE, service })
  const query = { commune: COMMUNE, service, motif: found(motifs[0]).key, consignes: 'lues' as const }
  const { places } = await caller().booking.listPlaces(query)
  const lieu = found(places.find(({ nextAt }) => nextAt !== null)).id
  const { page } = await caller().booking.searchSlots({ ...query, lieu })
  const startAt = found(page.days[0]?.slots[0]).startAt
  return {
    query,
    slots: { ...query, lieu },
    chosen: { ...query, lieu, creneau: `${startAt.toISOString().slice(0, 16)}Z` },
  }
}

const answers = { firstName: 'Jeanne', lastName: 'Caron', phone: '06 12 34 56 78' }

async function draftOf({ chosen }: Awaited<ReturnType<typeof walk>>): Promise<string> {
  const { draftId, isValid } = await caller().booking.saveDraft({ tunnel: chosen, answers })
  expect(isValid).toBe(true)
  return draftId
}

describe('the availability', () => {
  test('takes one statement whatever the number of agents, and busy time comes from its index alone', async () => {
    const { slots } = await walk()
    const tunnel = await inRead(ctxOf(), (read) => loadTunnel(read, slots))
    const statements = await statementsOf(() =>
      inOneStatement(ctxOf(), (read) => loadGroup(read, tunnel, tunnel.chosen, 'any')),
    )
    expect(statements).toHaveLength(1)
    expect(await sequentialScans(db, statements)).toEqual([])
    const busy = found(statements.find(({ text }) => text.includes('from agent_times t')))
    const { custom, generic } = await plansOf(db, busy)
    for (const nodes of [custom, generic]) {
      expect(nodes).toContainEqual(
        expect.objectContaining({ 'Node Type': 'Index Only Scan', 'Index Name': 'agent_times_busy' }),
      )
    }
  })
})

describe('each public page', () => {
  type Walked = Awaited<ReturnType<typeof walk>>
  const PAGES: readonly [string, (walked: Walked) => Promise<() => Promise<unknown>>][] = [
    ['/prendre-rdv', async () => () => caller().sectorisation.searchCommunes({ q: 'lens' })],
    [
      '/prendre-rdv/service',
      async ({ query }) =>
        () =>
          caller().booking.listServices({ commune: query.commune }),
    ],
    [
      '/prendre-rdv/motif',
      async ({ query }) =>
        () =>
          caller().booking.listMotifs(query),
    ],
    [
      '/prendre-rdv/consignes',
      async ({ query }) =>
        () =>
          caller().booking.getRecap(query),
    ],
    [
      '/prendre-rdv/lieu',
      async ({ query }) =>
        () =>
          caller().booking.listPlaces(query),
    ],
    [
      '/prendre-rdv/creneau',
      async ({ slots }) =>
        () =>
          caller().booking.searchSlots(slots),
    ],
    [
      '/prendre-rdv/coordonnees',
      async ({ chosen }) =>
        () =>
          caller().booking.getRecap(chosen),
    ],
    [
      '/prendre-rdv/verifier',
      async (walked) => {
        const draftId = await draftOf(walked)
        return () => caller().booking.getDraft({ draftId })
      },
    ],
    [
      '/rdv/confirme',
      async (walked) => {
        const draftId = await draftOf(walked)
        expect(await caller().booking.bookSlot({ draftId })).toMatchObject({ ok: true })
        return () => caller().booking.getConfirmation({ draftId })
      },
    ],
  ]

  test.each(PAGES)('%s asks six statements at most, and reads no big table from end to end', async (_, prepare) => {
    const statements = await statementsOf(await prepare(await walk()))
    expect(statements.length).toBeGreaterThan(0)
    expect(statements.length).toBeLessThanOrEqual(MAX_STATEMENTS_A_PAGE)
    expect(await sequentialScans(db, statements)).toEqual([])
  })

  test.each([
    [1, '/prendre-rdv/service'],
    [1, '/prendre-rdv/motif'],
    [1, '/prendre-rdv/consignes'],
    [2, '/prendre-rdv/lieu'],
    [2, '/prendre-rdv/creneau'],
  ])('waits %i time(s) for the database at %s', async (flights, path) => {
    const [, prepare] = found(PAGES.find(([page]) => page === path))
    expect(flightsOf(await statementsOf(await prepare(await walk())))).toBe(flights)
  })

  test('asks whether a motif is open from its own openings and sessions, whatever the size of the platform', async () => {
    const ask = await statementsOf(() => caller().booking.listServices({ commune: COMMUNE }))
    const motifs = found(ask.find(({ text }) => text.includes('from motifs m')))
    const { custom, generic } = await plansOf(db, motifs)
    for (const nodes of [custom, generic]) {
      const indexes = nodes.map((node) => node['Index Name'])
      expect(indexes).toEqual(expect.arrayContaining(['rdvs_motif_start', 'opening_motifs_motif']))
      expect(nodes.filter((node) => node['Node Type'] === 'Seq Scan').map((node) => node['Relation Name'])).toEqual(
        expect.not.arrayContaining(['openings', 'opening_motifs', 'rdvs']),
      )
    }
  })

  test('finds what a lieu offers without reading the RDVs ever held there', async () => {
    const { slots } = await walk()
    const [statement] = await statementsOf(() => caller().booking.getRecap(slots))
    const { custom, generic } = await plansOf(db, found(statement))
    for (const nodes of [custom, generic]) {
      expect(nodes.map((node) => node['Index Name'])).not.toContain('rdvs_lieu_start')
    }
  })

  test('the last button books without reading a big table from end to end', async () => {
    const draftId = await draftOf(await walk())
    const statements = await statementsOf(() => caller().booking.bookSlot({ draftId }))
    expect(await sequentialScans(db, statements)).toEqual([])
  })
})

describe('reads that grow with the years use an index', () => {
  const reads: readonly [string, () => Promise<unknown>][] = [
    ['who I am, and what is open to me', () => actorOf(ctxOf(), agent.sessionId)],
    ['the agendas open to me', () => caller(agent).access.listAgendas()],
    ['who sees mine', () => caller(agent).access.listGrantsOnMe()],
    ['why an agenda is open to me', () => caller(agent).access.listGrantsOpening({ agentId: colleagueId() })],
    [
      'a colleague’s week',
      () => caller(agent).booking.listAgendaOf({ agentId: colleagueId(), fromDay: dayOf(now), toDay: dayOf(now) }),
    ],
    ['my day', () => caller(agent).booking.listMyRdvs({ fromDay: dayOf(now), toDay: dayOf(now) })],
    ['my RDVs to fill in', () => caller(agent).booking.listRdvsToFill()],
    ['their count', () => caller(agent).booking.countRdvsToFill()],
    ['people by their names', () => caller(agent).people.searchUsagers({ ...territory(), q: 'caron jea' })],
    ['people by a phone number', () => caller(agent).people.searchUsagers({ ...territory(), q: contact.phoneE164 })],
    ['people by an e-mail', () => caller(agent).people.searchUsagers({ ...territory(), q: contact.email })],
    ['somebody’s page', async () => pageOf(await ourUsager())],
    ['the motifs I place', () => caller(agent).booking.listPlaceableMotifs({ agentId: agent.agentId, startAt: now })],
    ['an RDV to place, with its warnings', async () => caller(agent).booking.getPlacement(await toPlace())],
    ['the same to repeat', async () => caller(agent).booking.judgeSeries({ ...(await toPlace()), repeat })],
    ['the RDVs of a series', async () => caller(agent).booking.getSeries(await inSeries())],
    [
      'the free times of a motif',
      async () =>
        caller(agent).booking.searchAgentSlots({
          motifId: await motifToPlace(),
          agents: 'any',
          groupIds: [],
          lieux: 'any',
          fromDay: dayOf(now),
          together: false,
        }),
    ],
    ['the list of RDVs', () => caller(agent).lists.listRdvs(listed())],
    [
      'the list of an agent’s RDVs, by name',
      () => caller(agent).lists.listRdvs({ ...listed(), agentId: agent.agentId, sort: 'person' }),
    ],
    ['what that list may be narrowed to', () => caller(agent).lists.listChoices()],
    ['files with the same contact', () => inRead(ctxOf(), (read) => loadSameContact(read, contact))],
    ['an RDV by its link', () => inRead(ctxOf(), (read) => findRdvByToken(read, tokenOf('rdv-link', 1)))],
  ]
  const listed = (): RdvListPageQuestion => ({
    ...{ fromDay: dayOf(now), toDay: dayOf(now), agentId: 'any', organisationId: 'any', motifId: 'any', lieuId: 'any' },
    ...{ statuses: 'any', author: 'any', person: '', sort: 'start', direction: 'asc', from: null },
  })
  const ourUsager = async () => {
    const [met] = await db.execute<{ id: number }>(sql`
      select min(usager_id)::float8 as id from usager_organisations where organisation_id = ${found(agent.memberships[0]).organisationId}`)
    return found(met).id
  }
  const pageOf = async (usagerId: number) => {
    await caller(agent).people.getUsager({ usagerId })
    await caller(agent).people.listUsagerHistory({ usagerId })
    return caller(agent).booking.listRdvsOfUsager({ usagerId, comingAfterId: null, pastAfterId: null })
  }
  const territory = () => ({ territoryId: contact.territoryId })
  const repeat = { everyWeeks: 1, untilDay: null, count: 26 }
  const toPlace = async () => ({
    ...{ motifId: await motifToPlace(), agentIds: [agent.agentId], usagerIds: [1, 2], startAt: now },
  })
  const inSeries = async () => {
    const [row] = await db.execute<{ rdvId: number }>(sql`
      update rdvs set series_id = gen_random_uuid()
      where id = (select min(rdv_id) from agent_times where agent_id = ${agent.agentId}) returning id::float8 as "rdvId"`)
    return found(row)
  }
  const motifToPlace = async () => found((await caller(agent).booking.listPlaceableMotifs({}))[0]).id
  const dayOf = (at: Date) => at.toISOString().slice(0, 10)
  const colleagueId = () => found(agent.scopes.flatMap(({ agentIds }) => (agentIds === 'any' ? [] : agentIds))[0])

  test.each(reads)('%s', async (_, read) => {
    const statements = await statementsOf(read)
    expect(statements.length).toBeGreaterThan(0)
    expect(await sequentialScans(db, statements)).toEqual([])
  })

  test.each(['lens', 'saint denis', 'lense', '62300'])('communes found for « %s »', async (q) => {
    const statements = await statementsOf(() => searchCommunes(ctxOf(), { q }))
    expect(await sequentialScans(db, statements, ['communes'])).toEqual([])
  })
})
