import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import type { ReactNode } from 'react'
import { capitalise, dayOf, formatDateTime, hoursWords } from '@/app/_lib/dates'
import { orNotFound } from '@/app/_lib/or-not-found'
import { one, type Search, type SearchParams } from '@/app/_lib/search'
import { requireViewer } from '@/app/_lib/viewer'
import { MotifChoice } from '@/app/_parts/booking/agent/motif-choice'
import { Icon } from '@/app/_ui/icon'
import { StepTitle } from '@/app/_ui/step-title'
import { WEEKDAY_WORDS } from '@/app/_words/recurrence'
import { api, faultIn } from '@/server/api'
import { MAX_IN_A_ROW } from '@/server/booking/schema'
import type { Placement } from '@/server/booking/rules/placing'
import { whyNotRepeated, type RepeatRule, type SeriesJudgement } from '@/server/booking/rules/rdv-series'
import type { AskedPlace } from '@/server/booking/rules/warnings'
import { weekdayOf } from '@/server/scheduling/rules/civil'
import { readStart } from '../../_components/start'
import { ConfirmForm } from './_components/confirm-form.client'
import { PeoplePicker } from './_components/people-picker.client'
import {
  parametersOf,
  PATH,
  placingHref,
  readPlacing,
  stepOf,
  STEPS,
  type Placing,
  type Step,
} from './_components/placing'
import { RepeatForm } from './_components/repeat-form'
import { PlacingRecap } from './_components/placing-recap'
import { TimeStep } from './_components/time-step'

export const metadata: Metadata = { title: 'Créer un RDV' }

/** An agent places an RDV: what for, for whom, when and with whom, then the whole once more (domain §3.3). */
export default async function Page({ searchParams }: { searchParams: Search }) {
  const viewer = await requireViewer()
  const search = await searchParams
  const asked = readPlacing(search)
  const placement = await readPlacement(asked)
  if (!placement) {
    const zone = (await zoneOfAgenda(asked)) ?? viewer.zone ?? 'Europe/Paris'
    return <Frame step="motif">{await motifs(asked, search, { zone, hours: hoursWords(zone, viewer.zone) })}</Frame>
  }
  const { motif } = placement
  const typed = readStart(search, motif.zone)
  if (typed) redirect(placingHref({ ...asked, startAt: typed }))

  const placing = settle(asked, placement)
  const step = stepOf(placing, motif.locationType === 'public_office')
  if (step === 'motif')
    return (
      <Frame step={step}>
        {await motifs(asked, search, { zone: motif.zone, hours: hoursWords(motif.zone, viewer.zone) })}
      </Frame>
    )
  const isRow = placing.inARow && placing.usagers.length > 1
  const repeat = step === 'verifier' && !isRow ? placing.repeat : null
  const series = repeat && (await readSeries(placing, repeat))
  const fault = repeat && whyNotRepeated(repeat, series?.dates.length ?? 0)
  const isRepeated = series !== null && fault === null
  return (
    <Frame step={step}>
      <PlacingRecap placing={placing} placement={placement} step={step} repeated={isRepeated ? series.rrule : null} />
      {step === 'personnes' && <PeoplePicker placing={placing} placement={placement} />}
      {step === 'horaire' && (
        <>
          <SearchLink placing={placing}>Chercher un créneau libre</SearchLink>
          <TimeStep
            placing={placing}
            placement={placement}
            isAnswered={search.jour !== undefined || search.envoi !== undefined}
          />
        </>
      )}
      {step === 'verifier' && !isRow && (
        <RepeatForm
          placing={placing}
          zoneWeekday={weekdayOfStart(placing, motif.zone)}
          typed={{ fin: one(search.fin) ?? '', fois: one(search.fois) ?? '' }}
          fault={fault}
        />
      )}
      {step === 'verifier' && !fault && (
        <ConfirmForm placing={placing} placement={placement} series={isRepeated ? series : null} />
      )}
    </Frame>
  )
}

/** To the free times of the motif, for the same people. */
function SearchLink({ placing: { motif, usagers }, children }: { placing: Placing; children: ReactNode }) {
  const kept = {
    ...(motif !== null && { motif: String(motif) }),
    ...(usagers.length > 0 && { usagers: usagers.join(',') }),
  }
  return (
    <p>
      <a
        href={`/agent/creneaux?${new URLSearchParams(kept).toString()}`}
        className="link inline-flex min-h-11 items-center gap-2 font-semibold"
      >
        <Icon name="search" className="shrink-0" />
        {children}
      </a>
    </p>
  )
}

