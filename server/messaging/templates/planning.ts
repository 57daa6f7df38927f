import { formatDay, formatMinute } from '@/server/kernel/dates'
import type { PlanningSave, PlanningWords } from '../queries/planning-facts'
import type { PlanningNews } from '../rules/planning'
import { toldLetter } from './letter'

const HEADINGS = {
  'opening-created': 'Une plage d’ouverture a été créée sur votre agenda',
  'opening-changed': 'Une de vos plages d’ouverture a changé',
  'opening-deleted': 'Une de vos plages d’ouverture a été supprimée',
  'absence-created': 'Une absence a été créée sur votre agenda',
  'absence-changed': 'Une de vos absences a changé',
  'absence-deleted': 'Une de vos absences a été supprimée',
  'openings-closed': 'Vos plages d’ouverture ont été fermées',
} as const satisfies Record<PlanningNews, string>

const LINKS = {
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

/** What somebody wrote of an agent's planning, in words. */
export function planningMailOf(
  news: PlanningNews,
  { kind, words, closed, agentId, ...by }: PlanningSave,
  appUrl: string,
) {
  const heading = HEADINGS[news]
  const link = { words: LINKS[kind].words, url: `${appUrl}${LINKS[kind].path}` }
  const isOwn = by.author.kind === 'agent' && by.author.agentId === agentId
  const name = isOwn ? 'vous' : by.author.kind === 'agent' ? by.authorName : 'Le support, à la place d’un agent'
  const canReply = !isOwn && by.author.kind === 'agent' && by.authorEmail !== null
  return {
    ...toldLetter({
      subject: `${heading}${words ? `\u00a0: ${formatDay(words.firstDay)}` : closed ? `\u00a0: ${closed.organisation}` : ''}`,
      heading,
      intro: 'Bonjour,',
      lines: [
        ['Intitulé', words?.title ?? null],
        ['Quand', words && daysWords({ ...words, lastDay: words.lastDay ?? null, repeats: words.repeats ?? false })],
        ['Horaires', words && hoursWords({ ...words, startMin: words.startMin ?? null, endMin: words.endMin ?? null })],
        ['Lieu', words?.lieu ?? null],
        ['Organisation', closed?.organisation ?? null],
        ['Plages fermées', closed && String(closed.count)],
        ['Par', name],
      ],
      notes: [
        ...(closed
          ? ['Vous n’êtes plus membre de cette organisation\u00a0: plus personne n’y prend rendez-vous avec vous.']
          : []),
        ...(closed?.hasLessened ? ['Vos plages ailleurs ne proposent plus ses motifs.'] : []),
        ...(canReply ? ['Répondre à cet e-mail écrit à cette personne.'] : []),
      ],
      link,
    }),
    ...(canReply && by.authorEmail !== null && { replyTo: by.authorEmail }),
  }
}
