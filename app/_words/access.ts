import type { CopyChange, CopyMode } from '@/server/access/rules/copy'
import type { GrantLine } from '@/server/access/rules/grants'
import { PASSWORD_MAX, PASSWORD_MIN, type PasswordFault } from '@/server/access/rules/password'
import type { Level } from '@/server/access/rules/reach'

export const passwordFaultWords = {
  'too-short': `Il faut au moins ${PASSWORD_MIN}\u00a0caractères`,
  'too-long': `Il faut au plus ${PASSWORD_MAX}\u00a0caractères`,
  'no-upper-case': 'Il manque une majuscule',
  'no-digit': 'Il manque un chiffre',
  'no-special': 'Il manque un signe',
  'too-common': 'Ce mot de passe est trop facile à deviner',
} as const satisfies Record<PasswordFault, string>

/** The rules, as the page tells them before anything is typed. */
export const PASSWORD_RULES = [
  `au moins ${PASSWORD_MIN}\u00a0caractères`,
  'une majuscule, un chiffre et un signe (ponctuation, espace, symbole)',
  'pas un mot de passe courant',
] as const

const wait = (minutes: number) => (minutes <= 1 ? 'une minute' : `${minutes}\u00a0minutes`)

/** Why a form of /connexion came back. Keys stand in the URL as `avis`. */
export const signInNotices = {
  identifiants: {
    tone: 'bad',
    text: () => 'L’adresse e-mail ou le mot de passe ne convient pas. Vérifiez-les, ou recevez un lien par e-mail.',
  },
  incomplet: { tone: 'bad', text: () => 'Indiquez votre adresse e-mail et votre mot de passe.' },
  attente: {
    tone: 'warn',
    text: (minutes) =>
      `Trop d’essais en peu de temps. Réessayez dans ${wait(minutes)}\u00a0: ce délai protège votre compte.`,
  },
  code: {
    tone: 'bad',
    text: () => 'Ce code ne convient pas, ou a déjà servi. Attendez le suivant et réessayez.',
  },
  'identite-annulee': {
    tone: 'warn',
    text: () => 'Vous n’êtes pas allé au bout de ProConnect\u00a0: rien n’a changé.',
  },
  'identite-refusee': {
    tone: 'bad',
    text: () => 'ProConnect n’a pas pu nous dire qui vous êtes. Réessayez, ou connectez-vous autrement.',
  },
  'identite-injoignable': {
    tone: 'warn',
    text: () => 'ProConnect ne répond pas pour le moment. Connectez-vous autrement, ou réessayez plus tard.',
  },
  'identite-trop-tard': { tone: 'warn', text: () => 'ProConnect s’est fait attendre\u00a0: recommencez.' },
  'identite-sans-compte': {
    tone: 'bad',
    text: () =>
      'Aucun compte n’a l’adresse e-mail que ProConnect nous donne. Demandez à l’administrateur de votre organisation de vous inviter avec cette adresse.',
  },
  'trop-tard': { tone: 'warn', text: () => 'Le code s’est fait attendre. Indiquez de nouveau votre mot de passe.' },
  'sans-place': {
    tone: 'warn',
    text: () =>
      'Votre compte existe, mais vous ne faites plus partie d’aucune organisation\u00a0: il n’ouvre plus rien. Si vous devez de nouveau y accéder, demandez à l’administrateur de votre organisation de vous inviter.',
  },
  'lien-perime': {
    tone: 'warn',
    text: () =>
      'Ce lien a déjà servi ou n’est plus valable. Demandez-en un nouveau\u00a0: il arrive en quelques instants.',
  },
  'adresse-invalide': {
    tone: 'bad',
    text: () => 'Cette adresse e-mail est incomplète. Exemple\u00a0: prenom.nom@departement.fr',
  },
  deconnecte: { tone: 'ok', text: () => 'Vous êtes déconnecté.' },
  'deconnecte-partout': { tone: 'ok', text: () => 'Vous êtes déconnecté de tous vos appareils.' },
  'compte-ouvert': {
    tone: 'ok',
    text: () => 'Votre compte est ouvert. Connectez-vous avec votre adresse e-mail et votre mot de passe.',
  },
  'adresse-changee': {
    tone: 'ok',
    text: () => 'Votre adresse e-mail est changée. Connectez-vous désormais avec elle.',
  },
  'mot-de-passe-change': {
    tone: 'ok',
    text: () => 'Votre mot de passe est changé. Connectez-vous avec le nouveau.',
  },
} as const satisfies Record<string, { tone: 'ok' | 'warn' | 'bad'; text: (minutes: number) => string }>

export type SignInNotice = keyof typeof signInNotices

