import { capitalise, formatDay, formatDuration, formatTime, isoOf } from '@/app/_lib/dates'
import { Icon } from '@/app/_ui/icon'
import { countWords } from '@/app/_words/booking'
import type { SlotChoice, SlotDay } from '@/server/booking/rules/tunnel'
import { startParameter } from '@/server/booking/schema'

type Props = {
  days: readonly SlotDay[]
  zone: string
  isCollective: boolean
  /** Usual duration: said on a slot only where it differs. */
  durationMin: number
  hrefOf: (start: string) => string
  /** Where the person's RDV stands: shown in its place, not to be chosen. */
  currentAt?: Date
}

/** Days as headings, times as big links. */
export function SlotList({ days, zone, isCollective, durationMin, hrefOf, currentAt }: Props) {
  return (
    <div className="space-y-6">
      {days.map(({ onDay, slots }) => (
        <section key={onDay} aria-labelledby={`jour-${onDay}`} className="space-y-3">
          <h2 id={`jour-${onDay}`} className="flex items-baseline gap-2 border-b-2 border-ink pb-1.5 text-lg">
            {capitalise(formatDay(onDay))}
            <span className="ml-auto text-base font-normal whitespace-nowrap text-ink-soft">
              {countWords(slots.length, isCollective ? 'séance' : 'créneau', isCollective ? 'séances' : 'créneaux')}
            </span>
          </h2>
          {isCollective ? (
            <ul className="grid gap-2">
              {slots.map((slot) => (
                <li key={isoOf(slot.startAt)}>
                  <SessionLink slot={slot} zone={zone} href={hrefOf(startParameter(slot.startAt))} />
                </li>
              ))}
            </ul>
          ) : (
            <ul className="grid grid-cols-[repeat(auto-fill,minmax(6rem,1fr))] gap-2 sm:grid-cols-[repeat(auto-fill,minmax(7rem,1fr))]">
              {slots.map((slot) => (
                <li key={isoOf(slot.startAt)}>
                  {slot.startAt.getTime() === currentAt?.getTime() ? (
                    <CurrentTime at={slot.startAt} zone={zone} />
                  ) : (
                    <TimeLink
                      slot={slot}
                      {...{ onDay, zone, durationMin }}
                      href={hrefOf(startParameter(slot.startAt))}
                    />
                  )}
                </li>
              ))}
            </ul>
          )}
        </section>
      ))}
    </div>
  )
}

const TIME_BOX =
  'flex min-h-13 flex-col items-center justify-center rounded-card border-[1.5px] px-1 py-1 text-center text-[1.0625rem] leading-tight font-semibold whitespace-nowrap'

function CurrentTime({ at, zone }: { at: Date; zone: string }) {
  return (
    <p className={`${TIME_BOX} border-dashed border-line-strong bg-paper text-ink-soft`}>
      <time dateTime={isoOf(at)}>{formatTime(at, zone)}</time>
      <span className="text-base font-normal">actuel</span>
    </p>
  )
}

type TimeProps = { slot: SlotChoice; onDay: string; zone: string; durationMin: number; href: string }

function TimeLink({ slot, onDay, zone, durationMin, href }: TimeProps) {
  return (
    <a
      href={href}
      className={`${TIME_BOX} border-line-strong bg-card text-ink no-underline transition-colors duration-150 hover:border-accent hover:bg-accent hover:text-white active:bg-accent active:text-white`}
    >
      <span className="sr-only">{`${formatDay(onDay)} à `}</span>
      <time dateTime={isoOf(slot.startAt)}>{formatTime(slot.startAt, zone)}</time>
      {slot.durationMin !== durationMin && <span className="font-normal">{formatDuration(slot.durationMin)}</span>}
    </a>
  )
}

function SessionLink({ slot, zone, href }: { slot: SlotChoice; zone: string; href: string }) {
  const endAt = new Date(slot.startAt.getTime() + slot.durationMin * 60_000)
  return (
    <a
      href={href}
      className="group flex min-h-14 items-center gap-3 rounded-card border-[1.5px] border-line-strong bg-card px-4 py-3 text-ink no-underline transition-colors duration-150 hover:border-accent hover:bg-accent-soft active:bg-accent-soft"
    >
      <span className="min-w-0 flex-1">
        <span className="block text-[1.0625rem] font-bold group-hover:underline group-hover:underline-offset-4">
          <time dateTime={isoOf(slot.startAt)}>{formatTime(slot.startAt, zone)}</time> à {formatTime(endAt, zone)}
        </span>
        {slot.title && <span className="block">{slot.title}</span>}
        {slot.seatsLeft !== null && (
          <span className="block text-ink-soft">
            {countWords(slot.seatsLeft, 'place')} {slot.seatsLeft > 1 ? 'restantes' : 'restante'}
          </span>
        )}
      </span>
      <Icon name="next" className="shrink-0 text-accent" />
    </a>
  )
}
