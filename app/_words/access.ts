import { PASSWORD_MAX, PASSWORD_MIN, type PasswordFault } from '@/server/access/rules/password'

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
