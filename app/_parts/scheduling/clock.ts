import { boxClass } from '@/app/_ui/field'

/** A box as wide as its column, where the form itself holds the label. */
export const INPUT = `${boxClass()} w-full`

/** « 09:00 », as an input of type time holds it. */
export const clockOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

/** Minutes since midnight; null for what is no time. */
export function minutesOf(clock: string): number | null {
  const [hours, minutes] = clock.split(':').map(Number)
  return hours === undefined || minutes === undefined || Number.isNaN(hours + minutes) ? null : hours * 60 + minutes
}
