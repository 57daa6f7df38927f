import { capitalise, formatDay, formatMinute } from '@/app/_lib/dates'
import { MOTIF_COLORS } from '@/server/directory/rules/color'
import {
  KIND_COLORS,
  lastingDays,
  LONGEST_ABSENCE_DAYS,
  type AbsenceFault,
  type AbsenceKind,
  type AbsenceSpan,
} from '@/server/scheduling/rules/absence'
import { openingFaultWords } from './opening'
import { recurrenceWords } from './recurrence'

export const absenceKindWords = {
  leave: 'Congé',
  training: 'Formation',
  meeting: 'Réunion',
  other: 'Autre',
} as const satisfies Record<AbsenceKind, string>

/** « Celle du type (Vert) »: what an absence shows when no colour is chosen. */
export const kindColorWords = (kind: AbsenceKind): string => `Celle du type (${MOTIF_COLORS[KIND_COLORS[kind]]})`

export const absenceFaultWords = {
  ...openingFaultWords,
  'end-before-start': 'La fin est avant le début\u00a0: changez l’un des deux',
  'too-long': `Une absence dure au plus ${LONGEST_ABSENCE_DAYS}\u00a0jours`,
} as const satisfies Record<AbsenceFault, string>

type Hours = Pick<AbsenceSpan, 'startMin' | 'endMin'>

const isWholeDays = ({ startMin, endMin }: Hours): boolean => startMin === 0 && endMin === 1440

/** « toute la journée », « de 9 h à 12 h », « de 20 h à 6 h le lendemain », « 3 jours entiers »: of one of its days. */
export function absenceHoursWords(hours: Hours, lasting: number): string {
  if (isWholeDays(hours)) return lasting === 0 ? 'toute la journée' : `${lasting + 1}\u00a0jours entiers`
  const [start, end] = [formatMinute(hours.startMin), formatMinute(hours.endMin)]
  if (lasting === 0) return `de ${start} à ${end}`
  return `de ${start} à ${end} ${lasting === 1 ? 'le lendemain' : `${lasting}\u00a0jours plus tard`}`
}

/** « Mardi 2 mars, de 9 h à 12 h », « Tous les mardis, sans date de fin, de 9 h à 12 h », « Du mardi 2 mars au vendredi 5 mars, journées entières ». */
export function absenceWhenWords(span: AbsenceSpan & { readonly rrule: string | null }): string {
  const { firstDay, startMin, lastDay, endMin, rrule } = span
  if (rrule !== null || firstDay === lastDay) {
    const days = rrule === null ? formatDay(firstDay) : recurrenceWords(rrule)
    return `${capitalise(days)}, ${absenceHoursWords(span, lastingDays(span))}`
  }
  return isWholeDays(span)
    ? `Du ${formatDay(firstDay)} au ${formatDay(lastDay)}, journées entières`
    : `Du ${formatDay(firstDay)} à ${formatMinute(startMin)} au ${formatDay(lastDay)} à ${formatMinute(endMin)}`
}

/** What an absence is called: its title, else its kind. */
export const absenceName = ({ kind, title }: { kind: AbsenceKind; title: string }): string =>
  title === '' ? absenceKindWords[kind] : title

/** « Colloque (Formation) », « Formation »: where only a colour would tell its kind. */
export const absenceFullName = (absence: { kind: AbsenceKind; title: string }): string =>
  absence.title === '' ? absenceName(absence) : `${absence.title} (${absenceKindWords[absence.kind]})`

/** « 3 RDV ont lieu pendant cette absence ». */
export const rdvsWithinWords = (count: number): string =>
  count > 1 ? `${count}\u00a0RDV ont lieu pendant cette absence` : 'Un RDV a lieu pendant cette absence'

/** What became of an absence. Keys stand in the URL as `avis`. */
export const absenceNotices = {
  enregistree: 'L’absence est enregistrée\u00a0: ces heures ne sont plus proposées.',
  supprimee: 'C’est supprimé\u00a0: ces heures redeviennent réservables là où une plage est ouverte.',
} as const
