import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { dayOf, formatMinute } from '@/app/_lib/dates'
import { orNotFound } from '@/app/_lib/or-not-found'
import { requireViewer } from '@/app/_lib/viewer'
import {
  isTakenAway,
  ScopeTitle,
  SeriesChoice,
  seriesAsked,
  type SeriesSearch,
} from '@/app/_parts/scheduling/series-choice'
import { openingsHref } from '@/app/_parts/scheduling/whose'
import { ButtonLink } from '@/app/_ui/button'
import { StepTitle } from '@/app/_ui/step-title'
import { openingWhenWords } from '@/app/_words/opening'
import { deleteWords } from '@/app/_words/recurrence'
import { api, ctxOf } from '@/server/api'
import { openingIdSchema } from '@/server/scheduling/schema'
import { DeleteOpening } from '../_components/delete-opening.client'
import { OpeningForm } from '../_components/opening-form.client'

export const metadata: Metadata = { title: 'Plage d’ouverture' }

type Props = {
  params: Promise<{ openingId: string }>
  searchParams: Promise<SeriesSearch>
}

export default async function Page({ params, searchParams }: Props) {
  const viewer = await requireViewer()
  const typed = openingIdSchema.safeParse(await params)
  if (!typed.success) notFound()
  const [search, { now }, { scheduling }] = [await searchParams, await ctxOf(), await api()]
  const opening = await orNotFound(scheduling.getOpening(typed.data))
  const means = await orNotFound(scheduling.getOpeningMeans({ agentId: opening.agentId }))
  const { day, scope } = seriesAsked(opening, search)
  const returnTo = openingsHref(viewer, opening.agentId)
  const head = (
    <>
      <StepTitle intro={openingWhenWords(opening)}>{opening.title}</StepTitle>
      <p>
        {[...new Set([opening.lieuName ?? 'Sans lieu', opening.organisationName])].join(', ')}
        <span className="block text-ink-soft">{opening.motifs.map(({ name }) => name).join(', ')}</span>
      </p>
    </>
  )
  if (scope === null)
    return (
      <div className="mx-auto max-w-3xl space-y-5">
        {head}
        <SeriesChoice
          series={opening}
          href={`/agent/plages/${opening.id}`}
          day={day}
          today={dayOf(now, opening.zone)}
          hoursWords={({ startMin, endMin }) => `de ${formatMinute(startMin)} à ${formatMinute(endMin)}`}
        />
        <Copy id={opening.id} />
      </div>
    )
  const onDay = day ?? opening.firstDay
  const target = { id: opening.id, version: opening.version, scope, day: onDay }
  const moved = opening.exceptions.find((one) => one.kind === 'moved' && one.onDay === onDay)
  const hours = scope === 'this' && moved?.kind === 'moved' ? { ...moved, firstDay: moved.toDay } : null
  return (
    <div className="mx-auto max-w-3xl space-y-5">
      {head}
      {opening.rrule !== null && <ScopeTitle series={opening} scope={scope} day={onDay} />}
      <OpeningForm
        draft={{
          agentId: opening.agentId,
          target,
          organisationId: opening.organisationId,
          lieuId: opening.lieuId,
          motifIds: opening.motifs.map(({ id }) => id),
          title: opening.title,
          firstDay: hours?.firstDay ?? (scope === 'all' ? opening.firstDay : onDay),
          startMin: hours?.startMin ?? opening.startMin,
          endMin: hours?.endMin ?? opening.endMin,
          rrule: opening.rrule,
          onHolidays: opening.onHolidays,
        }}
        means={means}
        colleagues={[]}
        returnTo={returnTo}
      />
      <div className="flex flex-wrap items-start gap-3 border-t border-line pt-5">
        {!isTakenAway(opening, scope, onDay) && (
          <DeleteOpening
            target={target}
            words={deleteWords(scope, opening.rrule !== null, 'Supprimer cette plage')}
            returnTo={returnTo}
          />
        )}
        <Copy id={opening.id} />
      </div>
    </div>
  )
}

const Copy = ({ id }: { id: number }) => (
  <ButtonLink href={`/agent/plages/nouvelle?copie=${id}`} variant="secondary">
    Dupliquer
  </ButtonLink>
)
