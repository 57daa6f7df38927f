import { Button } from '@/app/_ui/button'
import { SelectField } from '@/app/_ui/controls'
import { CHOICE, Field } from '@/app/_ui/field'
import { authorWords, periodFaultWords, periodWords, sortWords, statusChoiceWords } from '@/app/_words/rdv-list'
import { AUTHORS, LIST_PERIODS, LIST_SORTS, type RdvListChoices } from '@/server/booking/rules/rdv-list'
import { STATUSES } from '@/server/booking/rules/status'
import { COLUMNS, countFilters, PATH, periodParameter, type Asked, type Column } from './asked'

export const COLUMN_WORDS = {
  motif: 'Motif',
  agents: 'Agents',
  lieu: 'Lieu',
  organisation: 'Organisation',
  contact: 'Contact',
  creation: 'Création',
} as const satisfies Record<Column, string>

const choicesOf = (all: readonly { id: number; name: string }[]) =>
  all.map(({ id, name }) => ({ value: String(id), label: name }))

/** A plain form: what is chosen goes into the address, which can be kept and sent. */
export function FilterForm({ asked, choices }: { asked: Asked; choices: RdvListChoices }) {
  const { given, period, fault, list } = asked
  const count = countFilters(asked)
  return (
    <form action={PATH} className="space-y-3 rounded-card border border-line bg-card p-4">
      <div className="grid gap-3 sm:grid-cols-[1fr_1fr_auto] sm:items-end">
        <SelectField
          name="periode"
          label="Période"
          defaultValue={periodParameter(period)}
          choices={LIST_PERIODS.map((one) => ({ value: periodParameter(one), label: periodWords[one] }))}
        />
        <Field
          name="personne"
          label="Nom de l’usager"
          isOptional
          defaultValue={list.person}
          maxLength={100}
          autoComplete="off"
        />
        <Button>Afficher</Button>
      </div>
      <details open={fault !== null || period === 'dates'}>
        <summary className="min-h-11 cursor-pointer py-2.5 font-bold">
          Filtres, ordre et colonnes
          {count > 0 && (
            <span className="font-normal text-ink-soft">{count > 1 ? ` (${count} filtres)` : ' (1 filtre)'}</span>
          )}
        </summary>
        <div className="space-y-4 pt-2">
          <div className="grid gap-3 sm:grid-cols-2">
            <Field
              name="du"
              label="Du"
              type="date"
              hint="Pour «&nbsp;Entre deux dates&nbsp;»"
              defaultValue={given.du ?? ''}
              error={fault ? periodFaultWords[fault] : undefined}
            />
            <Field name="au" label="Au" type="date" hint="Une année au plus" defaultValue={given.au ?? ''} />
            <SelectField
              name="agent"
              label="Agent"
              empty="Tous"
              defaultValue={given.agent ?? ''}
              choices={choicesOf(choices.agents)}
            />
            <SelectField
              name="organisation"
              label="Organisation"
              empty="Toutes"
              defaultValue={given.organisation ?? ''}
              choices={choicesOf(choices.organisations)}
            />
            <SelectField
              name="motif"
              label="Motif"
              empty="Tous"
              defaultValue={given.motif ?? ''}
              choices={choicesOf(choices.motifs)}
            />
            <SelectField
              name="lieu"
              label="Lieu"
              empty="Tous"
              defaultValue={given.lieu ?? ''}
              choices={choicesOf(choices.lieux)}
            />
            <SelectField
              name="origine"
              label="Création"
              empty="Par n’importe qui"
              defaultValue={list.author === 'any' ? '' : list.author}
              choices={AUTHORS.map((one) => ({ value: one, label: authorWords[one] }))}
            />
            <div className="grid grid-cols-2 gap-3">
              <SelectField
                name="tri"
                label="Trier par"
                defaultValue={list.sort}
                choices={LIST_SORTS.map((one) => ({ value: one, label: sortWords[one] }))}
              />
              <SelectField
                name="ordre"
                label="Ordre"
                defaultValue={list.direction}
                choices={[
                  { value: 'asc', label: 'Croissant' },
                  { value: 'desc', label: 'Décroissant' },
                ]}
              />
            </div>
          </div>
          <Ticks
            name="statut"
            legend="Statuts"
            hint="Aucun coché&nbsp;: tous."
            values={STATUSES}
            words={statusChoiceWords}
            ticked={asked.statuses}
          />
          {/* Says that columns were chosen, even none. */}
          <input type="hidden" name="colonnes" value="choisies" />
          <Ticks name="colonnes" legend="Colonnes" values={COLUMNS} words={COLUMN_WORDS} ticked={asked.columns} />
          <div className="flex flex-col gap-3 sm:flex-row">
            <Button>Appliquer</Button>
            <a
              href={`${PATH}?periode=${periodParameter('coming')}`}
              className="link inline-flex min-h-12 items-center font-semibold"
            >
              Tout effacer
            </a>
          </div>
        </div>
      </details>
    </form>
  )
}

/** Boxes of one name, posted each by its value. */
function Ticks<Value extends string>({
  name,
  legend,
  hint,
  values,
  words,
  ticked,
}: {
  name: string
  legend: string
  hint?: string
  values: readonly Value[]
  words: Readonly<Record<Value, string>>
  ticked: readonly Value[]
}) {
  return (
    <fieldset className="space-y-1.5">
      <legend className="font-bold">{legend}</legend>
      {hint && <p className="text-ink-soft">{hint}</p>}
      <div className="grid gap-2 sm:grid-cols-3">
        {values.map((value) => (
          <label key={value} className={CHOICE}>
            <input
              type="checkbox"
              name={name}
              value={value}
              defaultChecked={ticked.includes(value)}
              className="mt-0.5 size-5 shrink-0 accent-accent"
            />
            {words[value]}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
