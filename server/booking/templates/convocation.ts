import { capitalise, dayOf, formatDay, formatDuration, formatTime } from '@/server/kernel/dates'
import type { Convocation } from '../rules/convocations'
import { typeset } from './typeset'

type Letter = {
  from: string[]
  to: string[]
  date: string
  title: string
  rows: [label: string, words: string][]
  instructions: string[]
  contact: string[]
}

const PLACE_WORDS = {
  phone: 'Par téléphone\u00a0: nous vous appelons à l’heure du rendez-vous.',
  home: 'À votre domicile.',
  visio: 'Par visioconférence, à cette adresse\u00a0:',
} as const

function whereWords({ locationType, videoUrl, placeName, placeAddress }: Convocation): string {
  const named = [placeName, placeAddress].filter((part) => part !== null)
  if (locationType === 'public_office') return named.join('\n')
  const also = locationType === 'visio' ? [videoUrl] : locationType === 'home' ? [placeAddress] : []
  return [PLACE_WORDS[locationType], ...also.filter((part) => part !== null)].join('\n')
}

const paragraphs = (text: string | null): string[] => (text ?? '').split(/\n\s*\n/).filter((one) => one.trim() !== '')

const contactWords = ({ phone, cancelUrl }: Convocation): string[] => [
  'Prévenez-nous dès que possible\u00a0: l’horaire servira à quelqu’un d’autre.',
  ...(phone ? [`Par téléphone\u00a0: ${phone}`] : []),
  // On a line of its own: it is copied by hand.
  ...(cancelUrl ? [`Sur internet, jusqu’à la limite qui y est dite\u00a0:\n${cancelUrl}`] : []),
]

/** Its words, written on the day of `now`. */
export function letterOf(one: Convocation, now: Date): Letter {
  const { startAt, zone, motifName, placeHours, accessibilityNote, forName, to } = one
  const rows: [string, string | null][] = [
    [
      'Quand',
      `${capitalise(formatDay(dayOf(startAt, zone), { withYear: true }))}, à\u00a0${formatTime(startAt, zone)}`,
    ],
    ['Durée prévue', formatDuration(one.durationMin)],
    ['Pour', to?.name === forName ? null : forName],
    ['Motif', motifName],
    ['Où', whereWords(one) || null],
    ['Ouverture', placeHours],
    ['Accès', accessibilityNote],
  ]
  return {
    from: [one.territoryName, one.organisationName, one.phone && `Téléphone\u00a0: ${one.phone}`].filter(
      (line): line is string => Boolean(line),
    ),
    to: to ? [to.name, ...to.lines] : [],
    date: `Le ${formatDay(dayOf(now, zone), { withYear: true }).replace(/^\S+ /, '')}`,
    title: 'Convocation à un rendez-vous',
    rows: rows.filter((row): row is [string, string] => row[1] !== null && row[1].trim() !== ''),
    instructions: paragraphs(one.instructions),
    contact: contactWords(one),
  }
}

/** Sizes in points, margins in centimetres; the large one for who reads with difficulty. */
const LOOKS = { normal: { size: 11, margin: 2.2 }, large: { size: 18, margin: 1.8 } } as const

const TEMPLATE = `
#let data = json(bytes(sys.inputs.data))
#let lines(all) = all.map(line => text(line)).join(linebreak())
#let said(words) = lines(words.split("\\n"))
#set document(title: data.title, author: data.author)
#set page(paper: "a4", margin: data.margin * 1cm, numbering: none)
#set text(lang: "fr", region: "FR", font: "Atkinson Hyperlegible Next", size: data.size * 1pt, hyphenate: false)
#set par(leading: 0.7em, spacing: 1.1em)
#show heading.where(level: 1): it => block(above: 2em, below: 1.2em, text(size: 1.5em, it.body))
#show heading.where(level: 2): it => block(above: 1.6em, below: 0.8em, text(size: 1.1em, it.body))
#set terms(separator: linebreak(), hanging-indent: 0pt, spacing: 1em)
#for (rank, letter) in data.letters.enumerate() {
  if rank > 0 { pagebreak() }
  par(strong(text(letter.from.first())) + letter.from.slice(1).map(line => linebreak() + text(line)).join())
  if letter.to.len() > 0 { align(right, block(width: 45%, above: 2.5em, below: 2em, align(left, par(lines(letter.to))))) }
  align(right, par(text(letter.date)))
  heading(level: 1, text(letter.title))
  par[Madame, Monsieur,]
  par[Vous avez rendez-vous\u00a0:]
  terms(..letter.rows.map(row => terms.item(text(row.at(0)), said(row.at(1)))))
  if letter.instructions.len() > 0 {
    heading(level: 2)[À savoir]
    for words in letter.instructions { par(said(words)) }
  }
  heading(level: 2)[Vous ne pouvez pas venir\u00a0?]
  for words in letter.contact { par(said(words)) }
  par[Apportez cette convocation le jour du rendez-vous.]
}
`

/** Letters as one tagged PDF, each on a page of its own. There is at least one. */
export function convocationsPdf(
  all: readonly Convocation[],
  { now, isLarge }: { now: Date; isLarge: boolean },
): Buffer {
  const letters = all.map((one) => letterOf(one, now))
  const title = letters.length > 1 ? 'Convocations' : 'Convocation à un rendez-vous'
  return typeset(TEMPLATE, {
    ...LOOKS[isLarge ? 'large' : 'normal'],
    title,
    author: all[0]?.territoryName ?? '',
    letters,
  })
}
