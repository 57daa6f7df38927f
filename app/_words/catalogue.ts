import type { LocationType } from '@/server/directory/rules/motif'
import type {
  BookableBy,
  LieuRefusal,
  MotifRefusal,
  MotifSettings,
  SectorisationLevel,
  SettingsFault,
  Visibility,
} from '@/server/directory/rules/motif-settings'
import { locationWords } from './booking'

export const bookableByWords = {
  agents: 'Agents seulement',
  agents_and_prescripteurs: 'Agents et prescripteurs',
  agents_and_prescripteurs_and_invited_users: 'Agents, prescripteurs et usagers invités',
  everyone: 'Tout le monde, en ligne',
} as const satisfies Record<BookableBy, string>

export const visibilityWords = {
  visible_and_notified: 'Visible, avec messages',
  visible_and_not_notified: 'Visible, sans message',
  invisible: 'Invisible pour l’usager',
} as const satisfies Record<Visibility, string>

export const sectorisationWords = {
  departement: 'Tout le département',
  organisation: 'Secteurs de l’organisation',
  agent: 'Secteurs de l’agent',
} as const satisfies Record<SectorisationLevel, string>

const plural = (count: number, one: string) => `${count}\u00a0${one}${count > 1 ? 's' : ''}`

/** A delay in minutes as one says it: « 30 min », « 2 h », « 3 jours ». */
export function leadWords(minutes: number): string {
  if (minutes % 1440 === 0) {
    const days = minutes / 1440
    if (days === 365) return '1\u00a0an'
    if (days >= 30 && days % 30 === 0) return `${days / 30}\u00a0mois`
    return days % 7 === 0 ? plural(days / 7, 'semaine') : plural(days, 'jour')
  }
  return minutes % 60 === 0 ? `${minutes / 60}\u00a0h` : `${minutes}\u00a0min`
}

const yes = (is: boolean) => (is ? 'Oui' : 'Non')

/** « 1 semaine et 48 h avant ». */
const reminderWords = (leadsMin: readonly number[] | null): string => {
  if (leadsMin === null) return 'Comme le territoire'
  return leadsMin.length === 0 ? 'Aucun' : `${LIST.format(leadsMin.map(leadWords))} avant`
}

const LIST = new Intl.ListFormat('fr', { type: 'conjunction' })

type Named = MotifSettings & { readonly serviceName: string; readonly categoryName: string | null }
type Column = { readonly field: keyof MotifSettings; readonly title: string; readonly words: (motif: Named) => string }

/** Every option of a motif in words: the columns of the export, and what a change is told by. */
export const MOTIF_OPTIONS: readonly Column[] = [
  { field: 'name', title: 'Nom interne', words: ({ name }) => name },
  { field: 'publicName', title: 'Libellé public', words: ({ publicName }) => publicName ?? '' },
  { field: 'smsLabel', title: 'Libellé court (SMS)', words: ({ smsLabel }) => smsLabel ?? '' },
  { field: 'serviceId', title: 'Service', words: ({ serviceName }) => serviceName },
  { field: 'categoryId', title: 'Catégorie', words: ({ categoryName }) => categoryName ?? '' },
  { field: 'locationType', title: 'Type de RDV', words: ({ locationType }) => locationWords[locationType] },
  { field: 'isCollective', title: 'Collectif', words: ({ isCollective }) => yes(isCollective) },
  { field: 'durationMin', title: 'Durée (minutes)', words: ({ durationMin }) => String(durationMin) },
  { field: 'color', title: 'Couleur', words: ({ color }) => color },
  { field: 'isForSecretariat', title: 'Secrétariat', words: (motif) => yes(motif.isForSecretariat) },
  { field: 'isFollowUp', title: 'RDV de suivi', words: (motif) => yes(motif.isFollowUp) },
  { field: 'isConfidential', title: 'Confidentiel', words: (motif) => yes(motif.isConfidential) },
  { field: 'bookableBy', title: 'Réservable par', words: ({ bookableBy }) => bookableByWords[bookableBy] },
  { field: 'minLeadMin', title: 'Délai minimum avant le RDV', words: ({ minLeadMin }) => leadWords(minLeadMin) },
  { field: 'maxLeadMin', title: 'Délai maximum avant le RDV', words: ({ maxLeadMin }) => leadWords(maxLeadMin) },
  {
    field: 'sectorisationLevel',
    title: 'Sectorisation',
    words: ({ sectorisationLevel }) => sectorisationWords[sectorisationLevel],
  },
  { field: 'usagerMayMove', title: 'L’usager peut déplacer', words: (motif) => yes(motif.usagerMayMove) },
  { field: 'usagerMayCancel', title: 'L’usager peut annuler', words: (motif) => yes(motif.usagerMayCancel) },
  { field: 'asksBirthDate', title: 'Date de naissance demandée', words: (motif) => yes(motif.asksBirthDate) },
  { field: 'reminderLeadsMin', title: 'Rappels', words: ({ reminderLeadsMin }) => reminderWords(reminderLeadsMin) },
  { field: 'visibility', title: 'Visibilité et messages', words: ({ visibility }) => visibilityWords[visibility] },
  { field: 'restriction', title: 'À accepter avant de réserver', words: ({ restriction }) => restriction ?? '' },
  { field: 'instructions', title: 'Consignes', words: ({ instructions }) => instructions ?? '' },
  { field: 'cancelWarning', title: 'Message à l’annulation', words: ({ cancelWarning }) => cancelWarning ?? '' },
]

