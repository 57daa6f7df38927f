import type { openingExceptions, openingMotifs, openings } from '../schema'
import type { Agent } from './agents'
import { civil, monday, weekdayOf, type Day } from './calendar'
import type { Motif } from './motifs'
import type { Random } from './random'
import { fallsOn, firstFallFrom, lastDayOf, monthly, rruleOf, weekly, type Exception, type Rule } from './recurrence'
import type { Lieu, Organisation, ServiceKey } from './territories'
import type { Row } from './write'

export type Opening = {
  id: number
  agent: Agent
  organisation: Organisation
  lieu: Lieu | null
  title: string
  motifs: readonly Motif[]
  firstDay: Day
  startMin: number
  endMin: number
  rule: Rule
  exceptions: Exception[]
  onHolidays: boolean
}

export type NewOpening = Omit<Opening, 'id' | 'onHolidays' | 'exceptions'> &
  Partial<Pick<Opening, 'onHolidays' | 'exceptions'>>

/** The ten half-days of a working week: weekday × 2, plus 1 for the afternoon. An agent opens each once at most. */
export type HalfDay = number

const MORNINGS: readonly (readonly [number, number])[] = [
  [540, 720],
  [510, 720],
  [540, 750],
]
const AFTERNOONS: readonly (readonly [number, number])[] = [
  [810, 1020],
  [840, 1020],
  [840, 990],
]

/** What each trade receives people for. */
const JOBS: Record<string, readonly Motif['spec']['for'][]> = {
  'Sage-femme': ['pregnant', 'young', 'adult'],
  'Puériculteur·rice': ['infant', 'child', 'adult'],
  'Médecin de PMI': ['infant', 'child'],
}

type Kind = 'office' | 'remote' | 'home'
const kindOf = ({ location }: Motif): Kind =>
  location === 'public_office' ? 'office' : location === 'home' ? 'home' : 'remote'
const TITLES: Record<Kind, string> = {
  office: 'Permanence',
  remote: 'Permanence à distance',
  home: 'Visites à domicile',
}

export type Planning = { openings: Opening[]; free: Map<Agent, Set<HalfDay>> }

export function startPlanning(agents: readonly Agent[]): Planning {
  return {
    openings: [],
    free: new Map(agents.filter(({ receives }) => receives).map((agent) => [agent, new Set(Array(10).keys())])),
  }
}

export function addOpening(planning: Planning, opening: NewOpening) {
  const added = { exceptions: [], onHolidays: false, ...opening, id: planning.openings.length + 1 }
  planning.openings.push(added)
  return added
}

/** Every lieu gets an opening of each service of its organisation, then the phone, the video and the home visits. */
export function planOpenings(
  random: Random,
  planning: Planning,
  { lieux, motifs, today }: { lieux: readonly Lieu[]; motifs: readonly Motif[]; today: Day },
) {
  const turn = new Map<string, number>()
  const plan = (organisation: Organisation, service: ServiceKey, kind: Kind, lieu: Lieu | null) => {
    const candidates = [...planning.free]
      .filter(([agent, free]) => agent.organisations.includes(organisation) && free.size > 3)
      .map(([agent, free]) => ({ agent, free, offered: offeredBy(agent, organisation, service, kind) }))
      .filter(({ offered }) => offered.length > 0)
      .sort((a, b) => b.free.size - a.free.size || a.agent.id - b.agent.id)
    const chosen = candidates[0]
    if (!chosen) return
    const { agent, free, offered } = chosen
    const first = turn.get(`${organisation.id}|${agent.spec.job}|${kind}`) ?? 0
    turn.set(`${organisation.id}|${agent.spec.job}|${kind}`, first + 2)
    const count = Math.min(3, offered.length)
    const slice = Array.from({ length: count }, (_, i) => offered[(first + i) % offered.length]).filter(
      (m) => m !== undefined,
    )
    const half = random.pick([...free])
    free.delete(half)
    const weekdays = [half >> 1]
    const twin = [...free].find((other) => other % 2 === half % 2 && other >> 1 >= (half >> 1) + 2)
    if (twin !== undefined && free.size > 4 && random.chance(0.2)) {
      free.delete(twin)
      weekdays.push(twin >> 1)
    }
    const [startMin, endMin] = random.pick(half % 2 === 0 ? MORNINGS : AFTERNOONS)
    const { rule, from } = series(random, weekdays, today)
    addOpening(planning, {
      agent,
      organisation,
      lieu,
      title: lieu ? `${TITLES[kind]} – ${lieu.name}` : TITLES[kind],
      motifs: slice,
      firstDay: firstFallFrom(rule, from),
      startMin,
      endMin,
      rule,
    })
  }
  const offeredBy = (agent: Agent, organisation: Organisation, service: ServiceKey, kind: Kind) =>
    agent.spec.services.includes(service)
      ? motifs.filter(
          (motif) =>
            motif.organisation === organisation &&
            motif.spec.service === service &&
            !motif.spec.isCollective &&
            kindOf(motif) === kind &&
            (JOBS[agent.spec.job] ?? [motif.spec.for]).includes(motif.spec.for),
        )
      : []
  for (const organisation of new Set(lieux.map((lieu) => lieu.organisation))) {
    const services = new Set(
      motifs.filter((motif) => motif.organisation === organisation).map(({ spec }) => spec.service),
    )
    const open = lieux.filter(
      (lieu) => lieu.organisation === organisation && (lieu.state === 'open' || lieu.state === 'full'),
    )
    const rounds = services.size > 1 ? 1 : 3
    for (let round = 0; round < rounds; round++) {
      for (const lieu of open) for (const service of services) plan(organisation, service, 'office', lieu)
    }
    for (const service of services) {
      for (const kind of ['remote', 'remote', 'home'] as const) plan(organisation, service, kind, null)
    }
  }
}

