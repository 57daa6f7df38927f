import type {
  BookRefusal,
  CancelRefusal,
  MoveRefusal,
  MoveToRefusal,
  NoSlotReason,
  PlaceOrder,
  RdvForUsager,
  Told,
} from '@/server/booking/rules/tunnel'
import type { DraftField } from '@/server/booking/schema'
import type { LocationType } from '@/server/directory/rules/motif'
import type { FieldError } from '@/server/people/rules/fields'

export const locationWords = {
  public_office: 'Sur place',
  phone: 'Par téléphone',
  home: 'À domicile',
  visio: 'En visioconférence',
} satisfies Record<LocationType, string>

/** The question of the place step. */
export const placeQuestionWords = {
  public_office: 'Où souhaitez-vous être reçu\u202f?',
  phone: 'Quelle équipe doit vous appeler\u202f?',
  home: 'Quelle équipe viendra chez vous\u202f?',
  visio: 'Avec quelle équipe\u202f?',
} satisfies Record<LocationType, string>

/** How the appointment goes, in a sentence. */
export const locationSentences = {
  public_office: 'Vous êtes reçu sur place.',
  phone: 'Un agent vous appelle à l’heure choisie\u00a0: il n’y a pas à se déplacer.',
  home: 'Un agent vient chez vous, à l’adresse que vous indiquerez.',
  visio: 'Le rendez-vous se passe à distance\u00a0: un lien ouvre la visioconférence.',
} satisfies Record<LocationType, string>

export const bookRefusalWords = {
  'slot-taken':
    'Cet horaire vient d’être pris par quelqu’un d’autre. Choisissez-en un autre\u00a0: vos réponses sont gardées.',
  'slot-past':
    'Cet horaire est passé, ou trop proche pour être réservé en ligne. Choisissez-en un autre\u00a0: vos réponses sont gardées.',
  'not-offered':
    'Cet horaire n’est pas proposé en ligne, ou ne l’est plus. Choisissez-en un autre\u00a0: vos réponses sont gardées.',
  'draft-expired': 'Vos réponses ont été effacées, car plus d’une heure a passé. Il faut reprendre votre demande.',
  'draft-incomplete': 'Il manque une réponse. Complétez vos coordonnées, puis confirmez.',
  'instructions-unread': 'Lisez d’abord ce qu’il faut savoir de ce rendez-vous\u00a0: vos réponses sont gardées.',
  'motif-closed': 'Ce motif n’est plus proposé en ligne. Choisissez-en un autre, ou appelez le service.',
  'too-many-open':
    'Vous avez déjà des rendez-vous à venir pour ce motif. Pour en prendre un autre, annulez d’abord l’un d’eux ou appelez le service.',
  'draft-changed':
    'Votre choix a changé entre-temps, peut-être dans un autre onglet. Voici ce qu’il en est\u00a0: vérifiez, puis confirmez.',
  'booked-otherwise': 'Cette demande a déjà donné lieu à un rendez-vous, à un autre horaire.',
  'session-full': 'Il n’y a plus de place à cette séance. Choisissez-en une autre\u00a0: vos réponses sont gardées.',
  'already-registered': 'Cette personne est déjà inscrite à cette séance.',
} satisfies Record<BookRefusal, string>

export const cancelRefusalWords = {
  'already-cancelled': 'Ce rendez-vous est déjà annulé.',
  'too-late': 'Il est trop tard pour annuler en ligne. Appelez le service pour prévenir.',
  'not-cancellable': 'Ce rendez-vous ne s’annule pas en ligne. Appelez le service.',
} satisfies Record<CancelRefusal, string>

const CHOOSE_ANOTHER = 'Votre rendez-vous n’a pas changé\u00a0: choisissez un autre horaire.'

export const moveRefusalWords = {
  'already-cancelled': 'Ce rendez-vous est annulé\u00a0: il ne se déplace plus.',
  over: 'Ce rendez-vous a déjà eu lieu.',
  collective: 'Une séance ne se déplace pas\u00a0: annulez votre place, puis inscrivez-vous à une autre.',
  'placed-by-service':
    'Ce rendez-vous a été fixé avec le service\u00a0: pour le déplacer, appelez-le. Vous pouvez aussi l’annuler ici.',
  'not-movable': 'Ce rendez-vous ne se déplace pas en ligne. Appelez le service.',
  'too-late': 'Un rendez-vous se déplace en ligne plus de deux jours avant. Appelez le service.',
} satisfies Record<MoveRefusal, string>

