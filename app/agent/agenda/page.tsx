import type { Metadata } from 'next'
import Link from 'next/link'
import { capitalise, dayOf, hoursWords } from '@/app/_lib/dates'
import { orNotFound } from '@/app/_lib/or-not-found'
import { idIn, one, type Search } from '@/app/_lib/search'
import { requireViewer } from '@/app/_lib/viewer'
import { readDay } from '@/app/_parts/booking/agent/days'
import { Icon } from '@/app/_ui/icon'
import { Notice } from '@/app/_ui/notice'
import { api, ctxOf } from '@/server/api'
import { GridView } from './_components/grid-view.client'
import { viewNamed } from './_components/views'

export const metadata: Metadata = { title: 'Agenda' }

const PLANNING = [
  { room: 'plages', words: 'Plages d’ouverture' },
  { room: 'absences', words: 'Absences' },
] as const

/** An agenda as a grid, one's own or a colleague's as far as it is open. */
export default async function Page({ searchParams }: { searchParams: Search }) {
  const viewer = await requireViewer()
  const search = await searchParams
  const { access, booking } = await api()
  const agentId = idIn(search.agent) ?? viewer.agentId
  const [agenda, choices] = await Promise.all([orNotFound(access.getAgenda({ agentId })), booking.listBoardChoices()])
  const { now } = await ctxOf()
  const isOwn = agentId === viewer.agentId
  const hours = hoursWords(agenda.zone, viewer.zone)
  const day = readDay(search.jour) ?? dayOf(now, agenda.zone)
  return (
    <div className="space-y-4 xl:ml-[calc(50%-min(48rem,50vw-2rem))] xl:w-[min(96rem,calc(100vw-4rem))]">
      <div className="flex flex-wrap items-end gap-x-6 gap-y-2">
        <h1 className="flex-1 basis-72 text-2xl tracking-tight sm:text-3xl">
          {isOwn ? 'Mon agenda' : `Agenda de ${agenda.name}`}
          {hours && <span className="block text-lg font-normal text-ink-soft">{capitalise(hours)}</span>}
        </h1>
        <OtherAgenda agents={choices.agents} agentId={agentId} />
      </div>
      <noscript>
        <Notice tone="warn">
          <p>
            La grille a besoin de JavaScript.{' '}
            <a href={isOwn ? '/agent/semaine' : `/agent/agendas/${agentId}`} className="link">
              Voir la semaine en liste
            </a>
          </p>
        </Notice>
      </noscript>
      <GridView
        key={agentId}
        agentId={agentId}
        zone={agenda.zone}
        day={day}
        view={viewNamed(one(search.vue))}
        isOwn={isOwn}
        displaysSaturdays={viewer.preferences.displaysSaturdays}
        displaysCancelled={viewer.preferences.displaysCancelledRdvs || one(search.annules) === 'montrer'}
      />
      <p className="flex flex-wrap gap-x-6">
        {agenda.level === 'write' &&
          PLANNING.map(({ room, words }) => (
            <Link
              key={room}
              href={`/agent/${room}${isOwn ? '' : `?agent=${agentId}`}`}
              prefetch={false}
              className="link inline-flex min-h-11 items-center"
            >
              {words}
            </Link>
          ))}
        <Link
          href={`/agent/tableau?agents=${agentId}`}
          prefetch={false}
          className="link inline-flex min-h-11 items-center gap-2"
        >
          <Icon name="people" className="shrink-0" />
          Plusieurs agendas côte à côte
        </Link>
        <Link
          href={`/agent/tableau?agents=${agentId}&vue=semaine`}
          prefetch={false}
          className="link inline-flex min-h-11 items-center gap-2"
        >
          <Icon name="print" className="shrink-0" />
          Imprimer la semaine
        </Link>
      </p>
    </div>
  )
}

/** Whose agenda: those open to the reader. A plain form. */
function OtherAgenda({ agents, agentId }: { agents: readonly { id: number; name: string }[]; agentId: number }) {
  if (agents.length < 2) return null
  return (
    <form action="/agent/agenda" className="flex items-end gap-2">
      <label className="block">
        <span className="sr-only">Agenda de</span>
        <select
          name="agent"
          defaultValue={agentId}
          className="block min-h-12 max-w-[60vw] rounded-card border-[1.5px] border-line-strong bg-card px-3"
        >
          {agents.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <button className="min-h-12 rounded-card border-[1.5px] border-line-strong bg-card px-4 font-semibold hover:border-accent">
        Voir
      </button>
    </form>
  )
}
