import { formatTime } from '@/app/_lib/dates'
import { awayLook } from '@/app/_parts/booking/agent/away-line'
import {
  Facts,
  glanceEdge,
  glanceTip,
  glanceTone,
  hoursStrike,
  nameStrike,
  OverbookedIcon,
  OverbookedWords,
  StateIcon,
  stateWords,
} from '@/app/_parts/booking/agent/rdv-glance'
import { rdvName } from '@/app/_words/agent'
import type { BoardRdv } from '@/server/booking/rules/board'
import type { GridItem } from './events'

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
      return (
        <div title={`${hours} Occupé`} className={`${BOX} border-line-strong bg-line text-ink`}>
          {hours} Occupé
        </div>
      )
    case 'held':
      return (
        <div title={`${hours} ${what.words}`} className={`${BOX} border-note bg-note-soft text-ink`}>
          <div className={room === 'box' ? 'whole-lines' : 'contents'}>
            {hours} {what.words}
          </div>
        </div>
      )
    case 'away':
      return (
        <div
          title={`${hours} ${what.words}`}
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
  const state = stateWords(rdv)
  return (
    <div
      title={glanceTip(rdv, hours)}
      style={glanceEdge(rdv)}
      className={`${BOX} border-line-strong text-ink ${glanceTone(rdv)} ${room === 'line' ? 'truncate' : ''} ${room === 'row' ? 'py-1.5' : ''}`}
    >
      <div className={room === 'box' ? 'whole-lines' : 'contents'}>
        {state && (
          <>
            <StateIcon rdv={rdv} />{' '}
          </>
        )}
        <OverbookedIcon rdv={rdv} />
        <span className={hoursStrike(rdv)}>{hours}</span>{' '}
        <span className={`font-bold ${nameStrike(rdv)}`}>{rdvName(rdv)}</span>{' '}
        {state && <span className={room === 'line' ? 'sr-only' : 'font-semibold whitespace-nowrap'}>{state}</span>}
        <OverbookedWords rdv={rdv} isHeard={room === 'line'} />
        {room !== 'line' && <Facts rdv={rdv} />}
      </div>
    </div>
  )
}
