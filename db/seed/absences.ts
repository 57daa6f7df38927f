import type { absenceExceptions, absences } from '../schema'
import type { Agent } from './agents'
import { civil, monday, type Day } from './calendar'
import { isDemoAgent } from './demo-agent'
import type { Planning } from './openings'
import type { Random } from './random'
import { fallsOn, firstFallFrom, lastDayOf, monthly, rruleOf, weekly, type Rule } from './recurrence'
import type { Row } from './write'

type Kind = 'leave' | 'training' | 'meeting' | 'other'
type Absence = {
  agent: Agent
  kind: Kind
  title: string
  firstDay: Day
  startMin: number
  lastDay: Day
  endMin: number
  rule: Rule
}

const TRAININGS = [
  'Formation premiers secours',
  'Formation «\u00a0écrits professionnels\u00a0»',
  'Journée d’étude',
  'Congrès',
]
const MEETINGS = ['Réunion d’équipe', 'Analyse de la pratique', 'Réunion de synthèse', 'Commission territoriale']

export type Absences = {
  rows: { absences: Row<typeof absences>[]; absenceExceptions: Row<typeof absenceExceptions>[] }
  /** Days on which an agent is away all day: no RDV falls there. */
  away: (agent: Agent, day: Day) => boolean
}

/** Leave, training days, and meetings in half-days where the agent does not receive. */
export function makeAbsences(random: Random, { free }: Planning, today: Day): Absences {
  const all: Absence[] = []
  const days = new Map<Agent, Set<Day>>()
  const wholeDays = (agent: Agent, kind: Kind, title: string, firstDay: Day, count: number) => {
    const lastDay = firstDay + count - 1
    all.push({ agent, kind, title, firstDay, startMin: 0, lastDay, endMin: 1440, rule: null })
    const away = days.get(agent) ?? new Set<Day>()
    for (let day = firstDay; day <= lastDay; day++) away.add(day)
    days.set(agent, away)
  }
  const calledOff: Row<typeof absenceExceptions>[] = []
  const thisMonday = monday(today)
  for (const [agent, spare] of free) {
    if (isDemoAgent(agent)) {
      wholeDays(agent, 'training', 'Formation échographie', thisMonday - 33, 2)
      wholeDays(agent, 'leave', 'Congés', thisMonday + 35, 7)
    } else {
      wholeDays(agent, 'leave', 'Congés', thisMonday - 7 * random.int(3, 20), random.pick([5, 7, 12, 14]))
      if (random.chance(0.55))
        wholeDays(agent, 'leave', 'Congés', thisMonday + 7 * random.int(2, 8), random.pick([5, 7, 12]))
      if (random.chance(0.1)) wholeDays(agent, 'other', 'Arrêt', today - random.int(0, 3), random.int(3, 9))
      if (random.chance(0.4)) {
        wholeDays(
          agent,
          'training',
          random.pick(TRAININGS),
          thisMonday + 7 * random.int(-8, 6) + random.int(0, 3),
          random.int(1, 2),
        )
      }
    }
    if (agent.spec.isTerritoryAdmin) {
      const rule: Rule = { kind: 'monthly-day', interval: 1, dayOfMonth: 15, until: null }
      const firstDay = firstFallFrom(rule, today - 150)
      all.push({
        agent,
        kind: 'meeting',
        title: 'Comité de pilotage',
        firstDay,
        startMin: 1020,
        lastDay: firstDay,
        endMin: 1110,
        rule,
      })
    }
    const half = [...spare].at(-1)
    if (half === undefined) continue
    const weekday = half >> 1
    const rule = random.weighted<Rule>([
      [weekly(2, [weekday]), 5],
      [weekly(1, [weekday], today + 200), 3],
      [monthly(random.int(1, 4), weekday), 3],
    ])
    const firstDay = firstFallFrom(rule, thisMonday - 7 * 20)
    const startMin = half % 2 === 0 ? 540 : 840
    const title = random.pick(MEETINGS)
    all.push({ agent, kind: 'meeting', title, firstDay, startMin, lastDay: firstDay, endMin: startMin + 120, rule })
    if (random.chance(0.2)) {
      const onDay = firstFallFrom(rule, firstDay + 7 * 20)
      if (fallsOn(rule, firstDay, onDay))
        calledOff.push({ absenceId: all.length, onDay: civil(onDay), kind: 'cancelled' })
    }
    spare.delete(half)
  }
  return {
    rows: { absences: all.map((absence, index) => absenceRow(absence, index + 1)), absenceExceptions: calledOff },
    away: (agent, day) => days.get(agent)?.has(day) ?? false,
  }
}

function absenceRow({ agent, rule, ...absence }: Absence, id: number): Row<typeof absences> {
  return {
    id,
    agentId: agent.id,
    zone: agent.organisations[0].territory.zone,
    title: absence.title,
    kind: absence.kind,
    firstDay: civil(absence.firstDay),
    startMin: absence.startMin,
    lastDay: civil(absence.lastDay),
    endMin: absence.endMin,
    rrule: rruleOf(rule),
    endsOn: lastDayOf(rule, absence.lastDay),
  }
}
