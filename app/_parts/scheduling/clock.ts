export const INPUT =
  'block min-h-12 w-full rounded-card border-[1.5px] border-line-strong bg-card px-3.5 py-2.5 text-[1.0625rem] text-ink hover:border-ink'

/** « 09:00 », as an input of type time holds it. */
export const clockOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

/** Minutes since midnight; null for what is no time. */
export function minutesOf(clock: string): number | null {
  const [hours, minutes] = clock.split(':').map(Number)
  return hours === undefined || minutes === undefined || Number.isNaN(hours + minutes) ? null : hours * 60 + minutes
}
