import { weekOf } from '@/app/_parts/booking/agent/days'
import { addDays, type CivilDay } from '@/server/scheduling/rules/civil'

/** How the agenda is looked at: the address's word, the library's, and the button's. */
export const VIEWS = [
  { name: 'mois', type: 'dayGridMonth', words: 'Mois' },
  { name: 'semaine', type: 'timeGridWeek', words: 'Semaine' },
  { name: 'jour', type: 'timeGridDay', words: 'Jour' },
  { name: 'liste', type: 'listWeek', words: 'Liste' },
] as const
export type ViewName = (typeof VIEWS)[number]['name']

export const viewNamed = (name: string | null | undefined): ViewName | null =>
  VIEWS.find((view) => view.name === name)?.name ?? null

/** The days a view shows around one of its own, weekends included though it may hide them. */
export function daysOf(view: ViewName, day: CivilDay): CivilDay[] {
  if (view === 'jour') return [day]
  if (view !== 'mois') return weekOf(day)
  const [first = day] = weekOf(`${day.slice(0, 7)}-01`)
  return Array.from({ length: 42 }, (_, index) => addDays(first, index))
}

export const agendaHref = ({ agentId, view, day }: { agentId: number; view?: ViewName; day?: CivilDay }): string =>
  `/agent/agenda?${new URLSearchParams({ agent: String(agentId), ...(view && { vue: view }), ...(day && { jour: day }) }).toString()}`
