'use client'

import Link from 'next/link'
import type { ReactNode } from 'react'
import { capitalise, formatDay } from '@/app/_lib/dates'
import { Toasts } from '@/app/_parts/booking/agent/announcements.client'
import { AwayLine, awayOn } from '@/app/_parts/booking/agent/away-line'
import { HeldLine, heldLinesOn } from '@/app/_parts/booking/agent/held-line'
import { HiddenCancelled } from '@/app/_parts/booking/agent/hidden-cancelled'
import { NetworkNotice } from '@/app/_parts/booking/agent/network.client'
import { useMyRdvs } from '@/app/_parts/booking/agent/rdv-lists.client'
import { RdvLine } from '@/app/_parts/booking/agent/rdv-line'
import { useAsLeft } from '@/app/_parts/booking/agent/set-status.client'
import { WeekStrip } from '@/app/_parts/booking/agent/week-strip'
import { countRdvWords, heldOn } from '@/app/_words/agent'
import type { AgentRdv, AwayTime, TakenTime } from '@/server/booking/rules/agent-views'
import { daysShown, withoutCancelled } from '@/server/booking/rules/display'

/** The week as a list: everything the grid would say, a line each. */
export function WeekList({
  days,
  today,
  rdvs: read,
  away,
  busy,
  zone,
  nowMs,
  displaysSaturdays,
  displaysCancelled,
}: {
  days: readonly string[]
  today: string
  rdvs: AgentRdv[]
  away: readonly AwayTime[]
  busy: readonly TakenTime[]
  zone: string
  nowMs: number
  displaysSaturdays: boolean
  displaysCancelled: boolean
}) {
  const [first = today] = days
  const asLeft = useAsLeft()
  const week = useMyRdvs({ fromDay: first, toDay: days.at(-1) ?? first }, read, nowMs).map(asLeft)
  const { shown: rdvs, hiddenCount } = withoutCancelled(week, displaysCancelled)
  const shown = daysShown(
    days,
    displaysSaturdays,
    (day) =>
      rdvs.some(({ onDay }) => onDay === day) ||
      awayOn(away, day, zone).length > 0 ||
      heldLinesOn(busy, day, zone).length > 0,
  )
  return (
    <>
      <p className="text-ink-soft">{countRdvWords(rdvs)}</p>
      <HiddenCancelled count={hiddenCount} href={`/agent/semaine?semaine=${first}&annules=montrer`} />
      <WeekStrip
        days={days}
        today={today}
        countOf={(day) => heldOn(rdvs, day)}
        linkTo={(day, look) => <a href={shown.includes(day) ? `#jour-${day}` : `/agent?jour=${day}`} {...look} />}
      />
      <NetworkNotice />
      {shown.map((day) => (
        <Day key={day} day={day} isToday={day === today} rdvs={rdvs.filter(({ onDay }) => onDay === day)}>
          {awayOn(away, day, zone).map((one) => (
            <AwayLine key={`${one.absenceId} ${one.startAt.getTime()}`} away={one} day={day} zone={zone} isOpen />
          ))}
          {heldLinesOn(busy, day, zone).map((held) => (
            <HeldLine key={held.startAt.getTime()} held={held} zone={zone} />
          ))}
        </Day>
      ))}
      <Toasts />
    </>
  )
}

function Day({
  day,
  isToday,
  rdvs,
  children,
}: {
  day: string
  isToday: boolean
  rdvs: readonly AgentRdv[]
  /** What comes before the RDVs. */
  children: ReactNode
}) {
  return (
    <section aria-labelledby={`jour-${day}`} className="pb-2">
      <h2
        id={`jour-${day}`}
        className={`sticky top-0 z-10 flex items-baseline gap-2 border-b-2 bg-paper py-2 text-lg ${isToday ? 'border-accent text-accent' : 'border-ink'}`}
      >
        <Link
          href={`/agent?jour=${day}`}
          prefetch={false}
          className="-my-2 inline-flex min-h-11 items-center hover:underline"
        >
          {capitalise(formatDay(day))}
        </Link>
        {isToday && <span className="font-normal">aujourd’hui</span>}
        <span className="ml-auto text-base font-normal text-ink-soft">{countRdvWords(rdvs)}</span>
      </h2>
      {children}
      {rdvs.length > 0 && (
        <ul className="divide-y divide-line">
          {rdvs.map((rdv) => (
            <li key={rdv.id}>
              <RdvLine rdv={rdv} />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
