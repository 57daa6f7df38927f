import { Button } from '@/app/_ui/button'
import type { BoardChoices } from '@/server/booking/rules/board'
import type { BoardQuestion } from '@/server/booking/schema'
import { typedChoice, whichParameters } from './asked'

const FIELD =
  'min-h-12 w-full rounded-card border-[1.5px] border-line-strong bg-card px-3 text-base text-ink hover:border-ink'

/** Whose agendas, which day, one day or the week: an address, hence a form that is read without scripts. */
export function BoardForm({
  choices,
  which,
  day,
  view,
  page,
}: {
  choices: BoardChoices
  which: BoardQuestion['which']
  day: string
  view: 'jour' | 'semaine'
  /** Of its agents, from 1: another day shows the same. */
  page: number
}) {
  const [, ids] = whichParameters(which)
  const current = typedChoice(which, page)
  const several = which.kind === 'agents' && which.agentIds.length > 1
  const groups = [
    { words: 'Lieux', kind: 'lieu', options: choices.lieux },
    { words: 'Services', kind: 'service', options: choices.services },
    { words: 'Équipes', kind: 'equipe', options: choices.groups },
    { words: 'Agents', kind: 'agents', options: choices.agents },
  ]
  return (
    <form
      method="get"
      action="/agent/tableau"
      className="no-print grid gap-3 sm:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_minmax(0,1fr)_auto] sm:items-end"
    >
      <label className="block font-bold">
        Agendas de
        <select name="qui" defaultValue={several ? '' : current} className={`${FIELD} mt-1 font-normal`}>
          {several && <option value="">Agents choisis</option>}
          {groups.map(
            (group) =>
              group.options.length > 0 && (
                <optgroup key={group.kind} label={group.words}>
                  {group.options.map(({ id, name }) => {
                    const choice = `${group.kind}-${id}`
                    return (
                      <option key={id} value={choice === typedChoice(which, 1) ? current : choice}>
                        {name}
                      </option>
                    )
                  })}
                </optgroup>
              ),
          )}
        </select>
      </label>
      {several && <input type="hidden" name="agents" value={ids} />}
      <label className="block font-bold">
        Jour
        <input type="date" name="jour" defaultValue={day} className={`${FIELD} mt-1 font-normal`} />
      </label>
      <label className="block font-bold">
        Vue
        <select name="vue" defaultValue={view} className={`${FIELD} mt-1 font-normal`}>
          <option value="jour">Jour</option>
          <option value="semaine">Semaine</option>
        </select>
      </label>
      <Button variant="secondary">Afficher</Button>
    </form>
  )
}
