import Link from 'next/link'
import type { CSSProperties } from 'react'
import { formatDuration, formatTime, isoOf, zoneWords } from '@/app/_lib/dates'
import { locationShortWords, rdvName, seatsWords } from '@/app/_words/agent'
import type { AgentRdv } from '@/server/booking/rules/agent-views'
import { isCancelled } from '@/server/booking/rules/status'
import { OverbookedTag } from './overbooked-tag'
import { StatusTag } from './status-tag'

/** An RDV in a list of several days: when, who, what for and where. The whole line leads to it. */
export function RdvLine({ rdv }: { rdv: AgentRdv }) {
  const isOff = isCancelled(rdv.status)
  const edge: CSSProperties = { borderLeftColor: isOff ? 'var(--color-line-strong)' : rdv.motifColor }
  const look = `grid min-h-14 grid-cols-[4.25rem_minmax(0,1fr)] gap-x-2 border-l-[6px] py-2 pr-2 pl-3 text-ink no-underline sm:grid-cols-[8.5rem_minmax(0,1fr)] ${rdv.status === 'unknown' ? 'bg-card' : ''}`
  const zone = zoneWords(rdv.zone)
  const facts = [
    rdv.isCollective ? null : rdv.motifName,
    rdv.seats && seatsWords(rdv.seats),
    rdv.placeName ?? locationShortWords[rdv.locationType],
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
        {rdv.isOverbooked && (
          <span className="block py-1">
            <OverbookedTag />
          </span>
        )}
        <span className="block text-ink-soft">{facts.filter(Boolean).join(' · ')}</span>
      </span>
    </>
  )
  return (
    <Link href={`/agent/rdvs/${rdv.id}`} prefetch={false} style={edge} className={`${look} hover:bg-accent-soft`}>
      {content}
    </Link>
  )
}
