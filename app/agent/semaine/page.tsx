import type { Metadata } from 'next'
import Link from 'next/link'
import { dayOf, formatDay } from '@/app/_lib/dates'
import { one, type Search } from '@/app/_lib/search'
import { requireViewer } from '@/app/_lib/viewer'
import { readDay, weekOf } from '@/app/_parts/booking/agent/days'
import { LiveAgendas } from '@/app/_parts/booking/agent/live.client'
import { Icon } from '@/app/_ui/icon'
import { api, ctxOf } from '@/server/api'
import { addDays } from '@/server/scheduling/rules/civil'
import { STEP } from '../_components/step'
import { WeekLink } from '../_components/week-link'
import { WeekList } from './_components/week-list.client'

export const metadata: Metadata = { title: 'Ma semaine' }

export default async function Page({ searchParams }: { searchParams: Search }) {
  const viewer = await requireViewer()
  const { now } = await ctxOf()
  const zone = viewer.zone ?? 'Europe/Paris'
  const today = dayOf(now, zone)
  const search = await searchParams
  const days = weekOf(readDay(search.semaine) ?? today)
  const [monday = today] = days
  const { booking } = await api()
  const week = { agentId: viewer.agentId, fromDay: monday, toDay: addDays(monday, 6) }
  const { rdvs, busy, away } = await booking.listAgendaOf(week)
  return (
    <div className="mx-auto max-w-4xl space-y-4">
      <div className="flex items-start gap-3">
        <h1 className="min-w-0 flex-1 text-2xl tracking-tight sm:text-3xl">Semaine du {formatDay(monday)}</h1>
        <nav aria-label="Changer de semaine" className="flex shrink-0 gap-2">
          <WeekLink path="/agent/semaine" monday={addDays(monday, -7)} words="Semaine précédente">
            <Icon name="back" />
          </WeekLink>
          {!days.includes(today) && (
            <Link href="/agent/semaine" prefetch={false} className={`${STEP} max-sm:hidden sm:px-4`}>
              Cette semaine
            </Link>
          )}
          <WeekLink path="/agent/semaine" monday={addDays(monday, 7)} words="Semaine suivante">
            <Icon name="next" />
          </WeekLink>
        </nav>
      </div>
      {!days.includes(today) && (
        <Link href="/agent/semaine" prefetch={false} className={`${STEP} w-full sm:hidden`}>
          Revenir à cette semaine
        </Link>
      )}
      <LiveAgendas agentIds={[viewer.agentId]} />
      <p className="flex flex-wrap gap-x-6">
        <Link href="/agent/agenda" prefetch={false} className="link inline-flex min-h-11 items-center gap-2">
          <Icon name="grid" className="shrink-0" />
          Agenda en grille
        </Link>
        <Link href="/agent/rdvs" prefetch={false} className="link inline-flex min-h-11 items-center gap-2">
          <Icon name="search" className="shrink-0" />
          Liste des RDV
        </Link>
        <Link href="/agent/agendas" prefetch={false} className="link inline-flex min-h-11 items-center gap-2">
          <Icon name="people" className="shrink-0" />
          Voir l’agenda d’un collègue
        </Link>
        <Link href="/agent/tableau" prefetch={false} className="link inline-flex min-h-11 items-center gap-2">
          <Icon name="calendar" className="shrink-0" />
          Plusieurs agendas côte à côte
        </Link>
        <Link href="/agent/accueil" prefetch={false} className="link inline-flex min-h-11 items-center gap-2">
          <Icon name="clock" className="shrink-0" />
          Accueil d’un lieu
        </Link>
      </p>
      <WeekList
        key={monday}
        days={days}
        today={today}
        rdvs={rdvs}
        away={away}
        busy={busy}
        zone={zone}
        nowMs={now.getTime()}
        displaysSaturdays={viewer.preferences.displaysSaturdays}
        displaysCancelled={viewer.preferences.displaysCancelledRdvs || one(search.annules) === 'montrer'}
      />
    </div>
  )
}
