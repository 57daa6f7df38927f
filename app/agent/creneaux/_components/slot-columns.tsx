import { capitalise, formatDay, formatTime, isoOf } from '@/app/_lib/dates'
import { countWords } from '@/app/_words/booking'
import type { AgentSearch, AgentSlot } from '@/server/booking/rules/agent-slots'
import { startParameter } from '@/server/booking/schema'
import type { SlotSearch } from './search-state'

type Props = { search: SlotSearch; found: AgentSearch }

/** One column a day that has something; in it, whoever receives and where, with their times. */
export function SlotColumns({ search, found }: Props) {
  return (
    <div className="grid items-start gap-x-4 gap-y-6 sm:grid-cols-[repeat(auto-fill,minmax(15rem,1fr))]">
      {found.days.map(({ onDay, slots }) => (
        <section key={onDay} aria-labelledby={`jour-${onDay}`} className="space-y-3">
          <h3 id={`jour-${onDay}`} className="flex items-baseline gap-2 border-b-2 border-ink pb-1.5 text-lg">
            {capitalise(formatDay(onDay))}
            <span className="ml-auto text-base font-normal whitespace-nowrap text-ink-soft">
              {countWords(slots.length, 'créneau', 'créneaux')}
            </span>
          </h3>
          {deskOf(slots).map((desk) => (
            <Desk key={desk.key} slots={desk.slots} onDay={onDay} search={search} found={found} />
          ))}
        </section>
      ))}
    </div>
  )
}

/** Slots by who receives and where, the soonest first. */
function deskOf(slots: readonly AgentSlot[]): { key: string; slots: AgentSlot[] }[] {
  const desks = new Map<string, AgentSlot[]>()
  for (const slot of slots) {
    const key = `${slot.agentIds.join()} ${String(slot.lieuId)}`
    desks.set(key, [...(desks.get(key) ?? []), slot])
  }
  return [...desks].map(([key, ofDesk]) => ({ key, slots: ofDesk }))
}

function Desk({ slots, onDay, search, found }: Props & { slots: readonly AgentSlot[]; onDay: string }) {
  const { motif, agents, lieux } = found
  const [first] = slots
  if (!first) return null
  const names = first.agentIds.map((agentId) => agents.find(({ id }) => id === agentId)?.name ?? 'Agent').join(', ')
  const lieu = lieux.find(({ id }) => id === first.lieuId)
  return (
    <div className="space-y-1.5">
      <h4>
        {names}
        {lieu && <span className="block font-normal text-ink-soft">{lieu.name}</span>}
      </h4>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(5.25rem,1fr))] gap-1.5">
        {slots.map((slot) => (
          <li key={isoOf(slot.startAt)}>
            <a
              href={placeHref(slot, search, motif.id)}
              className="flex min-h-11 items-center justify-center rounded-card border-[1.5px] border-line-strong bg-card px-1 font-semibold whitespace-nowrap text-ink no-underline transition-colors duration-150 hover:border-accent hover:bg-accent hover:text-white active:bg-accent active:text-white"
            >
              <span className="sr-only">{`${formatDay(onDay)} à `}</span>
              <time dateTime={isoOf(slot.startAt)}>{formatTime(slot.startAt, motif.zone)}</time>
              <span className="sr-only">{`, ${names}`}</span>
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** The RDV to place, or to move, with all the slot says. */
function placeHref(
  { startAt, lieuId, agentIds }: AgentSlot,
  { durationMin, usagers, rowCount, moving }: SlotSearch,
  motifId: number,
): string {
  const time = {
    agents: agentIds.join(','),
    debut: startParameter(startAt),
    ...(lieuId !== null && { lieu: String(lieuId) }),
    ...(durationMin !== null && { duree: String(durationMin) }),
  }
  if (moving !== null) return `/agent/rdvs/${moving}/deplacer?${new URLSearchParams(time).toString()}`
  const chosen = {
    motif: String(motifId),
    ...time,
    ...(rowCount > 1 && { suite: 'oui' }),
    ...(usagers.length > 0 && { usagers: usagers.join(',') }),
  }
  return `/agent/rdvs/nouveau?${new URLSearchParams(chosen).toString()}`
}
