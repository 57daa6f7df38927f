import type {
  RoleWord,
  InvitationRefusal,
  InviteRefusal,
  LeaveRefusal,
  RoleRefusal,
} from '@/server/access/rules/members'
import type { RemoveAgentRefusal } from '@/server/booking/rules/agent-views'
import type { SaveGatewayRefusal } from '@/server/directory/rules/sms'
import type { OrganisationRefusal, ServicesRefusal } from '@/server/directory/rules/organisation'

/** A role as people choose it. */
export const roleChoiceWords = {
  basic: { label: 'Agent', hint: 'Son agenda, et ceux qui lui sont ouverts' },
  secretary: { label: 'Secrétariat', hint: 'Écrit sur tous les agendas de l’organisation, ne configure rien' },
  admin: { label: 'Administrateur', hint: 'Écrit sur tous les agendas, configure l’organisation, invite des agents' },
  'admin-secretary': { label: 'Administrateur et secrétariat', hint: 'Les deux à la fois' },
} as const satisfies Record<RoleWord, { label: string; hint: string }>

/** The place of an agent in an organisation, in words. */
export function memberRoleWords({ level, isSecretary }: { level: string; isSecretary: boolean }): string {
  if (level === 'intervenant') return 'Intervenant'
  return roleChoiceWords[roleChoiceOf({ level, isSecretary })].label
}

export const roleChoiceOf = ({ level, isSecretary }: { level: string; isSecretary: boolean }): RoleWord =>
  level === 'admin' ? (isSecretary ? 'admin-secretary' : 'admin') : isSecretary ? 'secretary' : 'basic'

const NAMES_MOTIF =
  'Ce motif est confidentiel, et ce texte dit son nom ou celui de son service. Quiconque tient le téléphone le lirait\u00a0: retirez-le.'

/** What is wrong with one field, by the code its rule gave. */
export const fieldFaultWords: Readonly<Record<string, string>> = {
  missing: 'Cette réponse manque',
  'too-long': 'C’est trop long',
  'not-a-name': 'Ce nom contient un signe inattendu\u00a0: lettres, espaces, tirets et apostrophes seulement',
  'not-a-secure-url': 'Cette adresse doit commencer par https:// et ne contenir aucune espace',
  'not-an-email': 'Cette adresse e-mail est incomplète. Exemple\u00a0: prenom.nom@departement.fr',
  'not-an-address': 'Cette adresse de site est incomplète. Exemple\u00a0: www.departement.fr',
  'name-taken': 'Une organisation du territoire, ou une équipe, porte déjà ce nom\u00a0: choisissez-en un autre',
  'phone-unknown': 'Ce numéro n’existe pas. Exemples\u00a0: 03 21 00 00 00, ou un numéro court comme 3949',
  'already-member': 'Cette personne travaille déjà dans cette organisation',
  'service-not-offered': 'Un de ces services n’est plus proposé sur le territoire\u00a0: choisissez de nouveau',
  'wrong-password': 'Ce n’est pas votre mot de passe actuel',
  'wrong-code': 'Ce code ne convient pas, ou a déjà servi. Attendez le suivant',
  'territory-taken': 'Un territoire porte déjà ce nom\u00a0: choisissez-en un autre',
  'not-a-department': 'Ce numéro de département n’existe pas. Exemples\u00a0: 62, 2A, 974',
  'too-short': 'C’est trop court\u00a0: dites-en un peu plus',
  'not-of-territory': 'Ce choix n’est pas de ce territoire',
  'already-given': 'Ce droit existe déjà\u00a0: changez son niveau dans la liste',
  'not-a-sender': 'Ce nom ne convient pas\u00a0: de 3 à 11 lettres sans accent, chiffres ou espaces, dont une lettre',
  'not-ascii': 'Un signe ne peut pas servir ici\u00a0: ni accent, ni espace',
  'not-headers': 'Un en-tête ne convient pas. Un par ligne, par exemple\u00a0: Authorization: Bearer {secret}',
  'secret-in-clear':
    'Un secret ne s’écrit pas en clair dans un en-tête\u00a0: donnez-le dans son champ, et mettez {secret} à sa place, par exemple\u00a0: Authorization: Bearer {secret}',
  'not-statuses': 'Ce code ne convient pas. Exemples\u00a0: 200 pour un SMS accepté, 400 pour un numéro refusé',
  'key-missing': 'Ajoutez {key} au modèle ou aux en-têtes\u00a0: sans lui, la passerelle ne reconnaît pas un SMS',
  'not-a-template': 'Le modèle doit contenir {to} (ou {digits}) et {text}',
  'not-json': 'Ce modèle n’est pas du JSON. Exemple\u00a0: {"to": "{to}", "text": "{text}"}',
  'not-a-path': 'Des noms et des nombres séparés par des points. Exemple\u00a0: messages.0.id',
  'url-not-allowed':
    'Cette adresse n’est pas possible\u00a0: en https://, sur un site public, sans mot de passe dedans',
  'secret-missing': 'Ce secret manque\u00a0: donnez-le, aussi quand l’adresse change de site',
  'not-a-mobile': 'Ce n’est pas un numéro de mobile. Exemple\u00a0: 06 12 34 56 78',
  'too-many': 'C’est trop\u00a0: trois au plus',
  'not-a-time': 'Cette heure n’existe pas. Exemple\u00a0: 08:30',
  'not-a-wording': 'Ce texte ne convient pas',
  'subject-names-motif': NAMES_MOTIF,
  'body-names-motif': NAMES_MOTIF,
  'not-a-price': 'Ce prix ne convient pas. En centimes, par exemple\u00a0: 4,5',
  'not-after': 'La fin doit venir après le début',
  'same-agent': 'Choisissez deux personnes différentes',
}

