import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { dayOf } from '@/app/_lib/dates'
import { orNotFound } from '@/app/_lib/or-not-found'
import { requireViewer } from '@/app/_lib/viewer'
import {
  isTakenAway,
  ScopeTitle,
  SeriesChoice,
  seriesAsked,
  type SeriesSearch,
} from '@/app/_parts/scheduling/series-choice'
import { absencesHref } from '@/app/_parts/scheduling/whose'
import { ButtonLink } from '@/app/_ui/button'
import { StepTitle } from '@/app/_ui/step-title'
import { absenceHoursWords, absenceKindWords, absenceName, absenceWhenWords } from '@/app/_words/absence'
import { deleteWords } from '@/app/_words/recurrence'
import { api, ctxOf } from '@/server/api'
import { lastingDays } from '@/server/scheduling/rules/absence'
import { addDays } from '@/server/scheduling/rules/civil'
import { absenceIdSchema } from '@/server/scheduling/schema'
import { AbsenceForm } from '../_components/absence-form.client'
import { DeleteAbsence } from '../_components/delete-absence.client'
import { draftOf } from '../_components/draft'

export const metadata: Metadata = { title: 'Absence' }

type Props = { params: Promise<{ absenceId: string }>; searchParams: Promise<SeriesSearch> }

export default async function Page({ params, searchParams }: Props) {
  const viewer = await requireViewer()
  const typed = absenceIdSchema.safeParse(await params)
  if (!typed.success) notFound()
  const [search, { now }, { scheduling }] = [await searchParams, await ctxOf(), await api()]
  const absence = await orNotFound(scheduling.getAbsence(typed.data))
  const { day, scope } = seriesAsked(absence, search)
  const lasting = lastingDays(absence)
  const returnTo = absencesHref(viewer, absence.agentId)
  const repeats = absence.rrule !== null
  const head = (
    <>
      <StepTitle intro={absenceWhenWords(absence)}>{absenceName(absence)}</StepTitle>
      {absence.title !== '' && <p className="text-ink-soft">{absenceKindWords[absence.kind]}</p>}
    </>
  )
  if (scope === null)
    return (
      <div className="mx-auto max-w-3xl space-y-5">
        {head}
        <SeriesChoice
          series={absence}
          href={`/agent/absences/${absence.id}`}
          day={day}
          today={dayOf(now, absence.zone)}
          hoursWords={(hours) => absenceHoursWords(hours, lasting)}
        />
        <Copy id={absence.id} />
      </div>
    )
  const onDay = day ?? absence.firstDay
  const target = { id: absence.id, version: absence.version, scope, day: onDay }
  const moved = absence.exceptions.find((one) => one.kind === 'moved' && one.onDay === onDay)
  const hours = scope === 'this' && moved?.kind === 'moved' ? moved : { ...absence, toDay: onDay }
  const firstDay = scope === 'all' ? absence.firstDay : hours.toDay
  const draft = {
    ...draftOf(absence),
    ...{ target, firstDay, lastDay: addDays(firstDay, lasting), startMin: hours.startMin, endMin: hours.endMin },
  }
  return (
    <div className="mx-auto max-w-3xl space-y-5">
      {head}
      {repeats && <ScopeTitle series={absence} scope={scope} day={onDay} />}
      <AbsenceForm draft={draft} colleagues={[]} returnTo={returnTo} />
      <div className="flex flex-wrap items-start gap-3 border-t border-line pt-5">
        {!isTakenAway(absence, scope, onDay) && (
          <DeleteAbsence
            target={target}
            words={deleteWords(scope, repeats, 'Supprimer cette absence')}
            returnTo={returnTo}
          />
        )}
        <Copy id={absence.id} />
      </div>
    </div>
  )
}

const Copy = ({ id }: { id: number }) => (
  <ButtonLink href={`/agent/absences/nouvelle?copie=${id}`} variant="secondary">
    Dupliquer
  </ButtonLink>
)
