'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useRef, useState, type KeyboardEvent } from 'react'
import { formatDay, formatTime } from '@/app/_lib/dates'
import { useTRPC } from '@/app/_lib/trpc.client'
import { dropNote, Toasts, useNotes, type Note } from '@/app/_parts/booking/agent/announcements.client'
import { NetworkNotice } from '@/app/_parts/booking/agent/network.client'
import { useNow } from '@/app/_parts/booking/agent/now.client'
import { RdvCard } from '@/app/_parts/booking/agent/rdv-card.client'
import { movesOf, useAsLeft, useSetStatus } from '@/app/_parts/booking/agent/set-status.client'
import { StatusTag } from '@/app/_parts/booking/agent/status-tag'
import { rdvName } from '@/app/_words/agent'
import { buttonClass } from '@/app/_ui/button'
import { Icon } from '@/app/_ui/icon'
import { TO_FILL_LISTED, type AgentRdv } from '@/server/booking/rules/agent-views'
import type { Status } from '@/server/booking/rules/status'
import { BulkFill } from './bulk-fill.client'

const KEYS: Record<string, Status> = { h: 'seen', a: 'noshow', e: 'excused', s: 'revoked' }

/** Taps right after a row left are for the row that was there: they count for nothing. */
const SETTLING_MS = 300

type Props = { rdvs: AgentRdv[]; count: number; nowMs: number }

/** Past RDVs without a status, oldest first. A row filled in leaves; what left stays within reach below. */
export function ToFill({ rdvs: read, count: readCount, nowMs: readAtMs }: Props) {
  const trpc = useTRPC()
  const { data } = useQuery(
    trpc.booking.listRdvsToFill.queryOptions(undefined, { initialData: read, initialDataUpdatedAt: readAtMs }),
  )
  const { data: count } = useQuery({
    ...trpc.booking.countRdvsToFill.queryOptions(),
    initialData: readCount,
    initialDataUpdatedAt: readAtMs,
  })
  const [known, setKnown] = useState<ReadonlyMap<number, AgentRdv>>(new Map())
  const asLeft = useAsLeft()
  const setStatus = useSetStatus()
  const notes = useNotes()
  const nowMs = useNow(readAtMs)
  const list = useRef<HTMLOListElement>(null)

  // A row whose choice was refused is kept until its explanation has been read.
  const fresh = new Map(data.map((rdv) => [rdv.id, rdv]))
  const explained = [...known.values()]
    .filter((rdv) => notes.has(rdv.id) && !fresh.has(rdv.id))
    .map((rdv): AgentRdv => ({ ...rdv, status: notes.get(rdv.id)?.status ?? 'unknown' }))
  const rows = [...explained, ...data]
    .map(asLeft)
    .filter((rdv) => rdv.status === 'unknown' || notes.has(rdv.id))
    .sort((one, other) => one.startAt.getTime() - other.startAt.getTime())
  const shownCount = rows.filter(({ status }) => status === 'unknown').length
  // The page holds the first of them alone.
  const waitingCount = data.length < TO_FILL_LISTED ? shownCount : Math.max(count, shownCount)
  const held = rows.filter((rdv) => rdv.status === 'unknown' && movesOf(rdv, nowMs).includes('seen'))
  const filled = [...known.values()]
    .map((rdv) => asLeft(fresh.get(rdv.id) ?? rdv))
    .filter((rdv) => !notes.has(rdv.id) && !rows.some(({ id }) => id === rdv.id))

  function choose(rdv: AgentRdv, to: Status, row: Element | null) {
    setKnown((before) => new Map(before).set(rdv.id, { ...rdv, status: to }))
    const near = row?.nextElementSibling ?? row?.previousElementSibling
    setStatus(rdv, to)
    settle(list.current)
    const target = near?.querySelector<HTMLElement>('form button') ?? document.getElementById('titre')
    target?.focus({ preventScroll: true })
  }

  function fillHeld(rdvs: AgentRdv[]) {
    setKnown(
      (before) => new Map([...before, ...rdvs.map((rdv) => [rdv.id, { ...rdv, status: 'seen' as const }] as const)]),
    )
    for (const rdv of rdvs) setStatus(rdv, 'seen')
    document.getElementById('titre')?.focus()
  }

  return (
    <div className="mx-auto max-w-3xl space-y-4">
      <div aria-live="polite">
        <h1 id="titre" tabIndex={-1} className="text-2xl tracking-tight sm:text-3xl">
          {waitingCount === 0 ? 'Tout est renseigné' : `${waitingCount}\u00a0RDV à renseigner`}
        </h1>
        {waitingCount > 0 && (
          <p className="text-ink-soft">
            {waitingCount === 1
              ? 'Comment s’est-il passé\u202f?'
              : 'Comment se sont-ils passés\u202f? Du plus ancien au plus récent.'}
            {waitingCount > shownCount &&
              ` Voici les ${shownCount} plus anciens\u00a0; les autres viennent à mesure que vous les renseignez.`}
          </p>
        )}
      </div>
      <NetworkNotice />
      {rows.length === 0 ? (
        <AllFilled />
      ) : (
        <>
          <Shortcuts />
          {held.length > 1 && <BulkFill rdvs={held} onFill={fillHeld} />}
          <ol ref={list} className="space-y-3" aria-label="RDV à renseigner">
            {rows.map((rdv) => (
              <Row
                key={rdv.id}
                rdv={rdv}
                moves={movesOf(rdv, nowMs)}
                note={notes.get(rdv.id)}
                onChoose={(to, row) => choose(rdv, to, row)}
              />
            ))}
          </ol>
        </>
      )}
      <Filled rdvs={filled} onUndo={(rdv) => setStatus(rdv, 'unknown')} />
      <Toasts />
    </div>
  )
}

