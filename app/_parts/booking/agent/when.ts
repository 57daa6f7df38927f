import { dayOf, formatDay, formatTime } from '@/app/_lib/dates'

/** « aujourd’hui à 10 h 12 », « lundi 23 novembre à 10 h 12 ». */
export function whenWords(at: Date, zone: string, now: Date): string {
  const day = dayOf(at, zone)
  return `${day === dayOf(now, zone) ? 'aujourd’hui' : formatDay(day)} à\u00a0${formatTime(at, zone)}`
}
