'use client'

import { useSearchParams } from 'next/navigation'
import { capitalise, formatDay, formatTime } from '@/app/_lib/dates'
import { dropNote, Toasts, useNotes } from '@/app/_parts/booking/agent/announcements.client'
import { AwayLine, awayOn } from '@/app/_parts/booking/agent/away-line'
import { HeldLine, heldLinesOn } from '@/app/_parts/booking/agent/held-line'
import { HiddenCancelled } from '@/app/_parts/booking/agent/hidden-cancelled'
import { NetworkNotice } from '@/app/_parts/booking/agent/network.client'
import { useNow } from '@/app/_parts/booking/agent/now.client'
import { RdvCard } from '@/app/_parts/booking/agent/rdv-card.client'
import { useMyRdvs } from '@/app/_parts/booking/agent/rdv-lists.client'
import { movesOf, useAsLeft, useSetStatus } from '@/app/_parts/booking/agent/set-status.client'
import { WeekStrip } from '@/app/_parts/booking/agent/week-strip'
import { countRdvWords, heldOn } from '@/app/_words/agent'
import type { AgentRdv, AwayTime, TakenTime } from '@/server/booking/rules/agent-views'
import { withoutCancelled } from '@/server/booking/rules/display'
import { isCancelled } from '@/server/booking/rules/status'
import { DayLink, DayNav } from './day-nav.client'
import { EmptyDay } from './empty-day'
import { STEP } from './step'

type Props = {
  /** The day asked for, among `days`. */
  day: string
  today: string
  /** Its week, and the days just before and after. */
  days: readonly string[]
  before: string
  after: string
  zone: string
  rdvs: readonly AgentRdv[]
  away: readonly AwayTime[]
  busy: readonly TakenTime[]
  nowMs: number
  displaysCancelled: boolean
}

/** One day of a week already here: its neighbours open without asking the network. */
export function DayView({ day: askedDay, today, days, before, after, zone, displaysCancelled, ...props }: Props) {
  const { rdvs: read, away, busy, nowMs: readAtMs } = props
  const asked = useSearchParams().get('jour')
  const day = asked !== null && days.includes(asked) ? asked : asked === null && days.includes(today) ? today : askedDay
  const nowMs = useNow(readAtMs)
  const asLeft = useAsLeft()
  const setStatus = useSetStatus()
  const notes = useNotes()
  const [first = day] = days
  const week = useMyRdvs({ fromDay: first, toDay: days.at(-1) ?? day }, read, readAtMs)
  // One cancelled here a moment ago keeps its place, with what was said of it.
  const { shown: rdvs, hiddenCount } = withoutCancelled(
    week.filter(({ onDay }) => onDay === day).map(asLeft),
    displaysCancelled,
    ({ id }) => notes.has(id),
  )
  const isToday = day === today
  const index = days.indexOf(day)
  const next = rdvs.find((rdv) => rdv.status === 'unknown' && rdv.endAt.getTime() > nowMs)

  const cards = rdvs.map((rdv) => (
    <li key={rdv.id}>
      <RdvCard
        rdv={rdv}
        moves={movesOf(rdv, nowMs)}
        onChoose={(to) => {
          setStatus(rdv, to)
          focusName(rdv.id)
        }}
        returnTo={`/agent?jour=${day}`}
        isProminent={isToday && (rdv.startAt.getTime() <= nowMs || rdv.id === next?.id)}
        note={notes.get(rdv.id)}
        onNoteRead={() => dropNote(rdv.id)}
      />
    </li>
  ))
  const passed = rdvs.filter((rdv) => rdv.startAt.getTime() <= nowMs).length
  const line = (
    <li key="now">
      <p className="flex items-center gap-2 font-bold text-bad before:h-0.5 before:flex-1 before:bg-bad after:h-0.5 after:flex-1 after:bg-bad">
        <span className="sr-only">Il est </span>
        {formatTime(new Date(nowMs), zone)}
      </p>
    </li>
  )

  return (
    <div className="mx-auto max-w-3xl space-y-4">
      <div className="flex items-start gap-3">
        <div className="min-w-0 flex-1" aria-live="polite">
          <h1 className="text-2xl tracking-tight sm:text-3xl">{capitalise(formatDay(day))}</h1>
          <p className="text-ink-soft">
            {isToday && 'Aujourd’hui, '}
            {countRdvWords(rdvs)}
          </p>
        </div>
        <DayNav
          previous={days[index - 1] ?? before}
          next={days[index + 1] ?? after}
          days={days}
          {...(!isToday && { today })}
        />
      </div>
      <WeekStrip
        days={days}
        day={day}
        today={today}
        countOf={(on) => heldOn(week, on)}
        linkTo={(on, look) => <DayLink day={on} days={days} {...look} />}
      />
      {!days.includes(today) && (
        <DayLink day={today} days={days} className={`${STEP} w-full sm:hidden`}>
          Revenir à aujourd’hui
        </DayLink>
      )}
      <HiddenCancelled count={hiddenCount} href={`/agent?jour=${day}&annules=montrer`} />
      <NetworkNotice />
      {awayOn(away, day, zone).map((one) => (
        <AwayLine key={`${one.absenceId} ${one.startAt.getTime()}`} away={one} day={day} zone={zone} isOpen />
      ))}
      {heldLinesOn(busy, day, zone).map((held) => (
        <HeldLine key={held.startAt.getTime()} held={held} zone={zone} />
      ))}
      {rdvs.length === 0 ? (
        <EmptyDay isToday={isToday} next={week.find((rdv) => rdv.onDay > day && !isCancelled(rdv.status)) ?? null} />
      ) : (
        <ol className="space-y-3" aria-label={`RDV du ${formatDay(day)}`}>
          {isToday ? [...cards.slice(0, passed), line, ...cards.slice(passed)] : cards}
        </ol>
      )}
      <Toasts />
    </div>
  )
}

/** The buttons leave with the choice: whoever used the keyboard stays on the same RDV. */
const focusName = (rdvId: number) =>
  document.querySelector<HTMLElement>(`[data-rdv="${rdvId}"] [data-title]`)?.focus({ preventScroll: true })
