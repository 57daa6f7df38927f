import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { formatDateTime } from '@/app/_lib/dates'
import { keptOf } from '@/app/_lib/kept'
import { orNotFound } from '@/app/_lib/or-not-found'
import { one, type Search } from '@/app/_lib/search'
import { requireViewer } from '@/app/_lib/viewer'
import { BackLink } from '@/app/_parts/form/back-link'
import { ErrorSummary } from '@/app/_ui/error-summary'
import { Notice } from '@/app/_ui/notice'
import { StepTitle } from '@/app/_ui/step-title'
import { rdvName } from '@/app/_words/agent'
import { titleFaultWords, titleRefusalWords } from '@/app/_words/placing'
import { api } from '@/server/api'
import { TITLE_REFUSALS, type SessionTitle, type TitleRefusal } from '@/server/booking/rules/session-title'
import { rdvIdSchema } from '@/server/booking/schema'
import { TitleForm, titleFormOf } from './_components/title-form'

export const metadata: Metadata = { title: 'Intitulé de la séance' }

type Props = { params: Promise<{ rdvId: string }>; searchParams: Search }

/** What a session is called, by its agents and by those who come to it (domain §4). */
export default async function Page({ params, searchParams }: Props) {
  await requireViewer()
  const typed = rdvIdSchema.safeParse(await params)
  if (!typed.success) notFound()
  const { rdvId } = typed.data
  const search = await searchParams
  const { booking } = await api()
  const session = await orNotFound(booking.getSessionTitle({ rdvId }))
  const kept = await keptOf(titleFormOf(String(rdvId)), search.erreurs !== undefined)
  const fault = titleFaultWords(kept.faults.title)
  const why = whyNot(session)
  const refusal = why ?? TITLE_REFUSALS.find((reason) => reason === one(search.avis))
  return (
    <div className="mx-auto max-w-2xl space-y-5">
      <BackLink href={`/agent/rdvs/${rdvId}`}>{rdvName({ ...session, people: [] })}</BackLink>
      <ErrorSummary errors={fault ? [{ name: 'title', message: fault }] : []} />
      <StepTitle intro={`${session.motifName}, ${formatDateTime(session.startAt, session.zone, { withYear: true })}`}>
        {session.title === null ? 'Donner un intitulé' : 'Changer l’intitulé'}
      </StepTitle>
      {refusal && (
        <Notice tone={why ? 'info' : 'bad'} isLive={!why}>
          <p>{titleRefusalWords[refusal]}</p>
          {refusal === 'changed-meanwhile' && <p>{nowWords(session)}</p>}
        </Notice>
      )}
      {!why && <TitleForm session={session} kept={kept} />}
    </div>
  )
}

const whyNot = ({ isCollective, status }: SessionTitle): TitleRefusal | null =>
  isCollective ? (status === 'unknown' ? null : 'not-open') : 'not-collective'

/** What whoever was told of another change reads before they go on. */
const nowWords = ({ title }: SessionTitle): string =>
  title === null ? 'Elle n’a pas d’intitulé.' : `Son intitulé est «\u00a0${title}\u00a0».`
