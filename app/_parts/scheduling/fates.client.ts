'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { AgentRdv } from '@/server/booking/rules/agent-views'
import { fatesOf, whyNotFates, type ChosenFate, type Fate, type FateRefusal } from '@/server/booking/rules/impact'

export type Fates = {
  of: (rdv: AgentRdv) => Fate
  choose: (fate: Fate, rdvs: readonly AgentRdv[]) => void
  /** What is sent: those not kept. */
  chosen: readonly ChosenFate[]
  cancelledCount: number
  /** Of those last sent, the ones that could not be followed. */
  refusals: readonly { rdv: AgentRdv; reason: FateRefusal }[]
  /** What was sent has been refused. */
  wereRefused: () => void
}

/** What becomes of each RDV shown; a choice outlives a list read again. `rdvs` undefined: not read yet. */
export function useFates(rdvs: readonly AgentRdv[] | undefined): Fates {
  const [fates, setFates] = useState<Readonly<Record<number, Fate>>>({})
  const [sent, setSent] = useState<readonly { rdv: AgentRdv; fate: ChosenFate['fate'] }[]>([])
  const shown = rdvs ?? []
  const of = (rdv: AgentRdv): Fate => {
    const fate = fates[rdv.id] ?? 'keep'
    return fatesOf(rdv).includes(fate) ? fate : 'keep'
  }
  const changed = shown.flatMap((rdv) => {
    const fate = of(rdv)
    return fate === 'keep' ? [] : [{ rdv, fate }]
  })
  const asked = sent.map(({ rdv, fate }) => ({ rdvId: rdv.id, fate }))
  const refusals = whyNotFates(shown, rdvs ? asked : []).flatMap(({ rdvId, reason }) => {
    const one = sent.find(({ rdv }) => rdv.id === rdvId)
    return one ? [{ rdv: one.rdv, reason }] : []
  })
  return {
    of,
    choose: (fate, those) => {
      setFates({ ...fates, ...Object.fromEntries(those.map(({ id }) => [id, fate])) })
      setSent([])
    },
    chosen: changed.map(({ rdv, fate }) => ({ rdvId: rdv.id, fate })),
    cancelledCount: changed.filter(({ fate }) => fate === 'cancel').length,
    refusals,
    wereRefused: () => setSent(changed),
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
  const ids = (fate: Fate) => fates.filter((one) => one.fate === fate).map(({ rdvId }) => rdvId)
  const [cancelled, toMove] = [ids('cancel'), ids('move')]
  if (cancelled.length > 0) search.set('annules', String(cancelled.length))
  if (toMove.length > 0) search.set('deplacer', toMove.join('.'))
  return `${path}?${search.toString()}`
}
