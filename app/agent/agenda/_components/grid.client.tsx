'use client'

import FullCalendar, { useCalendarController, type EventChangeInfo } from '@fullcalendar/react'
import dayGrid from '@fullcalendar/react/daygrid'
import interaction from '@fullcalendar/react/interaction'
import list from '@fullcalendar/react/list'
import fr from '@fullcalendar/react/locales/fr'
import '@fullcalendar/react/skeleton.css'
import classic from '@fullcalendar/react/themes/classic'
import '@fullcalendar/react/themes/classic/palette.css'
import '@fullcalendar/react/themes/classic/theme.css'
import timeGrid from '@fullcalendar/react/timegrid'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useMemo, useRef, useState } from 'react'
import { capitalise, formatDay } from '@/app/_lib/dates'
import { useTRPC } from '@/app/_lib/trpc.client'
import { BoardNotices } from '@/app/_parts/booking/agent/board-notices.client'
import { HiddenCancelled } from '@/app/_parts/booking/agent/hidden-cancelled'
import { LiveAgendas } from '@/app/_parts/booking/agent/live.client'
import { useBoardAsLeft } from '@/app/_parts/booking/agent/on-board.client'
import { RdvPanel } from '@/app/_parts/booking/agent/rdv-panel.client'
import { Notice } from '@/app/_ui/notice'
import { holidayWords } from '@/app/_words/agenda'
import type { Board } from '@/server/booking/rules/board'
import { withoutCancelled } from '@/server/booking/rules/display'
import { startParameter } from '@/server/booking/schema'
import { daysHidden, gridEvents, gridFrame, instantOf, openingAt, wallOf, type GridItem } from './events'
import { GridEventContent, type Room } from './grid-event'
import { useMoves } from './moves.client'
import { agendaHref, daysOf, VIEWS, viewNamed, type ViewName } from './views'
import { GridToolbar } from './grid-toolbar'

export type AgendaGridProps = {
  agentId: number
  zone: string
  day: string
  /** As the address says; else the one looked at last, else what the screen has room for. */
  view: ViewName | null
  /** Whether absences lead to their own page. */
  isOwn: boolean
  displaysSaturdays: boolean
  displaysCancelled: boolean
}

const PLUGINS = [dayGrid, timeGrid, list, interaction, classic]
const LONG_DAY = { day: 'numeric', month: 'long', year: 'numeric' } as const
const TITLES = { week: { titleFormat: LONG_DAY }, day: { titleFormat: { weekday: 'long', ...LONG_DAY } } } as const
/** How much of a thing each view has room for. */
const ROOMS: Readonly<Record<string, Room>> = { dayGridMonth: 'line', listWeek: 'row' }
/** What is drawn is drawn by our own content: the library keeps the place, the handles and the keyboard. */
const LOOK = {
  eventColor: 'transparent',
  backgroundEventColor: 'var(--color-accent)',
  /** A quarter of an hour has room for one line; what is shorter is drawn as long. */
  slotMinHeight: 48,
  eventMinHeight: 24,
  blockEventClass: 'border-0! bg-transparent! p-0!',
  blockEventInnerClass: 'h-full p-0!',
  listItemEventBeforeClass: 'hidden!',
  listItemEventInnerClass: 'flex-1',
  dayHeaderInnerClass: 'text-base!',
  slotHeaderInnerClass: 'text-base!',
  listDayHeaderInnerClass: 'text-base!',
  dayCellTopInnerClass: ({ isOther }: { isOther: boolean }) => `text-base! ${isOther ? 'text-ink-soft!' : 'text-ink!'}`,
  dayCellTopClass: 'opacity-100!',
  rowMoreLinkInnerClass: 'text-base! underline underline-offset-2',
  dayLaneClass: 'bg-transparent!',
  dayHeaderClass: ({ isToday }: { isToday: boolean }) => (isToday ? 'bg-accent-soft font-bold' : ''),
} as const
/** A cookie: signing out empties the storage of this browser, and the view looked at last says nothing of anybody. */
const KEPT_VIEW = 'agenda-vue'
const KEPT_SEC = 365 * 86_400
/** Below this a week has no room for names. */
const WIDE = '(min-width: 48rem)'
/** A span this short is a click: the motif says how long the RDV lasts. */
const CLICK_MS = 15 * 60_000

