import Link from 'next/link'
import type { CSSProperties } from 'react'
import { formatTime, isoOf } from '@/app/_lib/dates'
import { StatusTag } from '@/app/_parts/booking/agent/status-tag'
import { NeedsLines } from '@/app/_parts/people/needs-lines'
import { Icon } from '@/app/_ui/icon'
import { Tag } from '@/app/_ui/tag'
import { WAITING_ROOM } from '@/app/_words/agenda'
import { nameWords, rdvName } from '@/app/_words/agent'
import { whyNotArrive, type Expected, type ReceptionRdv } from '@/server/booking/rules/reception'
import { isCancelled } from '@/server/booking/rules/status'

type Props = { rdv: ReceptionRdv; zone: string; returnTo: string }

/** One RDV at the door: its hour, who is expected, whom they see, and whether they are there. */
export function ExpectedLine({ rdv, zone, returnTo }: Props) {
  const isOff = isCancelled(rdv.status)
  const edge: CSSProperties = { borderLeftColor: isOff ? 'var(--color-line-strong)' : rdv.motifColor }
  const isHere = rdv.people.some((person) => isWaiting(rdv, person))
  return (
    <li
      style={edge}
      className={`grid grid-cols-[4rem_minmax(0,1fr)] items-baseline gap-x-2 border-l-[6px] py-2 pr-2 pl-3 sm:grid-cols-[8rem_minmax(0,1fr)_minmax(0,1fr)] print:break-inside-avoid ${isHere ? 'striped bg-warn-soft' : 'bg-card'}`}
    >
      <p className={`font-bold whitespace-nowrap ${isOff ? 'text-ink-soft line-through' : ''}`}>
        <time dateTime={isoOf(rdv.startAt)}>{formatTime(rdv.startAt, zone)}</time>
        <span className="font-normal text-ink-soft max-sm:hidden">
          {' – '}
          <time dateTime={isoOf(rdv.endAt)}>{formatTime(rdv.endAt, zone)}</time>
        </span>
      </p>
      <ul className="min-w-0 space-y-1">
        {rdv.isCollective && <li className="font-bold">{rdvName(rdv)}</li>}
        {rdv.people.map((person) => (
          <Person key={person.participationId} person={person} rdv={rdv} zone={zone} returnTo={returnTo} />
        ))}
        {rdv.people.length === 0 && !rdv.isCollective && <li>{rdv.motifName}</li>}
      </ul>
      <p className="text-ink-soft max-sm:col-start-2">
        <span className="block text-ink">{rdv.agents.join(', ')}</span>
        <Link
          href={`/agent/rdvs/${rdv.rdvId}`}
          prefetch={false}
          className="link inline-flex min-h-11 items-center print:min-h-0"
        >
          {rdv.motifName}
        </Link>
        {` · ${rdv.serviceShortName} `}
        {rdv.status !== 'unknown' && <StatusTag rdv={rdv} />}
      </p>
    </li>
  )
}

const mayArrive = (rdv: ReceptionRdv, { status }: Expected) =>
  whyNotArrive(rdv) === null && whyNotArrive({ phase: rdv.phase, status }) === null
const isWaiting = (rdv: ReceptionRdv, person: Expected) => person.arrivedAt !== null && mayArrive(rdv, person)

function Person({ person, rdv, zone, returnTo }: Props & { person: Expected }) {
  const isThere = isWaiting(rdv, person)
  const isGone = isCancelled(person.status)
  return (
    <li id={`personne-${person.participationId}`} className="flex flex-wrap items-center gap-x-3 gap-y-1">
      {person.needs ? (
        <Link
          href={`/agent/usagers/${person.usagerId}`}
          prefetch={false}
          className={`link inline-flex min-h-11 items-center font-bold print:min-h-0 ${isGone ? 'line-through' : ''}`}
        >
          {nameWords(person)}
        </Link>
      ) : (
        <span className={`font-bold ${isGone ? 'text-ink-soft line-through' : ''}`}>{nameWords(person)}</span>
      )}
      {isThere && person.arrivedAt && (
        <Tag tone="warn">
          <Icon name="clock" className="size-4" />
          {WAITING_ROOM} depuis {formatTime(person.arrivedAt, zone)}
        </Tag>
      )}
      {mayArrive(rdv, person) && rdv.level === 'write' && (
        <form method="post" action="/agent/accueil/arrivee" className="no-print">
          <input type="hidden" name="rdvId" value={rdv.rdvId} />
          <input type="hidden" name="participationId" value={person.participationId} />
          <input type="hidden" name="present" value={isThere ? 'non' : 'oui'} />
          <input type="hidden" name="retour" value={returnTo} />
          {isThere ? (
            <button className="link min-h-11">
              Effacer<span className="sr-only"> l’arrivée de {nameWords(person)}</span>
            </button>
          ) : (
            <button className="inline-flex min-h-11 items-center gap-2 rounded-card border-[1.5px] border-accent bg-card px-4 font-bold text-accent hover:bg-accent-soft">
              <Icon name="check" />
              Est là<span className="sr-only"> : {nameWords(person)}</span>
            </button>
          )}
        </form>
      )}
      {mayArrive(rdv, person) && !isThere && (
        <span aria-hidden="true" className="hidden size-4 border border-ink print:inline-block" />
      )}
      {person.needs && !isGone && (
        <div className="w-full pb-1.5">
          <NeedsLines needs={person.needs} />
        </div>
      )}
    </li>
  )
}
