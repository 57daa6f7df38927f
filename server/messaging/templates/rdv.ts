import { formatDateTime, zoneWords } from '@/server/kernel/dates'
import { buttonLink, escaped, letterHtml, paragraph } from '@/server/platform/letter'
import type { News } from '../rules/telling'
import type { MessageFacts } from './facts'

/**
 * `previousStartsAt`: when they thought it was. `forNames`: whom it is for, when that is not plain. `others`: the dates of
 * a series that are told of with it.
 */
export type ToldFacts = MessageFacts & {
  previousStartsAt: Date | null
  forNames: readonly string[]
  others: readonly MessageFacts[]
}

const instant = (at: Date, zone: string): string => {
  const words = zoneWords(zone)
  return `${formatDateTime(at, zone)}${words ? ` (${words})` : ''}`
}
const when = ({ startAt, zone }: ToldFacts): string => instant(startAt, zone)
/** The time they know it by: of one cancelled just after it was moved, they know the first. */
const asKnown = ({ startAt, previousStartsAt, zone }: ToldFacts): string => instant(previousStartsAt ?? startAt, zone)

const LIST = new Intl.ListFormat('fr', { type: 'conjunction' })
const forWords = ({ forNames }: ToldFacts): string => (forNames.length > 0 ? ` pour ${LIST.format(forNames)}` : '')

/** Accents outside GSM-7 would double the price of an SMS; é è à ù stay. */
const GSM7 = [
  [/[\u00a0\u202f]/g, ' '],
  [/[’]/g, "'"],
  [/[êë]/g, 'e'],
  [/[âä]/g, 'a'],
  [/[îï]/g, 'i'],
  [/[ôö]/g, 'o'],
  [/[ûü]/g, 'u'],
  [/ç/g, 'c'],
  [/œ/g, 'oe'],
  [/[ÉÈÊ]/g, 'E'],
  [/[ÀÂ]/g, 'A'],
] as const
export const toGsm7 = (text: string): string => GSM7.reduce((folded, [from, to]) => folded.replace(from, to), text)

/** « et 25 autres dates »; nothing of one alone. */
const othersWords = ({ others }: ToldFacts): string => {
  if (others.length === 0) return ''
  return others.length === 1 ? ' et une autre date' : ` et ${String(others.length)} autres dates`
}

/** « RDV PMI mardi 2 mars à 9 h, Centre PMI… ». */
export function smsOf(news: News, facts: ToldFacts): string {
  const label = facts.shortLabel ? ` ${facts.shortLabel}` : ''
  const phone = facts.phone ? ` / ${facts.phone}` : ''
  const rdv = `${when(facts)}${othersWords(facts)}${forWords(facts)}, ${facts.placeWords}. Infos et annulation\u00a0: ${facts.url}${phone}`
  switch (news) {
    case 'created':
      return toGsm7(`RDV${label} ${rdv}`)
    case 'moved':
      return toGsm7(`RDV${label} modifié\u00a0: ${rdv}`)
    case 'reminder':
      return toGsm7(`Rappel\u00a0: RDV${label} ${rdv}`)
    case 'cancelled':
      return toGsm7(
        `RDV${label} ${asKnown(facts)}${forWords(facts)} annulé. Pour en reprendre un\u00a0: ${facts.phone ?? facts.url}`,
      )
  }
}

/** Every date told of, the one of the message among them. */
const datesOf = (facts: ToldFacts): MessageFacts[] =>
  [facts, ...facts.others].sort((one, other) => one.startAt.getTime() - other.startAt.getTime())
const firstOf = (facts: ToldFacts): Date => datesOf(facts)[0]?.startAt ?? facts.startAt

