'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { AgentRdv } from '@/server/booking/rules/agent-views'
import { fatesOf, whyNotFates, type ChosenFate, type Fate, type FateRefusal } from '@/server/booking/rules/impact'
import { chosenMoves, type MoveFateRefusal, type MoveOffer } from '@/server/booking/rules/offers'
import type { PlanningJudgement } from '@/server/booking/rules/planning-views'

/** A time chosen for an RDV, of the RDV as it was seen; null: later. */
type To = { startAt: Date; sequence: number } | null
type Choice = { fate: Fate; to: To }
export type FateRefused = { rdv: AgentRdv; reason: FateRefusal | MoveFateRefusal }

export type Fates = {
  of: (rdv: AgentRdv) => Fate
  /** To each of these RDVs; moved, to the first time offered unless another is chosen already. */
  choose: (fate: Fate, rdvs: readonly AgentRdv[]) => void
  /** When it moves; null: later. */
  timeOf: (rdv: AgentRdv) => Date | null
  chooseTime: (rdv: AgentRdv, startAt: Date | null) => void
  /** What may be chosen instead; null where none was looked for. */
  offerOf: (rdv: AgentRdv) => MoveOffer | null
  /** What is sent: those not kept. */
  chosen: ChosenFate[]
  counts: FateCounts
  /** Of those last sent, the ones that could not be followed, as long as they are not chosen anew. */
  refusals: readonly FateRefused[]
  /** What was sent has been refused: what to ask about them. */
  wereRefused: () => ChosenFate[]
}
export type FateCounts = { cancelled: number; moved: number }

const toFate = (rdv: AgentRdv, { fate, to }: Choice): ChosenFate[] => {
  if (fate === 'keep') return []
  return [fate === 'cancel' ? { rdvId: rdv.id, fate } : { rdvId: rdv.id, fate, ...(to && { to }) }]
}

const countsOf = (fates: readonly ChosenFate[]): FateCounts => ({
  cancelled: fates.filter(({ fate }) => fate === 'cancel').length,
  moved: chosenMoves(fates).length,
})

const KEPT: Choice = { fate: 'keep', to: null }

/** What becomes of each RDV shown; a choice outlives a judgement read again. `judgement` undefined: not read yet. */
export function useFates(judgement: PlanningJudgement | undefined): Fates {
  const [choices, setChoices] = useState<Readonly<Record<number, Choice>>>({})
  const [sent, setSent] = useState<readonly { rdv: AgentRdv; fate: ChosenFate }[]>([])
  const shown = judgement?.rdvs ?? []
  const choiceOf = (rdv: AgentRdv): Choice => {
    const choice = choices[rdv.id] ?? KEPT
    return fatesOf(rdv).includes(choice.fate) ? choice : KEPT
  }
  const offerOf = ({ id }: AgentRdv) => judgement?.offers.find(({ rdvId }) => rdvId === id) ?? null
  const soonest = (rdv: AgentRdv): To => {
    const offer = offerOf(rdv)
    const [startAt] = offer?.startsAt ?? []
    return offer && startAt ? { startAt, sequence: offer.sequence } : null
  }
  const changed = shown.flatMap((rdv) => toFate(rdv, choiceOf(rdv)).map((fate) => ({ rdv, fate })))
  const chosen = changed.map(({ fate }) => fate)
  const unfit = judgement
    ? whyNotFates(
        shown,
        sent.map(({ fate }) => fate),
      )
    : []
  const answer = [...unfit, ...(judgement?.refusals ?? [])]
  const set = (those: readonly AgentRdv[], to: (rdv: AgentRdv) => Choice) => {
    setChoices({ ...choices, ...Object.fromEntries(those.map((rdv) => [rdv.id, to(rdv)])) })
    setSent(sent.filter(({ rdv }) => !those.some(({ id }) => id === rdv.id)))
  }
  return {
    of: (rdv) => choiceOf(rdv).fate,
    choose: (fate, those) => {
      set(those, (rdv) => {
        const before = choiceOf(rdv)
        return before.fate === 'move' && fate === 'move' ? before : { fate, to: fate === 'move' ? soonest(rdv) : null }
      })
    },
    timeOf: (rdv) => choiceOf(rdv).to?.startAt ?? null,
    chooseTime: (rdv, startAt) => {
      const sequence = offerOf(rdv)?.sequence
      set([rdv], () => ({ fate: 'move', to: startAt && sequence !== undefined ? { startAt, sequence } : null }))
    },
    offerOf,
    chosen,
    counts: countsOf(chosen),
    refusals: sent.flatMap(({ rdv }) => {
      const refusal = answer.find(({ rdvId }) => rdvId === rdv.id)
      return refusal ? [{ rdv, reason: refusal.reason }] : []
    }),
    wereRefused: () => {
      setSent(changed)
      return chosenMoves(chosen).map((one) => ({ ...one, fate: 'move' }))
    },
  }
}

/** Once saved or taken away: on to the list, read anew, with what was done to RDVs. */
export function useLeave(returnTo: string): (notice: string, fates: readonly ChosenFate[]) => void {
  const router = useRouter()
  return (notice, fates) => {
    router.push(savedHref(returnTo, notice, fates))
    router.refresh()
  }
}

/** Where a save leads: what was done to RDVs, and which are left to move, stand in the address. */
function savedHref(returnTo: string, notice: string, fates: readonly ChosenFate[]): string {
  const [path = '', query = ''] = returnTo.split('?')
  const search = new URLSearchParams(query)
  search.set('avis', notice)
  const { cancelled, moved } = countsOf(fates)
  const toMove = fates.flatMap((one) => (one.fate === 'move' && !one.to ? [one.rdvId] : []))
  if (cancelled > 0) search.set('annules', String(cancelled))
  if (moved > 0) search.set('deplaces', String(moved))
  if (toMove.length > 0) search.set('deplacer', toMove.join('.'))
  return `${path}?${search.toString()}`
}
