import type { ImpersonationRefusal, WritingRefusal } from '@/server/access/rules/impersonation'
import type { AccountState } from '@/server/access/rules/super-admin'
import type { TerritoryRefusal, Zone } from '@/server/directory/rules/territory'

type Notice = { tone: 'ok' | 'warn' | 'bad'; text: string }
type Reason = ImpersonationRefusal | WritingRefusal | TerritoryRefusal | 'gone' | 'factor-off'

const refusals = {
  'super-admin': { tone: 'bad', text: 'Cette personne administre la plateforme\u00a0: personne ne prend sa place.' },
  'not-active': { tone: 'warn', text: 'Ce compte n’est pas ouvert\u00a0: il n’y a rien à voir à sa place.' },
  'already-elsewhere': { tone: 'warn', text: 'Vous êtes déjà à la place d’un agent\u00a0: quittez-la d’abord.' },
  'not-allowed-here': {
    tone: 'warn',
    text: 'Un territoire de cet agent n’autorise pas l’écriture à sa place\u00a0: vous restez en lecture seule.',
  },
  'already-writing': { tone: 'warn', text: 'L’écriture est déjà activée.' },
  'territory-taken': { tone: 'bad', text: 'Un territoire porte déjà ce nom.' },
  'factor-off': { tone: 'warn', text: 'Sa double authentification est déjà désactivée.' },
  gone: { tone: 'warn', text: 'Cette tâche est finie, supprimée ou en cours\u00a0: il n’y a rien à relancer.' },
} as const satisfies Record<Reason, Notice>

/** What became of a form of the back-office. Keys stand in the URL as `avis`. */
export const superNotices: Readonly<Record<string, Notice>> = {
  ...refusals,
  cree: { tone: 'ok', text: 'Le territoire est créé. Une invitation est partie à son administrateur.' },
  autorise: { tone: 'ok', text: 'L’écriture à la place des agents est autorisée sur ce territoire.' },
  interdit: { tone: 'ok', text: 'L’écriture à la place des agents n’est plus autorisée. Cela vaut dès maintenant.' },
  relance: { tone: 'ok', text: 'La tâche est remise dans la file.' },
  'double-retiree': {
    tone: 'ok',
    text: 'La double authentification est retirée, ses connexions sont fermées. Un e-mail part pour la prévenir.',
  },
  quitte: { tone: 'ok', text: 'Vous avez quitté la place de l’agent.' },
  introuvable: { tone: 'warn', text: 'Ce que vous cherchiez n’existe plus.' },
  attente: { tone: 'warn', text: 'Trop d’essais en peu de temps. Réessayez un peu plus tard.' },
}

export const zoneChoiceWords = {
  'Europe/Paris': 'France hexagonale',
  'America/Guadeloupe': 'Guadeloupe',
  'America/Martinique': 'Martinique',
  'America/Cayenne': 'Guyane',
  'Indian/Reunion': 'La Réunion',
  'Indian/Mayotte': 'Mayotte',
  'America/Miquelon': 'Saint-Pierre-et-Miquelon',
  'America/St_Barthelemy': 'Saint-Barthélemy',
  'America/Marigot': 'Saint-Martin',
  'Pacific/Noumea': 'Nouvelle-Calédonie',
  'Pacific/Tahiti': 'Polynésie française',
  'Pacific/Wallis': 'Wallis-et-Futuna',
} as const satisfies Record<Zone, string>

/** « 1 organisation », « 12 organisations ». */
export const countWords = (count: number, word: string): string =>
  `${count.toLocaleString('fr-FR')}\u00a0${word}${count > 1 ? 's' : ''}`

export const accountWords = {
  active: { label: 'Compte ouvert', tone: 'ok' },
  invited: { label: 'Invitation sans réponse', tone: 'warn' },
  'without-account': { label: 'Sans compte', tone: 'info' },
} as const satisfies Record<AccountState, { label: string; tone: 'ok' | 'info' | 'warn' }>

export const jobStateWords = {
  failed: { label: 'Abandonnée', tone: 'bad' },
  retrying: { label: 'À réessayer', tone: 'warn' },
  waiting: { label: 'En attente', tone: 'info' },
  running: { label: 'En cours', tone: 'ok' },
} as const satisfies Record<string, { label: string; tone: 'ok' | 'info' | 'warn' | 'bad' }>

/** Who did it, or to whom, as the ledger knows them: a kind and a number. */
const KINDS: Readonly<Record<string, string>> = {
  agent: 'agent',
  'super-admin': 'support',
  anonymous: 'usager',
  link: 'usager (lien)',
  system: 'application',
  rdv: 'RDV',
  usager: 'usager',
  territory: 'territoire',
  organisation: 'organisation',
  motif: 'motif',
  lieu: 'lieu',
  absence: 'absence',
  opening: 'plage',
  grant: 'accès',
  group: 'équipe',
  job: 'tâche',
}
export const ledgerPartyWords = (kind: string, id: number | null): string =>
  id === null ? (KINDS[kind] ?? kind) : `${KINDS[kind] ?? kind}\u00a0n°\u00a0${id}`

/** What one may look for in the ledger: the beginning of kinds. */
export const EVENT_FAMILIES = [
  { value: 'rdv', label: 'Rendez-vous' },
  { value: 'usager', label: 'Usagers' },
  { value: 'absence', label: 'Absences' },
  { value: 'opening', label: 'Plages d’ouverture' },
  { value: 'agent', label: 'Comptes des agents' },
  { value: 'member', label: 'Membres' },
  { value: 'grant', label: 'Accès' },
  { value: 'motif', label: 'Motifs' },
  { value: 'lieu', label: 'Lieux' },
  { value: 'organisation', label: 'Organisations' },
  { value: 'territory', label: 'Territoires' },
  { value: 'impersonation', label: 'Connexions à la place d’un agent' },
  { value: 'second-factor', label: 'Doubles authentifications' },
  { value: 'super-admin', label: 'Support' },
  { value: 'job', label: 'Tâches' },
] as const
