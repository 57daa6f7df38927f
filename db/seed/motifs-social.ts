import type { MotifSpec } from './motif-spec'

const DAY = 24 * 60

const BRING_PAPERS =
  'Apportez une pièce d’identité, un justificatif de domicile et vos trois derniers justificatifs de ressources.'
const OWN_NUMBER =
  'Nous vous appelons à l’heure du rendez-vous, d’un numéro masqué. Gardez votre téléphone près de vous.'
const VIDEO =
  'Le lien est sur la page de votre rendez-vous. Installez-vous au calme, avec une connexion correcte et un micro.'

const social = { service: 'social', kinds: ['mds'], bookableBy: 'everyone', for: 'adult' } as const
const rsa = { service: 'rsa', kinds: ['mds'], bookableBy: 'everyone', for: 'adult' } as const
const mdph = { service: 'mdph', kinds: ['mdph'], bookableBy: 'everyone', for: 'disabled' } as const

export const SOCIAL_MOTIFS: readonly MotifSpec[] = [
  {
    ...social,
    name: 'Accès aux droits',
    publicName: 'Accès aux droits (aides, santé, logement)',
    durationMin: 45,
    category: 'rights',
    isForSecretariat: true,
    instructions: BRING_PAPERS,
  },
  {
    ...social,
    name: 'Premier rendez-vous avec une assistante sociale',
    smsLabel: 'rendez-vous social',
    durationMin: 60,
    category: 'rights',
    minLeadMin: DAY,
    instructions: `${BRING_PAPERS} Vous pouvez venir accompagné·e de la personne de votre choix.`,
    restriction: 'Si une personne du service social vous suit déjà, prenez rendez-vous directement avec elle.',
  },
  {
    ...social,
    name: 'Aide éducative budgétaire',
    durationMin: 60,
    bookableBy: 'agents_and_prescripteurs',
    instructions: 'Apportez vos relevés de compte et vos factures des trois derniers mois. Rien ne sera photocopié.',
  },
  {
    ...social,
    name: 'Fonds de solidarité logement\u00a0: dossier',
    durationMin: 45,
    category: 'rights',
    instructions: 'Apportez votre bail, vos quittances ou le décompte de la dette, et vos justificatifs de ressources.',
  },
  {
    ...social,
    name: 'Point téléphonique avec une assistante sociale',
    durationMin: 20,
    at: 'phone',
    category: 'rights',
    instructions: OWN_NUMBER,
  },
  {
    ...social,
    name: 'Visite à domicile du service social',
    durationMin: 60,
    at: 'home',
    bookableBy: 'agents',
    instructions: 'L’assistante sociale vient chez vous. Prévenez-nous si l’accès est difficile.',
  },
  { ...social, name: 'Suivi social', durationMin: 45, isFollowUp: true, instructions: 'Apportez les courriers reçus.' },
  {
    ...social,
    name: 'Protection de l’enfance\u00a0: entretien',
    durationMin: 60,
    bookableBy: 'agents',
    visibility: 'invisible',
    usagerMayCancel: false,
    usagerMayMove: false,
  },
  {
    ...rsa,
    name: 'Instruction RSA',
    publicName: 'Demander le RSA',
    durationMin: 45,
    category: 'rsa-rights',
    instructions: `${BRING_PAPERS} Sans ces pièces, la demande ne peut pas être enregistrée.`,
  },
  {
    ...rsa,
    name: 'Orientation RSA',
    durationMin: 45,
    bookableBy: 'agents_and_prescripteurs_and_invited_users',
    category: 'rsa-orientation',
    usagerMayCancel: false,
    instructions: 'Ce rendez-vous est obligatoire. En cas d’empêchement, appelez-nous sans attendre.',
    cancelWarning: 'Ce rendez-vous est obligatoire\u00a0: votre allocation peut être suspendue si vous ne venez pas.',
  },
  {
    ...rsa,
    name: 'Contrat d’engagement\u00a0: signature et suivi',
    durationMin: 30,
    isFollowUp: true,
    category: 'rsa-support',
    instructions: 'Apportez votre contrat et, si vous en avez, les attestations de vos démarches.',
  },
  {
    ...rsa,
    name: 'Point d’étape RSA',
    durationMin: 20,
    at: 'phone',
    category: 'rsa-support',
    instructions: OWN_NUMBER,
  },
  { ...rsa, name: 'Bilan professionnel', durationMin: 45, at: 'visio', category: 'rsa-support', instructions: VIDEO },
  {
    ...rsa,
    name: 'Atelier «\u00a0Mes démarches en ligne\u00a0»',
    durationMin: 120,
    isCollective: true,
    instructions: 'Des ordinateurs sont prêtés. Venez avec vos identifiants si vous en avez.',
  },
  {
    ...mdph,
    name: 'Dossier MDPH\u00a0: aide au premier dossier',
    durationMin: 45,
    category: 'disability',
    minLeadMin: DAY,
    instructions:
      'Apportez le formulaire de demande, même incomplet, le certificat médical de moins d’un an et une pièce d’identité.',
    restriction: 'Un rendez-vous sert à un seul dossier. Pour deux personnes, prenez deux rendez-vous.',
  },
  {
    ...mdph,
    name: 'Dossier MDPH\u00a0: renouvellement',
    durationMin: 30,
    category: 'disability',
    instructions: 'Apportez votre dernière notification de décision et un certificat médical récent.',
  },
  { ...mdph, name: 'Carte mobilité inclusion (CMI)', durationMin: 20, category: 'disability', maxLeadMin: 45 * DAY },
  {
    ...mdph,
    name: 'Évaluation médicale',
    durationMin: 60,
    bookableBy: 'agents',
    usagerMayMove: false,
    instructions: 'Apportez vos comptes rendus médicaux. Vous pouvez venir avec un proche.',
  },
  { ...mdph, name: 'Projet de vie\u00a0: entretien', durationMin: 45, at: 'visio', instructions: VIDEO },
  { ...mdph, name: 'Information sur vos droits', durationMin: 15, at: 'phone', instructions: OWN_NUMBER },
  {
    ...mdph,
    name: 'Évaluation au domicile',
    durationMin: 90,
    at: 'home',
    bookableBy: 'agents',
    instructions: 'Une évaluatrice vient voir avec vous ce qui peut être aménagé. Prévoyez une heure et demie.',
  },
  {
    ...mdph,
    name: 'Réunion d’information\u00a0: scolariser un enfant en situation de handicap',
    durationMin: 90,
    isCollective: true,
    instructions: 'Un interprète en langue des signes est présent sur demande, une semaine avant.',
  },
]
