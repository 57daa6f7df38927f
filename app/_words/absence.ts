import type { Tone } from '@/app/_ui/notice'
import { capitalise, formatDay, formatMinute } from '@/app/_lib/dates'
import {
  LONGEST_ABSENCE_DAYS,
  type AbsenceFault,
  type AbsenceKind,
  type AbsenceSpan,
} from '@/server/scheduling/rules/absence'

export const absenceKindWords = {
  leave: 'Congé',
  training: 'Formation',
  meeting: 'Réunion',
  other: 'Autre',
} as const satisfies Record<AbsenceKind, string>

/** The colour that repeats the kind's words. */
export const absenceTones = {
  leave: 'ok',
  training: 'note',
  meeting: 'info',
  other: 'warn',
} as const satisfies Record<AbsenceKind, Tone>

export const absenceFaultWords = {
  'end-before-start': 'La fin est avant le début\u00a0: changez l’un des deux',
  'too-long': `Une absence dure au plus ${LONGEST_ABSENCE_DAYS}\u00a0jours`,
} as const satisfies Record<AbsenceFault, string>

const isWholeDays = ({ startMin, endMin }: AbsenceSpan): boolean => startMin === 0 && endMin === 1440

/** « Mardi 2 mars, de 9 h à 12 h », « Du mardi 2 mars au vendredi 5 mars, journées entières ». */
export function absenceWhenWords(span: AbsenceSpan): string {
  const { firstDay, startMin, lastDay, endMin } = span
  if (firstDay === lastDay) {
    const day = capitalise(formatDay(firstDay))
    return isWholeDays(span)
      ? `${day}, toute la journée`
      : `${day}, de ${formatMinute(startMin)} à ${formatMinute(endMin)}`
  }
  return isWholeDays(span)
    ? `Du ${formatDay(firstDay)} au ${formatDay(lastDay)}, journées entières`
    : `Du ${formatDay(firstDay)} à ${formatMinute(startMin)} au ${formatDay(lastDay)} à ${formatMinute(endMin)}`
}

/** What an absence is called: its title, else its kind. */
export const absenceName = ({ kind, title }: { kind: AbsenceKind; title: string }): string =>
  title === '' ? absenceKindWords[kind] : title

/** « 3 RDV ont lieu pendant cette absence ». */
export const rdvsWithinWords = (count: number): string =>
  count > 1 ? `${count}\u00a0RDV ont lieu pendant cette absence` : 'Un RDV a lieu pendant cette absence'

/** What became of an absence. Keys stand in the URL as `avis`. */
export const absenceNotices = {
  enregistree: 'L’absence est enregistrée\u00a0: ces heures ne sont plus proposées.',
  supprimee: 'L’absence est supprimée.',
} as const
