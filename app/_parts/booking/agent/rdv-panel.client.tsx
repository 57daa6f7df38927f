'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useEffect, useRef, type MouseEvent } from 'react'
import { capitalise, dayOf, formatDay, formatDuration, formatTime, zoneWords } from '@/app/_lib/dates'
import { useTRPC } from '@/app/_lib/trpc.client'
import { Button, buttonClass } from '@/app/_ui/button'
import { Icon } from '@/app/_ui/icon'
import { Notice } from '@/app/_ui/notice'
import { Fact } from '@/app/_ui/section'
import { SHEET } from '@/app/_ui/sheet'
import { WAITING_ROOM } from '@/app/_words/agenda'
import { locationShortWords, PANEL_LOST, PANEL_OFFLINE, rdvName, REBOOK, seatsWords } from '@/app/_words/agent'
import type { AgentRdv, AgentRdvPage } from '@/server/booking/rules/agent-views'
import type { BoardRdv } from '@/server/booking/rules/board'
import { firstContact } from '@/server/booking/rules/contacts'
import { isCancelled } from '@/server/booking/rules/status'
import { ContactLink } from './contact-link'
import { useNow } from './now.client'
import { OverbookedTag } from './overbooked-tag'
import { rebookHref } from './rebook'
import { movesOf, useSetStatus } from './set-status.client'
import { StatusForm } from './status-form.client'
import { StatusTag } from './status-tag'

type Props = {
  rdv: BoardRdv
  /** The zone of the agendas it was opened from. */
  zone: string
  onClose: () => void
}

/**
 * An RDV of an agenda, opened where it stands: who, what, where, how it went. What is known there shows at once; whom to
 * call and what may be done come with the RDV itself, whose reading leaves its trace as on its own page.
 */
export function RdvPanel({ rdv, zone, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    dialog.current?.showModal()
    // On words rather than on a button: the key that opened it must press nothing.
    title.current?.focus()
  }, [])

  function closeFromOutside({ target, currentTarget, clientX, clientY }: MouseEvent<HTMLDialogElement>) {
    const { left, right, top, bottom } = currentTarget.getBoundingClientRect()
    const isInside = clientX >= left && clientX <= right && clientY >= top && clientY <= bottom
    if (target === currentTarget && !isInside) currentTarget.close()
  }

  return (
    <dialog
      ref={dialog}
      aria-labelledby={`panneau-${rdv.rdvId}-titre`}
      onClose={onClose}
      onClick={closeFromOutside}
      className={SHEET}
    >
      <div className="grid gap-4">
        <header className="grid gap-1.5">
          <h2
            ref={title}
            id={`panneau-${rdv.rdvId}-titre`}
            tabIndex={-1}
            className={`text-xl ${isCancelled(rdv.status) ? 'text-ink-soft line-through' : ''}`}
          >
            {rdvName(rdv)}
          </h2>
          <Times rdv={rdv} zone={zone} />
        </header>
        <Details rdv={rdv} onDone={() => dialog.current?.close()} />
        <Button type="button" variant="quiet" onClick={() => dialog.current?.close()}>
          Fermer
        </Button>
      </div>
    </dialog>
  )
}

function Times({ rdv, zone }: Omit<Props, 'onClose'>) {
  const words = zoneWords(zone)
  const minutes = Math.round((rdv.endAt.getTime() - rdv.startAt.getTime()) / 60_000)
  return (
    <>
      <p>
        {capitalise(formatDay(dayOf(rdv.startAt, zone)))}
        {', '}
        <span className="font-semibold whitespace-nowrap">
          {formatTime(rdv.startAt, zone)}
          {' – '}
          {formatTime(rdv.endAt, zone)}
        </span>
        <span className="text-ink-soft">
          {' · '}
          {formatDuration(minutes)}
          {words && ` · ${words}`}
        </span>
      </p>
      <p className="flex flex-wrap gap-2">
        {rdv.isWaiting ? (
          <span className="inline-flex items-center gap-1 rounded-full bg-warn-soft px-2.5 py-px font-semibold text-warn">
            <Icon name="clock" className="size-4" />
            {WAITING_ROOM}
          </span>
        ) : (
          <StatusTag rdv={rdv} />
        )}
        {rdv.isOverbooked && <OverbookedTag />}
      </p>
    </>
  )
}

