import { buttonLink, escaped, letterHtml, paragraph } from '@/server/platform/letter'
import type { Mail } from '@/server/platform/mail'
import { LINK_MIN, type LinkPurpose } from '../rules/session'

type Letter = { subject: string; lead: string; button?: { words: string; url: string }; after: readonly string[] }

const PATHS = {
  'sign-in': '/connexion/lien',
  'reset-password': '/connexion/nouveau-mot-de-passe',
  invitation: '/connexion/nouveau-mot-de-passe',
  'email-change': '/connexion/adresse',
} as const satisfies Record<LinkPurpose, string>

const copyableLink = (url: string) =>
  `<p style="margin:0 0 16px;color:#4b5568;font-size:14px">Si le bouton ne fonctionne pas, copiez cette adresse dans ` +
  `votre navigateur :<br><a href="${escaped(url)}" style="color:#0b5563">${escaped(url)}</a></p>`

const SIGNATURE =
  'RDV Territoires, la prise de rendez-vous des services sociaux et médico-sociaux de votre département.'

/** The same facts as text and as HTML. */
function mailOf(to: string, { subject, lead, button, after }: Letter): Mail {
  const lines = [
    'Bonjour,',
    lead,
    ...(button ? [`${button.words}\u00a0:\n${button.url}`] : []),
    ...after,
    `--\n${SIGNATURE}`,
  ]
  const html = [
    paragraph('Bonjour,'),
    paragraph(lead),
    ...(button ? [buttonLink(button.words, button.url), copyableLink(button.url)] : []),
    ...after.map(paragraph),
  ].join('')
  return { to, subject, text: lines.join('\n\n'), html: letterHtml({ subject, html, signature: SIGNATURE }) }
}

const LETTERS = {
  'sign-in': (url: string) => ({
    subject: 'Votre lien de connexion',
    lead: 'Vous avez demandé à vous connecter à RDV Territoires sans mot de passe.',
    button: { words: 'Me connecter', url },
    after: [
      `Ce lien fonctionne une seule fois, pendant ${LINK_MIN['sign-in']} minutes.`,
      'Si vous n’avez rien demandé, ignorez ce message\u00a0: personne ne peut se connecter sans lui.',
    ],
  }),
  'reset-password': (url: string) => ({
    subject: 'Choisir un nouveau mot de passe',
    lead: 'Vous avez demandé à changer le mot de passe de votre compte RDV Territoires.',
    button: { words: 'Choisir un nouveau mot de passe', url },
    after: [
      `Ce lien fonctionne une seule fois, pendant ${LINK_MIN['reset-password'] / 60} heures.`,
      'Si vous n’avez rien demandé, ignorez ce message\u00a0: votre mot de passe reste le même.',
    ],
  }),
  invitation: (url: string) => ({
    subject: 'Votre compte RDV Territoires',
    lead: 'Vous êtes invité à rejoindre RDV Territoires, l’outil de prise de rendez-vous de votre département.',
    button: { words: 'Choisir mon mot de passe', url },
    after: [
      `Ce lien fonctionne une seule fois, pendant ${LINK_MIN.invitation / 1440} jours.`,
      'Si vous n’attendiez pas ce message, ignorez-le\u00a0: aucun compte ne s’ouvre sans lui.',
    ],
  }),
  'email-change': (url: string) => ({
    subject: 'Confirmez votre nouvelle adresse e-mail',
    lead: 'Vous avez demandé à utiliser cette adresse e-mail pour votre compte RDV Territoires.',
    button: { words: 'Confirmer cette adresse', url },
    after: [
      `Ce lien fonctionne une seule fois, pendant ${LINK_MIN['email-change'] / 60} heures.`,
      'Si vous n’avez rien demandé, ignorez ce message\u00a0: aucun compte n’utilisera cette adresse.',
    ],
  }),
} as const satisfies Record<LinkPurpose, (url: string) => Letter>

/** The mail that carries a link. The page it opens has a button: a scanner that follows the link spends nothing. */
export const linkMail = (to: string, purpose: LinkPurpose, token: string, appUrl: string): Mail => ({
  ...mailOf(
    to,
    LETTERS[purpose](
      `${appUrl.replace(/\/$/, '')}${PATHS[purpose]}?jeton=${token}${purpose === 'invitation' ? '&objet=invitation' : ''}`,
    ),
  ),
  opensAccount: true,
})

export const passwordChangedMail = (to: string): Mail =>
  mailOf(to, {
    subject: 'Votre mot de passe a été changé',
    lead: 'Le mot de passe de votre compte RDV Territoires vient d’être changé, et toutes vos sessions ont été fermées.',
    after: [
      'Si ce n’est pas vous, demandez tout de suite un nouveau mot de passe depuis la page de connexion et prévenez votre référent ou votre référente.',
    ],
  })

export const secondFactorMail = (to: string, isOn: boolean): Mail =>
  mailOf(to, {
    subject: isOn ? 'Double authentification activée' : 'Double authentification désactivée',
    lead: isOn
      ? 'La double authentification de votre compte RDV Territoires vient d’être activée. Un code de votre téléphone sera demandé à chaque connexion. Vos autres connexions sont fermées.'
      : 'La double authentification de votre compte RDV Territoires vient d’être désactivée. Votre mot de passe suffit de nouveau.',
    after: [
      'Si ce n’est pas vous, changez tout de suite votre mot de passe et prévenez votre référent ou votre référente.',
    ],
  })

