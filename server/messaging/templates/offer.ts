import type { LocationType } from '@/server/directory/rules/motif'
import { formatDateTime, zoneWords } from '@/server/kernel/dates'
import { buttonLink, escaped, letterHtml, paragraph } from '@/server/platform/letter'
import { PLACE_WORDS } from './facts'
import { foldForSms } from '@/server/kernel/sms-text'

/** What may be told of a slot offered to who waits; a confidential motif gives no name. */
export type OfferFacts = {
  startAt: Date
  untilAt: Date
  isHeld: boolean
  zone: string
  /** When the RDV is that it would bring forward; null for who has none. */
  insteadOf: Date | null
  motifName: string | null
  shortLabel: string | null
  place: string | null
  locationType: LocationType
  url: string
}

const instant = (at: Date, zone: string): string => {
  const words = zoneWords(zone)
  return `${formatDateTime(at, zone)}${words ? ` (${words})` : ''}`
}

/** « RDV PMI possible mardi 2 mars à 9 h. Gardé pour vous jusqu'à … Répondre : … » */
export function offerSmsOf({ startAt, untilAt, isHeld, zone, shortLabel, url }: OfferFacts): string {
  const label = shortLabel ? ` ${shortLabel}` : ''
  const how = isHeld
    ? `Gardé pour vous jusqu’au ${formatDateTime(untilAt, zone, { isShort: true })}`
    : 'Au premier qui répond'
  return foldForSms(`RDV${label} possible ${instant(startAt, zone)}. ${how}\u00a0: ${url}`)
}

const SUBJECT = 'Un créneau s’est libéré\u00a0: '

/** The same as text and as HTML. */
export function offerMailOf(facts: OfferFacts): { subject: string; text: string; html: string } {
  const { startAt, untilAt, isHeld, zone, insteadOf, motifName, place, locationType, url } = facts
  const subject = `${SUBJECT}${instant(startAt, zone)}`
  const heading = insteadOf ? 'Un créneau plus tôt est possible' : 'Un créneau est possible'
  const lines = (
    [
      ['Quand', instant(startAt, zone)],
      ['Au lieu du', insteadOf && instant(insteadOf, zone)],
      ['Motif', motifName],
      ['Où', locationType === 'public_office' ? place : PLACE_WORDS[locationType]],
    ] as const
  ).flatMap(([name, value]): [string, string][] => (value ? [[name, value]] : []))
  const how = isHeld
    ? `Il est gardé pour vous jusqu’au ${instant(untilAt, zone)}. Ensuite, il sera proposé à une autre personne.`
    : 'Il est proposé à plusieurs personnes\u00a0: la première qui répond l’obtient.'
  const after = insteadOf ? 'Si vous ne répondez pas, votre rendez-vous reste à sa date.' : ''
  const text = [
    'Bonjour,',
    `${heading}.`,
    lines.map(([name, value]) => `${name}\u00a0: ${value}`).join('\n'),
    [how, after].filter(Boolean).join(' '),
    `Le prendre, ou le laisser\u00a0:\n${url}`,
  ].join('\n\n')
  const rows = lines
    .map(
      ([name, value]) =>
        `<tr><th scope="row" style="text-align:left;vertical-align:top;padding:6px 16px 6px 0;color:#4b5568;font-weight:normal">${name}</th>` +
        `<td style="padding:6px 0">${escaped(value)}</td></tr>`,
    )
    .join('')
  const words = [how, after].filter(Boolean).map(paragraph).join('')
  const html = letterHtml({
    subject,
    heading,
    html: `<table>${rows}</table>${words}${buttonLink('Voir ce créneau et répondre', url)}`,
  })
  return { subject, text, html }
}
