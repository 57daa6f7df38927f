import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { capitalise, dayOf, formatDay, formatMinute } from '@/app/_lib/dates'
import { requireViewer } from '@/app/_lib/viewer'
import { readDay } from '@/app/_parts/booking/agent/days'
import { openingsHref, orNotFound } from '@/app/_parts/scheduling/whose'
import { ButtonLink } from '@/app/_ui/button'
import { LinkCard } from '@/app/_ui/card'
import { StepTitle } from '@/app/_ui/step-title'
import { openingWhenWords } from '@/app/_words/opening'
import { scopeKeys, scopeWords } from '@/app/_words/recurrence'
import { api, ctxOf } from '@/server/api'
import { fallsOn, nextOccurrences, SERIES_SCOPES, type SeriesScope } from '@/server/scheduling/rules/series'
import { openingIdSchema } from '@/server/scheduling/schema'
import { DeleteOpening } from '../_components/delete-opening.client'
import { OpeningForm } from '../_components/opening-form.client'

export const metadata: Metadata = { title: 'Plage d’ouverture' }

type Props = {
  params: Promise<{ openingId: string }>
  searchParams: Promise<{ jour?: string | string[]; portee?: string | string[] }>
}
const SHOWN = 10

export default async function Page({ params, searchParams }: Props) {
  const viewer = await requireViewer()
  const typed = openingIdSchema.safeParse(await params)
  if (!typed.success) notFound()
  const [search, { now }, { scheduling }] = [await searchParams, await ctxOf(), await api()]
  const opening = await orNotFound(scheduling.getOpening(typed.data))
  const means = await orNotFound(scheduling.getOpeningMeans({ agentId: opening.agentId }))
  const asked = readDay(search.jour)
  const day = asked !== null && fallsOn(opening, asked) ? asked : null
  const scope = opening.rrule === null ? 'all' : SERIES_SCOPES.find((one) => scopeKeys[one] === search.portee)
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
  if (scope === undefined || (scope !== 'all' && day === null))
    return (
      <div className="mx-auto max-w-3xl space-y-5">
        {head}
        {day === null ? (
          <Dates opening={opening} today={dayOf(now, opening.zone)} />
        ) : (
          <Scopes id={opening.id} day={day} />
        )}
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
      {opening.rrule !== null && (
        <p className="text-lg font-bold">
          {scopeWords[scope]}
          {scope !== 'all' && `\u00a0: ${formatDay(onDay, { withYear: true })}`}
        </p>
      )}
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
        <DeleteOpening target={target} words={deleteWords(scope, opening.rrule !== null)} returnTo={returnTo} />
        <Copy id={opening.id} />
      </div>
    </div>
  )
}

function deleteWords(scope: SeriesScope, repeats: boolean): string {
  if (!repeats || scope === 'all') return 'Supprimer cette plage'
  return scope === 'this' ? 'Supprimer cette date' : 'Supprimer cette date et les suivantes'
}

const Copy = ({ id }: { id: number }) => (
  <ButtonLink href={`/agent/plages/nouvelle?copie=${id}`} variant="secondary">
    Dupliquer
  </ButtonLink>
)

type Opening = Awaited<ReturnType<Awaited<ReturnType<typeof api>>['scheduling']['getOpening']>>

/** The next dates, each a way to change it; and the way to change them all. */
function Dates({ opening, today }: { opening: Opening; today: string }) {
  const next = nextOccurrences(opening, today, SHOWN)
  const cancelled = opening.exceptions.filter(({ kind, onDay }) => kind === 'cancelled' && onDay >= today)
  return (
    <>
      <ButtonLink href={`/agent/plages/${opening.id}?portee=${scopeKeys.all}`} className="w-full sm:w-auto">
        Changer toutes les dates
      </ButtonLink>
      <section className="space-y-3" aria-labelledby="prochaines">
        <h2 id="prochaines" className="text-xl">
          Changer une date
        </h2>
        {next.length === 0 && <p>Aucune date à venir.</p>}
        <ul className="grid gap-2 sm:grid-cols-2">
          {next.map(({ onDay, toDay, startMin, endMin, isMoved }) => (
            <li key={onDay}>
              <LinkCard
                href={`/agent/plages/${opening.id}?jour=${onDay}`}
                title={capitalise(formatDay(toDay, { withYear: true }))}
              >
                <span className="block">
                  de {formatMinute(startMin)} à {formatMinute(endMin)}
                </span>
                {isMoved && <span className="block">Au lieu du {formatDay(onDay)}</span>}
              </LinkCard>
            </li>
          ))}
        </ul>
        {cancelled.length > 0 && (
          <p className="text-ink-soft">
            Supprimées&nbsp;: {cancelled.map(({ onDay }) => formatDay(onDay)).join(', ')}.
          </p>
        )}
      </section>
    </>
  )
}

/** What of the series is meant, asked before anything changes. */
function Scopes({ id, day }: { id: number; day: string }) {
  return (
    <section className="space-y-3" aria-labelledby="portee">
      <h2 id="portee" className="text-xl">
        Changer ou supprimer le {formatDay(day, { withYear: true })}&nbsp;?
      </h2>
      <ul className="grid gap-2">
        {SERIES_SCOPES.map((scope) => (
          <li key={scope}>
            <LinkCard href={`/agent/plages/${id}?jour=${day}&portee=${scopeKeys[scope]}`} title={scopeWords[scope]} />
          </li>
        ))}
      </ul>
    </section>
  )
}
