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