/** The sentence of a fault; one is always said. */
export const faultSentence = (fault: string | undefined): string | undefined =>
  fault === undefined ? undefined : (fieldFaultWords[fault] ?? 'Cette réponse ne convient pas')

type Notice = { tone: 'ok' | 'warn' | 'bad'; text: string }
type Reason =
  | InviteRefusal
  | RoleRefusal
  | InvitationRefusal
  | LeaveRefusal
  | RemoveAgentRefusal
  | OrganisationRefusal
  | ServicesRefusal
  | Exclude<SaveGatewayRefusal, 'secret-missing' | 'url-not-allowed'>

const refusalNotices = {
  'known-agent': {
    tone: 'warn',
    text: 'Un compte existe déjà avec cette adresse e-mail. Cochez la case pour rattacher cette personne à l’organisation\u00a0: elle garde son nom et ses services. Si elle travaille dans un autre territoire, elle devra d’abord accepter.',
  },
  'already-member': { tone: 'warn', text: 'Cette personne travaille déjà dans cette organisation.' },
  'service-not-offered': { tone: 'warn', text: 'Un de ces services n’est plus proposé sur le territoire.' },
  'last-admin': {
    tone: 'bad',
    text: 'C’est le dernier administrateur de l’organisation\u00a0: nommez-en un autre d’abord.',
  },
  'last-territory-admin': {
    tone: 'bad',
    text: 'C’est le dernier administrateur du territoire\u00a0: nommez-en un autre d’abord.',
  },
  'changed-meanwhile': {
    tone: 'warn',
    text: 'Quelqu’un a fait un changement entre-temps. Voici ce qu’il en est\u00a0: choisissez de nouveau.',
  },
  'opening-beyond-role': {
    tone: 'warn',
    text: 'Cette personne a encore des plages d’ouverture pour des motifs que ce rôle ne lui laisse pas proposer\u00a0: retirez-les de ses plages d’abord, ou donnez-lui le service de ces motifs.',
  },
  'already-active': {
    tone: 'warn',
    text: 'Cette personne a déjà ouvert son compte\u00a0: il n’y a plus rien à envoyer.',
  },
  'future-rdvs': {
    tone: 'warn',
    text: 'Cette personne a des RDV à venir dans cette organisation. Ils lui restent\u00a0: cochez la case si vous le savez.',
  },
  'name-taken': { tone: 'bad', text: 'Ce nom est déjà pris.' },
  gone: { tone: 'warn', text: 'Cette passerelle a été retirée entre-temps.' },
  'too-many-gateways': { tone: 'warn', text: 'Trois passerelles au plus\u00a0: retirez-en une d’abord.' },
  'phone-unknown': { tone: 'bad', text: 'Ce numéro de téléphone n’existe pas.' },
  'service-in-use': {
    tone: 'warn',
    text: 'Un des services retirés a encore des motifs sur le territoire\u00a0: retirez-les d’abord.',
  },
} as const satisfies Record<Reason, Notice>

