import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { orNotFound } from '@/app/_lib/or-not-found'
import { one, type Search } from '@/app/_lib/search'
import { requireViewer } from '@/app/_lib/viewer'
import { missingTimes, TimeFields } from '@/app/_parts/booking/agent/time-fields'
import { Button } from '@/app/_ui/button'
import { ErrorSummary } from '@/app/_ui/error-summary'
import { Icon } from '@/app/_ui/icon'
import { Notice } from '@/app/_ui/notice'
import { rdvName, statusWords } from '@/app/_words/agent'
import { rescheduleRefusalWords } from '@/app/_words/placing'
import { api } from '@/server/api'
import type { AgentRdv } from '@/server/booking/rules/agent-views'
import { RESCHEDULE_REFUSALS, type Rescheduling } from '@/server/booking/rules/reschedule'
import { rdvIdSchema } from '@/server/booking/schema'
import { pathOf, readMoving, type Moving } from './_components/moving'
import { MoveRecap } from './_components/move-recap'
import { MoveForm } from './_components/move-form'

export const metadata: Metadata = { title: 'Déplacer le RDV' }

type Props = { params: Promise<{ rdvId: string }>; searchParams: Search }

/** An RDV goes to another time, lieu or agents: chosen, seen beside what it was, then confirmed (domain §3.3). */
export default async function Page({ params, searchParams }: Props) {
  await requireViewer()
  const typed = rdvIdSchema.safeParse(await params)
  if (!typed.success) notFound()
  const search = await searchParams
  const { booking } = await api()
  const rdv = await orNotFound(booking.getRdv(typed.data))
  if (rdv.level !== 'write') notFound()
  const asked = readMoving(search, rdv.zone)
  const rescheduling = await orNotFound(booking.getRescheduling({ ...typed.data, ...questionOf(asked) }))
  const refusal = RESCHEDULE_REFUSALS.find((reason) => reason === one(search.avis))
  const isChosen = asked.startAt !== null && asked.agentIds.length > 0 && !asked.isReopened
  return (
    <div className="mx-auto max-w-3xl space-y-5">
      <header>
        <a href={`/agent/rdvs/${rdv.id}`} className="link -mt-2 inline-flex min-h-11 items-center gap-1">
          <Icon name="back" className="-ml-1" />
          {rdvName(rdv)}
        </a>
        <h1 className="text-2xl tracking-tight sm:text-3xl">Déplacer le RDV</h1>
      </header>
      {refusal && (
        <Notice tone="bad" isLive>
          <p>{rescheduleRefusalWords[refusal]}</p>
        </Notice>
      )}
      {rdv.status === 'unknown' ? (
        <>
          <MoveRecap rdv={rdv} moving={isChosen ? asked : null} rescheduling={rescheduling} />
          {isChosen ? (
            <MoveForm rdv={rdv} moving={asked} rescheduling={rescheduling} />
          ) : (
            <TimeQuestion rdv={rdv} moving={asked} rescheduling={rescheduling} isAnswered={'jour' in search} />
          )}
        </>
      ) : (
        <Notice title={`Ce RDV est noté «\u00a0${statusWords(rdv)}\u00a0»`}>
          <p>Effacez d’abord son statut pour le déplacer.</p>
        </Notice>
      )}
    </div>
  )
}

/** What the address says of the time, as the server is asked about it. */
const questionOf = ({ startAt, durationMin, lieuId, agentIds }: Moving) => ({
  ...(startAt && { startAt }),
  ...(durationMin !== null && { durationMin }),
  ...(lieuId !== null && { lieuId }),
  ...(agentIds.length > 0 && { agentIds: [...agentIds] }),
})

/** The RDV as it is, to be changed: a plain form, whose answer is the next page's address. */
function TimeQuestion({
  rdv,
  moving,
  rescheduling: { agents, lieux },
  isAnswered,
}: {
  rdv: AgentRdv
  moving: Moving
  rescheduling: Rescheduling
  isAnswered: boolean
}) {
  const agentIds = moving.agentIds.length > 0 || isAnswered ? moving.agentIds : rdv.agents.map(({ id }) => id)
  const lieuId = moving.lieuId ?? rdv.lieuId
  const errors = isAnswered ? missingTimes({ startAt: moving.startAt, lieuId, agentIds }, lieux.length > 0) : []
  const search = {
    motif: String(rdv.motifId),
    agents: rdv.agents.map(({ id }) => id).join(','),
    deplacer: String(rdv.id),
    duree: String(rdv.durationMin),
  }
  return (
    <>
      {!rdv.isCollective && (
        <p>
          <a
            href={`/agent/creneaux?${new URLSearchParams(search).toString()}`}
            className="link inline-flex min-h-11 items-center gap-2 font-semibold"
          >
            <Icon name="search" className="shrink-0" />
            Chercher un créneau libre
          </a>
        </p>
      )}
      <form action={pathOf(rdv.id)} className="space-y-6">
        <ErrorSummary errors={errors} />
        <TimeFields
          zone={rdv.zone}
          chosen={{
            startAt: moving.startAt ?? (isAnswered ? null : rdv.startAt),
            durationMin: moving.durationMin ?? rdv.durationMin,
            lieuId,
            agentIds,
          }}
          usualMin={rdv.durationMin}
          lieux={lieux}
          agents={agents}
          errors={errors}
        />
        <Button>Continuer</Button>
      </form>
    </>
  )
}
