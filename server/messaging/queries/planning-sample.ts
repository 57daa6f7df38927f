import type { PlanningNews } from '../rules/planning'
import type { WordingSample } from '../rules/wording-views'
import {
  planningLines,
  planningValues,
  PLANNING_HEADINGS,
  PLANNING_LINKS,
  type SaidOfPlanning,
} from '../templates/planning'

const BY = 'Camille Durand'

/** A save of somebody's planning as it might be, written by a colleague. */
export function planningSample(
  news: PlanningNews,
  { onDay, organisation, lieu }: { onDay: string; organisation: string; lieu: string },
): WordingSample {
  const kind = news.startsWith('absence') ? 'absence' : 'opening'
  const base = { firstDay: onDay, lastDay: null, startMin: 9 * 60, endMin: 12 * 60, repeats: false }
  const said: SaidOfPlanning =
    news === 'openings-closed'
      ? { by: BY, words: null, closed: { organisation, count: 3, hasLessened: false } }
      : kind === 'opening'
        ? { by: BY, closed: null, words: { ...base, title: 'Permanence', lieu, repeats: true } }
        : { by: BY, closed: null, words: { ...base, title: 'Formation', lieu: null, lastDay: onDay } }
  return {
    label: 'short',
    ways: [planningValues(said)],
    heading: PLANNING_HEADINGS[news],
    lines: planningLines(said).flatMap(([name, value]) => (value ? [[name, value] as const] : [])),
    link: PLANNING_LINKS[kind].words,
  }
}
