import type { Metadata } from 'next'
import { dayOf } from '@/app/_lib/dates'
import { requireViewer } from '@/app/_lib/viewer'
import { readDay } from '@/app/_parts/booking/agent/days'
import { StepTitle } from '@/app/_ui/step-title'
import { ctxOf } from '@/server/api'
import { AbsenceForm } from '../_components/absence-form.client'
import { absencesHref, agentAsked, colleagueName, type AgentSearch } from '@/app/_parts/scheduling/whose'

export const metadata: Metadata = { title: 'Ajouter une absence' }

export default async function Page({
  searchParams,
}: {
  searchParams: Promise<AgentSearch & { jour?: string | string[] }>
}) {
  const viewer = await requireViewer()
  const search = await searchParams
  const agentId = agentAsked(search, viewer)
  const name = await colleagueName(agentId, viewer)
  const { now } = await ctxOf()
  const day = readDay(search.jour) ?? dayOf(now, viewer.zone ?? 'Europe/Paris')
  const draft = {
    agentId,
    absenceId: null,
    kind: 'leave',
    title: '',
    firstDay: day,
    startMin: 0,
    lastDay: day,
    endMin: 1440,
  } as const
  return (
    <div className="mx-auto max-w-2xl space-y-5">
      <StepTitle {...(name && { intro: `Agenda de ${name}` })}>Ajouter une absence</StepTitle>
      <AbsenceForm draft={draft} returnTo={absencesHref(viewer, agentId)} />
    </div>
  )
}
