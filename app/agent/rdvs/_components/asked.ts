import { one, type SearchParams } from '@/app/_lib/search'
import {
  AUTHORS,
  daysOfPeriod,
  LIST_DIRECTIONS,
  LIST_PERIODS,
  LIST_SORTS,
  type ListPeriod,
  type PeriodFault,
} from '@/server/booking/rules/rdv-list'
import { STATUSES, type Status } from '@/server/booking/rules/status'
import { KEPT_PARAMETERS, type RdvListPageQuestion } from '@/server/booking/schema/rdv-list'

export const PATH = '/agent/rdvs'

/** What may stand beside the time and the people; the first ones do unless told otherwise. */
export const COLUMNS = ['motif', 'agents', 'lieu', 'organisation', 'contact', 'creation'] as const
export type Column = (typeof COLUMNS)[number]
const USUAL_COLUMNS: readonly Column[] = ['motif', 'agents', 'lieu']

const PERIOD_WORDS = {
  coming: 'a-venir',
  today: 'aujourdhui',
  week: 'semaine',
  month: 'mois',
  past: 'passes',
  dates: 'dates',
} as const satisfies Record<ListPeriod, string>
export const periodParameter = (period: ListPeriod): string => PERIOD_WORDS[period]

const PARAMETERS = [...KEPT_PARAMETERS, 'personne'] as const
type Parameter = (typeof PARAMETERS)[number]

export type Asked = {
  /** The address as it stands, lists with commas. */
  given: Readonly<Partial<Record<Parameter, string>>>
  period: ListPeriod
  fault: PeriodFault | null
  columns: readonly Column[]
  statuses: readonly Status[]
  list: RdvListPageQuestion
}

const listIn = (value: SearchParams[string]): string[] => [value ?? []].flat().flatMap((text) => text.split(','))

const among = <Word extends string>(words: readonly Word[], typed: string | undefined): Word | null =>
  words.find((word) => word === typed) ?? null

/** What the address asks for; what makes no sense in it is as if absent. `today`: the civil day of whoever reads. */
export function readAsked(search: SearchParams, today: string): Asked {
  const given: Asked['given'] = Object.fromEntries(
    PARAMETERS.flatMap((name) => {
      const text = listIn(search[name]).join(',').trim().slice(0, 200)
      return text === '' ? [] : [[name, text]]
    }),
  )
  const period = LIST_PERIODS.find((one) => PERIOD_WORDS[one] === given.periode) ?? 'coming'
  const days = daysOfPeriod(period, today, { fromDay: given.du ?? '', toDay: given.au ?? '' })
  const fallback = daysOfPeriod('coming', today)
  const { fromDay, toDay } = days.ok ? days.days : fallback.ok ? fallback.days : { fromDay: today, toDay: today }
  const idOf = (typed: string | undefined) => (typed && /^[1-9]\d{0,14}$/.test(typed) ? Number(typed) : 'any')
  const statuses = STATUSES.filter((status) => (given.statut ?? '').split(',').includes(status))
  const columns = given.colonnes?.split(',')
  const sort = LIST_SORTS.find((one) => one === given.tri) ?? 'start'
  const isPast = period === 'past'
  return {
    given,
    period,
    fault: days.ok ? null : days.fault,
    columns: columns ? COLUMNS.filter((column) => columns.includes(column)) : USUAL_COLUMNS,
    statuses,
    list: {
      ...{ fromDay, toDay, sort },
      agentId: idOf(given.agent),
      organisationId: idOf(given.organisation),
      motifId: idOf(given.motif),
      lieuId: idOf(given.lieu),
      statuses: statuses.length === 0 ? 'any' : statuses,
      author: among(AUTHORS, given.origine) ?? 'any',
      person: given.personne?.slice(0, 100) ?? '',
      direction: among(LIST_DIRECTIONS, given.ordre) ?? (isPast && sort === 'start' ? 'desc' : 'asc'),
      from: placeIn(search),
    },
  }
}

function placeIn(search: SearchParams): RdvListPageQuestion['from'] {
  const [after, before] = [one(search.apres), one(search.avant)]
  const isId = (text: string | undefined): text is string => text !== undefined && /^[1-9]\d{0,14}$/.test(text)
  if (isId(after)) return { rdvId: Number(after), way: 'after' }
  return isId(before) ? { rdvId: Number(before), way: 'before' } : null
}

/** What the address says of the list, in one order whatever its own. */
export const listedParameters = (given: Asked['given']): [string, string][] =>
  PARAMETERS.flatMap((name): [string, string][] => (given[name] ? [[name, given[name]]] : []))

/** The address of the list, with something more at its end. */
export function listHref(given: Asked['given'], more: Readonly<Record<string, string>> = {}): string {
  const kept = listedParameters(given)
  const usual: [string, string][] = kept.length === 0 ? [['periode', PERIOD_WORDS.coming]] : []
  return `${PATH}?${new URLSearchParams([...usual, ...kept, ...Object.entries(more)]).toString()}`
}

/** How many filters narrow the list, besides its period. */
export const countFilters = ({ given }: Asked): number =>
  (['agent', 'organisation', 'motif', 'lieu', 'statut', 'origine', 'personne'] as const).filter(
    (name) => given[name] !== undefined,
  ).length

/** What a form carries of the filters on screen. */
export const keptIn = (fields: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    KEPT_PARAMETERS.flatMap((name): [string, string][] => {
      const value = fields[name]?.slice(0, 200)
      return value ? [[name, value]] : []
    }),
  )
