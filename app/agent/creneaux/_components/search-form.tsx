import type { ReactNode } from 'react'
import { Button } from '@/app/_ui/button'
import { CheckField, SelectField } from '@/app/_ui/controls'
import { Field } from '@/app/_ui/field'
import { countWords } from '@/app/_words/booking'
import { formatDay, formatDuration } from '@/app/_lib/dates'
import { MAX_IN_A_ROW } from '@/server/booking/schema'
import type { AgentSearch } from '@/server/booking/rules/agent-slots'
import { parametersOf, PATH, type SlotSearch } from './search-state'

const DURATIONS_MIN = [15, 20, 30, 45, 60, 90, 120]

/** A plain form: what is chosen goes into the address, so that Back and a bookmark work. */
export function SearchForm({ search, found }: { search: SlotSearch; found: AgentSearch }) {
  const { agents, groups, lieux, fromDay, motif } = found
  const kept = parametersOf({
    ...search,
    agents: 'any',
    groups: [],
    lieux: 'any',
    fromDay: null,
    durationMin: null,
    together: false,
    rowCount: 1,
  })
  const durationMin = search.durationMin ?? motif.durationMin
  const durations = [...new Set([...DURATIONS_MIN, motif.durationMin, durationMin])].sort((a, b) => a - b)
  const isNarrow = search.agents !== 'any' || search.groups.length > 0
  return (
    <details className="rounded-card border border-line bg-card px-4 open:pb-4">
      <summary className="min-h-12 cursor-pointer py-3 font-bold">
        Affiner
        <span className="font-normal text-ink-soft">
          {`\u00a0: dès le ${formatDay(fromDay)}, ${isNarrow ? 'agents choisis' : 'tous les agents'}, ${search.lieux === 'any' ? 'tous les lieux' : 'lieux choisis'}`}
        </span>
      </summary>
      <form action={PATH} className="space-y-4 pt-1">
        {kept.map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <div className="grid gap-4 sm:grid-cols-3">
          <Field name="du" type="date" label="À partir du" min={found.today} defaultValue={fromDay} />
          <SelectField
            name="duree"
            label="Durée"
            defaultValue={String(durationMin)}
            choices={durations.map((minutes) => ({ value: String(minutes), label: formatDuration(minutes) }))}
          />
          <SelectField
            name="suite"
            label="RDV à la suite"
            defaultValue={String(search.rowCount)}
            choices={Array.from({ length: MAX_IN_A_ROW }, (_, i) => ({
              value: String(i + 1),
              label: i === 0 ? 'Un seul' : `${i + 1} personnes`,
            }))}
          />
        </div>
        <div className="space-y-2">
          {agents.length > 1 && (
            <Boxes title="Agents" chosen={isNarrow ? chosenWords(search) : 'tous'}>
              {groups.map(({ id, name }) => (
                <Box key={`equipe-${id}`} name="equipes" value={id} isChecked={search.groups.includes(id)}>
                  Équipe {name}
                </Box>
              ))}
              {agents.map(({ id, name, services }) => (
                <Box
                  key={id}
                  name="agents"
                  value={id}
                  isChecked={search.agents !== 'any' && search.agents.includes(id)}
                  note={services}
                >
                  {name}
                </Box>
              ))}
            </Boxes>
          )}
          {motif.locationType === 'public_office' && lieux.length > 1 && (
            <Boxes
              title="Lieux"
              chosen={search.lieux === 'any' ? 'tous' : countWords(search.lieux.length, 'choisi', 'choisis')}
            >
              {lieux.map(({ id, name, address }) => (
                <Box
                  key={id}
                  name="lieux"
                  value={id}
                  isChecked={search.lieux !== 'any' && search.lieux.includes(id)}
                  note={address}
                >
                  {name}
                </Box>
              ))}
            </Boxes>
          )}
        </div>
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
          <CheckField
            name="ensemble"
            value="oui"
            label="Tous les agents choisis ensemble (binôme)"
            defaultChecked={search.together}
          />
          <Button>Chercher</Button>
        </div>
      </form>
    </details>
  )
}

const chosenWords = ({ agents, groups }: SlotSearch): string => {
  const count = (agents === 'any' ? 0 : agents.length) + groups.length
  return countWords(count, 'choisi', 'choisis')
}

function Boxes({ title, chosen, children }: { title: string; chosen: string; children: ReactNode }) {
  return (
    <details className="rounded-card border border-line-strong px-4 open:pb-3">
      <summary className="min-h-11 cursor-pointer py-2.5 font-bold">
        {title}
        <span className="font-normal text-ink-soft">{`\u00a0: ${chosen}`}</span>
      </summary>
      <div className="grid gap-x-4 sm:grid-cols-2 lg:grid-cols-3">{children}</div>
    </details>
  )
}

function Box({
  name,
  value,
  isChecked,
  note,
  children,
}: {
  name: string
  value: number
  isChecked: boolean
  note?: string
  children: ReactNode
}) {
  return (
    <label className="flex min-h-11 cursor-pointer items-start gap-3 py-2">
      <input
        type="checkbox"
        name={name}
        value={value}
        defaultChecked={isChecked}
        className="mt-0.5 size-5 shrink-0 accent-accent"
      />
      <span className="min-w-0">
        {children}
        {note && <span className="block text-ink-soft">{note}</span>}
      </span>
    </label>
  )
}