/** To somebody who had an account, and whom an organisation made one of its own. */
export const joinedMail = (to: string, place: { organisation: string; territory: string }, appUrl: string): Mail =>
  mailOf(to, {
    subject: `Vous faites partie de ${place.organisation}`,
    lead: `L’organisation ${place.organisation} (${place.territory}) vous compte désormais parmi ses agents, avec le compte que vous avez déjà. Vos collègues y voient vos rendez-vous de cette organisation, et rien des autres.`,
    button: { words: 'Voir qui accède à mon agenda', url: `${appUrl.replace(/\/$/, '')}/agent/acces` },
    after: [
      'Si vous ne vous y attendiez pas, prévenez votre référent ou votre référente : votre place peut être retirée.',
    ],
  })

/** To somebody who works in another territory: nothing is opened before they accept. */
export const placeOfferedMail = (
  to: string,
  place: { organisation: string; territory: string },
  appUrl: string,
): Mail =>
  mailOf(to, {
    subject: `${place.organisation} vous invite`,
    lead: `L’organisation ${place.organisation} (${place.territory}) vous invite à la rejoindre, avec le compte que vous avez déjà. Tant que vous n’acceptez pas, elle ne voit rien de votre agenda.`,
    button: { words: 'Accepter ou refuser', url: `${appUrl.replace(/\/$/, '')}/agent/invitations` },
    after: [
      `Cette invitation est valable ${LINK_MIN.invitation / 1440}\u00a0jours.`,
      'Si vous ne vous y attendiez pas, refusez-la ou ignorez ce message.',
    ],
  })

/** Why, and who, are told in the profile: a mail stays where anybody may read it. */
export const secondFactorRemovedMail = (to: string, appUrl: string): Mail =>
  mailOf(to, {
    subject: 'Double authentification retirée par le support',
    lead: 'Le support de RDV Territoires vient de retirer la double authentification de votre compte et de fermer vos connexions. Votre mot de passe suffit de nouveau.',
    button: { words: 'Ouvrir mon profil', url: `${appUrl.replace(/\/$/, '')}/agent/profil` },
    after: [
      'Vous y lirez qui l’a fait et pourquoi. Dès que possible, réactivez-la avec votre nouveau téléphone.',
      'Si vous n’avez rien demandé, changez tout de suite votre mot de passe et prévenez votre référent ou votre référente.',
    ],
  })

/** To the address an account is about to leave: whoever reads it may not be the one who asked. */
export const emailChangeAskedMail = (to: string): Mail =>
  mailOf(to, {
    subject: 'Changement d’adresse e-mail demandé',
    lead: 'Une autre adresse e-mail a été demandée pour votre compte RDV Territoires. Celle-ci reste valable tant que la nouvelle n’est pas confirmée.',
    after: [
      'Si ce n’est pas vous, changez tout de suite votre mot de passe et prévenez votre référent ou votre référente.',
    ],
  })

type Contacts = 'email' | 'phone'

/** To a person whose account has got a password: whoever chose it may not be them. */
export const accountPasswordMail = (to: string, appUrl: string): Mail =>
  mailOf(to, {
    subject: 'Votre mot de passe vient d’être choisi',
    lead: 'Un mot de passe vient d’être choisi pour retrouver vos rendez-vous sur RDV Territoires. Les autres connexions sont fermées.',
    button: { words: 'Aller à mes rendez-vous', url: `${appUrl.replace(/\/$/, '')}/mes-rdv/connexion` },
    after: [
      'Si c’est bien vous, vous n’avez rien à faire.',
      'Si ce n’est pas vous, entrez tout de suite par un lien reçu à cette adresse, sans mot de passe, puis choisissez-en un autre\u00a0: toute autre connexion sera fermée.',
    ],
  })

const CHANGED = {
  email: 'Une autre adresse e-mail a été demandée',
  phone: 'Un autre numéro de téléphone a été demandé',
} as const satisfies Record<Contacts, string>

/** To the address of a person's account, before another contact is proven: whoever asked may not be them. */
export const contactChangeAskedMail = (to: string, contact: Contacts, appUrl: string): Mail =>
  mailOf(to, {
    subject: contact === 'email' ? 'Changement d’adresse e-mail demandé' : 'Changement de numéro demandé',
    lead: `${CHANGED[contact]} pour retrouver vos rendez-vous sur RDV Territoires. Rien ne change tant qu’${contact === 'email' ? 'elle n’est pas confirmée' : 'il n’est pas confirmé'}.`,
    button: { words: 'Aller à mes rendez-vous', url: `${appUrl.replace(/\/$/, '')}/mes-rdv/connexion` },
    after: [
      'Si c’est bien vous, vous n’avez rien à faire.',
      'Si ce n’est pas vous, entrez tout de suite et choisissez «\u00a0Me déconnecter de tous mes appareils\u00a0» dans vos coordonnées.',
    ],
  })
