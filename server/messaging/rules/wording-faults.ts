import { nameOfVariable, piecesOf, variablesIn, type Broken, type Wording } from './wording'
import type { PlanningNews } from './planning'
import { isOfPlanning, type WordingKey } from './standard-wordings'

/** Names as people read them. What each says is in app/_words/wordings.ts. */
const USAGER_VARIABLES = [
  ...(['date', 'heure', 'lieu', 'motif', 'personnes', 'lien', 'téléphone', 'contact'] as const),
  ...(['territoire', 'ancienne date', 'autres dates', 'nombre', 'réponse'] as const),
] as const
const AGENT_VARIABLES = ['date', 'heure', 'auteur', 'organisation'] as const
/** Of an opening or an absence, and of openings closed together. */
const PLANNING_VARIABLES = ['date', 'horaires', 'intitulé', 'auteur'] as const
const CLOSING_VARIABLES = ['organisation', 'nombre', 'auteur'] as const

const ALL_VARIABLES = [...USAGER_VARIABLES, ...AGENT_VARIABLES, ...PLANNING_VARIABLES, ...CLOSING_VARIABLES] as const

export type Variable = (typeof ALL_VARIABLES)[number]

/** A telephone shows a subject to whoever passes: neither what an RDV is about nor for whom. */
const IN_SUBJECTS: ReadonlySet<Variable> = new Set(['date', 'heure', 'territoire', 'nombre'])
/** Of several dates told of together. */
const OF_SERIES: ReadonlySet<Variable> = new Set(['autres dates', 'nombre'])

/** Of somebody who waits, offered a slot. */
const OF_OFFER: ReadonlySet<Variable> = new Set([
  'date',
  'heure',
  'lieu',
  'motif',
  'lien',
  'territoire',
  'ancienne date',
  'réponse',
])

/** Of somebody who begins to wait: there is no slot yet. */
const OF_WAITING: ReadonlySet<Variable> = new Set(['lieu', 'motif', 'lien', 'téléphone', 'territoire'])

/** The variables a text may name, in the order they are offered. */
export function variablesOf({ audience, news }: WordingKey, part: keyof Wording): readonly Variable[] {
  if (audience === 'agent' && isOfPlanning(news)) return planningVariables(news, part)
  if (audience === 'agent') return AGENT_VARIABLES.filter((name) => part === 'body' || IN_SUBJECTS.has(name))
  return USAGER_VARIABLES.filter((name) => {
    if (part === 'subject' && !IN_SUBJECTS.has(name)) return false
    if (news === 'offer') return OF_OFFER.has(name)
    if (news === 'waiting') return OF_WAITING.has(name)
    if (name === 'ancienne date') return news === 'moved'
    if (name === 'réponse') return false
    return !OF_SERIES.has(name) || news === 'series'
  })
}

/** A title says what somebody is away for; an organisation, nothing of anybody. */
const planningVariables = (news: PlanningNews, part: keyof Wording): readonly Variable[] =>
  news === 'openings-closed'
    ? CLOSING_VARIABLES.filter((name) => part === 'body' || name !== 'auteur')
    : PLANNING_VARIABLES.filter((name) => part === 'body' || name === 'date' || name === 'horaires')

/** One of these is to stand in an SMS, whatever the RDV: without them nobody can come, nor say that they will not, nor leave the waitlist. */
function compulsoryIn({ channel, news }: WordingKey): readonly (readonly Variable[])[] {
  if (channel !== 'sms') return []
  if (news === 'waiting') return [['lien']]
  return [['date'], ['heure'], news === 'cancelled' ? ['contact', 'lien'] : ['lien']]
}

export type WordingFault =
  | { readonly what: 'empty' | Broken }
  | { readonly what: 'unknown' | 'not-in-subject' | 'not-here'; readonly name: string }
  | { readonly what: 'missing'; readonly name: Variable }

/** What is wrong with a text somebody typed, first things first; null when it may be saved. */
export function faultOf(key: WordingKey, part: keyof Wording, text: string): WordingFault | null {
  if (text.trim() === '') return { what: 'empty' }
  const read = piecesOf(text)
  if (!read.ok) return { what: read.broken }
  const used = variablesIn(text)
  const allowed = variablesOf(key, part).map(nameOfVariable)
  const stranger = used.find(({ name }) => !allowed.includes(name))
  if (stranger) return strange(key, part, stranger.name)
  if (part === 'subject') return null
  const sure = new Set(used.flatMap(({ name, isSure }) => (isSure ? [name] : [])))
  const missing = compulsoryIn(key).find((names) => !names.some((name) => sure.has(nameOfVariable(name))))
  return missing?.[0] ? { what: 'missing', name: missing[0] } : null
}

function strange(key: WordingKey, part: keyof Wording, name: string): WordingFault {
  const asPeopleReadIt = ALL_VARIABLES.find((known) => nameOfVariable(known) === name)
  if (asPeopleReadIt === undefined) return { what: 'unknown', name }
  const isOfBody = part === 'subject' && variablesOf(key, 'body').includes(asPeopleReadIt)
  return { what: isOfBody ? 'not-in-subject' : 'not-here', name: asPeopleReadIt }
}
