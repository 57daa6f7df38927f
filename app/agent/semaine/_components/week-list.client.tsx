'use client'

import Link from 'next/link'
import type { CSSProperties } from 'react'
import { capitalise, formatDay, formatDuration, formatTime, isoOf, zoneWords } from '@/app/_lib/dates'
import { Toasts } from '@/app/_parts/booking/agent/announcements.client'
import { NetworkNotice } from '@/app/_parts/booking/agent/network.client'
import { useMyRdvs } from '@/app/_parts/booking/agent/rdv-lists.client'
import { useAsLeft } from '@/app/_parts/booking/agent/set-status.client'
import { StatusTag } from '@/app/_parts/booking/agent/status-tag'
import { WeekStrip } from '@/app/_parts/booking/agent/week-strip'
import { countRdvWords, heldOn, locationShortWords, rdvName, seatsWords } from '@/app/_words/agent'
import type { AgentRdv } from '@/server/booking/rules/agent-views'
import { isCancelled } from '@/server/booking/rules/status'

/** The week as a list: everything the grid would say, a line each. */
export function WeekList({
  days,
  today,
  rdvs: read,
  nowMs,
}: {
  days: readonly string[]
  today: string
  rdvs: AgentRdv[]
  nowMs: number
}) {
  const [first = today] = days
  const asLeft = useAsLeft()
  const rdvs = useMyRdvs({ fromDay: first, toDay: days.at(-1) ?? first }, read, nowMs).map(asLeft)
  const shown = days.filter((day, index) => index < 5 || rdvs.some(({ onDay }) => onDay === day))
  return (
    <>
      <p className="text-ink-soft">{countRdvWords(rdvs)}</p>
      <WeekStrip
        days={days}
        today={today}
        countOf={(day) => heldOn(rdvs, day)}
        linkTo={(day, look) => <a href={shown.includes(day) ? `#jour-${day}` : `/agent?jour=${day}`} {...look} />}
      />
      <NetworkNotice />
      {shown.map((day) => (
        <Day key={day} day={day} isToday={day === today} rdvs={rdvs.filter(({ onDay }) => onDay === day)} />
      ))}
      <Toasts />
    </>
  )
}

function Day({ day, isToday, rdvs }: { day: string; isToday: boolean; rdvs: readonly AgentRdv[] }) {
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
      {rdvs.length > 0 && (
        <ul className="divide-y divide-line">
          {rdvs.map((rdv) => (
            <li key={rdv.id}>
              <Line rdv={rdv} />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Line({ rdv }: { rdv: AgentRdv }) {
  const isOff = isCancelled(rdv.status)
  const edge: CSSProperties = { borderLeftColor: isOff ? 'var(--color-line-strong)' : rdv.motifColor }
  const look = `grid min-h-14 grid-cols-[4.25rem_minmax(0,1fr)] gap-x-2 border-l-[6px] py-2 pr-2 pl-3 text-ink no-underline sm:grid-cols-[8.5rem_minmax(0,1fr)] ${rdv.status === 'unknown' ? 'bg-card' : ''}`
  const zone = zoneWords(rdv.zone)
  const facts = [
    rdv.isMasked || rdv.isCollective ? null : rdv.motifName,
    rdv.seats && seatsWords(rdv.seats),
    rdv.isMasked ? null : (rdv.placeName ?? locationShortWords[rdv.locationType]),
  ]
  const content = (
    <>
      <span className={`whitespace-nowrap ${isOff ? 'text-ink-soft' : ''}`}>
        <time dateTime={isoOf(rdv.startAt)} className={`font-bold ${isOff ? 'line-through' : ''}`}>
          {formatTime(rdv.startAt, rdv.zone)}
        </time>
        <span className="block text-ink-soft sm:ml-2 sm:inline">{formatDuration(rdv.durationMin)}</span>
        {zone && <span className="block whitespace-normal text-ink-soft">{zone}</span>}
      </span>
      <span className="min-w-0">
        <span className="flex flex-wrap items-baseline justify-between gap-x-3">
          <span className={`font-bold ${isOff ? 'text-ink-soft line-through' : ''}`}>{rdvName(rdv)}</span>
          <StatusTag rdv={rdv} />
        </span>
        <span className="block text-ink-soft">{facts.filter(Boolean).join(' · ')}</span>
      </span>
    </>
  )
  if (rdv.isMasked)
    return (
      <div style={edge} className={look}>
        {content}
      </div>
    )
  return (
    <Link href={`/agent/rdvs/${rdv.id}`} prefetch={false} style={edge} className={`${look} hover:bg-accent-soft`}>
      {content}
    </Link>
  )
}
