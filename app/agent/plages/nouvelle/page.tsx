import type { Metadata } from 'next'
import { dayOf } from '@/app/_lib/dates'
import { orNotFound } from '@/app/_lib/or-not-found'
import { requireViewer } from '@/app/_lib/viewer'
import { readDay } from '@/app/_parts/booking/agent/days'
import { agendaIntro, agentAsked, colleagueAsked, openingsHref, type AgentSearch } from '@/app/_parts/scheduling/whose'
import { StepTitle } from '@/app/_ui/step-title'
import { api, ctxOf } from '@/server/api'
import { openingIdSchema } from '@/server/scheduling/schema'
import { OpeningForm, type OpeningDraft } from '../_components/opening-form.client'

export const metadata: Metadata = { title: 'Créer une plage d’ouverture' }

type Search = AgentSearch & { jour?: string | string[]; copie?: string | string[] }

export default async function Page({ searchParams }: { searchParams: Promise<Search> }) {
  const viewer = await requireViewer()
  const search = await searchParams
  const { access, scheduling } = await api()
  const copied = openingIdSchema.safeParse({ openingId: search.copie })
  const model = copied.success ? await orNotFound(scheduling.getOpening(copied.data)) : null
  const agentId = model?.agentId ?? agentAsked(search, viewer)
  const [colleague, means, agendas, { now }] = await Promise.all([
    colleagueAsked(agentId, viewer),
    orNotFound(scheduling.getOpeningMeans({ agentId })),
    access.listAgendas(),
    ctxOf(),
  ])
  const draft: OpeningDraft = {
    agentId,
    target: null,
    organisationId: model?.organisationId ?? means.organisations[0]?.id ?? null,
    lieuId: model?.lieuId ?? null,
    motifIds: model?.motifs.map(({ id }) => id) ?? [],
    title: model?.title ?? '',
    firstDay: model?.firstDay ?? readDay(search.jour) ?? dayOf(now, colleague?.zone ?? viewer.zone ?? 'Europe/Paris'),
    startMin: model?.startMin ?? 9 * 60,
    endMin: model?.endMin ?? 12 * 60,
    rrule: model?.rrule ?? null,
    onHolidays: model?.onHolidays ?? false,
  }
  return (
    <div className="mx-auto max-w-3xl space-y-5">
      <StepTitle {...agendaIntro(colleague, viewer)}>
        {model ? 'Dupliquer une plage d’ouverture' : 'Créer une plage d’ouverture'}
      </StepTitle>
      <OpeningForm
        draft={draft}
        means={means}
        colleagues={agendas.filter(({ level }) => level === 'write')}
        returnTo={openingsHref(viewer, agentId)}
      />
    </div>
  )
}
