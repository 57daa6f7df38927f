'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useId, useRef } from 'react'
import { formatDay, formatDuration, formatTime, isoOf, zoneWords } from '@/app/_lib/dates'
import { useTRPC } from '@/app/_lib/trpc.client'
import { dropNote, Toasts, useNotes, type Note } from '@/app/_parts/booking/agent/announcements.client'
import { ContactLink } from '@/app/_parts/booking/agent/contact-link'
import { NetworkNotice } from '@/app/_parts/booking/agent/network.client'
import { NoteNotice } from '@/app/_parts/booking/agent/note-notice'
import { useNow } from '@/app/_parts/booking/agent/now.client'
import { RdvCard } from '@/app/_parts/booking/agent/rdv-card.client'
import { movesOf, useAsLeft, useSetStatus } from '@/app/_parts/booking/agent/set-status.client'
import { StatusForm } from '@/app/_parts/booking/agent/status-form.client'
import { StatusTag } from '@/app/_parts/booking/agent/status-tag'
import { locationShortWords, nameWords, rdvName, seatsWords } from '@/app/_words/agent'
import { createdWords } from '@/app/_words/rdv-list'
import { firstContact } from '@/server/booking/rules/contacts'
import type { ListedRdv } from '@/server/booking/rules/rdv-list'
import { isCancelled, type Status } from '@/server/booking/rules/status'
import type { Column } from './asked'

type Props = {
  rdvs: ListedRdv[]
  /** Of their people, those whose file the reader may open. */
  openUsagerIds: readonly number[]
  nowMs: number
  columns: readonly { column: Column; title: string }[]
  /** Of the list as it stands, to come back to without scripts. */
  here: string
}

/** The rows of a list, cards on a phone. A row whose status changes stays where it is until the list is asked again. */
export function RdvList({ rdvs: read, openUsagerIds, nowMs: readAtMs, columns, here }: Props) {
  const trpc = useTRPC()
  // Never asked again by itself: only changed by what the person does here, and one list a visit.
  const { data } = useQuery({
    queryKey: [...trpc.lists.listRdvs.pathKey(), readAtMs],
    queryFn: () => read,
    initialData: read,
    enabled: false,
  })
  const asLeft = useAsLeft()
  const setStatus = useSetStatus()
  const notes = useNotes()
  const nowMs = useNow(readAtMs)
  const rows = data
    .map(asLeft)
    .map((rdv) => ({ ...rdv, status: notes.get(rdv.id)?.status ?? rdv.status }))
    .map((rdv) => ({ rdv, moves: movesOf(rdv, nowMs), note: notes.get(rdv.id) }))
  return (
    <>
      <NetworkNotice />
      <ul className="space-y-3 md:hidden" aria-label="Rendez-vous">
        {rows.map(({ rdv, moves, note }) => (
          <li key={rdv.id}>
            <RdvCard
              rdv={rdv}
              moves={moves}
              onChoose={(to) => setStatus(rdv, to)}
              returnTo={here}
              withDay
              note={note}
              onNoteRead={() => dropNote(rdv.id)}
            />
          </li>
        ))}
      </ul>
      <div role="region" aria-label="Tableau des rendez-vous" tabIndex={0} className="overflow-x-auto max-md:hidden">
        <table className="w-full border-separate border-spacing-0 rounded-card border border-line bg-card text-left">
          <caption className="sr-only">Rendez-vous</caption>
          <thead>
            <tr className="[&>th]:border-b [&>th]:border-line [&>th]:px-3 [&>th]:py-2.5">
              <th scope="col">Date</th>
              <th scope="col">Usager</th>
              {columns.map(({ column, title }) => (
                <th key={column} scope="col">
                  {title}
                </th>
              ))}
              <th scope="col">Statut</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ rdv, moves, note }) => (
              <Row
                key={rdv.id}
                rdv={rdv}
                moves={moves}
                note={note}
                columns={columns}
                here={here}
                openUsagerIds={openUsagerIds}
                onChoose={(to) => setStatus(rdv, to)}
              />
            ))}
          </tbody>
        </table>
      </div>
      <Toasts />
    </>
  )
}

type RowProps = Pick<Props, 'columns' | 'here' | 'openUsagerIds'> & {
  rdv: ListedRdv
  moves: readonly Status[]
  note: Note | undefined
  onChoose: (to: Status) => void
}

