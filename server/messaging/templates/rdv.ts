import { formatDateTime, formatDuration, zoneWords } from '@/server/kernel/dates'
import { buttonLink, escaped, letterHtml, linkLine, paragraph, paragraphs } from '@/server/platform/letter'
import { prefixed } from '@/server/platform/outgoing'
import { fullValues, waysOf, type Sayable } from '../rules/usager-values'
import { filled, shortestSms, type WrittenSms, type Wording } from '../rules/wording'
import type { UsagerEvent } from '../rules/standard-wordings'
import type { KnownBefore } from '../queries/message-facts'
import type { Known, News } from '../rules/telling'
import type { MessageFacts } from './facts'
import { linesHtml, linesText, said } from './lines'

/**
 * `previousStartsAt`: when they thought it was. `forNames`: whom it is for, when that is not plain. `others`: the dates of
 * a series that are told of with it.
 */
export type ToldFacts = MessageFacts & {
  previousStartsAt: Date | null
  /** What they knew of one that moved. */
  before: KnownBefore | null
  forNames: readonly string[]
  others: readonly MessageFacts[]
}

const minutesOf = ({ startsAt, endsAt }: Known): number => (endsAt.getTime() - startsAt.getTime()) / 60_000

const instant = (at: Date, zone: string): string => {
  const words = zoneWords(zone)
  return `${formatDateTime(at, zone)}${words ? ` (${words})` : ''}`
}
const when = ({ startAt, zone }: ToldFacts): string => instant(startAt, zone)
/** The time they know it by: of one cancelled just after it was moved, they know the first. */
const asKnown = ({ startAt, previousStartsAt, zone }: ToldFacts): string => instant(previousStartsAt ?? startAt, zone)

const LIST = new Intl.ListFormat('fr', { type: 'conjunction' })

/** Which words are written: several dates told of together have their own. */
export const eventOf = (news: News, othersCount: number): UsagerEvent =>
  news === 'created' && othersCount > 0 ? 'series' : news

/** Every date told of, the one of the message among them. */
const datesOf = (facts: ToldFacts): MessageFacts[] =>
  [facts, ...facts.others].sort((one, other) => one.startAt.getTime() - other.startAt.getTime())

/** It lasts otherwise than they knew. */
const isLongerOrShorter = ({ before, durationMin }: ToldFacts): boolean =>
  before !== null && minutesOf(before) !== durationMin

/** « 1 h (au lieu de 30 min) ». */
function durationWords(facts: ToldFacts): string {
  const known =
    facts.before && isLongerOrShorter(facts) ? ` (au lieu de ${formatDuration(minutesOf(facts.before))})` : ''
  return `${formatDuration(facts.durationMin)}${known}`
}

/** The title of the session, or the agents, when they are not those its person knew; null otherwise, and where it is not said. */
const newTitle = ({ before, title }: ToldFacts): string | null =>
  before?.title == null || title === before.title ? null : title
const newAgents = ({ before, agentNames }: ToldFacts): string | null =>
  before?.agentNames == null || agentNames === before.agentNames ? null : agentNames

/** « Ateliers : Budget (au lieu de « Bourse ») ». */
function motifWords(facts: ToldFacts): string | null {
  if (facts.motifName === null || newTitle(facts) === null) return facts.motifName
  return `${facts.motifName} (${facts.before?.title ? `au lieu de «\u00a0${facts.before.title}\u00a0»` : 'nouvel intitulé'})`
}

/** « Zoé Petit (au lieu de Léa Martin) ». */
const agentsWords = (facts: ToldFacts): string | null =>
  newAgents(facts) === null ? facts.agentNames : `${newAgents(facts)} (au lieu de ${facts.before?.agentNames})`

/** What the variables of its words may say. */
export const sayable = (news: News, facts: ToldFacts, motif: string | null): Sayable => ({
  ...facts,
  motif,
  startAt:
    news === 'cancelled' ? (facts.previousStartsAt ?? facts.startAt) : (datesOf(facts)[0]?.startAt ?? facts.startAt),
  othersCount: facts.others.length,
  newDurationMin: isLongerOrShorter(facts) ? facts.durationMin : null,
})

/** What an SMS says of these changes. No subject does, which names neither: the recap of an e-mail says them. */
const changesOf = (facts: ToldFacts) => ({
  ...{ newTitle: newTitle(facts), newAgents: newAgents(facts) },
  isPlaceKnown: facts.before !== null && facts.before.lieuId === facts.lieuId,
})

