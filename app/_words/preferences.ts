import type { Digest, NotificationLevel, Preferences } from '@/server/access/rules/preferences'

type LevelWords = Record<NotificationLevel, { label: string; hint: string | null }>

/** The four levels, in the same words of each kind; what they come to, in its own. */
const levelWords = (hints: Record<NotificationLevel, string | null>): LevelWords => ({
  all: { label: 'Tous les changements, y compris les miens', hint: hints.all },
  others: { label: 'Tous les changements, sauf les miens', hint: hints.others },
  soon: { label: 'Seulement les changements de dernière minute, sauf les miens', hint: hints.soon },
  none: { label: 'Aucun e-mail', hint: hints.none },
})

export const rdvNotificationWords = levelWords({
  all: 'Un RDV placé, changé ou annulé, quel qu’en soit l’auteur',
  others: 'Ce que font les usagers et mes collègues, quelle que soit la date du RDV',
  soon: 'Quand la date du RDV, ancienne ou nouvelle, est aujourd’hui ou demain',
  none: 'Je regarde mon agenda',
})

export const openingNotificationWords = levelWords({
  all: 'Une plage créée, changée, supprimée ou fermée, quel qu’en soit l’auteur',
  others: 'Ce que mes collègues écrivent de mes plages, quelle qu’en soit la date',
  soon: 'Quand la première date concernée, ancienne ou nouvelle, est aujourd’hui ou demain',
  none: null,
})

export const absenceNotificationWords = levelWords({
  all: 'Une absence créée, changée ou supprimée, quel qu’en soit l’auteur',
  others: 'Ce que mes collègues écrivent de mes absences, quelle qu’en soit la date',
  soon: 'Quand le premier jour concerné, ancien ou nouveau, est aujourd’hui ou demain',
  none: null,
})

export const arrivalNotificationWords = {
  all: {
    label: 'Un usager est arrivé',
    hint: 'Dès que l’accueil, ou un collègue, note l’arrivée de quelqu’un pour un de mes RDV',
  },
  none: { label: 'Aucun e-mail', hint: 'Je vois les arrivées sur mon agenda' },
} as const satisfies Record<Preferences['arrivalNotifications'], { label: string; hint: string | null }>

export const digestWords = {
  none: { label: 'Pas d’e-mail', hint: null },
  morning: { label: 'Le matin, vers 7\u00a0h', hint: 'Les RDV du jour' },
  evening: { label: 'La veille au soir, vers 18\u00a0h', hint: 'Les RDV du lendemain' },
} as const satisfies Record<Digest, { label: string; hint: string | null }>
