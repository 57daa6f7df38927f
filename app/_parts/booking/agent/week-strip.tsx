import type { ReactNode } from 'react'
import { formatDay } from '@/app/_lib/dates'

export type DayLook = { className: string; 'aria-current'?: 'date' | undefined; children: ReactNode }

const LOOK =
  'group flex min-h-14 flex-col items-center justify-center rounded-lg leading-tight text-ink-soft no-underline hover:bg-accent-soft aria-[current=date]:bg-accent aria-[current=date]:text-white'

/** « lun. 16 »: a weekday in three letters, a number. */
function shortDay(day: string): { weekday: string; number: string } {
  const [weekday = '', number = ''] = formatDay(day, { isShort: true }).split(/\s/u)
  return { weekday: weekday.replace('.', ''), number }
}

/** The week under the thumb: each day with how full it is. `linkTo` says what opening a day means here. */
export function WeekStrip({
  days,
  day,
  today,
  countOf,
  linkTo,
}: {
  days: readonly string[]
  /** The day being shown; absent where the whole week is. */
  day?: string
  today: string
  countOf: (day: string) => number
  linkTo: (day: string, look: DayLook) => ReactNode
}) {
  return (
    <nav aria-label="Jours de la semaine">
      <ol className="grid grid-cols-7 gap-1 rounded-card border border-line bg-card p-1">
        {days.map((one) => (
          <li key={one}>
            {linkTo(one, {
              className: LOOK,
              ...(one === day && { 'aria-current': 'date' }),
              children: <DayFace day={one} isToday={one === today} count={countOf(one)} />,
            })}
          </li>
        ))}
      </ol>
    </nav>
  )
}

function DayFace({ day, isToday, count }: { day: string; isToday: boolean; count: number }) {
  const { weekday, number } = shortDay(day)
  const mark = isToday ? 'text-accent underline decoration-2 underline-offset-4' : 'text-ink'
  return (
    <>
      <span aria-hidden="true">{weekday}</span>
      <span
        aria-hidden="true"
        className={`text-lg leading-tight font-bold group-aria-[current=date]:text-white ${mark}`}
      >
        {number}
      </span>
      <span aria-hidden="true" className="mt-1 flex h-1 gap-0.5">
        {Array.from({ length: Math.min(count, 5) }, (_, index) => (
          <span key={index} className="size-1 rounded-full bg-current" />
        ))}
      </span>
      <span className="sr-only">
        {formatDay(day)}, {count === 0 ? 'aucun RDV' : `${count} RDV`}
        {isToday && ', aujourd’hui'}
      </span>
    </>
  )
}
