import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { capitalise, dayOf, formatDay, formatTime, hoursWords, isoOf } from '@/app/_lib/dates'
import { one, type Search } from '@/app/_lib/search'
import { requireViewer } from '@/app/_lib/viewer'
import { GrantFacts } from '@/app/_parts/access/grant-facts'
import { AwayLine, awayOn } from '@/app/_parts/booking/agent/away-line'
import { readDay, weekOf } from '@/app/_parts/booking/agent/days'
import { HeldLine } from '@/app/_parts/booking/agent/held-line'
import { HiddenCancelled } from '@/app/_parts/booking/agent/hidden-cancelled'
import { RdvLine } from '@/app/_parts/booking/agent/rdv-line'
import { Icon } from '@/app/_ui/icon'
import { Tag } from '@/app/_ui/tag'
import { accessLevelWords } from '@/app/_words/access'
import { countRdvWords } from '@/app/_words/agent'
import { agendaSchema } from '@/server/access/schema'
import type { GrantLine } from '@/server/access/rules/grants'
import { api, ctxOf, faultIn } from '@/server/api'
import type { AgentRdv, TakenTime } from '@/server/booking/rules/agent-views'
import { daysShown, withoutCancelled } from '@/server/booking/rules/display'
import { addDays } from '@/server/scheduling/rules/civil'
import { WeekLink } from '../../_components/week-link'

export const metadata: Metadata = { title: 'Agenda d’un collègue' }

const PLANNING = [
  { room: 'plages', words: 'Ses plages d’ouverture' },
  { room: 'absences', words: 'Ses absences' },
] as const

type Props = {
  params: Promise<{ agentId: string }>
  searchParams: Search
}

