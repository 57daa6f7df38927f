import { ACCOUNT_LINK_MIN, CODE_MIN, CODE_TRIES, NAME_LETTERS } from '@/server/access/rules/accounts'
import type { OwnAddressRefusal } from '@/server/people/rules/account-files'

type Notice = { tone: 'ok' | 'warn' | 'bad'; text: string }

/** What a page of « Mes rendez-vous » says of what was just done. Keys stand in the URL as `avis`. */
export const accountNotices = {
  'numero-invalide': {
    tone: 'bad',
    text: 'Ce numéro de téléphone n’existe pas. Exemple\u00a0: 06\u00a012\u00a034\u00a056\u00a078',
  },
  'numero-fixe': {
    tone: 'bad',
    text: 'Un téléphone fixe ne reçoit pas de SMS\u00a0: indiquez un mobile, ou demandez un lien par e-mail.',
  },
  'numero-etranger': {
    tone: 'bad',
    text: 'Donnez un mobile français, outre-mer compris. Pour un numéro étranger, appelez le service\u00a0: il peut l’inscrire.',
  },
  'adresse-invalide': {
    tone: 'bad',
    text: 'Cette adresse e-mail est incomplète. Exemple\u00a0: prenom.nom@exemple.fr',
  },
  'mauvais-code': {
    tone: 'bad',
    text: `Ce code ne convient pas. Vérifiez le SMS\u00a0: chaque code se tente ${String(CODE_TRIES)}\u00a0fois.`,
  },
  'code-perime': {
    tone: 'warn',
    text: 'Ce code n’est plus valable\u00a0: il a servi, il est trop ancien ou il a été tenté trop de fois. Demandez-en un nouveau.',
  },
  'lien-ailleurs': {
    tone: 'warn',
    text: 'Pour confirmer cette adresse, connectez-vous là où vous l’avez demandée, puis ouvrez de nouveau le lien. Si vous n’avez rien demandé, ne faites rien\u00a0: rien n’a changé.',
  },
  'lien-perime': { tone: 'warn', text: 'Ce lien a déjà servi, ou n’est plus valable. Demandez-en un nouveau.' },
  'numero-change': {
    tone: 'ok',
    text: 'Votre numéro est changé\u00a0: il remplace l’ancien dans vos dossiers, et vos messages y arrivent désormais.',
  },
  'adresse-changee': {
    tone: 'ok',
    text: 'Votre adresse est changée\u00a0: elle remplace l’ancienne dans vos dossiers, et vos messages y arrivent désormais.',
  },
  'numero-change-en-partie': {
    tone: 'warn',
    text: 'Votre numéro est changé pour vous connecter et pour les rendez-vous que vous avez pris. Mais un dossier du service garde un autre numéro, que vous n’avez pas confirmé\u00a0: appelez le service pour qu’il le remplace.',
  },
  'adresse-changee-en-partie': {
    tone: 'warn',
    text: 'Votre adresse est changée pour vous connecter et pour les rendez-vous que vous avez pris. Mais un dossier du service garde une autre adresse, que vous n’avez pas confirmée\u00a0: appelez le service pour qu’il la remplace.',
  },
  'numero-de-qui': { tone: 'warn', text: 'Tapez de nouveau le code, et dites de qui est ce numéro.' },
  'adresse-de-qui': { tone: 'warn', text: 'Dites d’abord de qui est cette adresse.' },
  'adresse-prise': {
    tone: 'bad',
    text: 'Un autre dossier du service a déjà cette adresse. Donnez-en une autre, ou appelez le service.',
  },
  enregistre: { tone: 'ok', text: 'C’est enregistré.' },
  identifiants: {
    tone: 'bad',
    text: 'L’adresse e-mail ou le mot de passe ne convient pas. Vérifiez-les, ou recevez un code.',
  },
  'mot-de-passe-choisi': {
    tone: 'ok',
    text: 'Votre mot de passe est enregistré. Vos autres appareils sont déconnectés.',
  },
  'adresse-manque': { tone: 'bad', text: 'Ajoutez d’abord une adresse e-mail\u00a0: le mot de passe va avec elle.' },
  'adresse-partagee': {
    tone: 'bad',
    text: 'Quelqu’un d’autre qui utilise cette adresse a déjà un mot de passe. Choisissez une adresse à vous.',
  },
  'nom-inconnu': {
    tone: 'bad',
    text: `Ces lettres ne correspondent pas. Tapez le début de votre nom de famille\u00a0: ${String(NAME_LETTERS)}\u00a0lettres au moins.`,
  },
  'plusieurs-noms': {
    tone: 'warn',
    text: 'Plusieurs noms commencent par ces lettres. Tapez-en davantage, ou votre nom en entier.',
  },
  attente: {
    tone: 'warn',
    text: 'Trop de demandes en peu de temps. Réessayez dans une heure\u00a0: ce délai protège vos rendez-vous.',
  },
  'attente-demain': {
    tone: 'warn',
    text: 'Plusieurs codes ou liens ont déjà été demandés aujourd’hui. Réessayez demain\u00a0: ce délai protège vos rendez-vous.',
  },
  'identite-annulee': { tone: 'warn', text: 'Vous n’êtes pas allé au bout de FranceConnect\u00a0: rien n’a changé.' },
  'identite-refusee': {
    tone: 'bad',
    text: 'FranceConnect n’a pas pu nous dire qui vous êtes. Réessayez, ou utilisez votre numéro de mobile.',
  },
  'identite-injoignable': {
    tone: 'warn',
    text: 'FranceConnect ne répond pas pour le moment. Utilisez votre numéro de mobile, ou réessayez plus tard.',
  },
  'identite-trop-tard': { tone: 'warn', text: 'FranceConnect s’est fait attendre\u00a0: recommencez.' },
  'session-finie': {
    tone: 'warn',
    text: 'Votre session s’était fermée d’elle-même\u00a0: rien n’a été fait. Connectez-vous, puis recommencez.',
  },
  deconnecte: { tone: 'ok', text: 'Vous êtes déconnecté.' },
  'deconnecte-partout': { tone: 'ok', text: 'Vous êtes déconnecté de tous vos appareils.' },
  'compte-efface': {
    tone: 'ok',
    text: 'Votre compte est effacé. Vos rendez-vous restent connus du service\u00a0: les liens reçus fonctionnent toujours.',
  },
} as const satisfies Record<string, Notice>
export type AccountNotice = keyof typeof accountNotices