function Row({ rdv, moves, note, columns, here, openUsagerIds, onChoose }: RowProps) {
  const isOff = isCancelled(rdv.status)
  const zone = zoneWords(rdv.zone)
  return (
    <tr
      data-row={rdv.id}
      className="align-top [&>*]:border-b [&>*]:border-line [&>*]:px-3 [&>*]:py-2.5 last:[&>*]:border-b-0"
    >
      <td className="whitespace-nowrap">
        <time dateTime={isoOf(rdv.startAt)}>
          <span className="block font-semibold">{formatDay(rdv.onDay, { isShort: true })}</span>
          <span className={`block ${isOff ? 'text-ink-soft line-through' : ''}`}>
            {formatTime(rdv.startAt, rdv.zone)}
          </span>
        </time>
        <span className="block text-ink-soft">{formatDuration(rdv.durationMin)}</span>
        {zone && <span className="block whitespace-normal text-ink-soft">{zone}</span>}
      </td>
      <th scope="row" className="text-left font-normal">
        <Link href={`/agent/rdvs/${rdv.id}`} prefetch={false} className="link inline-block min-h-11 font-bold">
          {rdvName(rdv)}
        </Link>
        <Files rdv={rdv} openUsagerIds={openUsagerIds} />
        {rdv.seats && <span className="block text-ink-soft">{seatsWords(rdv.seats)}</span>}
      </th>
      {columns.map(({ column }) => (
        <td key={column}>
          <Cell column={column} rdv={rdv} />
        </td>
      ))}
      <td>
        <StatusTag rdv={rdv} />
        <Change rdv={rdv} moves={moves} here={here} onChoose={onChoose} />
        {note && <NoteNotice note={note} onRead={() => dropNote(rdv.id)} />}
      </td>
    </tr>
  )
}

/** To the files of those who come to it; of a session, from its own page. */
function Files({ rdv, openUsagerIds }: Pick<RowProps, 'rdv' | 'openUsagerIds'>) {
  const people = rdv.isCollective ? [] : rdv.people.filter(({ usagerId }) => openUsagerIds.includes(usagerId))
  return people.map((person) => (
    <Link
      key={person.participationId}
      href={`/agent/usagers/${person.usagerId}`}
      prefetch={false}
      className="link block min-h-11 text-ink-soft"
    >
      {people.length > 1 ? `Fiche de ${person.firstName}` : 'Fiche'}
      <span className="sr-only">{`\u00a0: ${nameWords(person)}`}</span>
    </Link>
  ))
}

const SHEET = 'fixed inset-0 m-auto w-[34rem] rounded-2xl border-0 bg-card p-5 text-ink shadow-card backdrop:bg-ink/50'

/** The ways out of a status, each with its consequence, in a sheet that browsers open by themselves. */
function Change({ rdv, moves, here, onChoose }: Omit<RowProps, 'columns' | 'note' | 'openUsagerIds'>) {
  const id = useId()
  const sheet = useRef<HTMLDivElement>(null)
  if (moves.length === 0) return null
  return (
    <>
      <button type="button" popoverTarget={id} className="link block min-h-11 cursor-pointer font-semibold">
        Changer…<span className="sr-only">{` le statut\u00a0: ${rdvName(rdv)}`}</span>
      </button>
      <div ref={sheet} id={id} popover="auto" role="dialog" aria-labelledby={`${id}-titre`} className={SHEET}>
        <h3 id={`${id}-titre`} className="mb-4 text-xl">
          {rdvName(rdv)}
        </h3>
        <StatusForm
          rdv={rdv}
          moves={moves}
          returnTo={here}
          isExplained
          onChoose={(to) => {
            sheet.current?.hidePopover()
            onChoose(to)
          }}
        />
      </div>
    </>
  )
}

function Cell({ column, rdv }: { column: Column; rdv: ListedRdv }) {
  switch (column) {
    case 'motif':
      return (
        <>
          {rdv.motifName}
          <span className="block text-ink-soft">{rdv.serviceShortName}</span>
        </>
      )
    case 'agents':
      return rdv.agents.map(({ name }) => name).join(', ')
    case 'lieu':
      return rdv.placeName ?? locationShortWords[rdv.locationType]
    case 'organisation':
      return rdv.organisationName
    case 'creation':
      return createdWords(rdv)
    case 'contact': {
      const contact = rdv.isCollective ? null : firstContact(rdv.people[0])
      return contact && <ContactLink contact={contact} />
    }
  }
}
