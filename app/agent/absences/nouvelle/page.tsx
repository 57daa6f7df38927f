import type { Metadata } from 'next'
import { dayOf } from '@/app/_lib/dates'
import { orNotFound } from '@/app/_lib/or-not-found'
import { requireViewer } from '@/app/_lib/viewer'
import { readDay } from '@/app/_parts/booking/agent/days'
import { absencesHref, agendaIntro, agentAsked, colleagueAsked, type AgentSearch } from '@/app/_parts/scheduling/whose'
import { StepTitle } from '@/app/_ui/step-title'
import { api, ctxOf } from '@/server/api'
import { absenceIdSchema } from '@/server/scheduling/schema'
import { AbsenceForm } from '../_components/absence-form.client'
import { draftOf } from '../_components/draft'

export const metadata: Metadata = { title: 'Ajouter une absence' }

type Search = AgentSearch & { jour?: string | string[]; copie?: string | string[] }

export default async function Page({ searchParams }: { searchParams: Promise<Search> }) {
  const viewer = await requireViewer()
  const search = await searchParams
  const { access, scheduling } = await api()
  const copied = absenceIdSchema.safeParse({ absenceId: search.copie })
  const model = copied.success ? await orNotFound(scheduling.getAbsence(copied.data)) : null
  const agentId = model?.agentId ?? agentAsked(search, viewer)
  const [colleague, agendas, { now }] = await Promise.all([
    colleagueAsked(agentId, viewer),
    access.listAgendas(),
    ctxOf(),
  ])
  const day = readDay(search.jour) ?? dayOf(now, colleague?.zone ?? viewer.zone ?? 'Europe/Paris')
  const blank = { kind: 'leave', title: '', color: null, startMin: 0, endMin: 1440, rrule: null } as const
  return (
    <div className="mx-auto max-w-3xl space-y-5">
      <StepTitle {...agendaIntro(colleague, viewer)}>
        {model ? 'Dupliquer une absence' : 'Ajouter une absence'}
      </StepTitle>
      <AbsenceForm
        draft={draftOf(model ?? { agentId, ...blank, firstDay: day, lastDay: day })}
        colleagues={agendas.filter(({ level }) => level === 'write')}
        returnTo={absencesHref(viewer, agentId)}
      />
    </div>
  )
}
