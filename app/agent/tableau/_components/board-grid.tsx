import type { CSSProperties } from 'react'
import { formatMinute } from '@/app/_lib/dates'
import { countRdvWords } from '@/app/_words/agent'
import { hoursShown } from '@/server/booking/rules/board'
import { BoardItem } from './board-item'
import { spansOf, type Column, type Item } from './columns'
import { NowLine } from './now-line.client'

const STEP_MIN = 5
const HOUR_MIN = 60

/** A custom property, which React's own type of styles does not know. */
type Style = CSSProperties & { '--rows'?: number; '--lanes'?: number }

type Props = {
  columns: readonly Column[]
  zone: string
  /** Names of agents, where a column holds several. */
  nameOf: ((agentId: number) => string) | null
  /** The day it is, and the minute: where the line of the hour stands. */
  now: { day: string; minute: number; atMs: number }
}

/** Columns of time side by side; on a phone, one list after the other. */
export function BoardGrid({ columns, zone, nameOf, now }: Props) {
  const { startMin, endMin } = hoursShown(spansOf(columns))
  const rows = Math.ceil((endMin - startMin) / STEP_MIN)
  const rowOf = (minute: number) => Math.min(rows, Math.max(0, Math.floor((minute - startMin) / STEP_MIN))) + 1
  const place = (item: Item): Style => ({
    gridRow: `${rowOf(item.startMin)} / ${Math.max(rowOf(item.startMin) + 1, rowOf(item.endMin + STEP_MIN - 1))}`,
    gridColumn: 'lane' in item ? item.lane + 1 : '1 / -1',
  })
  const hours = Array.from({ length: Math.ceil((endMin - startMin) / HOUR_MIN) }, (_, i) => startMin + i * HOUR_MIN)
  // Columns are as tall as their hours, not as the frame: a head stays in sight within its column alone.
  return (
    <div
      role="region"
      aria-label="Tableau des agendas"
      tabIndex={0}
      className="board max-md:space-y-6 md:flex md:max-h-[85dvh] md:items-start md:overflow-auto md:rounded-card md:border md:border-line md:bg-card print:flex print:max-h-none print:overflow-visible"
    >
      <div aria-hidden="true" className="sticky left-0 z-30 hidden shrink-0 bg-card md:block print:block">
        <div className="sticky top-0 h-16 border-b-2 border-ink bg-card print:h-8" />
        <div
          className="board-grid w-14 border-r border-line text-ink-soft print:w-9"
          style={{ '--rows': rows } as Style}
        >
          {hours.map((hour) => (
            <span
              key={hour}
              style={{ gridRow: rowOf(hour) }}
              className="pr-1.5 text-right text-base leading-none whitespace-nowrap"
            >
              {formatMinute(hour)}
            </span>
          ))}
        </div>
      </div>
      {columns.map((column) => (
        <section
          key={column.key}
          aria-labelledby={`colonne-${column.key}`}
          className="min-w-0 md:min-w-40 md:flex-1 md:border-r md:border-line md:last:border-r-0 print:min-w-0 print:flex-1 print:border-r"
        >
          <div className="z-20 border-b-2 border-ink bg-paper py-1.5 max-md:sticky max-md:top-0 md:sticky md:top-0 md:h-16 md:overflow-hidden md:bg-card md:px-2 print:static print:h-8 print:py-0">
            <h2 id={`colonne-${column.key}`} className="truncate text-base leading-snug">
              {column.title}
            </h2>
            <p className="truncate text-base leading-snug text-ink-soft">
              {[column.subtitle, countRdvWords(Array.from({ length: column.count }, () => ({ status: 'unknown' })))]
                .filter(Boolean)
                .join(' · ')}
            </p>
          </div>
          <ol
            className="board-grid board-lines relative max-md:divide-y max-md:divide-line"
            style={{ '--rows': rows, '--lanes': column.lanes } as Style}
          >
            {column.items.map((item) => (
              <li
                key={item.key}
                style={place(item)}
                className={`min-h-6 min-w-0 md:overflow-hidden ${Z[item.kind]} print:min-h-0 print:overflow-hidden`}
              >
                <BoardItem item={item} nowMs={now.atMs} zone={zone} nameOf={nameOf} />
              </li>
            ))}
            {now.day === column.day && now.minute >= startMin && now.minute < endMin && (
              <NowLine row={rowOf(now.minute)} />
            )}
          </ol>
          {column.items.length === 0 && <p className="py-3 text-ink-soft md:hidden">Rien ce jour-là.</p>}
        </section>
      ))}
    </div>
  )
}

/** What is taken stands over what is open. */
const Z = {
  opening: 'z-0',
  away: 'z-1',
  free: 'z-1',
  rdv: 'z-2 md:p-px',
  busy: 'z-2 md:p-px',
} as const satisfies Record<Item['kind'], string>
