import type { ArrivalRefusal } from '@/server/booking/rules/reception'
import type { HolidayName } from '@/server/scheduling/rules/holidays'

export const holidayWords = {
  'new-year': 'Jour de l’an',
  'good-friday': 'Vendredi saint',
  'easter-monday': 'Lundi de Pâques',
  'labour-day': 'Fête du Travail',
  'victory-1945': 'Victoire de 1945',
  ascension: 'Ascension',
  'whit-monday': 'Lundi de Pentecôte',
  'bastille-day': 'Fête nationale',
  assumption: 'Assomption',
  'all-saints': 'Toussaint',
  'armistice-1918': 'Armistice de 1918',
  christmas: 'Noël',
  'saint-stephen': 'Saint-Étienne',
  'abolition-of-slavery': 'Abolition de l’esclavage',
} as const satisfies Record<HolidayName, string>

export const WAITING_ROOM = 'En salle d’attente'

export const arrivalRefusalWords = {
  'not-today': 'Une arrivée se note le jour du RDV.',
  'not-waiting': 'Le statut de ce RDV est déjà indiqué\u00a0: l’arrivée n’a plus à être notée.',
} as const satisfies Record<ArrivalRefusal, string>

/** What became of an arrival. Keys stand in the URL as `avis`. */
export const arrivalNotices = {
  arrive: { tone: 'ok', text: 'C’est noté\u00a0: la personne est en salle d’attente.' },
  efface: { tone: 'ok', text: 'L’arrivée est effacée.' },
  introuvable: { tone: 'warn', text: 'Ce RDV n’est plus accessible.' },
  'not-today': { tone: 'warn', text: arrivalRefusalWords['not-today'] },
  'not-waiting': { tone: 'warn', text: arrivalRefusalWords['not-waiting'] },
} as const satisfies Record<string, { tone: 'ok' | 'warn'; text: string }>
