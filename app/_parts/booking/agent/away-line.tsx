import Link from 'next/link'
import type { CSSProperties } from 'react'
import { dayOf, formatMinute, formatTime, isoOf } from '@/app/_lib/dates'
import { absenceKindWords, absenceName } from '@/app/_words/absence'
import type { AwayTime } from '@/server/booking/rules/agent-views'

const MIDNIGHT = formatMinute(0)

/** Whether an absence holds some of a civil day: the one it ends on at midnight is not held. */
const isAwayOn = ({ startAt, endAt }: AwayTime, day: string, zone: string): boolean =>
  dayOf(startAt, zone) <= day && dayOf(new Date(endAt.getTime() - 1), zone) >= day

/** Its colour, which only repeats its words. A custom property, which React's own type of styles does not know. */
export const awayLook = ({ color }: Pick<AwayTime, 'color'>): CSSProperties & { '--away': string } => ({
  '--away': color,
})

/** An absence on one day of a list. `isOpen`: it leads to where it is changed. */
export function AwayLine({ away, day, zone, isOpen }: { away: AwayTime; day: string; zone: string; isOpen: boolean }) {
  const name = absenceName(away)
  const kind = absenceKindWords[away.kind]
  return (
    <p style={awayLook(away)} className="away flex min-h-14 flex-wrap items-center gap-x-2 py-2 pr-2 pl-3">
      <span className="font-bold whitespace-nowrap">
        <Hours away={away} day={day} zone={zone} />
      </span>
      {isOpen ? (
        <Link
          href={`/agent/absences/${away.absenceId}`}
          prefetch={false}
          className="link -my-2 inline-flex min-h-11 items-center"
        >
          {name}
        </Link>
      ) : (
        <span>{name}</span>
      )}
      {name !== kind && <span className="text-ink-soft">{kind}</span>}
    </p>
  )
}

/** Of that day alone: an absence of several days begins or ends elsewhere. */
function Hours({ away: { startAt, endAt }, day, zone }: { away: AwayTime; day: string; zone: string }) {
  const isFromBefore = dayOf(startAt, zone) < day || formatTime(startAt, zone) === MIDNIGHT
  const isUntilAfter = dayOf(endAt, zone) > day
  const start = <time dateTime={isoOf(startAt)}>{formatTime(startAt, zone)}</time>
  const end = <time dateTime={isoOf(endAt)}>{formatTime(endAt, zone)}</time>
  if (isFromBefore && isUntilAfter) return 'Toute la journée'
  if (isFromBefore) return <>Jusqu’à {end}</>
  if (isUntilAfter) return <>À partir de {start}</>
  return (
    <>
      {start} – {end}
    </>
  )
}

/** The absences of each day of a week. */
export const awayOn = (away: readonly AwayTime[], day: string, zone: string): AwayTime[] =>
  away.filter((one) => isAwayOn(one, day, zone))
