import { formatDateTime, zoneWords } from '@/server/kernel/dates'
import { buttonLink, escaped, letterHtml } from '@/server/platform/letter'

/** The facts a confirmation may tell. A confidential motif gives no name: whoever holds the phone may read it. */
export type ConfirmationFacts = {
  startAt: Date
  zone: string
  /** Null when the motif must not be named. */
  motifName: string | null
  serviceShortName: string | null
  placeWords: string
  /** Of a video RDV. */
  videoUrl: string | null
  phone: string | null
  url: string
  instructions: string | null
}

const when = ({ startAt, zone }: ConfirmationFacts): string => {
  const words = zoneWords(zone)
  return `${formatDateTime(startAt, zone)}${words ? ` (${words})` : ''}`
}

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

export const confirmationSms = (facts: ConfirmationFacts): string =>
  toGsm7(
    `RDV${facts.serviceShortName ? ` ${facts.serviceShortName}` : ''} ${when(facts)}, ${facts.placeWords}. ` +
      `Infos et annulation\u00a0: ${facts.url}${facts.phone ? ` / ${facts.phone}` : ''}`,
  )

/** The same facts as text and as HTML. */
export function confirmationMail(facts: ConfirmationFacts): { subject: string; text: string; html: string } {
  const lines = [
    ['Quand', when(facts)],
    ...(facts.motifName ? [['Motif', facts.motifName]] : []),
    ['Où', facts.placeWords],
    ...(facts.videoUrl ? [['Lien', facts.videoUrl]] : []),
    ...(facts.phone ? [['Contact', facts.phone]] : []),
    ...(facts.instructions ? [['À savoir', facts.instructions]] : []),
  ] as [string, string][]
  const subject = `Votre rendez-vous du ${formatDateTime(facts.startAt, facts.zone)}`
  const text = [
    'Bonjour,',
    'Votre rendez-vous est confirmé.',
    lines.map(([name, value]) => `${name}\u00a0: ${value}`).join('\n'),
    `Pour le revoir, l’ajouter à votre agenda ou l’annuler\u00a0:\n${facts.url}`,
  ].join('\n\n')
  const rows = lines
    .map(
      ([name, value]) =>
        `<tr><th scope="row" style="text-align:left;vertical-align:top;padding:6px 16px 6px 0;color:#4b5568;font-weight:normal">${name}</th>` +
        `<td style="padding:6px 0">${escaped(value)}</td></tr>`,
    )
    .join('')
  const html = letterHtml({
    subject,
    heading: 'Votre rendez-vous est confirmé',
    html: `<table>${rows}</table>${buttonLink('Voir ou annuler mon rendez-vous', facts.url)}`,
  })
  return { subject, text, html }
}
