import { MAX_HURT, type Fate, type FateRefusal } from '@/server/booking/rules/impact'
import { OFFERED_RDVS, type MoveFateRefusal, type MoveOffer } from '@/server/booking/rules/offers'
import type { PlanningRefusal } from '@/server/booking/rules/planning-views'

export const planningRefusalWords = {
  'not-possible': 'Cette plage n’est pas possible',
  'too-many-hurt': `Plus de ${MAX_HURT}\u00a0RDV sont concernés`,
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

/** First of the times offered to an RDV, and the only one where there is none. */
export const MOVE_LATER = 'Plus tard, je choisirai'

/** Why no time is offered to an RDV that may be moved; null: others came before it. */
export function noOfferWords(why: MoveOffer['whyNone']): string {
  switch (why) {
    case 'none-free':
      return 'Aucun horaire n’est libre dans les six\u00a0mois avec le même lieu, les mêmes agents et la même durée.'
    case 'session':
      return 'Une séance se déplace depuis sa page.'
    case 'motif-closed':
      return 'Son motif n’est plus proposé\u00a0: aucun horaire n’est ouvert.'
    case 'team-closed':
      return 'L’agenda d’un de ses agents ne vous est pas ouvert\u00a0: ses horaires libres ne vous sont pas montrés.'
    case null:
      return `Des horaires sont proposés aux ${String(OFFERED_RDVS)}\u00a0premiers RDV seulement.`
  }
}

/** Above the list, when there are more RDVs than get times. */
export const MANY_TO_MOVE = `Des horaires sont proposés aux ${String(OFFERED_RDVS)}\u00a0premiers RDV\u00a0; les suivants se déplacent une fois l’enregistrement fait.`

/** Of a time that may be had no more, in the list it was chosen from. */
export const refusedTimeWords = (time: string): string => `${time} (indisponible)`

export const fateRefusalWords = {
  gone: 'il n’est plus concerné\u00a0: quelqu’un l’a changé entre-temps.',
  'not-allowed': 'ce choix n’est plus possible\u00a0: son statut, ou votre accès, a changé.',
  changed: 'quelqu’un l’a changé entre-temps, choisissez de nouveau son horaire.',
  taken: 'l’horaire choisi n’est plus libre, choisissez-en un autre.',
  twice: 'un autre RDV de cet enregistrement prend déjà cet horaire, choisissez-en un autre.',
  session: 'une séance se déplace depuis sa page, choisissez «\u00a0Plus tard\u00a0».',
  'motif-closed': 'son motif n’est plus proposé, choisissez «\u00a0Plus tard\u00a0», ou gardez-le.',
  'team-closed': 'l’agenda d’un de ses agents ne vous est pas ouvert, choisissez «\u00a0Plus tard\u00a0».',
} as const satisfies Record<FateRefusal | MoveFateRefusal, string>

const count = (many: number): string => `${many}\u00a0RDV`

/** « Enregistrer quand même », « Enregistrer, déplacer un RDV et annuler 2 RDV »: what the button does stands on it. */
export function goOnWords(
  verb: string,
  { moved, cancelled }: { moved: number; cancelled: number },
  otherwise = verb,
): string {
  const some = (many: number) => (many === 1 ? 'un\u00a0RDV' : count(many))
  const moving = moved > 0 ? [`déplacer ${some(moved)}`] : []
  const cancelling = cancelled > 0 ? [`annuler ${some(cancelled)}`] : []
  const done = [...moving, ...cancelling]
  const last = done.pop()
  return last === undefined ? otherwise : `${[verb, ...done].join(', ')} et ${last}`
}

/** « 2 RDV sont déplacés. » */
export const movedWords = (many: number): string =>
  many === 1 ? 'Un RDV est déplacé.' : `${count(many)} sont déplacés.`

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
