import { formatDay, formatMinute } from '@/server/kernel/dates'
import type { PlanningSave, PlanningWords } from '../queries/planning-facts'
import type { PlanningNews } from '../rules/planning'
import { namedValues } from '../rules/usager-values'
import { filled, type Values, type Wording } from '../rules/wording'
import { toldLetter, type Line } from './letter'

export const PLANNING_HEADINGS = {
  'opening-created': 'Une plage d’ouverture a été créée sur votre agenda',
  'opening-changed': 'Une de vos plages d’ouverture a changé',
  'opening-deleted': 'Une de vos plages d’ouverture a été supprimée',
  'absence-created': 'Une absence a été créée sur votre agenda',
  'absence-changed': 'Une de vos absences a changé',
  'absence-deleted': 'Une de vos absences a été supprimée',
  'openings-closed': 'Vos plages d’ouverture ont été fermées',
} as const satisfies Record<PlanningNews, string>

export const PLANNING_LINKS = {
  opening: { words: 'Voir mes plages d’ouverture', path: '/agent/plages' },
  absence: { words: 'Voir mes absences', path: '/agent/absences' },
} as const

const long = (day: string): string => formatDay(day, { withYear: true })

function daysWords({ firstDay, lastDay, repeats }: PlanningWords): string {
  if (repeats) return `Se répète, à partir du ${long(firstDay)}${lastDay ? `, jusqu’au ${long(lastDay)}` : ''}`
  return lastDay === null || lastDay === firstDay ? long(firstDay) : `Du ${long(firstDay)} au ${long(lastDay)}`
}

/** Of whole days, no hour is said. */
function hoursWords({ startMin, endMin }: PlanningWords): string | null {
  if (startMin === null || endMin === null || (startMin === 0 && endMin === 24 * 60)) return null
  return `${formatMinute(startMin)} – ${formatMinute(endMin)}`
}

/** What there is to say of a save; `by`: who wrote it, as it is written in a sentence. */
export type SaidOfPlanning = Pick<PlanningSave, 'words' | 'closed'> & { readonly by: string }

const hoursOf = (words: PlanningWords | null): string | null =>
  words && hoursWords({ ...words, startMin: words.startMin ?? null, endMin: words.endMin ?? null })

/** What the variables of its words say. */
export const planningValues = ({ words, closed, by }: SaidOfPlanning): Values =>
  namedValues({
    date: words && formatDay(words.firstDay),
    horaires: hoursOf(words),
    intitulé: words?.title ?? null,
    auteur: by,
    organisation: closed?.organisation ?? null,
    nombre: closed && String(closed.count),
  })

export const planningLines = ({ words, closed, by }: SaidOfPlanning): Line[] => [
  ['Intitulé', words?.title ?? null],
  ['Quand', words && daysWords({ ...words, lastDay: words.lastDay ?? null, repeats: words.repeats ?? false })],
  ['Horaires', hoursOf(words)],
  ['Lieu', words?.lieu ?? null],
  ['Organisation', closed?.organisation ?? null],
  ['Plages fermées', closed && String(closed.count)],
  ['Par', by],
]

/** What was written of an agent's planning, in the words chosen for it. */
export function planningMailOf(
  news: PlanningNews,
  { kind, agentId, author, authorName, authorEmail, words, closed }: PlanningSave,
  { appUrl, wording }: { appUrl: string; wording: Wording },
) {
  const isOwn = author.kind === 'agent' && author.agentId === agentId
  const replyTo = author.kind === 'agent' && !isOwn ? authorEmail : null
  const by = isOwn ? 'vous' : author.kind === 'agent' ? (authorName ?? 'un agent') : 'le support, à la place d’un agent'
  const said = { words, closed, by }
  const values = planningValues(said)
  const letter = toldLetter({
    subject: filled(wording.subject ?? '', values),
    heading: PLANNING_HEADINGS[news],
    intro: filled(wording.body, values),
    lines: planningLines(said),
    notes: [
      ...(closed
        ? ['Vous n’êtes plus membre de cette organisation\u00a0: plus personne n’y prend rendez-vous avec vous.']
        : []),
      ...(closed?.hasLessened ? ['Vos plages ailleurs ne proposent plus ses motifs.'] : []),
      ...(replyTo === null ? [] : ['Répondre à cet e-mail écrit à cette personne.']),
    ],
    link: { words: PLANNING_LINKS[kind].words, url: `${appUrl}${PLANNING_LINKS[kind].path}` },
  })
  return { ...letter, ...(replyTo !== null && { replyTo }) }
}