/** « RDV PMI mardi 2 mars à 9 h, Centre PMI… », in as few SMS as its words allow. */
export const smsOf = (news: News, facts: ToldFacts, { body }: Wording): WrittenSms =>
  shortestSms(body, waysOf({ ...sayable(news, facts, facts.shortLabel), ...changesOf(facts) }), prefixed(''))

const HEADINGS = {
  created: 'Votre rendez-vous est confirmé',
  moved: 'Votre rendez-vous a changé',
  reminder: 'Rappel de votre rendez-vous',
  cancelled: 'Votre rendez-vous est annulé',
} as const satisfies Record<News, string>

export const headingOf = (news: News, othersCount: number): string =>
  othersCount > 0 ? `Vos ${String(othersCount + 1)} rendez-vous sont confirmés` : HEADINGS[news]

/** What is said of an RDV, a name and a value a line. */
export function linesOf(news: News, facts: ToldFacts): [string, string][] {
  const known = facts.previousStartsAt
  const isOff = news === 'cancelled'
  const isElsewhere = facts.before !== null && facts.before.lieuId !== facts.lieuId
  const hasMoved = news === 'moved' && known !== null && known.getTime() !== facts.startAt.getTime()
  return said([
    ['Quand', facts.others.length > 0 ? null : isOff ? asKnown(facts) : when(facts)],
    ['Au lieu du', hasMoved ? instant(known, facts.zone) : null],
    ['Pour', facts.forNames.length > 0 ? LIST.format(facts.forNames) : null],
    ['Motif', motifWords(facts)],
    ['Service', facts.serviceName],
    ['Avec', isOff ? null : agentsWords(facts)],
    ['Durée', isOff || facts.others.length > 0 ? null : durationWords(facts)],
    ['Où', isOff ? null : facts.placeForms[0]],
    ['Au lieu de', isElsewhere && facts.motifName !== null ? (facts.before?.placeName ?? null) : null],
    ['Lien', isOff ? null : facts.videoUrl],
    ['Contact', facts.phone],
    ['À savoir', isOff ? null : facts.instructions],
  ])
}

export const linkWords = (news: News): string =>
  news === 'cancelled' ? 'Reprendre un rendez-vous' : 'Voir ou annuler mon rendez-vous'

const EACH = 'Chaque rendez-vous a sa page, pour le revoir, l’ajouter à votre agenda ou l’annuler'

/**
 * The same facts as text and as HTML, under the words chosen for them. Of a series, each date with its own link. `stopUrl`:
 * where the person says that they want no more e-mails.
 */
export function mailOf(
  news: News,
  facts: ToldFacts,
  { wording, stopUrl }: { wording: Wording; stopUrl: string | null },
): { subject: string; text: string; html: string } {
  const isOn = news !== 'cancelled'
  const values = fullValues(sayable(news, facts, facts.motifName))
  const [subject, intro] = [filled(wording.subject ?? '', values), filled(wording.body, values)]
  const lines = linesOf(news, facts)
  const dates = facts.others.length > 0 ? datesOf(facts) : []
  const heading = headingOf(news, facts.others.length)
  const text = [
    heading,
    intro,
    linesText(lines),
    dates.length > 0
      ? `${EACH}.\n\n${dates.map(({ startAt, zone, url }) => `- ${instant(startAt, zone)}\u00a0:\n  ${url}`).join('\n')}`
      : `${isOn ? 'Pour le revoir, l’ajouter à votre agenda ou l’annuler' : 'Pour le revoir ou en reprendre un'}\u00a0:\n${facts.url}`,
    ...(stopUrl === null ? [] : [`${NO_MORE}\u00a0:\n${stopUrl}`]),
  ].join('\n\n')
  const after =
    dates.length > 0
      ? `${paragraph(`${EACH}.`)}<ul style="margin:0;padding-left:20px">${dates.map(dateLink).join('')}</ul>`
      : buttonLink(linkWords(news), facts.url)
  const html = letterHtml({
    subject,
    heading,
    html: `${paragraphs(intro)}${linesHtml(lines)}${after}`,
    ...(stopUrl !== null && { below: linkLine(NO_MORE, stopUrl) }),
  })
  return { subject, text, html }
}

/** The words of the link that stops them. */
export const NO_MORE = 'Ne plus recevoir d’e-mails de ce service'

const dateLink = ({ startAt, zone, url }: MessageFacts): string =>
  `<li style="padding:6px 0"><a href="${escaped(url)}" style="color:#0b5563">${escaped(instant(startAt, zone))}</a></li>`
