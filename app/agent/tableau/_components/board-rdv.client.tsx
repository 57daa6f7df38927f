'use client'

import Link from 'next/link'
import { useState, type MouseEvent } from 'react'
import { formatTime, isoOf } from '@/app/_lib/dates'
import { useDrawnAsLeft } from '@/app/_parts/booking/agent/on-board.client'
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
import { RdvPanel } from '@/app/_parts/booking/agent/rdv-panel.client'
import { rdvName } from '@/app/_words/agent'
import type { BoardRdv } from '@/server/booking/rules/board'

type Props = {
  rdv: BoardRdv
  zone: string
  /** Of those who hold it, where a column holds several agents. */
  agentNames: string | null
  /** When the board was drawn. */
  nowMs: number
}

/** An RDV in its column: a link to its page, which scripts open where it stands. */
export function BoardRdvBox({ rdv: read, zone, agentNames, nowMs }: Props) {
  const rdv = useDrawnAsLeft(read, nowMs)
  const [isOpen, setIsOpen] = useState(false)
  const state = stateWords(rdv)

  function openHere(event: MouseEvent) {
    // Asked for in a tab of its own: that is the page's.
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    setIsOpen(true)
  }

  return (
    <>
      <Link
        href={`/agent/rdvs/${rdv.rdvId}`}
        prefetch={false}
        onClick={openHere}
        style={glanceEdge(rdv)}
        title={glanceTip(rdv, formatTime(rdv.startAt, zone))}
        className={`block h-full min-h-6 rounded-sm border border-l-[6px] border-line-strong px-1.5 text-base leading-tight text-ink no-underline hover:bg-accent-soft focus-visible:-outline-offset-3 max-md:my-1 max-md:min-h-11 max-md:py-1 ${glanceTone(rdv)}`}
      >
        <span className="block whole-lines">
          <OverbookedIcon rdv={rdv} />
          <time dateTime={isoOf(rdv.startAt)} className={hoursStrike(rdv)}>
            {formatTime(rdv.startAt, zone)}
          </time>{' '}
          <span className={`font-bold ${nameStrike(rdv)}`}>{rdvName(rdv)}</span>{' '}
          {state && (
            <span className="font-semibold whitespace-nowrap">
              <StateIcon rdv={rdv} /> {state}
            </span>
          )}
          <OverbookedWords rdv={rdv} />
          <Facts rdv={rdv} agents={agentNames} />
        </span>
      </Link>
      {isOpen && <RdvPanel rdv={rdv} zone={zone} onClose={() => setIsOpen(false)} />}
    </>
  )
}
