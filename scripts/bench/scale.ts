import { sql } from 'drizzle-orm'
import type { Db } from '@/db/client'
import { scaleUp } from '@/db/seed/scale'
import { firstStart, horizonMs, startsOf } from '@/server/booking/rules/availability'
import { loadGroup } from '@/server/booking/queries/slots'
import { loadPublicMotifs } from '@/server/directory/queries'
import { inOneStatement } from '@/server/platform/ctx'
import { benchAgendas } from './agendas'
import { anybody, tunnelOf, walkTunnels, type TunnelQuestions } from './questions'
import { randomFrom } from './bookings'
import type { BenchResult } from './result'
import { countResult, openDb, refuseSequentialScans, timeResults, timesOfRounds } from './search'
import { plansOf, recording } from './statements'

const SIZES = { agents: 3000, usagers: 200_000, rdvs: 1_000_000 }
const ROUNDS = 41
const DAY_MS = 86_400_000
const ORGANISATIONS_OF_200_AGENTS = 7
/** Departments nobody else of the demo stands in: one for each territory of the scaled set. */
const DEPARTMENTS = ['02', '08', '27', '51', '59', '60', '76', '77', '78', '95']

/** A scaled territory: its commune, and its motifs by organisation. */
type Place = { id: number; commune: string; organisations: { motifIds: number[] }[] }

/** Gives each scaled territory its own département and commune, so that a search stays within one. */
async function spread(db: Db): Promise<Place[]> {
  const rows = await db.execute<{ id: number; department: string }>(sql`
    with numbered as (
      select id, (${sql.param(`{${DEPARTMENTS.join(',')}}`)}::text[])[1 + (row_number() over (order by id) - 1) % ${DEPARTMENTS.length}::int] as department
      from territories where name like 'Banc d’essai %'
    )
    update territories t set department_number = numbered.department from numbered where numbered.id = t.id
    returning t.id::float8 as id, t.department_number as department`)
  const places: Place[] = []
  for (const { id, department } of rows) {
    const commune = `${department}999`
    await db.execute(sql`
      insert into communes (code, name, department_number, post_codes) values (${commune}, 'Banc-d’Essai', ${department}, array[${commune}])
      on conflict do nothing`)
    const motifs = await db.execute<{ ids: number[] }>(sql`
      select array_agg(m.id::float8 order by m.id) as ids from motifs m
      where m.territory_id = ${id} group by m.organisation_id order by m.organisation_id`)
    places.push({ id, commune, organisations: motifs.map(({ ids }) => ({ motifIds: ids })) })
  }
  await db.execute(sql`analyze territories`)
  return places
}

type Wide = { territoryId: number; motifIds: number[]; days: number }

/** Every start of these motifs, anywhere, over so many days: what the tunnel does, over more agents than it ever shows. */
async function searchWide(db: Db, { territoryId, motifIds, days }: Wide) {
  const ctx = anybody(db)
  const motifs = await inOneStatement(ctx, (read) => loadPublicMotifs(read, { territoryIds: [territoryId], motifIds }))
  const nowMs = ctx.now.getTime()
  const window = { fromMs: nowMs, toMs: nowMs + days * DAY_MS }
  const territory = { zone: 'Europe/Paris', departmentNumber: '62' }
  const group = await inOneStatement(ctx, (read) => loadGroup(read, { territory }, motifs, 'any', window))
  const first = firstStart(group, nowMs, window.toMs)
  const starts = startsOf(group, nowMs, Math.min(window.toMs, horizonMs(motifs, nowMs)))
  if (first === null || starts.length === 0) throw new Error('a scaled search found nothing')
}

/** One motif of each of the first organisations; or every motif of one. */
const acrossOrganisations = ({ organisations }: Place, count: number) =>
  organisations.slice(0, count).flatMap(({ motifIds }) => motifIds.slice(0, 1))

async function benchWide(db: Db, places: readonly Place[]): Promise<BenchResult[]> {
  const random = randomFrom(84)
  const any = () => places[random(places.length)] ?? places[0]
  const kinds: { name: string; question: (place: Place) => Wide }[] = [
    {
      name: 'scaled search, 200 agents × 90 days',
      question: (place) => ({
        territoryId: place.id,
        motifIds: acrossOrganisations(place, ORGANISATIONS_OF_200_AGENTS),
        days: 90,
      }),
    },
    {
      name: 'scaled search, an organisation × 90 days',
      question: (place) => ({
        territoryId: place.id,
        motifIds: place.organisations[random(place.organisations.length)]?.motifIds ?? [],
        days: 90,
      }),
    },
    {
      name: 'scaled search, 300 agents × 84 days',
      question: (place) => ({ territoryId: place.id, motifIds: acrossOrganisations(place, Infinity), days: 84 }),
    },
  ]
  const results: BenchResult[] = []
  for (const { name, question } of kinds) {
    const times = await timesOfRounds(
      [0],
      async () => {
        const place = any()
        if (place) await searchWide(db, question(place))
      },
      ROUNDS,
    )
    results.push(...timeResults(name, times, ROUNDS))
  }
  return results
}

/** The public pages of a whole territory of the scaled set, counted, timed, and their plans read. */
async function benchTunnels(db: Db, places: readonly Place[]): Promise<BenchResult[]> {
  const tunnels: TunnelQuestions[] = []
  for (const { commune } of places.slice(0, 3)) tunnels.push(...(await walkTunnels(db, commune)))
  const recorded = recording(db)
  const [first] = tunnels
  if (!first) throw new Error('the scaled data offers no slot')
  const results: BenchResult[] = []
  for (const [name, ask] of [
    ['scaled places', (on: Db, i: number) => tunnelOf(on).listPlaces((tunnels[i] ?? first).places)],
    ['scaled slots', (on: Db, i: number) => tunnelOf(on).searchSlots((tunnels[i] ?? first).slots)],
  ] as const) {
    recorded.forget()
    await ask(recorded.db, 0)
    results.push(countResult(name, [recorded.statements.length], 6))
    await refuseSequentialScans(db, recorded.statements)
    await refuseOtherBusyPlans(db, recorded.statements)
    const times = await timesOfRounds(
      tunnels.map((_, i) => i),
      (i) => ask(db, i),
      Math.ceil(ROUNDS / tunnels.length),
    )
    results.push(...timeResults(name, times, Math.ceil(ROUNDS / tunnels.length)))
  }
  return results
}

/** Busy time must come from the index alone, by agent and start. */
async function refuseOtherBusyPlans(db: Db, statements: ReturnType<typeof recording>['statements']): Promise<void> {
  for (const statement of statements.filter(({ text }) => text.includes('from agent_times t'))) {
    const { custom, generic } = await plansOf(db, statement)
    for (const nodes of [custom, generic]) {
      const isCovered = nodes.some(
        (node) => node['Node Type'] === 'Index Only Scan' && node['Index Name'] === 'agent_times_busy',
      )
      if (!isCovered) throw new Error(`busy time is not read by its index alone: ${JSON.stringify(nodes)}`)
    }
  }
}

/** The full-size set: 3,000 agents, 200,000 usagers, 1,000,000 RDVs. */
export async function benchScale(): Promise<{ results: BenchResult[] }> {
  const { db, close } = openDb(4)
  try {
    await scaleUp(db, SIZES, new Date())
    const places = await spread(db)
    await db.execute(sql`vacuum (analyze) agent_times`)
    return {
      results: [...(await benchTunnels(db, places)), ...(await benchWide(db, places)), ...(await benchAgendas(db))],
    }
  } finally {
    await close()
  }
}