export const moveToRefusalWords = {
  ...moveRefusalWords,
  'slot-taken': `Cet horaire vient d’être pris par quelqu’un d’autre. ${CHOOSE_ANOTHER}`,
  'slot-past': `Cet horaire est passé, ou trop proche. ${CHOOSE_ANOTHER}`,
  'not-offered': `Cet horaire n’est pas proposé en ligne, ou ne l’est plus. ${CHOOSE_ANOTHER}`,
  'changed-meanwhile':
    'Votre rendez-vous a changé entre-temps\u00a0: voici ce qu’il en est. Vérifiez, puis choisissez.',
} satisfies Record<MoveToRefusal, string>

export const noSlotWords = {
  'no-opening': 'aucune permanence n’est ouverte sur cette période',
  'closed-by-delay': 'les horaires qui restent sont trop proches ou trop lointains pour être réservés en ligne',
  holiday: 'le service est fermé les jours fériés',
  absent: 'les agents sont absents',
  full: 'tous les horaires sont déjà pris',
  'no-session': 'aucune séance n’est programmée',
} satisfies Record<NoSlotReason, string>

const MISSING = {
  firstName: 'Indiquez votre prénom',
  lastName: 'Indiquez votre nom',
  phone: 'Indiquez un numéro de téléphone',
  email: 'Indiquez une adresse e-mail',
  bornOn: 'Indiquez votre date de naissance',
  address: 'Indiquez l’adresse où un agent doit venir',
  forRelative: 'Dites pour qui est le rendez-vous',
  relativeFirstName: 'Indiquez le prénom de votre proche',
  relativeLastName: 'Indiquez le nom de votre proche',
  relativeBornOn: 'Indiquez la date de naissance de votre proche',
} satisfies Record<DraftField, string>

/** What agrees with the name of a field. */
const AGREED = {
  masculine: { tooLong: 'trop long\u00a0: raccourcissez-le', tooOld: 'trop ancien' },
  feminine: { tooLong: 'trop longue\u00a0: raccourcissez-la', tooOld: 'trop ancienne' },
} as const

const FIELD_NAMES = {
  firstName: { name: 'Votre prénom', gender: 'masculine' },
  lastName: { name: 'Votre nom', gender: 'masculine' },
  phone: { name: 'Le numéro de téléphone', gender: 'masculine' },
  email: { name: 'L’adresse e-mail', gender: 'feminine' },
  bornOn: { name: 'Votre date de naissance', gender: 'feminine' },
  address: { name: 'L’adresse', gender: 'feminine' },
  forRelative: { name: 'La réponse', gender: 'feminine' },
  relativeFirstName: { name: 'Le prénom de votre proche', gender: 'masculine' },
  relativeLastName: { name: 'Le nom de votre proche', gender: 'masculine' },
  relativeBornOn: { name: 'La date de naissance de votre proche', gender: 'feminine' },
} satisfies Record<DraftField, { name: string; gender: keyof typeof AGREED }>

const nameOf = (field: DraftField): string => FIELD_NAMES[field].name
const agreedWith = (field: DraftField) => AGREED[FIELD_NAMES[field].gender]

const FIELD_ERRORS = {
  missing: (field) => MISSING[field],
  'too-long': (field) => `${nameOf(field)} est ${agreedWith(field).tooLong}`,
  'not-a-name': (field) =>
    `${nameOf(field)} ne peut contenir que des lettres, des espaces, des tirets et des apostrophes`,
  'not-an-email': () => 'Cette adresse e-mail est incomplète. Exemple\u00a0: prenom.nom@exemple.fr',
  'not-a-phone': () => 'Ce numéro de téléphone n’existe pas. Exemple\u00a0: 06\u00a012\u00a034\u00a056\u00a078',
  'contact-missing': () => 'Indiquez un mobile ou une adresse e-mail\u00a0: l’un des deux suffit',
  'not-a-mobile': () =>
    'Un téléphone fixe ne reçoit pas de SMS, et nous n’en envoyons pas à l’étranger\u00a0: donnez un mobile français, ou ajoutez une adresse e-mail plus bas',
  'not-a-day': (field) => `${nameOf(field)} n’existe pas dans le calendrier. Exemple\u00a0: 28 2 1990`,
  'in-the-future': (field) => `${nameOf(field)} est dans le futur`,
  'too-old': (field) => `${nameOf(field)} est ${agreedWith(field).tooOld}\u00a0: vérifiez l’année`,
} satisfies Record<FieldError, (field: DraftField) => string>