type Badged = Pick<
  MotifSettings,
  'isForSecretariat' | 'isFollowUp' | 'isCollective' | 'bookableBy' | 'locationType' | 'isConfidential'
>

const LOCATION_BADGES = {
  public_office: null,
  phone: 'Par tél.',
  home: 'À domicile',
  visio: 'Visio',
} as const satisfies Record<LocationType, string | null>
const OPENED_BADGES = {
  agents: null,
  agents_and_prescripteurs: 'Prescripteurs',
  agents_and_prescripteurs_and_invited_users: 'Sur invitation',
  everyone: 'En ligne',
} as const satisfies Record<BookableBy, string | null>

/** What tells a motif from the others at a glance (domain §1.9). */
export const motifBadges = (motif: Badged): string[] =>
  [
    OPENED_BADGES[motif.bookableBy],
    LOCATION_BADGES[motif.locationType],
    motif.isCollective ? 'Collectif' : null,
    motif.isFollowUp ? 'Suivi' : null,
    motif.isForSecretariat ? 'Secrétariat' : null,
    motif.isConfidential ? 'Confidentiel' : null,
  ].filter((badge) => badge !== null)

const settingsFaultWords = {
  'lead-too-short': 'Le délai minimum est d’au moins 30\u00a0min',
  'lead-too-long': 'Le délai maximum est d’au plus un an',
  'lead-not-after': 'Le délai maximum doit dépasser le délai minimum\u00a0: changez l’un des deux',
  'collective-off-site':
    'Un RDV collectif se passe sur place\u00a0: changez le type, ou décochez «\u00a0collectif\u00a0»',
  'secretariat-and-follow-up':
    'Un RDV de suivi se prend avec le référent\u00a0: il ne peut pas être ouvert au secrétariat',
  'secretariat-at-home': 'Un RDV à domicile ne peut pas être ouvert au secrétariat',
} as const satisfies Record<SettingsFault, string>

export const catalogueFaultWords = {
  ...settingsFaultWords,
  missing: 'Ce champ est nécessaire',
  'too-long': 'Ce texte est trop long\u00a0: raccourcissez-le',
  'not-a-name': 'Il faut au moins une lettre ou un chiffre',
  'not-a-duration': 'La durée est un nombre de minutes, de 5 à 1\u00a0440',
  'not-a-color': 'Une couleur s’écrit avec un dièse et six signes. Exemple\u00a0: #0b5563',
} as const

/** A fault of a field in a sentence, whatever found it. */
export const catalogueFaultSentence = (fault: string): string =>
  Object.entries(catalogueFaultWords).find(([key]) => key === fault)?.[1] ?? 'Cette réponse ne convient pas'

export const motifRefusalWords = {
  'name-taken': 'L’organisation a déjà un motif de ce nom, pour ce service et ce type de RDV',
  'changed-meanwhile': 'Ce motif a été modifié pendant que vous l’aviez sous les yeux',
  'kind-frozen': 'Des RDV existent\u00a0: le type de RDV et «\u00a0collectif\u00a0» ne changent plus',
  'service-frozen': 'Des RDV existent\u00a0: le service ne change plus. Créez un autre motif',
  'confidentiality-frozen':
    'Des RDV existent\u00a0: seul un administrateur qui travaille dans le service de ce motif peut lever la confidentialité',
  'service-not-offered': 'Ce service n’est pas activé sur le territoire',
  'not-for-this-organisation': 'Cette ouverture à la réservation n’existe pas pour cette organisation',
} as const satisfies Record<MotifRefusal, string>

export const lieuRefusalWords = {
  'name-taken': 'L’organisation a déjà un lieu ouvert de ce nom',
  'changed-meanwhile': 'Ce lieu a été modifié pendant que vous l’aviez sous les yeux',
  'lieu-used': 'Ce lieu a servi\u00a0: il peut être désactivé, pas supprimé',
  'phone-unknown': 'Ce numéro de téléphone n’existe pas. Exemple\u00a0: 03\u00a021\u00a021\u00a062\u00a062, ou 3949',
} as const satisfies Record<LieuRefusal | 'phone-unknown', string>

/** « 3 plages d’ouverture et 12 RDV à venir »; null when nothing uses it. */
export function usedByWords({ openingCount, futureRdvCount = 0 }: { openingCount: number; futureRdvCount?: number }) {
  const parts = [
    openingCount > 0 ? `${plural(openingCount, 'plage')} d’ouverture` : null,
    futureRdvCount > 0 ? `${futureRdvCount}\u00a0RDV à venir` : null,
  ].filter((part) => part !== null)
  return parts.length === 0 ? null : parts.join(' et ')
}

/** What became of a motif or a lieu. Keys stand in the URL as `avis`. */
export const catalogueNotices = {
  'motif-enregistre': 'Le motif est enregistré.',
  'motif-supprime': 'Le motif est supprimé.',
  'motif-retire': 'Le motif n’est plus proposé\u00a0: les RDV déjà pris restent.',
  'lieu-enregistre': 'Le lieu est enregistré.',
  'lieu-supprime': 'Le lieu est supprimé.',
} as const
