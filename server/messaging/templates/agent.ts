import { dayOf, formatDateTime, formatDay, formatDuration, zoneWords } from '@/server/kernel/dates'
import type { RdvWords } from '../queries/agent-words'
import type { AgentsRdv, Author } from '../rules/agent-telling'
import type { AgentEvent } from '../rules/standard-wordings'
import { namedValues, timeOf } from '../rules/usager-values'
import { filled, type Wording } from '../rules/wording'
import { toldLetter, type Line } from './letter'

/** What a mail to one of its agents is written from. `is` is told as it was for one that is no longer theirs. */
export type AgentFacts = {
  agentId: number
  rdvId: number
  was: AgentsRdv
  is: AgentsRdv & { zone: string }
  authors: readonly Author[]
  /** Who came, and when; `personName` null when it is not to be written. */
  arrival?: { at: Date; personName: string | null }
  words: RdvWords
  /** Else they are told when they are taken, and nothing more. */
  knowsAll: boolean
  /** Of the site, without its last slash. */
  url: string
}

export const AGENT_HEADINGS = {
  placed: 'Un RDV est placé sur votre agenda',
  moved: 'Un de vos RDV a changé',
  cancelled: 'Un de vos RDV est annulé',
  added: 'Vous êtes désormais sur ce RDV',
  removed: 'Vous n’êtes plus sur ce RDV',
  people: 'Les inscriptions à une de vos séances ont changé',
  arrived: 'Un usager est en salle d’attente',
} as const satisfies Record<AgentEvent, string>

const PLACES = { phone: 'Par téléphone', home: 'À domicile', visio: 'Par visioconférence' } as const
const LIST = new Intl.ListFormat('fr', { type: 'conjunction' })

const instant = (at: Date, zone: string): string => {
  const words = zoneWords(zone)
  return `${formatDateTime(at, zone)}${words ? ` (${words})` : ''}`
}

function placeOf(lieuId: number | null, { locationType, lieux }: RdvWords): string | null {
  if (locationType !== 'public_office') return PLACES[locationType]
  return lieuId === null ? null : (lieux[String(lieuId)] ?? null)
}

/** Who changed it, each once. */
function authorWords({ agentId, authors, words }: AgentFacts): string {
  const names = authors.map((author) => {
    switch (author.kind) {
      case 'agent':
        return author.agentId === agentId ? 'vous' : (words.agents[String(author.agentId)]?.name ?? 'un agent')
      case 'usager':
        return 'l’usager, en ligne'
      case 'support':
        return 'le support'
      case 'system':
        return 'le service'
    }
  })
  return LIST.format([...new Set(names)])
}

const namesOf = (agentIds: readonly number[], { agents }: RdvWords): string =>
  LIST.format(agentIds.flatMap((id) => agents[String(id)]?.name ?? []))

/** Names stay off a mailbox where the motif is confidential, and from whoever no longer receives the person. */
const isDiscreet = (news: AgentEvent, { words }: AgentFacts): boolean => words.isConfidential || news === 'removed'

/** « Léa Martin, à 8 h 50 ». */
const arrivalWords = ({ at, personName }: NonNullable<AgentFacts['arrival']>, zone: string): string =>
  [personName, `à ${timeOf(at, zone)}`].filter((part) => part !== null).join(', ')

