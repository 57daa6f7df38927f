import type { Fate, FateRefusal } from '@/server/booking/rules/impact'
import type { PlanningRefusal } from '@/server/booking/rules/planning-views'

export const planningRefusalWords = {
  'not-possible': 'Cette plage n’est pas possible',
  'to-acknowledge': 'À vérifier avant d’enregistrer',
  'changed-meanwhile': 'Quelqu’un a fait un changement entre-temps',
  'rdv-refused': 'Rien n’est enregistré\u00a0: certains choix ne sont plus possibles',
} as const satisfies Record<PlanningRefusal, string>

export const fateWords = {
  keep: 'Garder',
  move: 'Déplacer',
  cancel: 'Annuler',
} as const satisfies Record<Fate, string>

/** The same for all at once. */
export const fateOfAllWords = {
  keep: 'Tout garder',
  move: 'Tout déplacer',
  cancel: 'Tout annuler',
} as const satisfies Record<Fate, string>

export const TO_MOVE_LATER =
  'Il reste à cette heure pour l’instant\u00a0: vous le déplacerez une fois l’enregistrement fait.'

export const fateRefusalWords = {
  gone: 'il n’est plus concerné\u00a0: quelqu’un l’a changé entre-temps.',
  'not-allowed': 'ce choix n’est plus possible\u00a0: son statut, ou votre accès, a changé.',
} as const satisfies Record<FateRefusal, string>

const count = (many: number): string => `${many}\u00a0RDV`

/** « Enregistrer quand même », « Enregistrer et annuler 2 RDV »: what the button does to RDVs stands on it. */
export const goOnWords = (verb: string, cancelledCount: number, otherwise = verb): string =>
  cancelledCount === 0
    ? otherwise
    : `${verb} et annuler ${cancelledCount === 1 ? 'un\u00a0RDV' : count(cancelledCount)}`

/** « 2 RDV sont annulés. » */
export const cancelledWords = (many: number): string =>
  many === 1 ? 'Un RDV est annulé.' : `${count(many)} sont annulés.`

/** « 2 RDV à déplacer ». */
export const toMoveWords = (many: number): string => `${many === 1 ? 'Un\u00a0RDV' : count(many)} à déplacer`

/** Of RDVs of which nothing may be shown. */
export const closedRdvsWords = (many: number): string =>
  many === 1
    ? 'Un RDV ne vous est pas ouvert\u00a0: il reste en place. Demandez à la personne, ou à son organisation.'
    : `${count(many)} ne vous sont pas ouverts\u00a0: ils restent en place. Demandez à la personne, ou à son organisation.`