const WORDS = {
  created: {
    subject: (facts: ToldFacts) =>
      facts.others.length > 0
        ? `Vos ${String(datesOf(facts).length)} rendez-vous, à partir du ${instant(firstOf(facts), facts.zone)}`
        : `Votre rendez-vous du ${when(facts)}`,
    heading: 'Votre rendez-vous est confirmé',
    isOn: true,
  },
  moved: {
    subject: (facts: ToldFacts) => `Votre rendez-vous a changé\u00a0: ${when(facts)}`,
    heading: 'Votre rendez-vous a changé',
    isOn: true,
  },
  reminder: {
    subject: (facts: ToldFacts) => `Rappel\u00a0: votre rendez-vous du ${when(facts)}`,
    heading: 'Rappel de votre rendez-vous',
    isOn: true,
  },
  cancelled: {
    subject: (facts: ToldFacts) => `Votre rendez-vous du ${asKnown(facts)} est annulé`,
    heading: 'Votre rendez-vous est annulé',
    isOn: false,
  },
} as const satisfies Record<News, { subject: (facts: ToldFacts) => string; heading: string; isOn: boolean }>

/** What is said of an RDV, a name and a value a line. */
function linesOf(news: News, facts: ToldFacts): [string, string][] {
  const known = facts.previousStartsAt
  const hasMoved = news === 'moved' && known !== null && known.getTime() !== facts.startAt.getTime()
  const lines: [string, string | null][] = [
    ['Quand', facts.others.length > 0 ? null : news === 'cancelled' ? asKnown(facts) : when(facts)],
    ['Au lieu du', hasMoved ? instant(known, facts.zone) : null],
    ['Pour', facts.forNames.length > 0 ? LIST.format(facts.forNames) : null],
    ['Motif', facts.motifName],
    ['Où', news === 'cancelled' ? null : facts.placeWords],
    ['Lien', news === 'cancelled' ? null : facts.videoUrl],
    ['Contact', facts.phone],
    ['À savoir', news === 'cancelled' ? null : facts.instructions],
  ]
  return lines.flatMap(([name, value]): [string, string][] => (value ? [[name, value]] : []))
}

const EACH = 'Chaque rendez-vous a sa page, pour le revoir, l’ajouter à votre agenda ou l’annuler'

/** The same facts as text and as HTML. Of a series, each date with its own link. */
export function mailOf(news: News, facts: ToldFacts): { subject: string; text: string; html: string } {
  const { subject, isOn } = WORDS[news]
  const lines = linesOf(news, facts)
  const dates = facts.others.length > 0 ? datesOf(facts) : []
  const heading = dates.length > 0 ? `Vos ${String(dates.length)} rendez-vous sont confirmés` : WORDS[news].heading
  const text = [
    'Bonjour,',
    `${heading}.`,
    lines.map(([name, value]) => `${name}\u00a0: ${value}`).join('\n'),
    dates.length > 0
      ? `${EACH}.\n\n${dates.map(({ startAt, zone, url }) => `- ${instant(startAt, zone)}\u00a0:\n  ${url}`).join('\n')}`
      : `${isOn ? 'Pour le revoir, l’ajouter à votre agenda ou l’annuler' : 'Pour le revoir ou en reprendre un'}\u00a0:\n${facts.url}`,
  ].join('\n\n')
  const rows = lines
    .map(
      ([name, value]) =>
        `<tr><th scope="row" style="text-align:left;vertical-align:top;padding:6px 16px 6px 0;color:#4b5568;font-weight:normal">${name}</th>` +
        `<td style="padding:6px 0">${escaped(value)}</td></tr>`,
    )
    .join('')
  const after =
    dates.length > 0
      ? `${paragraph(`${EACH}.`)}<ul style="margin:0;padding-left:20px">${dates.map(dateLink).join('')}</ul>`
      : buttonLink(isOn ? 'Voir ou annuler mon rendez-vous' : 'Reprendre un rendez-vous', facts.url)
  const html = letterHtml({ subject: subject(facts), heading, html: `<table>${rows}</table>${after}` })
  return { subject: subject(facts), text, html }
}

const dateLink = ({ startAt, zone, url }: MessageFacts): string =>
  `<li style="padding:6px 0"><a href="${escaped(url)}" style="color:#0b5563">${escaped(instant(startAt, zone))}</a></li>`
