'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { formatDateTime, formatDuration } from '@/app/_lib/dates'
import { retried, useTRPC } from '@/app/_lib/trpc.client'
import { showToast } from '@/app/_parts/booking/agent/announcements.client'
import { WarningList } from '@/app/_parts/booking/agent/warning-list'
import { Button } from '@/app/_ui/button'
import { Notice } from '@/app/_ui/notice'
import { rdvName } from '@/app/_words/agent'
import { rescheduleRefusalWords } from '@/app/_words/placing'
import type { BoardRdv } from '@/server/booking/rules/board'
import { knownGoingBack, type Rescheduling } from '@/server/booking/rules/reschedule'
import type { WarningKind } from '@/server/booking/rules/warnings'

/** An RDV dragged or stretched; `revert` puts it back where it was on the grid. */
export type Move = { rdv: BoardRdv; startAt: Date; endAt: Date; revert: () => void }
type Question = { move: Move; warnings: NonNullable<Rescheduling['warnings']>; agents: Rescheduling['agents'] }

const minutesOf = ({ startAt, endAt }: { startAt: Date; endAt: Date }) =>
  Math.round((endAt.getTime() - startAt.getTime()) / 60_000)

const NO_ANSWER = 'Le RDV n’a pas bougé\u00a0: le service n’a pas répondu. Réessayez.'

/** Moves RDVs by hand: asks first what is to be known of the new time, then says what was done and how to undo it. */
export function useMoves(zone: string) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const [question, setQuestion] = useState<Question | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const reschedule = useMutation({ ...trpc.booking.rescheduleRdv.mutationOptions(), ...retried })

  const drawAgain = () => client.invalidateQueries({ queryKey: trpc.booking.getBoard.pathKey() })
  const fail = (words: string, revert: () => void) => {
    revert()
    setProblem(words)
    void drawAgain()
  }

  async function send({ rdv, startAt, endAt, revert }: Move, acknowledged: readonly WarningKind[]): Promise<void> {
    const { rdvId, lieuId, agentIds, sequence } = rdv
    const same = { rdvId, lieuId, agentIds: [...agentIds] }
    const asked = { ...same, knownSequence: sequence, startAt, durationMin: minutesOf({ startAt, endAt }) }
    try {
      const outcome = await reschedule.mutateAsync({ ...asked, acknowledged: [...acknowledged] })
      if (!outcome.ok) return fail(rescheduleRefusalWords[outcome.reason], revert)
      setProblem(null)
      const there = { ...rdv, startAt, endAt, sequence: outcome.value.sequence }
      showToast(`${rdvName(rdv)}\u00a0: ${wordsOf(rdv, startAt, endAt, zone)}`, () => {
        void send({ rdv: there, startAt: rdv.startAt, endAt: rdv.endAt, revert: () => undefined }, knownGoingBack(rdv))
      })
      await drawAgain()
    } catch {
      fail(NO_ANSWER, revert)
    }
  }

  async function move(asked: Move): Promise<void> {
    const { rdv, startAt, endAt, revert } = asked
    const input = { rdvId: rdv.rdvId, startAt, durationMin: minutesOf({ startAt, endAt }) }
    try {
      const judged = await client.fetchQuery(
        trpc.booking.getRescheduling.queryOptions(input, { staleTime: 0, gcTime: 0 }),
      )
      const { warnings, agents } = judged
      if (!warnings || warnings.length === 0) await send(asked, [])
      else setQuestion({ move: asked, warnings, agents })
    } catch {
      fail(NO_ANSWER, revert)
    }
  }

  function answer(isAgreed: boolean) {
    if (!question) return
    setQuestion(null)
    const { move: asked, warnings } = question
    if (isAgreed) void send(asked, [...new Set(warnings.map(({ kind }) => kind))])
    else asked.revert()
  }

  const shown = (
    <>
      {problem && (
        <Notice tone="bad" isLive>
          <p>{problem}</p>
        </Notice>
      )}
      {question && <Ask question={question} zone={zone} onAnswer={answer} />}
    </>
  )
  return { move, shown }
}

function wordsOf(rdv: BoardRdv, startAt: Date, endAt: Date, zone: string): string {
  if (startAt.getTime() === rdv.startAt.getTime()) return `dure ${formatDuration(minutesOf({ startAt, endAt }))}`
  return `déplacé au ${formatDateTime(startAt, zone)}`
}

function Ask({
  question: { move, warnings, agents },
  zone,
  onAnswer,
}: {
  question: Question
  zone: string
  onAnswer: (isAgreed: boolean) => void
}) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  const names = {
    agentOf: (agentId: number) => agents.find(({ id }) => id === agentId)?.name ?? 'Un agent',
    usagerOf: () => 'Cette personne',
    zone,
  }
  return (
    <dialog
      ref={dialog}
      onCancel={() => onAnswer(false)}
      aria-labelledby="deplacer-titre"
      className="m-auto w-[min(32rem,calc(100vw-2rem))] space-y-4 rounded-card border border-line bg-card p-5 text-ink shadow-card backdrop:bg-ink/40"
    >
      <h2 id="deplacer-titre" className="text-xl">
        {rdvName(move.rdv)}
        {'\u00a0: '}
        {wordsOf(move.rdv, move.startAt, move.endAt, zone)}
        {'\u202f?'}
      </h2>
      <WarningList warnings={warnings} names={names} />
      <div className="flex flex-col gap-3 sm:flex-row">
        <Button type="button" onClick={() => onAnswer(true)}>
          Déplacer en le sachant
        </Button>
        <Button type="button" variant="secondary" onClick={() => onAnswer(false)}>
          Laisser où il était
        </Button>
      </div>
    </dialog>
  )
}
