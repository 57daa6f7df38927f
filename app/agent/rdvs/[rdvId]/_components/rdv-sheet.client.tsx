'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useRef, type ReactNode, type RefObject } from 'react'
import { capitalise, formatDay, formatDuration, formatTime, zoneWords } from '@/app/_lib/dates'
import { useTRPC } from '@/app/_lib/trpc.client'
import { AddressLink } from '@/app/_parts/booking/agent/address-link.client'
import { dropNote, Toasts, useNotes } from '@/app/_parts/booking/agent/announcements.client'
import { NetworkNotice } from '@/app/_parts/booking/agent/network.client'
import { NoteNotice } from '@/app/_parts/booking/agent/note-notice'
import { useNow } from '@/app/_parts/booking/agent/now.client'
import { rebookHref } from '@/app/_parts/booking/agent/rebook'
import { movesOf, useAsLeft, useSetStatus } from '@/app/_parts/booking/agent/set-status.client'
import { OverbookedTag } from '@/app/_parts/booking/agent/overbooked-tag'
import { StatusForm } from '@/app/_parts/booking/agent/status-form.client'
import { StatusTag } from '@/app/_parts/booking/agent/status-tag'
import { VideoLink } from '@/app/_parts/booking/agent/video-link'
import { buttonClass } from '@/app/_ui/button'
import { Icon } from '@/app/_ui/icon'
import { PrintLinks } from '@/app/_ui/print-links'
import { Fact, Section } from '@/app/_ui/section'
import { locationShortWords, rdvName, REBOOK, seatsWords, WAITING_FOR_NETWORK } from '@/app/_words/agent'
import type { AgentRdv, AgentRdvPage, RdvHistoryLine } from '@/server/booking/rules/agent-views'
import { isCancelled } from '@/server/booking/rules/status'
import type { RdvMessages } from '@/server/messaging/rules/messages'
import { History } from './history'
import { Messages } from './messages'
import { People } from './people'

const MESSAGE_LOOKS = 5
const MESSAGE_LOOK_MS = 3_000

/** Everything about one RDV, and how it went. */
export function RdvSheet({
  rdv: read,
  history: readHistory,
  messages: readMessages,
  hasAllMessages,
  nowMs: readAtMs,
  isJustChanged,
  children,
}: {
  rdv: AgentRdvPage
  history: RdvHistoryLine[]
  messages: RdvMessages
  /** Whether they are more than are shown at first. */
  hasAllMessages: boolean
  nowMs: number
  /** Whether the agent comes from placing or moving it. */
  isJustChanged: boolean
  /** What its page says besides, before its history. */
  children?: ReactNode
}) {
  const trpc = useTRPC()
  const input = { rdvId: read.id }
  // Each reading leaves a trace of who opened these people's data: once a visit, and never for a cache.
  const { data } = useQuery(
    trpc.booking.getRdv.queryOptions(input, { initialData: read, staleTime: Infinity, gcTime: 0 }),
  )
  const fresh = { initialDataUpdatedAt: readAtMs, gcTime: 0 }
  const history = useQuery(trpc.booking.listRdvHistory.queryOptions(input, { ...fresh, initialData: readHistory }))
  const messages = useQuery(
    trpc.messaging.listRdvMessages.queryOptions(
      { ...input, isWhole: hasAllMessages },
      {
        ...fresh,
        initialData: readMessages,
        // The worker writes and sends them within seconds of what brought the agent here.
        refetchInterval: ({ state }) => isJustChanged && state.dataUpdateCount < MESSAGE_LOOKS && MESSAGE_LOOK_MS,
      },
    ),
  )
  const rdv = useAsLeft()(data)
  const setStatus = useSetStatus()
  const title = useRef<HTMLHeadingElement>(null)
  const note = useNotes().get(rdv.id)
  const moves = movesOf(rdv, useNow(readAtMs))

  return (
    <article className="mx-auto max-w-3xl space-y-5">
      <Heading rdv={rdv} title={title} />
      <NetworkNotice />
      {note && <NoteNotice note={note} onRead={() => dropNote(rdv.id)} />}
      {moves.length > 0 && (
        <Section title={statusTitle(rdv)}>
          {rdv.isWaiting && (
            <p className="mb-3 flex items-center gap-2 text-warn">
              <Icon name="clock" className="shrink-0" />
              {WAITING_FOR_NETWORK}
            </p>
          )}
          <StatusForm
            rdv={rdv}
            moves={moves}
            onChoose={(to) => {
              setStatus(rdv, to)
              title.current?.focus({ preventScroll: true })
            }}
            returnTo={`/agent/rdvs/${rdv.id}`}
            isProminent={rdv.phase !== 'future'}
            isExplained
          />
        </Section>
      )}
      <NextSteps rdv={rdv} />
      <Facts rdv={rdv} />
      <People rdv={rdv} />
      <Messages messages={messages.data} rdvId={rdv.id} zone={rdv.zone} />
      {children}
      <History lines={history.data} rdv={rdv} />
      <Toasts />
    </article>
  )
}

