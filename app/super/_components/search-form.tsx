import { Button } from '@/app/_ui/button'
import { SelectField } from '@/app/_ui/controls'
import { Field } from '@/app/_ui/field'

type Props = {
  /** What one looks by. */
  label: string
  search: string
  territoryId: number | null
  territories: readonly { readonly territoryId: number; readonly name: string }[]
}

/** Looks through a list of the back-office, in a territory or in all. */
export function SearchForm({ label, search, territoryId, territories }: Props) {
  return (
    <form role="search" className="grid items-end gap-3 sm:grid-cols-[minmax(0,1fr)_16rem_auto]">
      <Field label={label} name="q" type="search" defaultValue={search} />
      <SelectField
        label="Territoire"
        name="territoire"
        empty="Tous"
        defaultValue={String(territoryId ?? '')}
        choices={territories.map(({ territoryId: id, name }) => ({ value: String(id), label: name }))}
      />
      <Button>Chercher</Button>
    </form>
  )
}
