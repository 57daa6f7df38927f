'use client'

import Link from 'next/link'
import type { CSSProperties } from 'react'
import { formatDay, formatDuration, formatTime, isoOf, zoneWords } from '@/app/_lib/dates'
import { Icon, type IconName } from '@/app/_ui/icon'
import {
  contactFromWords,
  locationShortWords,
  nameWords,
  rdvName,
  seatsWords,
  WAITING_FOR_NETWORK,
} from '@/app/_words/agent'
import type { AgentRdv } from '@/server/booking/rules/agent-views'
import { firstContact } from '@/server/booking/rules/contacts'
import { isCancelled, type Status } from '@/server/booking/rules/status'
import type { LocationType } from '@/server/directory/rules/motif'
import { NoteNotice } from './note-notice'
import { AddressLink } from './address-link.client'
import type { Note } from './announcements.client'
import { ContactLink } from './contact-link'
import { StatusForm } from './status-form.client'
import { OverbookedTag } from './overbooked-tag'
import { StatusTag } from './status-tag'
import { VideoLink } from './video-link'

type Props = {
  rdv: AgentRdv & { isWaiting: boolean }
  moves: readonly Status[]
  onChoose: (to: Status) => void
  returnTo: string
  isProminent?: boolean
  /** Whether the day stands before the time: lists of several days. */
  withDay?: boolean
  /** What happened to it that the person does not know yet. */
  note?: Note | undefined
  onNoteRead: () => void
}

/** An RDV with all it takes to go there and to say how it went. Once settled, it makes itself small. */
export function RdvCard({ rdv, moves, onChoose, returnTo, isProminent, withDay = false, note, onNoteRead }: Props) {
  const isSettled = rdv.status !== 'unknown'
  const edge: CSSProperties = { borderLeftColor: isCancelled(rdv.status) ? 'var(--color-line-strong)' : rdv.motifColor }
  return (
    <article
      aria-labelledby={`rdv-${rdv.id}-nom`}
      data-rdv={rdv.id}
      style={edge}
      className={`grid gap-1.5 rounded-card border border-l-[6px] border-line p-3.5 sm:px-4 ${isSettled ? 'bg-transparent' : 'bg-card'}`}
    >
      <Times rdv={rdv} withDay={withDay} />
      {rdv.isOverbooked && (
        <p>
          <OverbookedTag />
        </p>
      )}
      <div
        className={`grid gap-x-4 gap-y-3 ${moves.every(isCancelled) ? 'grid-cols-[minmax(0,1fr)_auto] items-end' : 'sm:grid-cols-[minmax(0,1fr)_auto] sm:items-end'}`}
      >
        <div className="grid gap-1">
          <Who rdv={rdv} />
          <What rdv={rdv} />
          {!isSettled && <Contacts rdv={rdv} />}
        </div>
        {!isSettled && (
          <StatusForm
            rdv={rdv}
            moves={moves}
            onChoose={onChoose}
            returnTo={returnTo}
            isProminent={isProminent ?? false}
          />
        )}
      </div>
      {rdv.isWaiting && (
        <p className="flex items-center gap-2 text-warn">
          <Icon name="clock" className="shrink-0" />
          {WAITING_FOR_NETWORK}
        </p>
      )}
      {note && <NoteNotice note={note} onRead={onNoteRead} />}
    </article>
  )
}

function Times({ rdv, withDay }: { rdv: AgentRdv; withDay: boolean }) {
  const isOff = isCancelled(rdv.status)
  const zone = zoneWords(rdv.zone)
  return (
    <p className="flex flex-wrap items-baseline gap-x-2.5 gap-y-1">
      <time
        dateTime={isoOf(rdv.startAt)}
        className={`text-lg leading-tight font-bold whitespace-nowrap ${isOff ? 'text-ink-soft line-through' : ''}`}
      >
        {withDay && <span>{formatDay(rdv.onDay, { isShort: true })}, </span>}
        {formatTime(rdv.startAt, rdv.zone)}
      </time>
      <span className="whitespace-nowrap text-ink-soft">{formatDuration(rdv.durationMin)}</span>
      {zone && <span className="text-ink-soft">{zone}</span>}
      <Tags rdv={rdv} withDay={withDay} />
    </p>
  )
}

