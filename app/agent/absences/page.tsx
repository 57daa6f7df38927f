import type { Metadata } from 'next'
import { dayOf, formatDay } from '@/app/_lib/dates'
import { orNotFound } from '@/app/_lib/or-not-found'
import { requireViewer } from '@/app/_lib/viewer'
import { AfterSave, type SavedSearch } from '@/app/_parts/scheduling/after-save'
import { ListEnd } from '@/app/_parts/scheduling/list-end'
import { PeriodTabs } from '@/app/_parts/scheduling/period-tabs'
import {
  absencesHref,
  agendasToWrite,
  agentAsked,
  colleagueAsked,
  type AgentSearch,
} from '@/app/_parts/scheduling/whose'
import { Swatch } from '@/app/_parts/catalogue/color-field.client'
import { Button, ButtonLink } from '@/app/_ui/button'
import { SelectField } from '@/app/_ui/controls'
import { LinkCard } from '@/app/_ui/card'
import { Notice } from '@/app/_ui/notice'
import { StepTitle } from '@/app/_ui/step-title'
import { absenceKindWords, absenceName, absenceNotices, absenceWhenWords } from '@/app/_words/absence'
import { api, ctxOf } from '@/server/api'
import { absenceColor } from '@/server/scheduling/rules/absence'
import { nextOccurrences } from '@/server/scheduling/rules/series'
import { absencesOfSchema } from '@/server/scheduling/schema'

export const metadata: Metadata = { title: 'Absences' }

type Search = AgentSearch & SavedSearch & { periode?: string | string[] }

export default async function Page({ searchParams }: { searchParams: Promise<Search> }) {
  const viewer = await requireViewer()
  const search = await searchParams
  const agentId = agentAsked(search, viewer)
  const filter = absencesOfSchema.parse({ agentId, period: search.periode === 'passees' ? 'past' : 'current' })
  const { scheduling } = await api()
  const [colleague, absences, agents, { now }] = await Promise.all([
    colleagueAsked(agentId, viewer),
    orNotFound(scheduling.listAbsences(filter)),
    agendasToWrite(viewer),
    ctxOf(),
  ])
  const isPast = filter.period === 'past'
  type Absence = (typeof absences)[number]
  const nextOn = (absence: Absence) => nextOccurrences(absence, dayOf(now, absence.zone), 1)[0]?.toDay
  return (
    <div className="mx-auto max-w-3xl space-y-5">
      <StepTitle intro="Aucun créneau n’est proposé pendant une absence, dans aucune organisation.">
        {colleague ? `Absences de ${colleague.name}` : 'Mes absences'}
      </StepTitle>
      <AfterSave search={search} notices={absenceNotices} />
      <ButtonLink href={absencesHref(viewer, agentId, '/nouvelle')} className="w-full sm:w-auto">
        Ajouter une absence
      </ButtonLink>
      {agents.length > 1 && (
        <form action="/agent/absences" className="flex flex-wrap items-end gap-3">
          {isPast && <input type="hidden" name="periode" value="passees" />}
          <div className="min-w-0 flex-1 basis-56">
            <SelectField name="agent" label="Agent" choices={agents} defaultValue={String(agentId)} />
          </div>
          <Button variant="secondary" className="max-sm:w-full">
            Voir
          </Button>
        </form>
      )}
      <PeriodTabs href={absencesHref(viewer, agentId)} isPast={isPast} />
      {absences.length === 0 ? (
        <Notice title={isPast ? 'Aucune absence passée' : 'Aucune absence à venir'}>
          <p>Congés, formations, réunions&nbsp;: ce qui est noté ici ferme les horaires à la réservation.</p>
        </Notice>
      ) : (
        <ul className="grid gap-2">
          {absences.map((absence) => {
            const next = absence.rrule === null ? undefined : nextOn(absence)
            return (
              <li key={absence.id}>
                <LinkCard href={`/agent/absences/${absence.id}`} title={absenceName(absence)}>
                  <span className="block">{absenceWhenWords(absence)}</span>
                  {next && <span className="block">Prochaine date&nbsp;: {formatDay(next)}</span>}
                  <span className="flex items-center gap-2">
                    <Swatch color={absenceColor(absence)} />
                    {absenceKindWords[absence.kind]}
                  </span>
                </LinkCard>
              </li>
            )
          })}
        </ul>
      )}
      <ListEnd count={absences.length} isPast={isPast} />
    </div>
  )
}
