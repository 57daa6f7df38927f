import type { Metadata } from 'next'
import { dayOf, formatDay } from '@/app/_lib/dates'
import { orNotFound } from '@/app/_lib/or-not-found'
import { requireViewer } from '@/app/_lib/viewer'
import { AfterSave, type SavedSearch } from '@/app/_parts/scheduling/after-save'
import { ListEnd } from '@/app/_parts/scheduling/list-end'
import { PeriodTabs } from '@/app/_parts/scheduling/period-tabs'
import {
  agendasToWrite,
  agentAsked,
  colleagueAsked,
  openingsHref,
  type AgentSearch,
} from '@/app/_parts/scheduling/whose'
import { Button, ButtonLink } from '@/app/_ui/button'
import { LinkCard } from '@/app/_ui/card'
import { SelectField } from '@/app/_ui/controls'
import { Field } from '@/app/_ui/field'
import { Notice } from '@/app/_ui/notice'
import { StepTitle } from '@/app/_ui/step-title'
import { openingNotices, openingWhenWords } from '@/app/_words/opening'
import { nextOccurrences } from '@/server/scheduling/rules/series'
import { openingsOfSchema } from '@/server/scheduling/schema'
import { api, ctxOf } from '@/server/api'

export const metadata: Metadata = { title: 'Plages d’ouverture' }

type Asked = SavedSearch & Partial<Record<'periode' | 'motif' | 'lieu' | 'texte', string | string[]>>

export default async function Page({ searchParams }: { searchParams: Promise<AgentSearch & Asked> }) {
  const viewer = await requireViewer()
  const search = await searchParams
  const agentId = agentAsked(search, viewer)
  const filter = openingsOfSchema.parse({
    agentId,
    period: search.periode === 'passees' ? 'past' : 'current',
    motifId: search.motif === '' ? null : search.motif,
    lieuId: search.lieu === '' ? null : search.lieu,
    text: search.texte,
  })
  const { scheduling } = await api()
  const [colleague, openings, means, agents, { now }] = await Promise.all([
    colleagueAsked(agentId, viewer),
    orNotFound(scheduling.listOpenings(filter)),
    orNotFound(scheduling.getOpeningMeans({ agentId })),
    agendasToWrite(viewer),
    ctxOf(),
  ])
  const isPast = filter.period === 'past'
  const isFiltered = filter.motifId !== null || filter.lieuId !== null || filter.text !== ''
  const here = openingsHref(viewer, agentId)
  const nextOn = (opening: (typeof openings)[number]) => nextOccurrences(opening, dayOf(now, opening.zone), 1)[0]?.toDay
  return (
    <div className="mx-auto max-w-3xl space-y-5">
      <StepTitle intro="Les créneaux proposés viennent de ces plages, hors absences, RDV et jours fériés.">
        {colleague ? `Plages d’ouverture de ${colleague.name}` : 'Mes plages d’ouverture'}
      </StepTitle>
      <AfterSave search={search} notices={openingNotices} />
      <ButtonLink href={openingsHref(viewer, agentId, '/nouvelle')} className="w-full sm:w-auto">
        Créer une plage
      </ButtonLink>
      <form
        action="/agent/plages"
        className="grid gap-3 sm:grid-cols-2 sm:items-end lg:grid-cols-[1fr_1fr_1fr_1fr_auto]"
      >
        {agents.length > 1 && (
          <SelectField name="agent" label="Agent" choices={agents} defaultValue={String(agentId)} />
        )}
        {isPast && <input type="hidden" name="periode" value="passees" />}
        <SelectField name="motif" label="Motif" empty="Tous" {...chosenAmong(means.motifs, filter.motifId)} />
        <SelectField name="lieu" label="Lieu" empty="Tous" {...chosenAmong(means.lieux, filter.lieuId)} />
        <Field name="texte" label="Titre" defaultValue={filter.text} maxLength={100} />
        <Button variant="secondary">Filtrer</Button>
      </form>
      <PeriodTabs href={here} isPast={isPast} />
      {openings.length === 0 ? (
        <Notice title={isFiltered ? 'Aucune plage ne répond à ces filtres' : 'Aucune plage'}>
          <p>Sans plage d’ouverture, aucun créneau n’est proposé.</p>
        </Notice>
      ) : (
        <ul className="grid gap-2">
          {openings.map((opening) => {
            const next = nextOn(opening)
            return (
              <li key={opening.id}>
                <LinkCard href={`/agent/plages/${opening.id}`} title={opening.title}>
                  <span className="block">{openingWhenWords(opening)}</span>
                  <span className="block">
                    {[...new Set([opening.lieuName ?? 'Sans lieu', opening.organisationName])].join(', ')}
                  </span>
                  <span className="block">{opening.motifs.map((motif) => motif.name).join(', ')}</span>
                  {opening.rrule && next && <span className="block">Prochaine date&nbsp;: {formatDay(next)}</span>}
                </LinkCard>
              </li>
            )
          })}
        </ul>
      )}
      <ListEnd count={openings.length} isPast={isPast} />
    </div>
  )
}

const chosenAmong = (options: readonly { id: number; name: string }[], chosen: number | null) => ({
  choices: options.map(({ id, name }) => ({ value: String(id), label: name })),
  defaultValue: String(chosen ?? ''),
})
