import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { dayOf } from '@/app/_lib/dates'
import { requireViewer } from '@/app/_lib/viewer'
import { readDay } from '@/app/_parts/booking/agent/days'
import { StepTitle } from '@/app/_ui/step-title'
import { api, ctxOf, faultIn } from '@/server/api'
import { AbsenceForm } from '../_components/absence-form.client'
import { absencesHref, agentAsked, type AgentSearch } from '../_components/whose'

export const metadata: Metadata = { title: 'Ajouter une absence' }

export default async function Page({
  searchParams,
}: {
  searchParams: Promise<AgentSearch & { jour?: string | string[] }>
}) {
  const viewer = await requireViewer()
  const search = await searchParams
  const agentId = agentAsked(search, viewer)
  const name = await nameOf(agentId, agentId === viewer.agentId)
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

/** Null for oneself; an agenda not open in writing is not found. */
async function nameOf(agentId: number, isMine: boolean): Promise<string | null> {
  if (isMine) return null
  const { access } = await api()
  try {
    const agenda = await access.getAgenda({ agentId })
    if (agenda.level !== 'write') notFound()
    return agenda.name
  } catch (error) {
    if (faultIn(error)?.code === 'not-found') notFound()
    throw error
  }
}