function Details({ rdv: shown, onDone }: { rdv: BoardRdv; onDone: () => void }) {
  const trpc = useTRPC()
  const { data, dataUpdatedAt, isError, isPaused } = useQuery(
    trpc.booking.getRdv.queryOptions({ rdvId: shown.rdvId }, { staleTime: Infinity, gcTime: 0 }),
  )
  // Of two readings, the one the person sees: an answer given to another is refused, and says who was faster.
  const rdv = data && { ...data, status: shown.status }
  return (
    <>
      <dl className="grid grid-cols-2 gap-x-4 gap-y-3">
        {shown.motifName !== rdvName(shown) && <Fact name="Motif">{shown.motifName}</Fact>}
        {shown.seats && <Fact name="Places">{seatsWords(shown.seats)}</Fact>}
        <Fact name="Lieu">{shown.placeName ?? locationShortWords[shown.locationType]}</Fact>
        {rdv && <More rdv={rdv} />}
      </dl>
      {rdv || !(isError || isPaused) ? (
        <div aria-busy={rdv === undefined} className={shown.level === 'write' ? 'min-h-12' : 'empty:hidden'}>
          {rdv && <Status rdv={rdv} readAtMs={dataUpdatedAt} onDone={onDone} />}
        </div>
      ) : (
        <Notice tone={isPaused ? 'warn' : 'bad'} isLive>
          <p>{isPaused ? PANEL_OFFLINE : PANEL_LOST}</p>
        </Notice>
      )}
      <Pages shown={shown} rdv={rdv} />
    </>
  )
}

/** What a board does not hold: with whom, and a way to reach the person. */
function More({ rdv }: { rdv: AgentRdv }) {
  const contact = rdv.isCollective ? null : firstContact(rdv.people[0])
  return (
    <>
      {rdv.agents.length > 1 && <Fact name="Agents">{rdv.agents.map(({ name }) => name).join(', ')}</Fact>}
      {contact && (
        <Fact name={contact.kind === 'phone' ? 'Téléphone' : 'E-mail'}>
          <span className="-my-2 block">
            <ContactLink contact={contact} />
          </span>
        </Fact>
      )}
    </>
  )
}

function Status({ rdv, readAtMs, onDone }: { rdv: AgentRdv; readAtMs: number; onDone: () => void }) {
  const setStatus = useSetStatus()
  const moves = movesOf(rdv, useNow(readAtMs))
  return (
    <StatusForm
      rdv={rdv}
      moves={moves}
      returnTo={`/agent/rdvs/${rdv.id}`}
      isProminent={rdv.phase !== 'future'}
      onChoose={(to) => {
        onDone()
        setStatus(rdv, to)
      }}
    />
  )
}

/** To its own page, to another time, to another RDV. */
function Pages({ shown, rdv }: { shown: BoardRdv; rdv: AgentRdvPage | undefined }) {
  const page = `/agent/rdvs/${shown.rdvId}`
  const isMovable = shown.level === 'write' && shown.status === 'unknown'
  const rebooking = rdv && isCancelled(rdv.status) ? rebookHref(rdv) : null
  const look = buttonClass({ variant: 'secondary' }, 'flex-1')
  return (
    <p className="flex flex-wrap gap-3 border-t border-line pt-4">
      <Link href={page} prefetch={false} className={look}>
        Ouvrir le RDV
      </Link>
      {isMovable && (
        <Link href={`${page}/deplacer`} prefetch={false} className={look}>
          <Icon name="calendar" />
          Déplacer
        </Link>
      )}
      {rebooking && (
        <Link href={rebooking} prefetch={false} className={look}>
          <Icon name="plus" />
          {REBOOK}
        </Link>
      )}
    </p>
  )
}