const rememberedView = (): ViewName =>
  viewNamed(new RegExp(`(?:^|; )${KEPT_VIEW}=(\\w+)`).exec(document.cookie)?.[1]) ??
  (window.matchMedia(WIDE).matches ? 'semaine' : 'jour')

function rememberView(view: ViewName) {
  const secure = window.location.protocol === 'https:' ? '; secure' : ''
  document.cookie = `${KEPT_VIEW}=${view}; path=/agent/agenda; max-age=${KEPT_SEC}; samesite=lax${secure}`
}

const clock = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:00:00`

/** One agenda as a grid: looked at, moved by hand, clicked to place an RDV or to open one. Each gesture has a form elsewhere. */
export function AgendaGrid({ agentId, zone, day: firstDay, view: askedView, isOwn, ...displays }: AgendaGridProps) {
  const router = useRouter()
  const controller = useCalendarController()
  const [shown, setShown] = useState(() => ({ view: askedView ?? rememberedView(), day: firstDay }))
  const [initial] = useState(shown)
  const days = daysOf(shown.view, shown.day)
  const { board: read, isLost, hiddenCount } = useBoard(agentId, days, displays.displaysCancelled)
  const board = useBoardAsLeft(read)
  const { move, shown: asked } = useMoves(zone)
  const frame = board ? gridFrame(board, days) : { startMin: 480, endMin: 1140, hasWeekend: false }
  const isMonth = shown.view === 'mois'
  const [openId, setOpenId] = useState<number | null>(null)
  const opened = board?.rdvs.find(({ rdvId }) => rdvId === openId)
  const closedId = useRef<number | null>(null)
  // The same list as long as nothing changed: another one ends a drag that is under way.
  const events = useMemo(
    () => (board ? gridEvents(isMonth ? { ...board, openings: [] } : board) : []),
    [board, isMonth],
  )
  const typeOf = (name: ViewName) => VIEWS.find((view) => view.name === name)?.type ?? 'timeGridWeek'

  function remember(type: string, day: string) {
    const view = VIEWS.find((one) => one.type === type)?.name ?? 'semaine'
    if (view === shown.view && day === shown.day) return
    setShown({ view, day })
    rememberView(view)
    window.history.replaceState(null, '', agendaHref({ agentId, view, day }))
  }

  function place(startWall: Date, endWall: Date) {
    const startAt = instantOf(startWall, zone)
    const minutes = (endWall.getTime() - startWall.getTime()) / 60_000
    const lieuId = board ? openingAt(board, startAt)?.told?.lieuId : null
    const chosen = {
      agent: String(agentId),
      debut: startParameter(startAt),
      ...(minutes * 60_000 > CLICK_MS && { duree: String(minutes) }),
      ...(lieuId && { lieu: String(lieuId) }),
    }
    router.push(`/agent/rdvs/nouveau?${new URLSearchParams(chosen).toString()}`)
  }

  function moved({ event, revert }: EventChangeInfo) {
    const { what } = event.extendedProps as { what: GridItem }
    if (what.kind !== 'rdv' || !event.start || !event.end) return revert()
    void move({ rdv: what.rdv, startAt: instantOf(event.start, zone), endAt: instantOf(event.end, zone), revert })
  }

  return (
    <div className="space-y-4">
      <LiveAgendas agentIds={[agentId]} />
      <GridToolbar
        title={controller.view?.title ?? ''}
        view={shown.view}
        onView={(view) => controller.changeView(typeOf(view))}
        onStep={(step) =>
          step === 'before' ? controller.prev() : step === 'after' ? controller.next() : controller.today()
        }
      />
      <BoardNotices />
      {asked}
      {isLost && (
        <Notice tone="bad" isLive>
          <p>L’agenda n’est pas à jour{'\u00a0'}: le service ne répond pas.</p>
        </Notice>
      )}
      <HiddenCancelled count={hiddenCount} href={`${agendaHref({ agentId, ...shown })}&annules=montrer`} />
      <Holidays board={board} days={days} />
      <div className="agenda-grid" aria-busy={board === undefined} onPointerDown={() => (closedId.current = null)}>
        <FullCalendar
          controller={controller}
          plugins={PLUGINS}
          locale={fr}
          timeZone="UTC"
          now={() => wallOf(new Date(), zone)}
          initialView={typeOf(initial.view)}
          initialDate={initial.day}
          headerToolbar={false}
          views={TITLES}
          height="auto"
          tableHeaderSticky
          timedText="Horaires"
          {...LOOK}
          allDaySlot={false}
          nowIndicator
          hiddenDays={daysHidden(isMonth || shown.view === 'jour' || frame.hasWeekend, displays.displaysSaturdays)}
          slotMinTime={clock(frame.startMin)}
          slotMaxTime={clock(frame.endMin)}
          slotDuration="00:30:00"
          snapDuration="00:15:00"
          slotEventOverlap={false}
          dayMaxEvents={6}
          navLinks
          navLinkDayClick={(date) => {
            controller.gotoDate(date)
            controller.changeView('timeGridDay')
          }}
          selectable
          selectMirror
          longPressDelay={400}
          editable
          eventDisplay="block"
          events={events}
          eventContent={({ event, view: { type } }) => <GridEventContent event={event} room={ROOMS[type] ?? 'box'} />}
          backgroundEventContent={({ event, view: { type } }) => (
            <GridEventContent event={event} room={ROOMS[type] ?? 'box'} />
          )}
          noEventsText="Rien cette semaine"
          datesSet={({ view }) => remember(view.type, view.currentStart.toISOString().slice(0, 10))}
          select={({ start, end, allDay }) => {
            if (!allDay) return place(start, end)
            controller.gotoDate(start)
            controller.changeView('timeGridDay')
          }}
          eventClick={({ el, event, jsEvent }) => {
            const { what } = event.extendedProps as { what: GridItem }
            jsEvent.preventDefault()
            // What may be dragged does not take the focus when it is pressed: the panel gives it back here.
            el.focus({ preventScroll: true })
            if (what.kind === 'rdv') setOpenId(what.rdv.rdvId)
            if (what.kind === 'away' && isOwn) router.push(`/agent/absences/${what.absenceId}`)
          }}
          eventDidMount={({ el, event }) => {
            // Drawn anew, whatever held the focus is gone: it stays on the RDV that was just looked at.
            const isLeft = document.activeElement === document.body && event.id === `rdv-${closedId.current}`
            if (isLeft) el.focus({ preventScroll: true })
          }}
          eventDrop={moved}
          eventResize={moved}
        />
      </div>
      {opened && (
        <RdvPanel
          key={opened.rdvId}
          rdv={opened}
          zone={zone}
          onClose={() => {
            closedId.current = opened.rdvId
            setOpenId(null)
          }}
        />
      )}
    </div>
  )
}

/** The agenda on these days, what was shown before standing until the answer comes. */
function useBoard(agentId: number, days: readonly string[], displaysCancelled: boolean) {
  const trpc = useTRPC()
  const [fromDay = '', toDay = fromDay] = [days[0], days.at(-1)]
  const { data, isError } = useQuery({
    ...trpc.booking.getBoard.queryOptions({ which: { kind: 'agents', agentIds: [agentId] }, fromDay, toDay }),
    placeholderData: keepPreviousData,
  })
  // The same board as long as nothing changed: another one ends a drag that is under way.
  return useMemo((): { board: Board | undefined; isLost: boolean; hiddenCount: number } => {
    const { shown, hiddenCount } = withoutCancelled(data?.rdvs ?? [], displaysCancelled)
    return { board: data && { ...data, rdvs: shown }, isLost: isError, hiddenCount }
  }, [data, isError, displaysCancelled])
}

function Holidays({ board, days }: { board: Board | undefined; days: readonly string[] }) {
  const holidays = board?.holidays.filter(({ onDay }) => days.includes(onDay)) ?? []
  if (holidays.length === 0) return null
  const words = holidays.map(({ onDay, name }) => `${formatDay(onDay)} (${holidayWords[name]})`)
  return (
    <Notice tone="info">
      <p>
        {holidays.length > 1 ? 'Jours fériés' : 'Jour férié'}
        {'\u00a0: '}
        {capitalise(words.join(', '))}.
      </p>
    </Notice>
  )
}