/** How an opening repeats: mostly every week, and one of each other sort now and then. */
function series(random: Random, weekdays: readonly number[], today: Day): { rule: Rule; from: Day } {
  const weekday = weekdays[0] ?? 0
  const from = monday(today) - 7 * random.int(26, 34)
  const ending = random.weighted<Day | null>([
    [null, 80],
    [today + random.int(60, 300), 14],
    [today - random.int(20, 60), 6],
  ])
  const sort =
    weekdays.length > 1
      ? 'weekly'
      : random.weighted([
          ['weekly', 66],
          ['fortnightly', 20],
          ['monthly', 8],
          ['once', 6],
        ])
  if (sort === 'once') return { rule: null, from: monday(today) + 7 * random.int(1, 3) + weekday }
  if (sort === 'monthly') return { rule: monthly(random.int(1, 4), weekday, ending), from }
  const interval = sort === 'fortnightly' ? 2 : 1
  return { rule: weekly(interval, weekdays, ending), from: from + (random.chance(0.5) ? 0 : 7) }
}

/** Now and then one day is called off, or moved to the next. */
export function addExceptions(random: Random, planning: Planning, today: Day) {
  for (const opening of planning.openings) {
    const { rule, firstDay, startMin, endMin } = opening
    if (rule?.kind !== 'weekly' || rule.interval > 1 || rule.weekdays.length > 1 || !random.chance(0.3)) continue
    const weekday = weekdayOf(firstDay)
    const onDay = monday(today) + 7 * random.int(1, 6) + weekday
    if (!fallsOn(rule, firstDay, onDay)) continue
    const half: HalfDay = weekday * 2 + (startMin < 750 ? 0 : 1)
    const next = half + 2
    // Moved only into a half-day that the agent has free.
    if (next < 10 && planning.free.get(opening.agent)?.has(next) && random.chance(0.5)) {
      opening.exceptions.push({ kind: 'moved', onDay, toDay: onDay + 1, startMin, endMin })
    } else {
      opening.exceptions.push({ kind: 'cancelled', onDay })
    }
  }
}

export function openingRows(all: readonly Opening[]) {
  return {
    openings: all.map((opening): Row<typeof openings> => ({
      id: opening.id,
      territoryId: opening.organisation.territory.id,
      organisationId: opening.organisation.id,
      agentId: opening.agent.id,
      lieuId: opening.lieu?.id ?? null,
      title: opening.title,
      firstDay: civil(opening.firstDay),
      startMin: opening.startMin,
      endMin: opening.endMin,
      rrule: rruleOf(opening.rule),
      lastDay: lastDayOf(opening.rule, opening.firstDay),
      onHolidays: opening.onHolidays,
    })),
    openingMotifs: all.flatMap(({ id, organisation, motifs }): Row<typeof openingMotifs>[] =>
      motifs.map((motif) => ({ territoryId: organisation.territory.id, openingId: id, motifId: motif.id })),
    ),
    openingExceptions: all.flatMap(({ id, exceptions }): Row<typeof openingExceptions>[] =>
      exceptions.map((exception) => ({
        openingId: id,
        onDay: civil(exception.onDay),
        kind: exception.kind,
        toDay: exception.kind === 'moved' ? civil(exception.toDay) : null,
        startMin: exception.kind === 'moved' ? exception.startMin : null,
        endMin: exception.kind === 'moved' ? exception.endMin : null,
      })),
    ),
  }
}
