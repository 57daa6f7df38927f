import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { capitalise, dayOf, formatDay, hoursWords } from '@/app/_lib/dates'
import { one } from '@/app/_lib/search'
import { requireViewer } from '@/app/_lib/viewer'
import { BoardNotices } from '@/app/_parts/booking/agent/board-notices.client'
import { readDay, weekOf } from '@/app/_parts/booking/agent/days'
import { HiddenCancelled } from '@/app/_parts/booking/agent/hidden-cancelled'
import { LiveAgendas } from '@/app/_parts/booking/agent/live.client'
import { Icon } from '@/app/_ui/icon'
import { Notice } from '@/app/_ui/notice'
import { Pagination } from '@/app/_ui/pagination'
import { holidayWords } from '@/app/_words/agenda'
import { api, ctxOf, faultIn } from '@/server/api'
import type { Board, BoardChoices, BoardPaging } from '@/server/booking/rules/board'
import { daysShown, withoutCancelled } from '@/server/booking/rules/display'
import type { BoardQuestion } from '@/server/booking/schema'
import { addDays, wallClock } from '@/server/scheduling/rules/civil'
import { STEP } from '../_components/step'
import { pageAsked, whichAsked, whichParameters, type BoardSearch } from './_components/asked'
import { BoardForm } from './_components/board-form'
import { BoardGrid } from './_components/board-grid'
import { columnOf, type Asked } from './_components/columns'

export const metadata: Metadata = { title: 'Tableau des agendas' }

export default async function Page({ searchParams }: { searchParams: Promise<BoardSearch> }) {
  const viewer = await requireViewer()
  const search = await searchParams
  const { now } = await ctxOf()
  const { booking } = await api()
  const choices = await booking.listBoardChoices()
  const [firstLieu] = choices.lieux
  const which =
    whichAsked(search) ??
    (firstLieu
      ? { kind: 'lieu' as const, lieuId: firstLieu.id }
      : { kind: 'agents' as const, agentIds: [viewer.agentId] })
  const today = dayOf(now, viewer.zone ?? 'Europe/Paris')
  const day = readDay(search.jour) ?? today
  const view = search.vue === 'semaine' ? 'semaine' : 'jour'
  const days = view === 'jour' ? [day] : weekOf(day)
  const board = await read({ which, fromDay: days[0] ?? day, toDay: days.at(-1) ?? day, page: pageAsked(search) })
  const { displaysSaturdays, displaysCancelledRdvs } = viewer.preferences
  const { shown: rdvs, hiddenCount } = withoutCancelled(
    board.rdvs,
    displaysCancelledRdvs || one(search.annules) === 'montrer',
  )
  const shown = { ...board, rdvs }
  const columns = askedColumns(shown, view, days).map((asked) => columnOf(shown, asked, now))
  const kept = view === 'jour' ? columns : daysShown(columns, displaysSaturdays, ({ items }) => items.length > 0)
  const { paging } = board
  const hrefOf = (to: string, page = paging.page) => {
    const kept = [whichParameters(which), ['vue', view], ['jour', to], ...(page > 1 ? [['page', String(page)]] : [])]
    return `/agent/tableau?${new URLSearchParams(kept).toString()}`
  }
  const stride = view === 'jour' ? 1 : 7
  const clock = wallClock(board.zone, now.getTime())
  const names = new Map(board.agents.map(({ agentId, name }) => [agentId, name]))
  const hours = hoursWords(board.zone, viewer.zone)
  const isWide = view === 'semaine' && board.agents.length > 1
  return (
    <div className="space-y-4 xl:ml-[calc(50%-min(48rem,50vw-2rem))] xl:w-[min(96rem,calc(100vw-4rem))] print:ml-0 print:w-auto">
      <div className="flex flex-wrap items-start gap-3">
        <h1 className="min-w-0 flex-1 basis-60 text-2xl tracking-tight sm:text-3xl print:text-lg">
          {titleOf(which, choices, board)}{' '}
          <span className="block text-lg font-normal text-ink-soft print:inline print:text-base">
            {view === 'jour' ? capitalise(formatDay(day)) : `Semaine du ${formatDay(days[0] ?? day)}`}
            {hours && `, ${hours}`}
          </span>
        </h1>
        <nav aria-label="Changer de date" className="no-print flex shrink-0 gap-2">
          <Link href={hrefOf(addDays(day, -stride))} prefetch={false} className={STEP}>
            <Icon name="back" />
            <span className="sr-only">Avant</span>
          </Link>
          {!days.includes(today) && (
            <Link href={hrefOf(today)} prefetch={false} className={`${STEP} px-4`}>
              Aujourd’hui
            </Link>
          )}
          <Link href={hrefOf(addDays(day, stride))} prefetch={false} className={STEP}>
            <Icon name="next" />
            <span className="sr-only">Après</span>
          </Link>
        </nav>
      </div>
      {/* Of a lieu, anybody may be the next to receive there. */}
      <LiveAgendas
        agentIds={which.kind === 'lieu' ? choices.agents.map(({ id }) => id) : board.agents.map((one) => one.agentId)}
        isDrawnAgain
      />
      <BoardNotices />
      <BoardForm choices={choices} which={which} day={day} view={view} page={paging.page} />
      <HiddenCancelled count={hiddenCount} href={`${hrefOf(day)}&annules=montrer`} />
      {board.holidays.map(({ onDay, name }) => (
        <Notice key={`${onDay} ${name}`} tone="info">
          <p>
            {capitalise(formatDay(onDay))} est férié : {holidayWords[name]}.
          </p>
        </Notice>
      ))}
      <AgentPages paging={paging} hrefOf={(page) => hrefOf(day, page)} />
      {board.agents.length === 0 ? (
        <Notice title="Aucun agenda à montrer">
          <p>
            Personne dont l’agenda vous est ouvert ne travaille là à cette date. Choisissez un autre lieu ou une autre
            date.
          </p>
        </Notice>
      ) : (
        <BoardGrid
          columns={kept}
          zone={board.zone}
          nameOf={isWide ? (agentId) => names.get(agentId) ?? '' : null}
          now={{ day: clock.onDay, minute: clock.minuteOfDay, atMs: now.getTime() }}
        />
      )}
    </div>
  )
}

