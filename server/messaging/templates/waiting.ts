import { buttonLink, letterHtml, linkLine, paragraphs } from '@/server/platform/letter'
import { prefixed } from '@/server/platform/outgoing'
import { fullValues, waysOf, type Sayable } from '../rules/usager-values'
import { filled, shortestSms, type Wording, type WrittenSms } from '../rules/wording'
import { linesHtml, linesText, said } from './lines'
import type { WaitingFacts } from './offer'
import { NO_MORE } from './rdv'

/** What the variables of its words may say: there is no slot yet. */
export const sayableWaiting = (facts: WaitingFacts, motif: string | null): Sayable => ({
  ...facts,
  motif,
  ...{ startAt: null, previousStartsAt: null, forNames: [], othersCount: 0 },
})

/** « Vous attendez un RDV PMI, à Lens… Voir, quitter : … » */
export const waitingSmsOf = (facts: WaitingFacts, { body }: Wording): WrittenSms =>
  shortestSms(body, waysOf(sayableWaiting(facts, facts.shortLabel)), prefixed(''))

export const WAITING_HEADING = 'Vous serez prévenu d’un créneau'
export const WAITING_LINK = 'Voir mon attente, ou la quitter'

export const waitingLines = ({ motifName, placeForms, phone }: WaitingFacts): [string, string][] =>
  said([
    ['Motif', motifName],
    ['Où', placeForms[0]],
    ['Contact', phone],
  ])

/** The same as text and as HTML, under the words chosen for it. */
export function waitingMailOf(
  facts: WaitingFacts,
  { wording, stopUrl }: { wording: Wording; stopUrl: string },
): { subject: string; text: string; html: string } {
  const values = fullValues(sayableWaiting(facts, facts.motifName))
  const [subject, intro] = [filled(wording.subject ?? '', values), filled(wording.body, values)]
  const lines = waitingLines(facts)
  const text = [
    WAITING_HEADING,
    intro,
    linesText(lines),
    `${WAITING_LINK}\u00a0:\n${facts.url}`,
    `${NO_MORE}\u00a0:\n${stopUrl}`,
  ].join('\n\n')
  const html = letterHtml({
    subject,
    heading: WAITING_HEADING,
    html: `${paragraphs(intro)}${linesHtml(lines)}${buttonLink(WAITING_LINK, facts.url)}`,
    below: linkLine(NO_MORE, stopUrl),
  })
  return { subject, text, html }
}
