import type { Metadata } from 'next'
import { dayOf } from '@/app/_lib/dates'
import { one } from '@/app/_lib/search'
import { requireViewer } from '@/app/_lib/viewer'
import { readDay, weekOf } from '@/app/_parts/booking/agent/days'
import { LiveAgendas } from '@/app/_parts/booking/agent/live.client'
import { PostedNotice, type PostedSearch } from '@/app/_parts/booking/agent/posted-notice'
import { UntoldNotice } from '@/app/_parts/booking/agent/untold-notice'
import { api, ctxOf } from '@/server/api'
import { addDays } from '@/server/scheduling/rules/civil'
import { DayView } from './_components/day-view.client'

export const metadata: Metadata = { title: 'Ma journée' }

export default async function Page({
  searchParams,
}: {
  searchParams: Promise<PostedSearch & { jour?: string | string[]; annules?: string | string[] }>
}) {
  const viewer = await requireViewer()
  const search = await searchParams
  const { now } = await ctxOf()
  const zone = viewer.zone ?? 'Europe/Paris'
  const today = dayOf(now, zone)
  const day = readDay(search.jour) ?? today
  const days = weekOf(day)
  const [fromDay = day] = days
  const toDay = addDays(fromDay, 6)
  const { booking } = await api()
  const { rdvs, busy, away } = await booking.listAgendaOf({ agentId: viewer.agentId, fromDay, toDay })
  return (
    <>
      <LiveAgendas agentIds={[viewer.agentId]} />
      <PostedNotice search={search} returnTo={`/agent?jour=${day}`} />
      <UntoldNotice />
      <DayView
        key={fromDay}
        day={day}
        today={today}
        days={days}
        before={addDays(fromDay, -1)}
        after={addDays(toDay, 1)}
        zone={zone}
        rdvs={rdvs}
        away={away}
        busy={busy}
        nowMs={now.getTime()}
        displaysCancelled={viewer.preferences.displaysCancelledRdvs || one(search.annules) === 'montrer'}
      />
    </>
  )
}