/** Said whether the contact is known or not. */
export const codeSentWords = `Si ce numéro est celui d’un rendez-vous, un code à 6\u00a0chiffres y arrive par SMS. Il est valable ${String(CODE_MIN)}\u00a0minutes.`
export const linkSentWords = `Si cette adresse est celle d’un rendez-vous, un lien y arrive dans quelques instants. Il fonctionne une fois, pendant ${String(ACCOUNT_LINK_MIN)}\u00a0minutes.`

/** Said to whoever is signed in: theirs to receive it. */
export const codeSentThereWords = `Un code à 6\u00a0chiffres arrive par SMS au nouveau numéro. Il est valable ${String(CODE_MIN)}\u00a0minutes.`

export const phoneFaultNotices = {
  'not-a-phone': 'numero-invalide',
  'not-a-mobile': 'numero-fixe',
  'not-french': 'numero-etranger',
} as const satisfies Record<string, AccountNotice>

/** Under the postal address that was typed. */
export const ownAddressFaults = {
  'too-long': 'Cette adresse est trop longue\u00a0: gardez le numéro, la rue, le code postal et la commune.',
  'changed-meanwhile':
    'Votre dossier a changé entre-temps, ici ou par le service\u00a0: l’adresse qu’il porte maintenant est au-dessus. Si la vôtre est la bonne, enregistrez-la de nouveau.',
} as const satisfies Record<OwnAddressRefusal | 'too-long', string>
