import { formatDay, formatTime, zoneWords } from '@/server/kernel/dates'
import type { DigestRdv } from '../queries/digests'
import { toldLetter, type Line } from './letter'

const PLACES = { phone: 'par téléphone', home: 'à domicile', visio: 'par visioconférence' } as const
const LIST = new Intl.ListFormat('fr', { type: 'conjunction' })

const DISCREET =
  'Le motif, le lieu et les noms des RDV confidentiels ne sont pas écrits dans cet e-mail\u00a0: vous les lirez dans votre agenda.'

/** « Consultation, Léa Martin, Centre PMI »; « RDV » where nothing of it may be written. */
function lineOf({ startAt, zone, motifName, title, people, locationType, placeName }: DigestRdv): Line {
  const words = zoneWords(zone)
  const place = locationType === null || locationType === 'public_office' ? placeName : PLACES[locationType]
  const who = title ?? (people.length > 0 ? LIST.format(people) : null)
  return [
    `${formatTime(startAt, zone)}${words ? ` (${words})` : ''}`,
    [motifName ?? 'RDV', who, place].filter((part) => part !== null).join(', '),
  ]
}

/** The RDVs of a day, an hour a line. */
export function digestMailOf(onDay: string, rdvs: readonly DigestRdv[], url: string) {
  const count = rdvs.length === 1 ? '1 RDV' : `${String(rdvs.length)} RDV`
  const day = formatDay(onDay)
  return toldLetter({
    subject: `Votre ${day}\u00a0: ${count}`,
    heading: `${count} ${day}`,
    intro: 'Bonjour,',
    lines: rdvs.map(lineOf),
    notes: rdvs.some(({ isConfidential }) => isConfidential) ? [DISCREET] : [],
    link: { words: 'Ouvrir mon agenda', url: `${url}/agent/agenda?jour=${onDay}` },
  })
}
