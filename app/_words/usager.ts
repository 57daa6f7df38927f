import type { Consents } from '@/server/people/rules/consents'
import { formatDay } from '@/app/_lib/dates'
import type { AccessibilityNeed, Needs } from '@/server/people/rules/needs'
import type { ChangeRefusal, TypedFile } from '@/server/people/rules/usager-change'
import type { FileField } from '@/server/people/rules/usager-file'
import type { UsagerHistoryLine } from '@/server/people/rules/usager-sheet'
import { fieldErrorWords, usagerFieldWords } from './placing'

export const accessibilityWords = {
  wheelchair: 'Fauteuil roulant ou mobilité réduite',
  'low-vision': 'Personne malvoyante',
  'hard-of-hearing': 'Personne malentendante',
  companion: 'Vient accompagnée',
} as const satisfies Record<AccessibilityNeed, string>

/** Languages an interpreter is most often asked for; any other is typed. */
export const USUAL_LANGUAGES = [
  'Langue des signes française (LSF)',
  ...['albanais', 'amharique', 'anglais', 'arabe', 'arménien', 'bambara', 'bengali', 'bulgare', 'chinois (mandarin)'],
  ...['comorien', 'créole réunionnais', 'dari', 'espagnol', 'géorgien', 'italien', 'kurde', 'lingala', 'malgache'],
  ...['pachto', 'persan (farsi)', 'peul', 'polonais', 'portugais', 'romani', 'roumain', 'russe', 'somali', 'soninké'],
  ...['tamoul', 'tigrigna', 'turc', 'ukrainien', 'vietnamien', 'wolof'],
]

/** « Interprète : arabe », then each need: what to prepare, in the order one prepares it. */
export const needsWords = ({ interpreterLanguage, accessibilityNeeds, accessibilityNote }: Needs): string[] => [
  ...(interpreterLanguage === null ? [] : [`Interprète\u00a0: ${interpreterLanguage}`]),
  ...accessibilityNeeds.map((need) => accessibilityWords[need]),
  ...(accessibilityNote === null ? [] : [accessibilityNote]),
]

const MONTHS_TOLD_YEARS = 2

/** « 14 mars 2019 (7 ans) »; in months before two years of age. */
export function birthWords(bornOn: string, today: string): string {
  const [year = 0, month = 0, day = 0] = bornOn.split('-').map(Number)
  const [thisYear = 0, thisMonth = 0, thisDay = 0] = today.split('-').map(Number)
  const months = (thisYear - year) * 12 + thisMonth - month - (thisDay < day ? 1 : 0)
  const years = Math.floor(months / 12)
  const age = years < MONTHS_TOLD_YEARS ? `${months}\u00a0mois` : `${years}\u00a0ans`
  return `${formatDay(bornOn, { withYear: true }).replace(/^\S+ /u, '')} (${age})`
}

/** What each thing of a form is called. */
const FORM_FIELDS: Readonly<Record<string, string>> = {
  ...usagerFieldWords,
  interpreterLanguage: 'Langue',
  accessibilityNote: 'Autre besoin',
}

const FAULTS: Readonly<Partial<Record<ChangeRefusal, string>>> = {
  'email-taken': 'Adresse e-mail\u00a0: une fiche du territoire la porte déjà',
  'consents-theirs': 'Cette personne a un compte\u00a0: elle seule change ses messages',
}

/** The sentence of a fault of the form; one is always said. */
export const fileFaultWords = (field: string, fault: string | undefined): string | undefined => {
  if (fault === undefined) return undefined
  const refusal = Object.entries(FAULTS).find(([reason]) => reason === fault)?.[1]
  if (refusal) return refusal
  const error = Object.entries(fieldErrorWords).find(([code]) => code === fault)?.[1] ?? 'cette réponse ne convient pas'
  return `${FORM_FIELDS[field] ?? 'Réponse'}\u00a0: ${error}`
}

type FileNotice = { tone: 'ok' | 'warn'; text: string }
/** What became of a form, by the `avis` of the address. */
export const fileNotices: Readonly<Record<string, FileNotice>> = {
  enregistre: { tone: 'ok', text: 'La fiche est enregistrée.' },
  creee: { tone: 'ok', text: 'La fiche est créée.' },
  inchange: { tone: 'ok', text: 'Rien n’a changé dans cette fiche.' },
  introuvable: {
    tone: 'warn',
    text: 'Cette fiche n’existe plus, ou vos organisations ne suivent plus cette personne.',
  },
  perdu: { tone: 'warn', text: 'Rien n’est enregistré, et votre saisie n’a pas pu être gardée. Recommencez.' },
  attente: { tone: 'warn', text: 'Trop de demandes en peu de temps. Réessayez un peu plus tard.' },
}

