import { formatTime } from '@/app/_lib/dates'
import { awayLook } from '@/app/_parts/booking/agent/away-line'
import { Icon } from '@/app/_ui/icon'
import { WAITING_ROOM } from '@/app/_words/agenda'
import { locationShortWords, rdvName, seatsWords, statusWords } from '@/app/_words/agent'
import type { BoardRdv } from '@/server/booking/rules/board'
import { isCancelled } from '@/server/booking/rules/status'
import type { GridItem } from './events'

const STATUSES = {
  unknown: 'bg-card',
  seen: 'bg-ok-soft',
  noshow: 'bg-bad-soft',
  excused: 'bg-paper',
  revoked: 'bg-paper',
} as const satisfies Record<BoardRdv['status'], string>

const BOX = 'h-full w-full overflow-hidden rounded-sm border border-l-[6px] px-1.5 text-base leading-tight'

/** How much is said: all in its box, one line of a month, a row of a list. */
export type Room = 'box' | 'line' | 'row'

type Held = { start: Date | null; end: Date | null; extendedProps: Record<string, unknown> }

/** As the grid holds them: wall clocks marked UTC. */
const hoursOf = ({ start, end }: Held, room: Room): string =>
  [start, room === 'row' ? end : null].flatMap((at) => (at ? [formatTime(at, 'UTC')] : [])).join(' – ')

/** One thing of the agenda, by words as much as by colour; nothing yet of a time being chosen. */
export function GridEventContent({ event, room }: { event: Held; room: Room }) {
  const what = event.extendedProps.what as GridItem | undefined
  const hours = hoursOf(event, room)
  if (!what) return <div className={`${BOX} border-accent bg-accent-soft text-accent-strong`}>{hours}</div>
  switch (what.kind) {
    case 'opening':
      return (
        <span className="block px-1.5 text-base leading-tight text-accent-strong">
          <span className="sr-only">Plage d’ouverture </span>
          {room !== 'box' && hours} {what.words}
        </span>
      )
    case 'busy':
      return <div className={`${BOX} border-line-strong bg-line text-ink`}>{hours} Occupé</div>
    case 'away':
      return (
        <div
          style={awayLook(what)}
          className={`away h-full w-full overflow-hidden rounded-sm px-1.5 text-base leading-tight text-ink ${room === 'line' ? 'truncate' : ''}`}
        >
          <span className={room === 'row' ? '' : 'sr-only'}>{hours} </span>
          <span className="font-bold">{what.words}</span>
        </div>
      )
    case 'rdv':
      return <RdvContent rdv={what.rdv} hours={hours} room={room} />
  }
}

function RdvContent({ rdv, hours, room }: { rdv: BoardRdv; hours: string; room: Room }) {
  const isOff = isCancelled(rdv.status)
  const state = stateOf(rdv)
  return (
    <div
      title={rdvTip(rdv, hours)}
      style={{ borderLeftColor: isOff ? 'var(--color-line-strong)' : rdv.motifColor }}
      className={`${BOX} border-line-strong text-ink ${rdv.isWaiting ? 'striped bg-warn-soft' : STATUSES[rdv.status]} ${room === 'line' ? 'truncate' : ''} ${room === 'row' ? 'py-1.5' : ''}`}
    >
      {state && (
        <Icon
          name={rdv.isWaiting ? 'clock' : rdv.status === 'seen' ? 'check' : 'info'}
          className="mr-1 inline size-4 align-[-2px]"
        />
      )}
      <span className={isOff ? 'line-through' : ''}>{hours}</span>{' '}
      <span className={`font-bold ${isOff || rdv.status === 'noshow' ? 'line-through' : ''}`}>{rdvName(rdv)}</span>{' '}
      {state && <span className={room === 'line' ? 'sr-only' : 'font-semibold whitespace-nowrap'}>{state}</span>}
      {room !== 'line' && <span className="block text-ink-soft">{factsOf(rdv)}</span>}
    </div>
  )
}

const stateOf = (rdv: BoardRdv): string | null =>
  rdv.isWaiting ? WAITING_ROOM : rdv.status === 'unknown' ? null : statusWords(rdv)

const factsOf = (rdv: BoardRdv): string =>
  [
    rdv.motifName === rdvName(rdv) ? null : rdv.motifName,
    rdv.seats && seatsWords(rdv.seats),
    rdv.placeName ?? locationShortWords[rdv.locationType],
  ]
    .filter(Boolean)
    .join(' · ')

const rdvTip = (rdv: BoardRdv, hours: string): string =>
  [`${hours} ${rdvName(rdv)}`, stateOf(rdv), factsOf(rdv)].filter(Boolean).join('\n')