/** A colleague's week as a list: what one may read of it, and the hours taken by the rest. */
export default async function Page({ params, searchParams }: Props) {
  const viewer = await requireViewer()
  const typed = agendaSchema.safeParse(await params)
  if (!typed.success) notFound()
  const { now } = await ctxOf()
  const search = await searchParams
  const { agenda, grants, week: whole, days, today } = await read(typed.data, readDay(search.semaine), now)
  const { displaysSaturdays, displaysCancelledRdvs } = viewer.preferences
  const { shown: rdvs, hiddenCount } = withoutCancelled(
    whole.rdvs,
    displaysCancelledRdvs || one(search.annules) === 'montrer',
  )
  const week = { ...whole, rdvs }
  const [monday = today] = days
  const hours = hoursWords(agenda.zone, viewer.zone)
  const path = `/agent/agendas/${agenda.agentId}`
  const shown = daysShown(
    days,
    displaysSaturdays,
    (day) => linesOf(week, day, agenda.zone).length + awayOn(week.away, day, agenda.zone).length > 0,
  )
  return (
    <div className="mx-auto max-w-4xl space-y-4">
      <Link href="/agent/agendas" prefetch={false} className="link -mt-2 inline-flex min-h-11 items-center gap-1">
        <Icon name="back" className="-ml-1" />
        Agendas
      </Link>
      <div className="flex flex-wrap items-start gap-3">
        <div className="min-w-0 flex-1">
          <h1 className="text-2xl tracking-tight sm:text-3xl">Agenda de {agenda.name}</h1>
          <p className="text-ink-soft">{[agenda.services, ...agenda.organisations].filter(Boolean).join(' · ')}</p>
        </div>
        <Tag>{accessLevelWords[agenda.level]}</Tag>
      </div>
      <Why grants={grants} />
      {agenda.level === 'write' && (
        <p className="flex flex-wrap gap-x-6">
          {PLANNING.map(({ room, words }) => (
            <Link
              key={room}
              href={`/agent/${room}?agent=${agenda.agentId}`}
              prefetch={false}
              className="link inline-flex min-h-11 items-center"
            >
              {words}
            </Link>
          ))}
        </p>
      )}
      <div className="flex items-center gap-3">
        <h2 className="min-w-0 flex-1 text-xl">
          Semaine du {formatDay(monday)}
          {hours && <span className="block text-base font-normal text-ink-soft">{capitalise(hours)}</span>}
        </h2>
        <nav aria-label="Changer de semaine" className="flex shrink-0 gap-2">
          <WeekLink path={path} monday={addDays(monday, -7)} words="Semaine précédente">
            <Icon name="back" />
          </WeekLink>
          <WeekLink path={path} monday={addDays(monday, 7)} words="Semaine suivante">
            <Icon name="next" />
          </WeekLink>
        </nav>
      </div>
      <HiddenCancelled count={hiddenCount} href={`${path}?semaine=${monday}&annules=montrer`} />
      {shown.map((day) => (
        <section key={day} aria-labelledby={`jour-${day}`} className="pb-2">
          <h3
            id={`jour-${day}`}
            className={`flex items-baseline gap-2 border-b-2 py-2 text-lg ${day === today ? 'border-accent text-accent' : 'border-ink'}`}
          >
            {capitalise(formatDay(day))}
            {day === today && <span className="font-normal">aujourd’hui</span>}
            <span className="ml-auto text-base font-normal text-ink-soft">
              {countRdvWords(week.rdvs.filter(({ onDay }) => onDay === day))}
            </span>
          </h3>
          {awayOn(week.away, day, agenda.zone).map((away) => (
            <AwayLine
              key={`${away.absenceId} ${away.startAt.getTime()}`}
              away={away}
              day={day}
              zone={agenda.zone}
              isOpen={agenda.level === 'write'}
            />
          ))}
          <ul className="divide-y divide-line">
            {linesOf(week, day, agenda.zone).map((line) => (
              <li key={line.key}>
                {line.kind === 'rdv' ? <RdvLine rdv={line.rdv} /> : <Busy time={line.time} zone={agenda.zone} />}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

/** Beyond reach is not found, whatever the reason. */
async function read(input: { agentId: number }, asked: string | null, now: Date) {
  const { access, booking } = await api()
  try {
    const agenda = await access.getAgenda(input)
    const today = dayOf(now, agenda.zone)
    const days = weekOf(asked ?? today)
    const [fromDay = today] = days
    const [grants, week] = await Promise.all([
      access.listGrantsOpening(input),
      booking.listAgendaOf({ ...input, fromDay, toDay: addDays(fromDay, 6) }),
    ])
    return { agenda, grants, week, days, today }
  } catch (error) {
    if (faultIn(error)?.code === 'not-found') notFound()
    throw error
  }
}

type Line = { key: string; atMs: number } & ({ kind: 'rdv'; rdv: AgentRdv } | { kind: 'busy'; time: TakenTime })

/** What stands on a day, in order. */
function linesOf({ rdvs, busy }: { rdvs: AgentRdv[]; busy: TakenTime[] }, day: string, zone: string): Line[] {
  const read = rdvs
    .filter(({ onDay }) => onDay === day)
    .map((rdv): Line => ({ kind: 'rdv', key: `rdv-${rdv.id}`, atMs: rdv.startAt.getTime(), rdv }))
  const taken = busy
    .filter(({ startAt }) => dayOf(startAt, zone) === day)
    .map((time, i): Line => ({ kind: 'busy', key: `busy-${i}`, atMs: time.startAt.getTime(), time }))
  return [...read, ...taken].sort((a, b) => a.atMs - b.atMs)
}

function Busy({ time: { startAt, endAt, heldUntilAt }, zone }: { time: TakenTime; zone: string }) {
  if (heldUntilAt) return <HeldLine held={{ startAt, endAt, heldUntilAt }} zone={zone} />
  return (
    <p className="flex min-h-14 items-center gap-2 border-l-[6px] border-line-strong bg-paper py-2 pl-3 text-ink-soft">
      <span className="font-bold whitespace-nowrap">
        <time dateTime={isoOf(startAt)}>{formatTime(startAt, zone)}</time>
        {' – '}
        <time dateTime={isoOf(endAt)}>{formatTime(endAt, zone)}</time>
      </span>
      Occupé
    </p>
  )
}

/** Which rights open this agenda: what cannot be explained is not trusted. */
function Why({ grants }: { grants: readonly GrantLine[] }) {
  return (
    <details className="rounded-card border border-line bg-card px-4 open:pb-3">
      <summary className="link min-h-11 cursor-pointer py-2.5 font-semibold">Pourquoi cet accès{'\u202f'}?</summary>
      <ul className="space-y-3 pt-1">
        {grants.map((grant) => (
          <li key={grant.grantId} className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1">
            <span>
              <GrantFacts grant={grant} />
            </span>
            <Tag>{accessLevelWords[grant.level]}</Tag>
          </li>
        ))}
      </ul>
      <p className="pt-3 text-ink-soft">Le plus large de ces droits l’emporte.</p>
    </details>
  )
}