/** To another time; or another RDV for the same people, motif and place. */
function NextSteps({ rdv }: { rdv: AgentRdvPage }) {
  const isMovable = rdv.level === 'write' && rdv.status === 'unknown'
  const rebooking = rebookHref(rdv)
  if (!isMovable && !rebooking && !rdv.isAwaited) return null
  return (
    <p className="flex flex-col gap-3 sm:flex-row sm:flex-wrap sm:items-center">
      {isMovable && (
        <Link
          href={`/agent/rdvs/${rdv.id}/deplacer`}
          prefetch={false}
          className={buttonClass({ variant: 'secondary' })}
        >
          <Icon name="calendar" />
          Déplacer
        </Link>
      )}
      {isMovable && rdv.isCollective && (
        <Link
          href={`/agent/rdvs/${rdv.id}/intitule`}
          prefetch={false}
          className={buttonClass({ variant: 'secondary' })}
        >
          <Icon name="pencil" />
          {rdv.title === null ? 'Donner un intitulé' : 'Changer l’intitulé'}
        </Link>
      )}
      {rebooking && (
        <Link href={rebooking} prefetch={false} className={buttonClass({ variant: 'secondary' })}>
          <Icon name="plus" />
          {REBOOK}
        </Link>
      )}
      {rdv.isAwaited && <PrintLinks href={`/agent/rdvs/${String(rdv.id)}/convocation`} />}
    </p>
  )
}

function statusTitle({ status, phase }: AgentRdv): string {
  if (status !== 'unknown') return 'Changer le statut'
  return phase === 'future' ? 'Un empêchement\u202f?' : 'Comment s’est-il passé\u202f?'
}

function Heading({ rdv, title }: { rdv: AgentRdv; title: RefObject<HTMLHeadingElement | null> }) {
  const zone = zoneWords(rdv.zone)
  return (
    <header className="space-y-1.5">
      <Link
        href={`/agent?jour=${rdv.onDay}`}
        prefetch={false}
        className="link -mt-2 inline-flex min-h-11 items-center gap-1"
      >
        <Icon name="back" className="-ml-1" />
        {capitalise(formatDay(rdv.onDay))}
      </Link>
      <h1
        ref={title}
        tabIndex={-1}
        className={`text-2xl tracking-tight sm:text-3xl ${isCancelled(rdv.status) ? 'text-ink-soft line-through' : ''}`}
      >
        {rdvName(rdv)}
      </h1>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-lg">
        <span className="font-semibold">
          {formatTime(rdv.startAt, rdv.zone)}
          {' – '}
          {formatTime(rdv.endAt, rdv.zone)}
        </span>
        <span className="text-base text-ink-soft">
          {formatDuration(rdv.durationMin)}
          {zone && `, ${zone}`}
        </span>
        <span className="flex flex-wrap gap-2 text-base">
          <StatusTag rdv={rdv} />
          {rdv.isOverbooked && <OverbookedTag />}
        </span>
      </p>
    </header>
  )
}

function Facts({ rdv }: { rdv: AgentRdvPage }) {
  const address = rdv.locationType === 'home' ? (rdv.homeAddress ?? rdv.people[0]?.address) : rdv.placeAddress
  const texts = [
    ['Contexte', rdv.context],
    ['Condition du motif', rdv.restriction],
    ['Consignes du motif', rdv.instructions],
  ] as const
  return (
    <Section title="Le RDV">
      <dl className="grid gap-3 sm:grid-cols-2">
        <Fact name="Motif">
          {rdv.motifName}
          <span className="block font-normal text-ink-soft">{rdv.serviceShortName}</span>
        </Fact>
        {rdv.seats && <Fact name="Places">{seatsWords(rdv.seats)}</Fact>}
        <Fact name="Lieu">
          {rdv.placeName ?? locationShortWords[rdv.locationType]}
          {address && (
            <span className="block font-normal">
              <AddressLink address={address} />
            </span>
          )}
          {rdv.videoUrl && rdv.status === 'unknown' && rdv.phase !== 'past' && (
            <span className="block font-normal">
              <VideoLink url={rdv.videoUrl} />
            </span>
          )}
        </Fact>
        {!rdv.isShownToUsager && <Fact name="Visibilité">Caché à l’usager{'\u00a0'}: aucun message n’est envoyé</Fact>}
        <Fact name="Organisation">{rdv.organisationName}</Fact>
        <Fact name={rdv.agents.length > 1 ? 'Agents' : 'Agent'}>{rdv.agents.map(({ name }) => name).join(', ')}</Fact>
        {texts.map(
          ([name, text]) =>
            text && (
              <Fact key={name} name={name} isWide>
                <span className="font-normal whitespace-pre-line">{text}</span>
              </Fact>
            ),
        )}
      </dl>
    </Section>
  )
}
