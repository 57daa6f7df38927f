import type { AwayTime, BusyTime, TakenTime } from '@/server/booking/rules/agent-views'
import {
  freeWithin,
  isOfHours,
  layLanes,
  minutesOn,
  type Board,
  type BoardRdv,
  type OpeningTime,
} from '@/server/booking/rules/board'
import { isCancelled } from '@/server/booking/rules/status'

/** What a column stands for: one agent's day, or a day of several agents. */
export type Asked = { key: string; title: string; subtitle: string; day: string; agentIds: readonly number[] }

type Place = { startMin: number; endMin: number }
export type Item = Place & { key: string } & (
    | { kind: 'opening'; opening: OpeningTime }
    | { kind: 'away'; away: AwayTime & { agentId: number } }
    | { kind: 'free'; free: BusyTime; opening: OpeningTime }
    | { kind: 'rdv'; rdv: BoardRdv; lane: number }
    | { kind: 'busy'; busy: TakenTime & { agentId: number }; lane: number }
  )
export type Column = Asked & { lanes: number; items: Item[]; count: number }

/** On the list, what a day offers comes before what fills it. */
const RANK = { opening: 0, away: 1, free: 2, rdv: 3, busy: 3 } as const satisfies Record<Item['kind'], number>

/** Everything one column shows, in order. Free times are offered where one may write, in a column of one agent. */
export function columnOf(board: Board, asked: Asked, now: Date): Column {
  const { agentIds, day } = asked
  const holds = (agentId: number) => agentIds.includes(agentId)
  const on = <Time extends BusyTime>(times: readonly Time[]) =>
    times.flatMap((time) => {
      const span = minutesOn(day, board.zone, time)
      return span ? [{ time, startMin: span[0], endMin: span[1] }] : []
    })
  const openings = on(board.openings.filter(({ agentId }) => holds(agentId)))
  const away = on(board.away.filter(({ agentId }) => holds(agentId)))
  const rdvs = on(board.rdvs.filter((rdv) => rdv.agentIds.some(holds)))
  const busy = on(board.busy.filter(({ agentId }) => holds(agentId)))

  const laid = [...rdvs, ...busy]
  const { laneOf, lanes } = layLanes(laid.map(({ time }) => time))
  const taken = [...rdvs.filter(({ time }) => !isCancelled(time.status)), ...busy, ...away].map(({ time }) => time)
  const mayPlace =
    agentIds.length === 1 && board.agents.some((agent) => agent.agentId === agentIds[0] && agent.level === 'write')
  const free = mayPlace
    ? openings.flatMap(({ time: opening }) => on(freeWithin(opening, taken, now)).map((one) => ({ ...one, opening })))
    : []
  const items: Item[] = [
    ...openings.map(({ time, ...place }, i): Item => ({ kind: 'opening', key: `o${i}`, opening: time, ...place })),
    ...away.map(({ time, ...place }, i): Item => ({ kind: 'away', key: `a${i}`, away: time, ...place })),
    ...free.map(({ time, opening, ...place }, i): Item => ({
      kind: 'free',
      key: `f${i}`,
      free: time,
      opening,
      ...place,
    })),
    ...rdvs.map(({ time, ...place }, i): Item => {
      return { kind: 'rdv', key: `r${time.rdvId}`, rdv: time, lane: laneOf[i] ?? 0, ...place }
    }),
    ...busy.map(({ time, ...place }, i): Item => {
      return { kind: 'busy', key: `b${i}`, busy: time, lane: laneOf[rdvs.length + i] ?? 0, ...place }
    }),
  ]
  items.sort((a, b) => a.startMin - b.startMin || RANK[a.kind] - RANK[b.kind])
  return { ...asked, lanes, items, count: rdvs.filter(({ time }) => !isCancelled(time.status)).length }
}

/** Spans that stretch the hours shown: an absence of whole days does not. */
export const spansOf = (columns: readonly Column[]): [number, number][] =>
  columns.flatMap(({ items }) =>
    items.flatMap((item): [number, number][] =>
      item.kind === 'away' && !isOfHours(item.away) ? [] : [[item.startMin, item.endMin]],
    ),
  )
