import Link from 'next/link'
import { formatTime, isoOf } from '@/app/_lib/dates'
import { absenceFullName } from '@/app/_words/absence'
import { heldWords } from '@/app/_words/waitlist'
import { awayLook } from '@/app/_parts/booking/agent/away-line'
import type { BusyTime } from '@/server/booking/rules/agent-views'
import type { BoardRdv, OpeningTime } from '@/server/booking/rules/board'
import { BoardRdvBox } from './board-rdv.client'
import type { Item } from './columns'

type NameOf = ((agentId: number) => string) | null
type Shown = { zone: string; nameOf: NameOf }

export function BoardItem({ item, nowMs, ...shown }: { item: Item; nowMs: number } & Shown) {
  switch (item.kind) {
    case 'opening':
      return <Opening opening={item.opening} {...shown} />
    case 'away':
      return (
        <p
          title={`${hoursWords(item.away, shown.zone)} ${absenceFullName(item.away)}`}
          style={awayLook(item.away)}
          className="away h-full px-2 py-0.5 text-base leading-tight"
        >
          <span className="font-bold">{absenceFullName(item.away)}</span> {shown.nameOf?.(item.away.agentId)}
          <span className="md:sr-only print:sr-only">
            {' '}
            <Hours time={item.away} zone={shown.zone} />
          </span>
        </p>
      )
    case 'free':
      return <Free free={item.free} opening={item.opening} zone={shown.zone} />
    case 'rdv':
      return <BoardRdvBox rdv={item.rdv} zone={shown.zone} agentNames={namesOf(item.rdv, shown.nameOf)} nowMs={nowMs} />
    case 'busy': {
      const words = item.busy.heldUntilAt ? heldWords(item.busy.heldUntilAt, shown.zone) : 'Occupé'
      return (
        <p
          title={`${hoursWords(item.busy, shown.zone)} ${words}`}
          className={`h-full overflow-hidden border-l-[6px] px-1.5 text-base leading-tight text-ink ${item.busy.heldUntilAt ? 'border-note bg-note-soft' : 'border-line-strong bg-line'}`}
        >
          <Hours time={item.busy} zone={shown.zone} /> {words} {shown.nameOf?.(item.busy.agentId)}
        </p>
      )
    }
  }
}

const namesOf = (rdv: BoardRdv, nameOf: NameOf): string | null =>
  nameOf && rdv.agentIds.map(nameOf).filter(Boolean).join(', ')

const hoursWords = ({ startAt, endAt }: BusyTime, zone: string): string =>
  `${formatTime(startAt, zone)} – ${formatTime(endAt, zone)}`

function Hours({ time: { startAt, endAt }, zone }: { time: BusyTime; zone: string }) {
  return (
    <span className="whitespace-nowrap">
      <time dateTime={isoOf(startAt)}>{formatTime(startAt, zone)}</time>
      {' – '}
      <time dateTime={isoOf(endAt)}>{formatTime(endAt, zone)}</time>
    </span>
  )
}

function Opening({ opening, zone, nameOf }: { opening: OpeningTime } & Shown) {
  const words = [opening.told?.placeName ?? opening.told?.title, nameOf?.(opening.agentId)].filter(Boolean).join(' · ')
  return (
    <p className="hatched h-full border-l-[3px] border-accent bg-accent-soft px-1.5 py-0.5 text-base leading-tight text-accent-strong print:border-dotted">
      <span className="md:sr-only">Plage d’ouverture </span>
      <span className="md:sr-only">
        <Hours time={opening} zone={zone} />
      </span>{' '}
      {words}
    </p>
  )
}

/** An instant as the address of a new RDV holds it: UTC, to the minute. */
const startOf = (at: Date): string => `${at.toISOString().slice(0, 16)}Z`
const STEP_MS = 5 * 60_000

function Free({ free, opening, zone }: { free: BusyTime; opening: OpeningTime; zone: string }) {
  const startAt = new Date(Math.ceil(free.startAt.getTime() / STEP_MS) * STEP_MS)
  if (startAt >= free.endAt) return null
  const query = new URLSearchParams({ agent: String(opening.agentId), debut: startOf(startAt) })
  if (opening.told && opening.told.lieuId !== null) query.set('lieu', String(opening.told.lieuId))
  query.set('plage', String(opening.openingId))
  return (
    <Link
      href={`/agent/rdvs/nouveau?${query.toString()}`}
      prefetch={false}
      className="group no-print flex h-full min-h-6 items-end justify-end px-1.5 py-0.5 text-base leading-tight text-accent-strong no-underline hover:bg-accent/10 focus-visible:-outline-offset-3 max-md:min-h-11 max-md:items-center max-md:justify-start max-md:pl-3"
    >
      <span className="underline underline-offset-2">
        <span aria-hidden="true">+ </span>
        <span className="sr-only">Placer un RDV à partir de </span>
        {formatTime(startAt, zone)}
      </span>
    </Link>
  )
}
