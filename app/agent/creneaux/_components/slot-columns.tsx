import { capitalise, formatDay, formatTime, isoOf } from '@/app/_lib/dates'
import { countWords } from '@/app/_words/booking'
import type { AgentSearch, AgentSlot } from '@/server/booking/rules/agent-slots'
import { startParameter } from '@/server/booking/schema'
import type { SlotSearch } from './search-state'

type Props = { search: SlotSearch; found: AgentSearch }

/** One column a day that has something; each time leads to the RDV with its agent, lieu and length. */
export function SlotColumns({ search, found }: Props) {
  const severalLieux = new Set(found.days.flatMap(({ slots }) => slots.map(({ lieuId }) => lieuId))).size > 1
  return (
    <div className="grid items-start gap-x-3 gap-y-6 sm:grid-cols-[repeat(auto-fill,minmax(12rem,1fr))]">
      {found.days.map(({ onDay, slots }) => (
        <section key={onDay} aria-labelledby={`jour-${onDay}`} className="space-y-2">
          <h3 id={`jour-${onDay}`} className="border-b-2 border-ink pb-1.5 text-lg">
            {capitalise(formatDay(onDay))}
            <span className="block text-base font-normal text-ink-soft">
              {countWords(slots.length, 'créneau', 'créneaux')}
            </span>
          </h3>
          <ul className="space-y-1.5">
            {slots.map((slot) => (
              <li key={`${isoOf(slot.startAt)} ${slot.agentIds.join()} ${String(slot.lieuId)}`}>
                <SlotLink slot={slot} onDay={onDay} search={search} found={found} withLieu={severalLieux} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

function SlotLink({
  slot,
  onDay,
  search,
  found,
  withLieu,
}: Props & { slot: AgentSlot; onDay: string; withLieu: boolean }) {
  const { motif, agents, lieux } = found
  const names = slot.agentIds.map((agentId) => agents.find(({ id }) => id === agentId)?.name ?? 'Agent').join(', ')
  const lieu = lieux.find(({ id }) => id === slot.lieuId)
  const chosen = {
    motif: String(motif.id),
    agents: slot.agentIds.join(','),
    debut: startParameter(slot.startAt),
    ...(slot.lieuId !== null && { lieu: String(slot.lieuId) }),
    ...(search.durationMin !== null && { duree: String(search.durationMin) }),
    ...(search.usagers.length > 0 && { usagers: search.usagers.join(',') }),
  }
  return (
    <a
      href={`/agent/rdvs/nouveau?${new URLSearchParams(chosen).toString()}`}
      className="flex min-h-12 items-baseline gap-2 rounded-card border-[1.5px] border-line-strong bg-card px-3 py-2 text-ink no-underline transition-colors duration-150 hover:border-accent hover:bg-accent-soft active:bg-accent-soft"
    >
      <span className="sr-only">{`${formatDay(onDay)} à `}</span>
      <time dateTime={isoOf(slot.startAt)} className="min-w-16 font-bold whitespace-nowrap">
        {formatTime(slot.startAt, motif.zone)}
      </time>
      <span className="min-w-0">
        {names}
        {withLieu && lieu && <span className="block text-ink-soft">{lieu.name}</span>}
      </span>
    </a>
  )
}
