import { capitalise, formatDay, formatDuration, formatMinute } from '@/app/_lib/dates'
import type { AgentFault, PlanningWarning } from '@/server/booking/rules/planning-views'
import type { OpeningFault } from '@/server/scheduling/rules/opening'
import { holidayWords, recurrenceWords } from './recurrence'

export const openingFaultWords = {
  'end-before-start': 'La fin est avant le début\u00a0: changez l’une des deux heures',
  'bad-rule': 'Choisissez au moins un jour de la semaine',
  'until-before-first': 'La date de fin est avant le premier jour',
  'first-day-not-in-rule': 'Le premier jour n’est pas l’un des jours choisis\u00a0: changez l’un ou l’autre',
} as const satisfies Record<OpeningFault, string>

/** « Karim Benali n’appartient pas à cette organisation. » */
export function agentFaultWords({ reason, agent }: AgentFault): string {
  switch (reason) {
    case 'not-member':
      return `${agent} n’appartient pas à cette organisation.`
    case 'motif-not-offered':
      return `${agent} ne peut pas recevoir pour tous ces motifs.`
    case 'lieu-missing':
      return `Pour ${agent}, l’un des motifs se tient sur place\u00a0: choisissez un lieu.`
    case 'lieu-closed':
      return `Ce lieu n’est pas ouvert à ${agent}.`
  }
}

export function openingWarningWords(warning: PlanningWarning): string {
  switch (warning.kind) {
    case 'overlap':
      return `Le ${formatDay(warning.onDay, { withYear: true })}, ${warning.agent} a déjà une plage à ces heures\u00a0: «\u00a0${warning.title}\u00a0».`
    case 'short':
      return `Le motif «\u00a0${warning.motif}\u00a0» dure ${formatDuration(warning.durationMin)}\u00a0: plus que cette plage. Aucun créneau ne sera proposé.`
    case 'holiday':
      return `Le ${formatDay(warning.onDay, { withYear: true })} est férié (${holidayWords[warning.holiday]})\u00a0: la plage y sera fermée.`
    case 'lost-days':
      return lostDaysWords(warning.days)
  }
}

/** Ten at most are named. */
function lostDaysWords(days: readonly string[]): string {
  const named = days.slice(0, 10).map((day) => formatDay(day, { withYear: true }))
  const more = days.length > named.length ? ` et ${days.length - named.length}\u00a0autres` : ''
  return `Des dates avaient été supprimées ou déplacées (${named.join(', ')}${more}) et la série ne tombe plus ces jours-là\u00a0: cela n’est pas reporté sur les nouvelles dates. Après avoir enregistré, supprimez celles qui ne doivent pas avoir lieu.`
}

type When = { firstDay: string; startMin: number; endMin: number; rrule: string | null }

/** « Mardi 2 mars 2027, de 9 h à 12 h », « Tous les mardis, sans date de fin, de 9 h à 12 h ». */
export function openingWhenWords({ firstDay, startMin, endMin, rrule }: When): string {
  const days = rrule === null ? formatDay(firstDay, { withYear: true }) : recurrenceWords(rrule)
  return `${capitalise(days)}, de ${formatMinute(startMin)} à ${formatMinute(endMin)}`
}

/** « 3 RDV ne seraient plus sur cette plage ». */
export const leftOutWords = (count: number): string =>
  count > 1 ? `${count}\u00a0RDV ne seraient plus sur cette plage` : 'Un RDV ne serait plus sur cette plage'

/** What became of an opening. Keys stand in the URL as `avis`. */
export const openingNotices = {
  enregistree: 'La plage est enregistrée\u00a0: ses créneaux sont proposés.',
  supprimee: 'C’est supprimé\u00a0: ces heures ne sont plus proposées.',
} as const
