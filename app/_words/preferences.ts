import type { Digest, Preferences, RdvNotifications } from '@/server/access/rules/preferences'

/** Of which changes of their RDVs an agent is told, as they choose it. */
export const rdvNotificationWords = {
  all: {
    label: 'Tous les changements, y compris les miens',
    hint: 'Un RDV placé, changé ou annulé, quel qu’en soit l’auteur',
  },
  others: {
    label: 'Tous les changements, sauf les miens',
    hint: 'Ce que font les usagers et mes collègues, quelle que soit la date du RDV',
  },
  soon: {
    label: 'Seulement les changements de dernière minute, sauf les miens',
    hint: 'Quand la date du RDV, ancienne ou nouvelle, est aujourd’hui ou demain',
  },
  none: { label: 'Aucun e-mail', hint: 'Je regarde mon agenda' },
} as const satisfies Record<RdvNotifications, { label: string; hint: string }>

export const arrivalNotificationWords = {
  all: {
    label: 'Un usager est arrivé',
    hint: 'Dès que l’accueil, ou un collègue, note l’arrivée de quelqu’un pour un de mes RDV',
  },
  none: { label: 'Aucun e-mail', hint: 'Je vois les arrivées sur mon agenda' },
} as const satisfies Record<Preferences['arrivalNotifications'], { label: string; hint: string | null }>

export const openingNotificationWords = {
  all: {
    label: 'Ce que d’autres écrivent sur mes plages',
    hint: 'Une plage d’ouverture créée, changée ou supprimée par quelqu’un d’autre que moi',
  },
  none: { label: 'Aucun e-mail', hint: null },
} as const satisfies Record<Preferences['openingNotifications'], { label: string; hint: string | null }>

export const absenceNotificationWords = {
  all: {
    label: 'Ce que d’autres écrivent de mes absences',
    hint: 'Une absence créée, changée ou supprimée par quelqu’un d’autre que moi',
  },
  none: { label: 'Aucun e-mail', hint: null },
} as const satisfies Record<Preferences['absenceNotifications'], { label: string; hint: string | null }>

export const digestWords = {
  none: { label: 'Pas d’e-mail', hint: null },
  morning: { label: 'Le matin, vers 7\u00a0h', hint: 'Les RDV du jour' },
  evening: { label: 'La veille au soir, vers 18\u00a0h', hint: 'Les RDV du lendemain' },
} as const satisfies Record<Digest, { label: string; hint: string | null }>
