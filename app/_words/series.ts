import type { CancelFollowingRefusal, RepeatFault } from '@/server/booking/rules/rdv-series'
import { MAX_SERIES } from '@/server/booking/rules/rdv-series'

/** « toutes les semaines », « toutes les 2 semaines ». */
export const everyWeeksWords = (weeks: number): string =>
  weeks === 1 ? 'toutes les semaines' : `toutes les ${weeks}\u00a0semaines`

export const repeatFaultWords = {
  'no-end': `Indiquez jusqu’à quelle date, ou combien de RDV (de 2 à ${MAX_SERIES})`,
  'one-date': 'À ce rythme, aucune autre date ne tombe d’ici là\u00a0: choisissez une fin plus lointaine',
} as const satisfies Record<RepeatFault, string>

/** « 1er », « 3e »: the exponent is drawn by the page. */
export const ordinalOf = (place: number): { number: string; exponent: string } => ({
  number: String(place),
  exponent: place === 1 ? 'er' : 'e',
})

/** Said before RDVs are cancelled together. */
export const WHO_IS_TOLD = 'Qui est prévenu des changements reçoit un message pour chaque RDV.'

export const cancelFollowingRefusalWords = {
  'changed-meanwhile':
    'L’un de ces RDV vient de changer. Voici ceux qui peuvent être annulés maintenant\u00a0: relisez, puis confirmez.',
  'nothing-left': 'Il n’y a plus de RDV à venir à annuler dans cette série.',
} as const satisfies Record<CancelFollowingRefusal, string>

/** « Les 3 RDV », « Le RDV ». */
export const theRdvsWords = (count: number): string => (count > 1 ? `les ${count}\u00a0RDV` : 'le RDV')
