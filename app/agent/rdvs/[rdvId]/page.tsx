import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { requireViewer } from '@/app/_lib/viewer'
import { PostedNotice, type PostedSearch } from '@/app/_parts/booking/agent/posted-notice'
import { Notice } from '@/app/_ui/notice'
import { api, ctxOf, faultIn } from '@/server/api'
import { rdvIdSchema } from '@/server/booking/schema'
import { Series } from './_components/series'
import { RdvSheet } from './_components/rdv-sheet.client'
import { Waitlist } from './_components/waitlist'

export const metadata: Metadata = { title: 'RDV' }

/** What the tunnel wrote in the address it came to. */
const PLACED = new Map([
  ['cree', 'Le rendez-vous est placé.'],
  ['suite', 'Les rendez-vous sont placés l’un après l’autre\u00a0: voici le premier.'],
  ['serie', 'Les rendez-vous sont placés\u00a0: voici le premier.'],
  ['suivants', 'Les rendez-vous sont annulés, et leurs horaires libres.'],
  ['deja', 'Ce rendez-vous était déjà placé\u00a0: le voici.'],
  ['deplace', 'Le rendez-vous est déplacé.'],
  ['intitule', 'L’intitulé de la séance est enregistré.'],
  ['meme-intitule', 'L’intitulé de la séance est resté le même.'],
  ['attente', 'La personne est sur la file d’attente\u00a0: elle recevra un message si un créneau plus tôt se libère.'],
  ['refus-attente', 'La personne n’a pas pu être mise sur la file d’attente.'],
  ['plus-attente', 'La personne n’est plus sur la file d’attente.'],
])

type Props = {
  params: Promise<{ rdvId: string }>
  searchParams: Promise<PostedSearch & { place?: string | string[]; messages?: string | string[] }>
}

export default async function Page({ params, searchParams }: Props) {
  await requireViewer()
  const typed = rdvIdSchema.safeParse(await params)
  if (!typed.success) notFound()
  const { now } = await ctxOf()
  const search = await searchParams
  const isWhole = search.messages === 'tous'
  const { rdv, history, messages, series, slot } = await read(typed.data, isWhole)
  const placed = PLACED.get(String(search.place))
  return (
    <>
      {placed && (
        <Notice tone={search.place === 'refus-attente' ? 'warn' : 'ok'} isLive>
          <p>{placed}</p>
        </Notice>
      )}
      <PostedNotice search={search} returnTo={`/agent/rdvs/${rdv.id}`} />
      <RdvSheet
        rdv={rdv}
        history={history}
        messages={messages}
        hasAllMessages={isWhole}
        nowMs={now.getTime()}
        isJustChanged={placed !== undefined}
      >
        {slot && <Waitlist slot={slot} rdvId={rdv.id} zone={rdv.zone} mayWrite={rdv.level === 'write'} />}
        {series && <Series series={series} rdvId={rdv.id} now={now} />}
      </RdvSheet>
    </>
  )
}

/** Beyond reach is not found, whatever the reason. */
async function read(input: { rdvId: number }, isWhole: boolean) {
  const { booking, messaging, waitlist } = await api()
  try {
    const [rdv, history, messages, series, slot] = await Promise.all([
      booking.getRdv(input),
      booking.listRdvHistory(input),
      messaging.listRdvMessages({ ...input, isWhole }),
      booking.getSeries(input),
      waitlist.getOfRdv(input),
    ])
    return { rdv, history, messages, series, slot }
  } catch (error) {
    if (faultIn(error)?.code === 'not-found') notFound()
    throw error
  }
}
