import { formatDateTime } from '@/app/_lib/dates'
import type {
  Author,
  FilterRefusal,
  ListedRdv,
  ListPeriod,
  ListSort,
  PeriodFault,
} from '@/server/booking/rules/rdv-list'
import type { Status } from '@/server/booking/rules/status'

export const periodWords = {
  coming: 'À venir (trois mois)',
  today: 'Aujourd’hui',
  week: 'Cette semaine',
  month: 'Ce mois-ci',
  past: 'Les 30 derniers jours',
  dates: 'Entre deux dates',
} as const satisfies Record<ListPeriod, string>

export const periodFaultWords = {
  'end-before-start': 'Le dernier jour est avant le premier.',
  'too-long': 'Une liste tient en une année\u00a0: rapprochez les deux jours.',
  'not-a-day': 'Indiquez deux jours qui existent.',
} as const satisfies Record<PeriodFault, string>

/** A status to narrow a list to; without one, an RDV waits for its day or for its status. */
export const statusChoiceWords = {
  unknown: 'À venir ou à renseigner',
  seen: 'Honoré ou effectué',
  noshow: 'Absent',
  excused: 'Annulé (excusé)',
  revoked: 'Annulé (par le service)',
} as const satisfies Record<Status, string>

export const authorWords = {
  agent: 'Par un agent',
  usager: 'En ligne, par l’usager',
  prescripteur: 'Par un prescripteur',
  system: 'Par un autre logiciel',
} as const satisfies Record<Author, string>

export const sortWords = {
  start: 'Date du RDV',
  created: 'Date de création',
  person: 'Nom de l’usager',
  motif: 'Motif',
} as const satisfies Record<ListSort, string>

/** « Créé le jeu. 26 nov. à 9 h, en ligne par l’usager ». */
export const createdWords = ({ createdAt, author, zone }: Pick<ListedRdv, 'createdAt' | 'author' | 'zone'>): string =>
  `${formatDateTime(createdAt, zone, { isShort: true })}, ${authorWords[author].toLocaleLowerCase('fr')}`

export const filterRefusalWords = {
  'name-taken': 'L’un de vos filtres porte déjà ce nom\u00a0: choisissez-en un autre',
  'too-many': 'Vous avez déjà vingt filtres\u00a0: supprimez-en un d’abord',
} as const satisfies Record<FilterRefusal, string>

export const filterNotices = {
  garde: 'Le filtre est gardé.',
  supprime: 'Le filtre est supprimé.',
  defaut: 'La liste s’ouvrira désormais sur ce filtre.',
  'sans-defaut': 'La liste s’ouvrira désormais sur les RDV à venir.',
  introuvable: 'Ce filtre n’existe plus.',
} as const
