import type { CSSProperties } from 'react'
import { WAITING_ROOM } from '@/app/_words/agenda'
import { locationShortWords, OVERBOOKED, rdvName, seatsWords, statusWords } from '@/app/_words/agent'
import { Icon } from '@/app/_ui/icon'
import type { BoardRdv } from '@/server/booking/rules/board'
import { isCancelled } from '@/server/booking/rules/status'

const TONES = {
  unknown: 'bg-card',
  seen: 'bg-ok-soft',
  noshow: 'bg-bad-soft',
  excused: 'bg-paper text-ink-soft',
  revoked: 'bg-paper text-ink-soft',
} as const satisfies Record<BoardRdv['status'], string>

/** How an RDV looks in a box of an agenda: its status repeats its words. */
export const glanceTone = (rdv: BoardRdv): string => (rdv.isWaiting ? 'striped bg-warn-soft' : TONES[rdv.status])

/** Its motif's colour, until it is cancelled. */
export const glanceEdge = (rdv: BoardRdv): CSSProperties => ({
  borderLeftColor: isCancelled(rdv.status) ? 'var(--color-line-strong)' : rdv.motifColor,
})

/** Its hours and its name are struck out once nobody comes. */
export const hoursStrike = (rdv: BoardRdv): string => (isCancelled(rdv.status) ? 'line-through' : '')
export const nameStrike = (rdv: BoardRdv): string =>
  isCancelled(rdv.status) || rdv.status === 'noshow' ? 'line-through' : ''

/** In the waiting room, or settled; null while nothing is to be said. */
export const stateWords = (rdv: BoardRdv): string | null =>
  rdv.isWaiting ? WAITING_ROOM : rdv.status === 'unknown' ? null : statusWords(rdv)

export const StateIcon = ({ rdv }: { rdv: BoardRdv }) => (
  <Icon
    name={rdv.isWaiting ? 'clock' : rdv.status === 'seen' ? 'check' : 'info'}
    className="inline size-4 align-[-2px]"
  />
)

/** Knowingly placed over another RDV: a sign before all the rest, that the smallest box has room for. */
export const OverbookedIcon = ({ rdv }: { rdv: BoardRdv }) =>
  rdv.isOverbooked ? <Icon name="overlap" className="mr-1 inline size-4 align-[-2px] text-warn" /> : null

/** And its words. */
export const OverbookedWords = ({ rdv, isHeard = false }: { rdv: BoardRdv; isHeard?: boolean }) =>
  rdv.isOverbooked ? <span className={isHeard ? 'sr-only' : 'block font-semibold text-warn'}>{OVERBOOKED}</span> : null

/** « Suivi de grossesse », « Centre PMI ». */
const factsOf = (rdv: BoardRdv): string[] =>
  [
    rdv.motifName === rdvName(rdv) ? null : rdv.motifName,
    rdv.seats && seatsWords(rdv.seats),
    rdv.placeName ?? locationShortWords[rdv.locationType],
  ].filter((fact) => fact !== null)

/** Agents where they must be said, then what and where: a dot between two that share a line, none at its ends. */
export const Facts = ({ rdv, agents = null }: { rdv: BoardRdv; agents?: string | null }) => (
  <span className="dotted-line text-ink-soft">
    {[agents, ...factsOf(rdv)].map((fact, rank) => fact && <span key={rank}>{fact}</span>)}
  </span>
)

/** All of it, for who rests on the box. `time`: as it is written there. */
export const glanceTip = (rdv: BoardRdv, time: string): string =>
  [`${time} ${rdvName(rdv)}`, stateWords(rdv), rdv.isOverbooked ? OVERBOOKED : null, factsOf(rdv).join(' · ')]
    .filter(Boolean)
    .join('\n')
