import { Swatch } from '@/app/_parts/catalogue/color-field.client'
import { SelectField } from '@/app/_ui/controls'
import { Field } from '@/app/_ui/field'
import { absenceKindWords, kindColorWords } from '@/app/_words/absence'
import { MOTIF_COLORS } from '@/server/directory/rules/color'
import { ABSENCE_KINDS, absenceColor } from '@/server/scheduling/rules/absence'
import type { SaveAbsence } from '@/server/scheduling/schema'

type Value = Pick<SaveAbsence, 'kind' | 'title' | 'color'>

const COLORS = Object.entries(MOTIF_COLORS).map(([value, label]) => ({ value, label }))
const isColor = (value: string): value is NonNullable<Value['color']> => value in MOTIF_COLORS

/** What it is, and how it shows in agendas. */
export function AbsenceNameFields({ value, onChange }: { value: Value; onChange: (value: Value) => void }) {
  return (
    <>
      <div className="grid gap-5 sm:grid-cols-2">
        <SelectField
          name="type"
          label="Type"
          value={value.kind}
          choices={ABSENCE_KINDS.map((kind) => ({ value: kind, label: absenceKindWords[kind] }))}
          onChange={({ target }) =>
            onChange({ ...value, kind: ABSENCE_KINDS.find((one) => one === target.value) ?? 'other' })
          }
        />
        <Field
          name="titre"
          label="Titre"
          isOptional
          maxLength={100}
          value={value.title}
          onChange={({ target }) => onChange({ ...value, title: target.value })}
          autoComplete="off"
        />
      </div>
      <div className="flex items-end gap-3 sm:w-1/2 sm:pr-2.5">
        <div className="min-w-0 flex-1">
          <SelectField
            name="couleur"
            label="Couleur dans l’agenda"
            value={value.color ?? ''}
            empty={kindColorWords(value.kind)}
            choices={COLORS}
            onChange={({ target }) => onChange({ ...value, color: isColor(target.value) ? target.value : null })}
          />
        </div>
        <span className="inline-flex h-12 items-center">
          <Swatch color={absenceColor(value)} />
        </span>
      </div>
    </>
  )
}
