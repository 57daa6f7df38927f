import { formatDay } from '@/app/_lib/dates'
import { parseRecurrence, type Recurrence } from '@/server/scheduling/rules/recurrence'
import type { HolidayName } from '@/server/scheduling/rules/holidays'
import type { SeriesScope } from '@/server/scheduling/rules/series'

export const WEEKDAY_WORDS = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'] as const

const NTH_WORDS: Record<number, string> = {
  1: 'premier',
  2: 'deuxième',
  3: 'troisième',
  4: 'quatrième',
  5: 'cinquième',
}
export const nthWords = (nth: number): string => NTH_WORDS[nth] ?? 'dernier'

const weekday = (day: number): string => WEEKDAY_WORDS[day - 1] ?? ''
const WORKING_WEEK = '1,2,3,4,5'

/** « lundis », « lundis et jeudis », « lundis, mardis et jeudis ». */
function weekdaysWords(days: readonly number[]): string {
  const words = days.map((day) => `${weekday(day)}s`)
  const last = words.pop() ?? ''
  return words.length === 0 ? last : `${words.join(', ')} et ${last}`
}

/** « mercredi 30 juin 2027 » without its weekday. */
const dateWords = (day: string): string => formatDay(day, { withYear: true }).replace(/^\S+ /u, '')

function pace(rule: Recurrence): string {
  if (rule.kind === 'weekly') {
    const { interval, weekdays } = rule
    const often = interval === 1 ? 'tous les' : `toutes les ${interval}\u00a0semaines, les`
    if (weekdays.length === 7) return `${often} jours`
    if (weekdays.join() === WORKING_WEEK)
      return interval === 1 ? 'du lundi au vendredi' : `toutes les ${interval}\u00a0semaines, du lundi au vendredi`
    return `${often} ${weekdaysWords(weekdays)}`
  }
  const months = rule.interval === 1 ? 'de chaque mois' : `tous les ${rule.interval}\u00a0mois`
  if (rule.kind === 'monthly-weekday') return `le ${nthWords(rule.nth)} ${weekday(rule.weekday)} ${months}`
  return rule.dayOfMonth === -1
    ? `le dernier jour ${months}`
    : `le ${rule.dayOfMonth === 1 ? '1er' : rule.dayOfMonth} ${months}`
}

/** A stored rule read back: « toutes les 2 semaines, les lundis et jeudis, jusqu’au 30 juin 2027 ». */
export function recurrenceWords(rrule: string | null): string {
  if (rrule === null) return 'une seule fois'
  const parsed = parseRecurrence(rrule)
  if (!parsed.ok) return 'selon une règle que l’application ne sait pas lire'
  const { until } = parsed.value
  return `${pace(parsed.value)}${until === null ? ', sans date de fin' : `, jusqu’au ${dateWords(until)}`}`
}

export const holidayWords = {
  'new-year': 'jour de l’an',
  'good-friday': 'vendredi saint',
  'easter-monday': 'lundi de Pâques',
  'labour-day': 'fête du Travail',
  'victory-1945': 'victoire de 1945',
  ascension: 'Ascension',
  'whit-monday': 'lundi de Pentecôte',
  'bastille-day': 'fête nationale',
  assumption: 'Assomption',
  'all-saints': 'Toussaint',
  'armistice-1918': 'armistice de 1918',
  christmas: 'Noël',
  'saint-stephen': 'Saint-Étienne',
  'abolition-of-slavery': 'abolition de l’esclavage',
} as const satisfies Record<HolidayName, string>

export const scopeWords = {
  this: 'Cette date seulement',
  following: 'Cette date et les suivantes',
  all: 'Toutes les dates',
} as const satisfies Record<SeriesScope, string>

/** How a scope stands in a URL. */
export const scopeKeys = { this: 'celle-ci', following: 'suivantes', all: 'toutes' } as const satisfies Record<
  SeriesScope,
  string
>

/** What the button that takes away says: of what does not repeat, or of all dates, `whole`. */
export function deleteWords(scope: SeriesScope, repeats: boolean, whole: string): string {
  if (!repeats || scope === 'all') return whole
  return scope === 'this' ? 'Supprimer cette date' : 'Supprimer cette date et les suivantes'
}