export const isSignInNotice = (text: string | undefined): text is SignInNotice =>
  text !== undefined && Object.hasOwn(signInNotices, text)

export const levelWords = {
  basic: 'Agent',
  admin: 'Administrateur',
  intervenant: 'Intervenant',
} as const satisfies Record<'basic' | 'admin' | 'intervenant', string>

/** How much of an agenda is open. */
export const accessLevelWords = {
  none: 'Aucun accès',
  busy: 'Occupé, sans détail',
  read: 'Lecture avec détail',
  write: 'Écriture',
} as const satisfies Record<Level, string>

const ofService = (service: string | null) => (service === null ? '' : `, service ${service}`)

/** « Les agents de Centre PMI de Béthune, service PMI »: who is given something. */
export function granteeWords({ kind, name, service }: GrantLine['grantee']): string {
  switch (kind) {
    case 'agent':
      return name
    case 'group':
      return `Groupe «\u00a0${name}\u00a0»`
    case 'colleagues':
      return service === null ? `Tous les agents\u00a0: ${name}` : `Les agents\u00a0: ${name}${ofService(service)}`
    case 'secretaries':
      return `Le secrétariat\u00a0: ${name}`
    case 'admins':
      return `Les administrateurs\u00a0: ${name}`
  }
}

/** Whose agenda it opens, when it is not one agent's alone; null then. */
export function targetWords({ kind, name, service }: GrantLine['target']): string | null {
  if (kind === 'agent') return null
  return kind === 'group'
    ? `Agendas du groupe «\u00a0${name}\u00a0»`
    : `Tous les agendas\u00a0: ${name}${ofService(service)}`
}

/** « RDV de Centre PMI de Béthune, service PMI »: which RDVs it opens. */
export function scopeWords({ level, organisations, services }: GrantLine): string {
  if (level === 'busy') return 'Heures prises, sans personne, motif ni lieu'
  const places = organisations === 'any' ? 'Tous les RDV du territoire' : `RDV\u00a0: ${organisations.join(', ')}`
  if (services === 'any') return organisations === 'any' ? places : `${places}, tous services`
  return `${places}, service${services.length > 1 ? 's' : ''} ${services.join(', ')}`
}

/** What became of a right one wanted to change. Keys stand in the URL as `avis`. */
export const grantNotices = {
  enregistre: { tone: 'ok', text: 'C’est enregistré\u00a0: ce droit vaut dès maintenant.' },
  retire: { tone: 'ok', text: 'Ce droit est retiré.' },
  'changed-meanwhile': {
    tone: 'warn',
    text: 'Quelqu’un a changé ce droit entre-temps. Voici ce qu’il en est\u00a0: choisissez de nouveau.',
  },
  introuvable: { tone: 'warn', text: 'Ce droit n’existe plus, ou ne dépend pas de vous.' },
} as const satisfies Record<string, { tone: 'ok' | 'warn'; text: string }>

/** In which way accesses are copied. */
export const copyModeWords = {
  add: { label: 'Ajouter', hint: 'Les accès qui manquent s’ajoutent, les plus faibles montent. Rien n’est retiré.' },
  replace: { label: 'Remplacer', hint: 'Exactement les mêmes accès\u00a0: ce qui est en plus est retiré.' },
} as const satisfies Record<CopyMode, { label: string; hint: string }>

/** What a copy makes of one access. */
export const copyChangeWords = {
  added: { label: 'Ajouté', tone: 'ok' },
  raised: { label: 'Augmenté', tone: 'ok' },
  lowered: { label: 'Diminué', tone: 'warn' },
  removed: { label: 'Retiré', tone: 'bad' },
} as const satisfies Record<CopyChange['kind'], { label: string; tone: 'ok' | 'warn' | 'bad' }>

/** What the support may do in an agent's place, as that agent reads it. */
export function supportWords(mayWrite: boolean, territoryCount: number): string {
  const isOne = territoryCount < 2
  if (mayWrite) {
    return `${isOne ? 'Votre territoire l’autorise' : 'Vos territoires l’autorisent'} aussi à écrire à votre place, si vous le lui demandez.`
  }
  return `Il ne change rien\u00a0: ${isOne ? 'votre territoire' : 'un de vos territoires, au moins,'} ne l’autorise pas à écrire.`
}

/** How many recovery codes are left. */
export const codesLeftWords = (count: number): string => {
  if (count === 0) return 'Il ne reste aucun code de secours\u00a0: désactivez-la puis recommencez pour en avoir.'
  return count === 1 ? 'Il reste un code de secours.' : `Il reste ${count}\u00a0codes de secours.`
}