const CHANGED = {
  firstName: 'Prénom changé',
  lastName: 'Nom changé',
  bornOn: 'Date de naissance changée',
  phone: 'Téléphone changé',
  email: 'Adresse e-mail changée',
  phoneConfirmed: 'Téléphone vérifié',
  emailConfirmed: 'Adresse e-mail vérifiée',
  address: 'Adresse changée',
  notifyBySms: 'SMS',
  notifyByEmail: 'E-mails',
  needs: 'Besoins changés',
} as const satisfies Record<FileField, string>

const TAKEN_OFF = 'usager.email-taken-off'

/** « Téléphone changé », « SMS : refusés »: no value but of a consent. */
export function fileHistoryWords({ kind, field, to }: UsagerHistoryLine): string {
  if (kind === 'usager.created') return 'Fiche créée'
  if (kind === 'usager.received') return 'Reçue dans une autre organisation'
  if (kind === TAKEN_OFF) return 'Adresse e-mail retirée\u00a0: une autre personne a prouvé que c’est la sienne'
  if (kind === 'rdvs.readdressed') return 'Messages des RDV à venir\u00a0: envoyés au contact corrigé'
  if (field === null) return 'Fiche modifiée'
  return to === null ? CHANGED[field] : `${CHANGED[field]}\u00a0: ${to ? 'acceptés' : 'refusés'}`
}

/** « Un agent du territoire » when who it was may not be told; null when there is nothing to say but who they are. */
export function fileAuthorWords({ kind, author }: Pick<UsagerHistoryLine, 'kind' | 'author'>): string | null {
  if (kind === TAKEN_OFF) return 'Un autre usager'
  return author.kind === 'agent' && author.name === null ? 'Un agent du territoire' : null
}

/** « 2 absences non excusées ». */
export const noShowWords = (count: number): string =>
  count === 1 ? 'Une absence non excusée' : `${count}\u00a0absences non excusées`

type Shown = Omit<TypedFile, 'accessibilityNeeds'> & { accessibilityNeeds: readonly string[] }

const TEXTS = [
  ...(['firstName', 'lastName', 'bornOn', 'phone', 'email', 'address'] as const),
  ...(['interpreterLanguage', 'accessibilityNote'] as const),
]
const CONTACTS: readonly string[] = ['phone', 'email', 'address']

/** What the file says, by name, wherever the form says something else. */
export function fileDifferences(now: TypedFile, typed: Shown, isProche: boolean): { name: string; words: string }[] {
  const texts = TEXTS.filter((field) => !(isProche && CONTACTS.includes(field))).flatMap((field) => {
    if (now[field] === typed[field].trim()) return []
    const words = field === 'bornOn' && now.bornOn ? formatDay(now.bornOn, { withYear: true }) : now[field]
    return [{ name: FORM_FIELDS[field] ?? '', words: words === '' ? 'rien' : words }]
  })
  const kinds = now.accessibilityNeeds
  const areKindsSame = [...kinds].sort().join() === [...typed.accessibilityNeeds].sort().join()
  const needs = kinds.map((need) => accessibilityWords[need]).join(', ')
  const consents = (['notifyBySms', 'notifyByEmail'] as const).filter(
    (field) => !isProche && now[field] !== typed[field],
  )
  return [
    ...texts,
    ...(areKindsSame ? [] : [{ name: 'Accès et accueil', words: needs === '' ? 'rien' : needs }]),
    ...consents.map((field) => ({ name: CHANGED[field], words: now[field] ? 'acceptés' : 'refusés' })),
  ]
}

/** What somebody may say of the messages they receive. */
export const consentWords = {
  mail: {
    title: 'E-mails',
    stop: 'Ne plus recevoir d’e-mails',
    start: 'Recevoir de nouveau des e-mails',
    stoppedEverywhere:
      'Arrêtés pour tous vos rendez-vous. Reprenez-les par le lien au bas d’un e-mail reçu, ou dans «\u00a0Mes rendez-vous\u00a0».',
  },
  sms: {
    title: 'SMS',
    stop: 'Ne plus recevoir de SMS',
    start: 'Recevoir de nouveau des SMS',
    stoppedEverywhere:
      'Arrêtés pour tous vos rendez-vous. Reprenez-les en répondant START à un SMS reçu, ou dans «\u00a0Mes rendez-vous\u00a0».',
  },
} as const satisfies Record<keyof Consents, { title: string; stop: string; start: string; stoppedEverywhere: string }>
