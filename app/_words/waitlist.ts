import { formatDateTime } from '@/app/_lib/dates'
import type { Answers } from '@/app/_ui/answer-notice'
import {
  MAX_OFFERS,
  type AcceptRefusal,
  type JoinRefusal,
  type ListedWait,
  type OfferState,
  type WaitlistEnd,
  type WaitRefusal,
} from '@/server/booking/rules/waitlist'

/** Why nobody waits for an earlier slot than an RDV; null where there is nothing to say. */
export const waitRefusalWords = {
  closed: 'Ce département ne tient pas de file d’attente.',
  'not-open': 'Ce rendez-vous n’est plus à venir.',
  'not-offered': 'Ce rendez-vous ne se prend pas en ligne\u00a0: aucun créneau plus tôt ne peut être proposé.',
  'not-reached': 'Aucun numéro de mobile ni e-mail n’est connu pour prévenir d’un créneau.',
  'too-soon': 'Votre rendez-vous est trop proche pour être avancé.',
} satisfies Record<WaitRefusal, string>

export const joinRefusalWords = {
  closed: waitRefusalWords.closed,
  'not-offered': 'Ce motif n’est plus proposé en ligne. Choisissez-en un autre, ou appelez le service.',
  'not-reached':
    'Pour ce motif, seule la personne elle-même peut être prévenue\u00a0: laissez ses coordonnées, ou appelez le service.',
  'slots-left': 'Des créneaux sont libres\u00a0: vous pouvez en choisir un dès maintenant.',
  'draft-expired': 'Vos réponses ont été effacées, car plus d’une heure a passé. Il faut reprendre votre demande.',
  'draft-incomplete': 'Il manque une réponse. Complétez vos coordonnées, puis validez.',
  'too-many-waits':
    'Vous attendez déjà plusieurs créneaux. Pour en attendre un autre, quittez d’abord l’une de ces attentes.',
} satisfies Record<JoinRefusal, string>

export const acceptRefusalWords = {
  'offer-over': 'Il n’est plus temps de répondre\u00a0: ce créneau a été proposé à une autre personne.',
  'slot-gone': 'Ce créneau vient d’être pris, ou n’est plus possible.',
  'not-open': 'Le rendez-vous à avancer n’est plus à venir.',
  'too-many-open':
    'Vous avez déjà des rendez-vous à venir pour ce motif\u00a0: ce créneau est proposé à une autre personne. Pour en prendre un autre, annulez d’abord l’un de vos rendez-vous, ou appelez le service.',
} satisfies Record<AcceptRefusal, string>

/** What became of an offer, to the person it was made to. */
export const offerStateWords = {
  open: '',
  accepted: 'Vous avez accepté ce créneau.',
  declined: 'Vous avez laissé ce créneau\u00a0: il a été proposé à une autre personne.',
  expired: acceptRefusalWords['offer-over'],
  taken: acceptRefusalWords['slot-gone'],
  lost: acceptRefusalWords['slot-gone'],
  unreached: acceptRefusalWords['offer-over'],
  withdrawn: 'Ce créneau n’est plus proposé.',
} satisfies Record<OfferState, string>

export const waitEndWords = {
  left: 'Vous n’êtes plus sur la file d’attente.',
  served: 'Vous avez trouvé un créneau\u00a0: vous n’êtes plus sur la file d’attente.',
  exhausted: 'Trois créneaux vous ont été proposés\u00a0: vous n’êtes plus sur la file d’attente.',
  over: 'Il n’y a plus rien à attendre\u00a0: vous n’êtes plus sur la file d’attente.',
} satisfies Record<WaitlistEnd, string>

/** How long an offer stands, in a sentence. */
export const offerDelayWords = ({ isHeld, untilAt }: { isHeld: boolean; untilAt: Date }, zone: string): string =>
  isHeld
    ? `Il est gardé pour vous jusqu’au ${formatDateTime(untilAt, zone)}. Ensuite, il sera proposé à une autre personne.`
    : 'Il commence bientôt\u00a0: il est proposé à plusieurs personnes, et la première qui répond l’obtient.'

/** « 1 créneau proposé sur 3 ». */
export const offerCountWords = ({ offerCount }: Pick<ListedWait, 'offerCount'>): string =>
  offerCount === 0
    ? 'aucun créneau proposé'
    : `${offerCount}\u00a0créneau${offerCount > 1 ? 'x' : ''} proposé${offerCount > 1 ? 's' : ''} sur ${MAX_OFFERS}`

/** « Proposé : mardi 2 mars à 9 h, gardé jusqu’au lundi 1er mars à 14 h 32 », to agents. */
export const offeredWords = ({ startAt, untilAt, isHeld }: NonNullable<ListedWait['offer']>, zone: string): string =>
  `Proposé\u00a0: ${formatDateTime(startAt, zone)}, ${isHeld ? `gardé jusqu’au ${formatDateTime(untilAt, zone)}` : 'au premier qui répond'}`

export const listedWaitNotices = {
  retiree: { tone: 'ok', text: 'La personne n’est plus sur la file d’attente.' },
  introuvable: { tone: 'warn', text: 'Cette attente n’est plus parmi celles que vous pouvez modifier.' },
} as const satisfies Answers

/** « Tenu jusqu’au lun. 1er mars à 14 h 32, pour une personne en attente », on an agenda. */
export const heldWords = (untilAt: Date, zone: string): string =>
  `Tenu jusqu’au ${formatDateTime(untilAt, zone, { isShort: true })}, pour une personne en attente`