async function read(question: BoardQuestion): Promise<Board> {
  try {
    return await (await api()).booking.getBoard(question)
  } catch (error) {
    if (faultIn(error)?.code === 'not-found') notFound()
    throw error
  }
}

/** Which agents stand here, on paper too, and the way to the others. */
function AgentPages({ paging, hrefOf }: { paging: BoardPaging; hrefOf: (page: number) => string }) {
  const { page, pageCount, agentCount, first, last } = paging
  if (pageCount === 1) return null
  return (
    <div className="space-y-2">
      <p>
        Agents {first} à {last} sur {agentCount}, par ordre alphabétique.
      </p>
      <div className="no-print max-w-lg">
        <Pagination
          label="Autres agents"
          previous={page > 1 ? { href: hrefOf(page - 1), words: 'Agents précédents' } : null}
          next={page < pageCount ? { href: hrefOf(page + 1), words: 'Agents suivants' } : null}
        />
      </div>
    </div>
  )
}

function askedColumns(board: Board, view: 'jour' | 'semaine', days: readonly string[]): Asked[] {
  const agentIds = board.agents.map(({ agentId }) => agentId)
  return view === 'jour'
    ? board.agents.map(({ agentId, name, services }) => {
        return { key: String(agentId), title: name, subtitle: services, day: days[0] ?? '', agentIds: [agentId] }
      })
    : days.map((day) => ({ key: day, title: capitalise(formatDay(day)), subtitle: '', day, agentIds }))
}

function titleOf(which: BoardQuestion['which'], choices: BoardChoices, board: Board): string {
  const named = (list: BoardChoices['lieux'], id: number) =>
    list.find((one) => one.id === id)?.name ?? 'Tableau des agendas'
  switch (which.kind) {
    case 'agents':
      return board.agents.map(({ name }) => name).join(', ')
    case 'group':
      return named(choices.groups, which.groupId)
    case 'service':
      return named(choices.services, which.serviceId)
    case 'lieu':
      return named(choices.lieux, which.lieuId)
  }
}
