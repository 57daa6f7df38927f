import { ACCOUNT_IDLE_MIN, ACCOUNT_LINK_MIN, ACCOUNT_SESSION_SEC } from '@/server/access/rules/accounts'
import { FLOW_MIN } from '@/server/access/rules/identity'
import { PENDING_MIN } from '@/server/access/rules/second-factor'
import { SESSION_DAYS } from '@/server/access/rules/session'

type CookieWords = { name: string; why: string; howLong: string }

const minutes = (count: number) => `${String(count)}\u00a0minutes`
const UNTIL_CLOSED = 'jusqu’à la fermeture du navigateur'
const SESSION_HOURS = `${String(ACCOUNT_SESSION_SEC / 3600)}\u00a0heures`

/** Said where a name is not whole: behind HTTPS, a browser is asked to send some over it alone. */
export const SECURE_PREFIX = '__Secure-'

/** What somebody's browser keeps for the site while they book, and in « Mes rendez-vous ». */
export const COOKIES_OF_PEOPLE: readonly CookieWords[] = [
  {
    name: 'brouillon',
    why: 'retrouver ce que vous avez écrit en prenant rendez-vous. Il ne contient qu’un numéro tiré au hasard',
    howLong: 'une heure',
  },
  {
    name: 'saisie',
    why: 'dans «\u00a0Mes rendez-vous\u00a0» et les pages des agents, rendre ce qui vient d’être écrit quand un formulaire est à corriger. Il le contient, chiffré',
    howLong: minutes(10),
  },
  {
    name: 'connexion-page',
    why: 'vérifier que le formulaire de connexion est envoyé depuis notre site. Il ne contient que «\u00a0oui\u00a0»',
    howLong: UNTIL_CLOSED,
  },
  {
    name: 'mes-rdv-etape',
    why: 'savoir où vous en êtes pendant que vous vous connectez à «\u00a0Mes rendez-vous\u00a0». Il contient le numéro de votre demande, chiffré',
    howLong: `${UNTIL_CLOSED}, ${minutes(ACCOUNT_LINK_MIN * 2)} au plus`,
  },
  {
    name: 'mes-rdv',
    why: 'vous garder connecté à «\u00a0Mes rendez-vous\u00a0». Il contient le numéro de votre session, chiffré',
    howLong: `${UNTIL_CLOSED}, ${minutes(ACCOUNT_IDLE_MIN)} sans visite ou ${SESSION_HOURS} en tout`,
  },
  {
    name: 'identite-retour',
    why: 'vous reconnaître quand vous revenez de FranceConnect, ou un agent de ProConnect. Il contient des nombres tirés au hasard, chiffrés',
    howLong: `jusqu’à votre retour, ${minutes(FLOW_MIN)} au plus`,
  },
  {
    name: 'mes-rdv-identite',
    why: 'pouvoir vous déconnecter aussi de FranceConnect. Il contient la preuve de connexion que FranceConnect nous a remise, chiffrée',
    howLong: `jusqu’à cette déconnexion ou la fermeture du navigateur, ${SESSION_HOURS} au plus`,
  },
]

/** And for agents. */
export const COOKIES_OF_AGENTS: readonly CookieWords[] = [
  {
    name: 'connexion-adresse',
    why: 'rendre à l’agent l’adresse e-mail qu’il vient d’écrire en se connectant. Il la contient',
    howLong: minutes(10),
  },
  {
    name: 'connexion-code',
    why: 'attendre le code du téléphone, une fois le mot de passe donné. Il contient le numéro du compte, chiffré',
    howLong: minutes(PENDING_MIN),
  },
  {
    name: 'next-auth.session-token',
    why: 'garder l’agent connecté. Il contient le numéro de sa session, chiffré',
    howLong: `jusqu’à la déconnexion, ${String(SESSION_DAYS)}\u00a0jours au plus`,
  },
  {
    name: 'connexion-identite',
    why: 'déconnecter aussi l’agent de ProConnect. Il contient la preuve de connexion que ProConnect nous a remise, chiffrée',
    howLong: `jusqu’à la déconnexion, ${String(SESSION_DAYS)}\u00a0jours au plus`,
  },
]