type RowProps = {
  rdv: ReturnType<ReturnType<typeof useAsLeft>>
  moves: readonly Status[]
  note: Note | undefined
  onChoose: (to: Status, row: Element | null) => void
}

function Row({ rdv, moves, note, onChoose }: RowProps) {
  const row = useRef<HTMLLIElement>(null)

  function onKey(event: KeyboardEvent<HTMLLIElement>) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const near = event.key === 'ArrowDown' ? row.current?.nextElementSibling : row.current?.previousElementSibling
      const target = near?.querySelector<HTMLElement>('form button')
      if (!target) return
      event.preventDefault()
      target.focus()
      return
    }
    const to = KEYS[event.key.toLowerCase()]
    if (to && moves.includes(to) && rdv.status === 'unknown') onChoose(to, row.current)
  }

  return (
    <li ref={row} onKeyDown={onKey} className="transition-opacity in-data-settling:opacity-70">
      <RdvCard
        rdv={rdv}
        moves={moves}
        onChoose={(to) => onChoose(to, row.current)}
        returnTo="/agent/a-renseigner"
        isProminent
        withDay
        note={note}
        onNoteRead={() => dropNote(rdv.id)}
      />
    </li>
  )
}

function settle(list: HTMLElement | null) {
  if (!list) return
  list.dataset.settling = ''
  list.style.pointerEvents = 'none'
  setTimeout(() => {
    delete list.dataset.settling
    list.style.pointerEvents = ''
  }, SETTLING_MS)
}

function Shortcuts() {
  return (
    <p className="hidden text-ink-soft lg:block pointer-coarse:hidden">
      Au clavier, sur un RDV : <kbd className="font-bold">H</kbd> honoré, <kbd className="font-bold">A</kbd> absent,{' '}
      <kbd className="font-bold">E</kbd> excusé, <kbd className="font-bold">S</kbd> annulé par le service, flèches pour
      changer de RDV, <kbd className="font-bold">Ctrl + Z</kbd> pour défaire.
    </p>
  )
}

function AllFilled() {
  return (
    <div className="grid justify-items-center gap-2 rounded-card border border-dashed border-line-strong px-4 py-10 text-center">
      <span className="grid size-14 place-items-center rounded-full bg-ok-soft text-ok">
        <Icon name="check" className="size-8" />
      </span>
      <p className="text-lg font-bold">Aucun RDV passé n’attend son statut.</p>
      <p className="text-ink-soft">Ceux d’aujourd’hui arriveront ici demain, s’il en reste.</p>
      <Link href="/agent" prefetch={false} className={buttonClass({ variant: 'secondary' }, 'mt-2')}>
        Voir ma journée
      </Link>
    </div>
  )
}

/** What was filled in since the page was opened: each may still be taken back. */
function Filled({ rdvs, onUndo }: { rdvs: readonly AgentRdv[]; onUndo: (rdv: AgentRdv) => void }) {
  if (rdvs.length === 0) return null
  return (
    <section aria-labelledby="renseignes" className="space-y-2 pt-4">
      <h2 id="renseignes" className="text-lg">
        Renseignés à l’instant
      </h2>
      <ul className="divide-y divide-line rounded-card border border-line">
        {rdvs.map((rdv) => (
          <li key={rdv.id} className="flex items-center gap-x-3 py-1.5 pl-3.5 sm:pr-2">
            <span className="min-w-0 flex-1">
              <span className="block font-semibold">{rdvName(rdv)}</span>
              <span className="block text-ink-soft">
                {formatDay(rdv.onDay, { isShort: true })} à {formatTime(rdv.startAt, rdv.zone)}
              </span>
            </span>
            <span className="flex flex-col items-end sm:flex-row sm:items-center">
              <span className="pr-3">
                <StatusTag rdv={rdv} />
              </span>
              <button type="button" onClick={() => onUndo(rdv)} className="link min-h-11 px-3 font-semibold">
                Défaire<span className="sr-only"> : {rdvName(rdv)}</span>
              </button>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