const QUESTIONS = {
  motif: 'Pour quel motif\u202f?',
  personnes: 'Pour qui\u202f?',
  horaire: 'Quand, et avec qui\u202f?',
  verifier: 'Tout est juste\u202f?',
} as const satisfies Record<Step, string>

function Frame({ step, children }: { step: Step; children: ReactNode }) {
  return (
    <div className="mx-auto max-w-3xl space-y-5">
      <StepTitle step={STEPS.indexOf(step) + 1} stepCount={STEPS.length}>
        {QUESTIONS[step]}
      </StepTitle>
      {children}
    </div>
  )
}

/** Of the agenda a time was chosen on; null when none was. */
async function zoneOfAgenda({ agents, startAt }: Placing): Promise<string | null> {
  const [agentId] = agents
  if (agentId === undefined || !startAt) return null
  const { access } = await api()
  return (await orNotFound(access.getAgenda({ agentId }))).zone
}

async function motifs(placing: Placing, search: SearchParams, { zone, hours }: { zone: string; hours: string | null }) {
  const { agents, startAt } = placing
  const [agentId] = agents
  const { booking } = await api()
  const choices = await booking.listPlaceableMotifs({
    ...(agentId !== undefined && { agentId }),
    ...(startAt && { startAt }),
  })
  const filter = one(search.recherche) ?? ''
  return (
    <>
      {startAt && (
        <p className="text-lg font-bold">
          {capitalise(formatDateTime(startAt, zone, { withYear: true }))}
          {hours && <span className="font-normal text-ink-soft"> ({hours})</span>}
        </p>
      )}
      {!startAt && <SearchLink placing={placing}>Chercher d’abord le prochain créneau libre</SearchLink>}
      <MotifChoice
        motifs={choices}
        filter={filter}
        hrefOf={(motif) => placingHref(placing, { motif, durationMin: null })}
        path={PATH}
        kept={parametersOf({ ...placing, motif: null, step: null })}
      />
    </>
  )
}

/** Null before a motif is chosen. Beyond reach is not found, whatever the reason. */
async function readPlacement({
  motif,
  usagers,
  agents,
  lieu,
  startAt,
  durationMin,
  inARow,
}: Placing): Promise<Placement | null> {
  if (motif === null) return null
  const { booking } = await api()
  try {
    return await booking.getPlacement({
      motifId: motif,
      usagerIds: [...usagers],
      agentIds: [...agents],
      ...(lieu !== null && { lieuId: lieu }),
      ...(startAt && { startAt }),
      ...(durationMin !== null && { durationMin }),
      inARow,
    })
  } catch (error) {
    if (faultIn(error)?.code === 'not-found') notFound()
    throw error
  }
}

/** Null as long as it has no end. Beyond reach was not found already. */
async function readSeries(placing: Placing, repeat: RepeatRule): Promise<SeriesJudgement | null> {
  const { motif, usagers, agents, lieu, startAt, durationMin } = placing
  if (motif === null || startAt === null || (repeat.untilDay === null && repeat.count === null)) return null
  const { booking } = await api()
  return booking.judgeSeries({
    motifId: motif,
    usagerIds: [...usagers],
    agentIds: [...agents],
    ...(lieu !== null && { lieuId: lieu }),
    startAt,
    ...(durationMin !== null && { durationMin }),
    repeat,
  })
}

const weekdayOfStart = ({ startAt }: Placing, zone: string): string =>
  startAt ? (WEEKDAY_WORDS[weekdayOf(dayOf(startAt, zone)) - 1] ?? '') : ''

/**
 * Only what is still open, and, as long as none was asked for, the lieu that goes without saying: where the agent receives
 * then, or the only one.
 */
function settle(asked: Placing, { motif, agents, lieux, people, suggestedLieuId }: Placement): Placing {
  const isOneOff = asked.lieu === 'one-off' && motif.locationType === 'public_office'
  const isOpen = (lieuId: AskedPlace) => lieux.some(({ id }) => id === lieuId)
  const [only, second] = lieux
  const obvious = isOpen(suggestedLieuId) ? suggestedLieuId : second === undefined ? (only?.id ?? null) : null
  return {
    ...asked,
    motif: motif.id,
    usagers: people.map(({ id }) => id),
    inARow: asked.inARow && people.length <= MAX_IN_A_ROW,
    agents: asked.agents.filter((agentId) => agents.some(({ id }) => id === agentId)),
    lieu: isOneOff || isOpen(asked.lieu) ? asked.lieu : asked.lieu === null ? obvious : null,
  }
}
