import { formatDateTime, zoneWords } from '@/server/kernel/dates'
import { buttonLink, letterHtml, linkLine, paragraph, paragraphs } from '@/server/platform/letter'
import { prefixed } from '@/server/platform/outgoing'
import { fullValues, waysOf, type Sayable } from '../rules/usager-values'
import { filled, shortestSms, type Wording, type WrittenSms } from '../rules/wording'
import { linesHtml, linesText, said } from './lines'
import { NO_MORE } from './rdv'

/** What may be told of what somebody waits for; a confidential motif gives no name. */
export type WaitingFacts = {
  zone: string
  motifName: string | null
  shortLabel: string | null
  /** Where, said in fewer and fewer words. */
  placeForms: readonly [string, ...string[]]
  territoryName: string
  phone: string | null
  url: string
}

/** The same of a slot they are offered. */
export type OfferFacts = WaitingFacts & {
  startAt: Date
  untilAt: Date
  isHeld: boolean
  /** When the RDV is that it would bring forward; null for who has none. */
  insteadOf: Date | null
}

const instant = (at: Date, zone: string): string => {
  const words = zoneWords(zone)
  return `${formatDateTime(at, zone)}${words ? ` (${words})` : ''}`
}

/** What the variables of its words may say. */
export const sayableOffer = (facts: OfferFacts, motif: string | null): Sayable => ({
  ...facts,
  motif,
  previousStartsAt: facts.insteadOf,
  answer: facts,
  ...{ forNames: [], phone: null, othersCount: 0 },
})

/** « RDV PMI possible mardi 2 mars à 9 h. Gardé pour vous jusqu'à … : … » */
export const offerSmsOf = (facts: OfferFacts, { body }: Wording): WrittenSms =>
  shortestSms(body, waysOf(sayableOffer(facts, facts.shortLabel)), prefixed(''))

export const offerHeading = ({ insteadOf }: OfferFacts): string =>
  insteadOf ? 'Un créneau plus tôt est possible' : 'Un créneau est possible'

export const OFFER_LINK = 'Voir ce créneau et répondre'

/** What is said of a slot, a name and a value a line. */
export const offerLines = ({ startAt, zone, insteadOf, motifName, placeForms }: OfferFacts): [string, string][] =>
  said([
    ['Quand', instant(startAt, zone)],
    ['Au lieu du', insteadOf && instant(insteadOf, zone)],
    ['Motif', motifName],
    ['Où', placeForms[0]],
  ])

/** The same as text and as HTML, under the words chosen for it. */
export function offerMailOf(
  facts: OfferFacts,
  { wording, stopUrl }: { wording: Wording; stopUrl: string },
): { subject: string; text: string; html: string } {
  const { untilAt, isHeld, zone, insteadOf, motifName, url } = facts
  const values = fullValues(sayableOffer(facts, motifName))
  const [subject, intro] = [filled(wording.subject ?? '', values), filled(wording.body, values)]
  const [heading, lines] = [offerHeading(facts), offerLines(facts)]
  const how = isHeld
    ? `Il est gardé pour vous jusqu’au ${instant(untilAt, zone)}. Ensuite, il sera proposé à une autre personne.`
    : 'Il est proposé à plusieurs personnes\u00a0: la première qui répond l’obtient.'
  const after = insteadOf ? 'Si vous ne répondez pas, votre rendez-vous reste à sa date.' : ''
  const text = [
    heading,
    intro,
    linesText(lines),
    [how, after].filter(Boolean).join(' '),
    `Le prendre, ou le laisser\u00a0:\n${url}`,
    `${NO_MORE}\u00a0:\n${stopUrl}`,
  ].join('\n\n')
  const words = [how, after].filter(Boolean).map(paragraph).join('')
  const html = letterHtml({
    subject,
    heading,
    html: `${paragraphs(intro)}${linesHtml(lines)}${words}${buttonLink(OFFER_LINK, url)}`,
    below: linkLine(NO_MORE, stopUrl),
  })
  return { subject, text, html }
}