/** A session says how full it is; a list of what waits need not say that it waits. */
function Tags({ rdv, withDay }: { rdv: AgentRdv; withDay: boolean }) {
  const isWaiting = rdv.status === 'unknown'
  if (withDay && isWaiting && !rdv.seats) return null
  return (
    <span className="ml-auto">
      {rdv.seats && isWaiting ? (
        <span className="inline-flex rounded-full bg-note-soft px-2.5 py-px font-semibold whitespace-nowrap text-note">
          {seatsWords(rdv.seats)}
        </span>
      ) : (
        <StatusTag rdv={rdv} />
      )}
    </span>
  )
}

function Who({ rdv }: { rdv: AgentRdv }) {
  const isSettled = rdv.status !== 'unknown'
  const responsible = rdv.isCollective ? null : rdv.people[0]?.responsible
  return (
    <h2 id={`rdv-${rdv.id}-nom`} className="text-[1.0625rem] leading-snug font-normal">
      <Link
        href={`/agent/rdvs/${rdv.id}`}
        prefetch={false}
        data-title=""
        className={`-my-2 inline-block py-2 font-bold hover:underline hover:underline-offset-4 ${isSettled ? 'text-ink-soft' : 'text-ink'} ${isCancelled(rdv.status) ? 'line-through' : ''}`}
      >
        {rdvName(rdv)}
      </Link>
      {responsible && <span className="text-ink-soft"> avec {nameWords(responsible)}</span>}
    </h2>
  )
}

const PLACE_ICONS = { public_office: 'pin', phone: 'phone', home: 'home', visio: 'video' } as const satisfies Record<
  LocationType,
  IconName
>

function What({ rdv }: { rdv: AgentRdv }) {
  const place = whereTo(rdv) ? null : (rdv.placeName ?? locationShortWords[rdv.locationType])
  if (rdv.status !== 'unknown') return <p className="text-ink-soft">{rdv.motifName}</p>
  const others = rdv.agents.length > 1 ? rdv.agents.map(({ name }) => name).join(', ') : null
  return (
    <div className="text-ink-soft">
      {!rdvName(rdv).startsWith(rdv.motifName) && <p>{rdv.motifName}</p>}
      {place && (
        <p className="flex items-start gap-2">
          <Icon name={PLACE_ICONS[rdv.locationType]} className="mt-0.5 shrink-0" />
          {place}
        </p>
      )}
      {others && <p>Animé par {others}</p>}
    </div>
  )
}

/** The address of a visit still to be made; null when there is none to go to. */
const whereTo = (rdv: AgentRdv): string | null =>
  rdv.locationType === 'home' && rdv.phase !== 'past' ? (rdv.homeAddress ?? rdv.people[0]?.address ?? null) : null

/** Where to go and whom to call, each a target for a thumb. */
function Contacts({ rdv }: { rdv: AgentRdv }) {
  if (rdv.isCollective) return <Registered rdv={rdv} />
  if (rdv.phase === 'past') return null
  const address = whereTo(rdv)
  const contact = firstContact(rdv.people[0])
  if (!address && !contact && !rdv.videoUrl) return null
  return (
    <p className="flex flex-wrap gap-x-5">
      {address && <AddressLink address={address} />}
      {rdv.videoUrl && <VideoLink url={rdv.videoUrl} />}
      {contact && (
        <span className="inline-grid grid-cols-[auto_1fr] items-center gap-x-2">
          <Icon name={contact.kind === 'phone' ? 'phone' : 'mail'} className="text-accent" />
          <ContactLink contact={contact} />
          {contact.from && (
            <span className="col-span-2 -mt-2 pb-1 text-ink-soft">{contactFromWords[contact.from]}</span>
          )}
        </span>
      )}
    </p>
  )
}

function Registered({ rdv }: { rdv: AgentRdv }) {
  const count = rdv.people.length
  const videoUrl = rdv.phase === 'past' ? null : rdv.videoUrl
  if (count === 0 && !videoUrl) return null
  return (
    <p className="flex flex-wrap gap-x-5">
      {count > 0 && (
        <Link href={`/agent/rdvs/${rdv.id}`} prefetch={false} className="link inline-flex min-h-11 items-center gap-2">
          <Icon name="people" className="shrink-0" />
          {count > 1 ? `Voir les ${count} inscrits` : 'Voir la personne inscrite'}
        </Link>
      )}
      {videoUrl && <VideoLink url={videoUrl} />}
    </p>
  )
}
