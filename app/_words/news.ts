import type { NewsLine } from '@/server/messaging/rules/my-news'

/** What happened, in a few words. */
export const newsWords = {
  placed: 'RDV placé sur votre agenda',
  moved: 'RDV changé',
  cancelled: 'RDV annulé',
  added: 'RDV qui vous est confié',
  removed: 'RDV qui ne vous est plus confié',
  people: 'Inscriptions changées',
  arrived: 'Usager arrivé en salle d’attente',
  'opening-created': 'Plage d’ouverture créée',
  'opening-changed': 'Plage d’ouverture changée',
  'opening-deleted': 'Plage d’ouverture supprimée',
  'absence-created': 'Absence créée',
  'absence-changed': 'Absence changée',
  'absence-deleted': 'Absence supprimée',
  'openings-closed': 'Plages d’ouverture fermées',
} as const satisfies Record<NewsLine['news'], string>