function linesOf(news: AgentEvent, facts: AgentFacts): Line[] {
  const { was, is, words } = facts
  const isOver = news === 'cancelled' || news === 'removed'
  const [told, isMoved] = [isOver ? was : is, news === 'moved']
  const place = placeOf(told.lieuId, words)
  const agentsNow = namesOf(told.agentIds, words)
  const extra = is.peopleCount - was.peopleCount
  const times: Line[] = [
    ['Quand', instant(told.startsAt, is.zone)],
    ['Au lieu du', isMoved && was.startsAt.getTime() !== is.startsAt.getTime() ? instant(was.startsAt, is.zone) : null],
    ['Durée', formatDuration(told.durationMin)],
    ['Au lieu de', isMoved && was.durationMin !== is.durationMin ? formatDuration(was.durationMin) : null],
  ]
  if (!facts.knowsAll) return times
  return [
    ['Arrivée', facts.arrival ? arrivalWords(facts.arrival, is.zone) : null],
    ...times,
    ['Où', place],
    ['Lieu précédent', isMoved && was.lieuId !== is.lieuId ? placeOf(was.lieuId, words) : null],
    ['Agents', isMoved || told.agentIds.length > 1 ? agentsNow : null],
    ['Dates', news === 'placed' && words.togetherCount > 1 ? `${words.togetherCount} RDV, celui-ci le premier` : null],
    ['Inscrits', news === 'people' ? (extra > 0 ? `${extra} de plus` : `${-extra} de moins`) : null],
    ...nameLines(news, facts, told.title),
    ['Pour', isDiscreet(news, facts) || words.people.length === 0 ? null : LIST.format(words.people)],
    ['Organisation', words.organisation],
    ['Par', authorWords(facts)],
  ]
}

/** What it is for; of a session renamed, what it was called: that it was, and no more, where it may not be named. */
function nameLines(news: AgentEvent, facts: AgentFacts, title: string | null): Line[] {
  const { was, is, words } = facts
  const isRenamed = news === 'moved' && was.title !== is.title
  if (isDiscreet(news, facts)) return [['Intitulé', isRenamed ? 'changé' : null]]
  if (!isRenamed) return [['Motif', title ?? words.motifName]]
  return [
    ['Motif', words.motifName],
    ['Intitulé', is.title ?? 'aucun'],
    ['Intitulé précédent', was.title ?? 'aucun'],
  ]
}

/** Where an answer goes: to the colleague who alone did it, else to the organisation. */
function replyTo({ agentId, authors, words }: AgentFacts): { address: string; isColleague: boolean } | null {
  const [author] = authors
  if (author?.kind === 'agent' && authors.every((one) => one.kind === 'agent' && one.agentId === author.agentId)) {
    const email = author.agentId === agentId ? null : (words.agents[String(author.agentId)]?.email ?? null)
    if (email !== null) return { address: email, isColleague: true }
  }
  return words.organisationEmail === null ? null : { address: words.organisationEmail, isColleague: false }
}

/** What an agent is told of their RDV. No name of a person in the subject, which telephones show to whoever passes. */
export function agentMail(news: AgentEvent, facts: AgentFacts, wording: Wording) {
  const { was, is, rdvId, words, url } = facts
  const reply = facts.knowsAll ? replyTo(facts) : null
  const startsAt = news === 'cancelled' || news === 'removed' ? was.startsAt : is.startsAt
  const notes = [
    facts.knowsAll && words.isConfidential && news !== 'removed'
      ? 'Le motif et les noms ne sont pas écrits dans cet e-mail.'
      : null,
    reply && `Répondre à cet e-mail écrit à ${reply.isColleague ? 'cette personne' : 'l’organisation'}.`,
  ].filter((note) => note !== null)
  const values = namedValues({
    date: formatDay(dayOf(startsAt, is.zone)),
    heure: timeOf(startsAt, is.zone),
    auteur: facts.knowsAll ? authorWords(facts) : null,
    organisation: facts.knowsAll ? words.organisation : null,
  })
  const letter = toldLetter({
    subject: filled(wording.subject ?? '', values),
    heading: AGENT_HEADINGS[news],
    intro: filled(wording.body, values),
    lines: linesOf(news, facts),
    notes,
    link:
      news === 'removed' || !facts.knowsAll
        ? { words: 'Voir mon agenda', url: `${url}/agent/semaine` }
        : { words: 'Voir le RDV', url: `${url}/agent/rdvs/${rdvId}` },
  })
  return { ...letter, ...(reply && { replyTo: reply.address }) }
}
