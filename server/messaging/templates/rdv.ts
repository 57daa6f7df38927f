import { formatDateTime, zoneWords } from '@/server/kernel/dates'
import { buttonLink, escaped, letterHtml } from '@/server/platform/letter'
import type { News } from '../rules/telling'
import type { MessageFacts } from './facts'

/** `previousStartsAt`: when they thought it was. `forNames`: whom it is for, when that is not plain. */
export type ToldFacts = MessageFacts & { previousStartsAt: Date | null; forNames: readonly string[] }

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

/** « RDV PMI mardi 2 mars à 9 h, Centre PMI… ». */
export function smsOf(news: News, facts: ToldFacts): string {
  const label = facts.shortLabel ? ` ${facts.shortLabel}` : ''
  const phone = facts.phone ? ` / ${facts.phone}` : ''
  const rdv = `${when(facts)}${forWords(facts)}, ${facts.placeWords}. Infos et annulation\u00a0: ${facts.url}${phone}`
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

const WORDS = {
  created: {
    subject: (facts: ToldFacts) => `Votre rendez-vous du ${when(facts)}`,
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
    ['Quand', news === 'cancelled' ? asKnown(facts) : when(facts)],
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

/** The same facts as text and as HTML. */
export function mailOf(news: News, facts: ToldFacts): { subject: string; text: string; html: string } {
  const { subject, heading, isOn } = WORDS[news]
  const lines = linesOf(news, facts)
  const text = [
    'Bonjour,',
    `${heading}.`,
    lines.map(([name, value]) => `${name}\u00a0: ${value}`).join('\n'),
    `${isOn ? 'Pour le revoir, l’ajouter à votre agenda ou l’annuler' : 'Pour le revoir ou en reprendre un'}\u00a0:\n${facts.url}`,
  ].join('\n\n')
  const rows = lines
    .map(
      ([name, value]) =>
        `<tr><th scope="row" style="text-align:left;vertical-align:top;padding:6px 16px 6px 0;color:#4b5568;font-weight:normal">${name}</th>` +
        `<td style="padding:6px 0">${escaped(value)}</td></tr>`,
    )
    .join('')
  const button = buttonLink(isOn ? 'Voir ou annuler mon rendez-vous' : 'Reprendre un rendez-vous', facts.url)
  const html = letterHtml({ subject: subject(facts), heading, html: `<table>${rows}</table>${button}` })
  return { subject: subject(facts), text, html }
}
