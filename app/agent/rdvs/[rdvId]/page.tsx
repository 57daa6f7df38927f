import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { requireViewer } from '@/app/_lib/viewer'
import { PostedNotice, type PostedSearch } from '@/app/_parts/booking/agent/posted-notice'
import { Notice } from '@/app/_ui/notice'
import { api, ctxOf, faultIn } from '@/server/api'
import { rdvIdSchema } from '@/server/booking/schema'
import { Series } from './_components/series'
import { RdvSheet } from './_components/rdv-sheet.client'

export const metadata: Metadata = { title: 'RDV' }

/** What the tunnel wrote in the address it came to. */
const PLACED = new Map([
  ['cree', 'Le rendez-vous est placé.'],
  ['suite', 'Les rendez-vous sont placés l’un après l’autre\u00a0: voici le premier.'],
  ['serie', 'Les rendez-vous sont placés\u00a0: voici le premier.'],
  ['suivants', 'Les rendez-vous sont annulés, et leurs horaires libres.'],
  ['deja', 'Ce rendez-vous était déjà placé\u00a0: le voici.'],
  ['deplace', 'Le rendez-vous est déplacé.'],
])

type Props = { params: Promise<{ rdvId: string }>; searchParams: Promise<PostedSearch & { place?: string | string[] }> }

export default async function Page({ params, searchParams }: Props) {
  await requireViewer()
  const typed = rdvIdSchema.safeParse(await params)
  if (!typed.success) notFound()
  const { now } = await ctxOf()
  const { rdv, history, messages, series } = await read(typed.data)
  const search = await searchParams
  const placed = PLACED.get(String(search.place))
  return (
    <>
      {placed && (
        <Notice tone="ok" isLive>
          <p>{placed}</p>
        </Notice>
      )}
      <PostedNotice search={search} returnTo={`/agent/rdvs/${rdv.id}`} />
      <RdvSheet
        rdv={rdv}
        history={history}
        messages={messages}
        nowMs={now.getTime()}
        isJustChanged={placed !== undefined}
      >
        {series && <Series series={series} rdvId={rdv.id} now={now} />}
      </RdvSheet>
    </>
  )
}

/** Beyond reach is not found, whatever the reason. */
async function read(input: { rdvId: number }) {
  const { booking, messaging } = await api()
  try {
    const [rdv, history, messages, series] = await Promise.all([
      booking.getRdv(input),
      booking.listRdvHistory(input),
      messaging.listRdvMessages(input),
      booking.getSeries(input),
    ])
    return { rdv, history, messages, series }
  } catch (error) {
    if (faultIn(error)?.code === 'not-found') notFound()
    throw error
  }
}