export const fieldErrorWords = (field: DraftField, error: FieldError): string => FIELD_ERRORS[error](field)

/** What the person reads of their own RDV's state. */
export const usagerStatusWords = {
  unknown: 'Confirmé',
  seen: 'Passé',
  excused: 'Annulé',
  revoked: 'Annulé par le service',
  noshow: 'Passé',
} satisfies Record<RdvForUsager['status'], string>

/** What the confirmation says of the message to come. */
export function toldWords({ bySms, byMail }: Told): string {
  if (!bySms && !byMail) return 'Le rendez-vous est réservé. Aucun message ne vous sera envoyé.'
  const what = bySms && byMail ? 'un SMS et un e-mail' : bySms ? 'un SMS' : 'un e-mail'
  return `Le rendez-vous est réservé. Vous recevez ${what} avec un lien pour le retrouver ou l’annuler.`
}

/** What a page says when it sends the person back to a step. Keys stand in the URL as `avis`. */
export const tunnelNoticeWords = {
  'creneau-pris': bookRefusalWords['slot-taken'],
  'creneau-passe': bookRefusalWords['slot-past'],
  'pas-propose': bookRefusalWords['not-offered'],
  'seance-complete': bookRefusalWords['session-full'],
  'motif-ferme': bookRefusalWords['motif-closed'],
  'deja-inscrit': bookRefusalWords['already-registered'],
  'trop-de-rdv': bookRefusalWords['too-many-open'],
  'brouillon-expire': bookRefusalWords['draft-expired'],
  incomplet: bookRefusalWords['draft-incomplete'],
  'consignes-a-lire': bookRefusalWords['instructions-unread'],
  'choix-ferme': 'Ce choix n’est plus proposé. Faites-en un autre\u00a0: vos réponses sont gardées.',
  'choix-change': bookRefusalWords['draft-changed'],
  deja: bookRefusalWords['booked-otherwise'],
} as const
export type TunnelNotice = keyof typeof tunnelNoticeWords

/** Which notice tells each refusal. */
export const noticeOfRefusal = {
  'slot-taken': 'creneau-pris',
  'slot-past': 'creneau-passe',
  'not-offered': 'pas-propose',
  'draft-expired': 'brouillon-expire',
  'draft-incomplete': 'incomplet',
  'instructions-unread': 'consignes-a-lire',
  'draft-changed': 'choix-change',
  'motif-closed': 'motif-ferme',
  'too-many-open': 'trop-de-rdv',
  'booked-otherwise': 'deja',
  'session-full': 'seance-complete',
  'already-registered': 'deja-inscrit',
} as const satisfies Record<BookRefusal, TunnelNotice>

/** « 1 créneau », « 4 créneaux »: `plural` only where an s does not do. */
export const countWords = (count: number, singular: string, plural = `${singular}s`): string =>
  `${count}\u00a0${count > 1 ? plural : singular}`

/** « 850 m », « 3,2 km », « 27 km ». */
export const formatDistance = (distanceM: number): string => {
  if (distanceM < 950) return `${Math.max(50, Math.round(distanceM / 50) * 50)}\u00a0m`
  const km = distanceM / 1000
  return `${km < 10 ? km.toFixed(1).replace('.', ',').replace(',0', '') : Math.round(km)}\u00a0km`
}

/** How the lieux are ordered, said above them. */
export function placeOrderWords(orderedBy: PlaceOrder, communeName: string): string {
  switch (orderedBy) {
    case 'address':
      return 'Du plus proche au plus éloigné.'
    case 'commune':
      return `D’abord à ${communeName}, puis au plus près.`
    case 'date':
      return 'Du rendez-vous le plus tôt au plus tard.'
  }
}