/** What became of a form of the administration. Keys stand in the URL as `avis`. */
export const administrationNotices: Readonly<Record<string, Notice>> = {
  ...refusalNotices,
  'same-agent': { tone: 'bad', text: 'Choisissez deux personnes différentes.' },
  'nothing-to-copy': { tone: 'warn', text: 'Il n’y a rien à copier\u00a0: ces accès sont déjà les mêmes.' },
  'opening-in-service': {
    tone: 'warn',
    text: 'Cette personne a encore des plages d’ouverture dans un des services retirés\u00a0: supprimez-les d’abord.',
  },
  'works-beyond': {
    tone: 'warn',
    text: 'Cette personne travaille aussi dans un territoire que vous n’administrez pas\u00a0: un service de plus lui ouvrirait des RDV là-bas. Vous pouvez en retirer, pas en ajouter.',
  },
  'not-of-territory': { tone: 'bad', text: 'Une de ces personnes ne travaille plus sur le territoire.' },
  donne: { tone: 'ok', text: 'L’accès est donné\u00a0: il vaut dès maintenant.' },
  copie: { tone: 'ok', text: 'Les accès sont copiés\u00a0: ils valent dès maintenant.' },
  annule: { tone: 'ok', text: 'La copie est annulée\u00a0: les accès sont exactement ceux d’avant.' },
  supprimee: { tone: 'ok', text: 'L’équipe est supprimée, avec les accès qui lui étaient donnés.' },
  demande: {
    tone: 'ok',
    text: 'Un lien vient de partir à la nouvelle adresse. Rien ne change tant qu’il n’est pas ouvert\u00a0; l’ancienne adresse est prévenue.',
  },
  'mot-de-passe': { tone: 'ok', text: 'Votre mot de passe est changé. Vos autres connexions sont fermées.' },
  'double-retiree': { tone: 'ok', text: 'La double authentification est désactivée.' },
  enregistre: { tone: 'ok', text: 'C’est enregistré.' },
  'texte-remis': { tone: 'ok', text: 'Le texte d’avant est remis.' },
  creee: {
    tone: 'ok',
    text: 'L’organisation est créée. Vous en êtes administrateur\u00a0: invitez maintenant ses agents.',
  },
  invite: { tone: 'ok', text: 'L’invitation est partie. Son lien est valable 7\u00a0jours.' },
  propose: {
    tone: 'ok',
    text: 'Cette personne travaille dans un autre territoire\u00a0: une invitation lui est partie. Rien ne s’ouvre tant qu’elle n’accepte pas.',
  },
  'invitation-annulee': { tone: 'ok', text: 'L’invitation est annulée.' },
  'invitation-acceptee': {
    tone: 'ok',
    text: 'Vous faites maintenant partie de cette organisation. Vos collègues y voient vos RDV de cette organisation, et rien des autres.',
  },
  'invitation-refusee': { tone: 'ok', text: 'L’invitation est refusée. Rien de votre agenda n’a été ouvert.' },
  'invitation-over': {
    tone: 'warn',
    text: 'Cette invitation n’est plus valable\u00a0: demandez-en une nouvelle à l’organisation.',
  },
  rattache: { tone: 'ok', text: 'Cette personne fait maintenant partie de l’organisation.' },
  relance: { tone: 'ok', text: 'L’invitation est repartie. Le même lien est de nouveau valable 7\u00a0jours.' },
  parti: { tone: 'ok', text: 'Cette personne ne fait plus partie de l’organisation.' },
  'support-autorise': {
    tone: 'ok',
    text: 'Le support peut écrire à la place des agents du territoire. Vous pouvez l’interdire à tout moment.',
  },
  'support-interdit': { tone: 'ok', text: 'Le support ne fait plus que regarder. Cela vaut dès maintenant.' },
  introuvable: { tone: 'warn', text: 'Ce que vous vouliez changer n’existe plus, ou ne dépend pas de vous.' },
  attente: { tone: 'warn', text: 'Trop de demandes en peu de temps. Réessayez un peu plus tard.' },
}

/** « 12 agents ». */
export const agentCountWords = (count: number): string =>
  count === 0 ? 'Aucun agent' : `${count}\u00a0agent${count > 1 ? 's' : ''}`
