'use client'

import { useState } from 'react'
import { SelectField } from '@/app/_ui/controls'
import type { Placement } from '@/server/booking/rules/placing'
import type { AskedPlace } from '@/server/booking/rules/warnings'
import { OneOffFields } from './one-off-fields.client'
import { ONE_OFF } from './placing'

type Props = { lieux: Placement['lieux']; lieu: AskedPlace; error: string | undefined; keptAs: string }

/** A lieu of the organisation, or another typed for this RDV alone. */
export function LieuField({ lieux, lieu, error, keptAs }: Props) {
  const [chosen, setChosen] = useState(lieu === 'one-off' ? ONE_OFF : String(lieu ?? ''))
  return (
    <div className="space-y-3">
      <SelectField
        name="lieu"
        label="Lieu"
        required
        error={error}
        value={chosen}
        onChange={({ target }) => setChosen(target.value)}
        choices={[
          { value: '', label: 'Choisir un lieu' },
          ...lieux.map(({ id, name, address }) => ({ value: String(id), label: `${name}, ${address}` })),
          { value: ONE_OFF, label: 'Autre lieu, à saisir' },
        ]}
      />
      {chosen === ONE_OFF && <OneOffFields keptAs={keptAs} isApart />}
    </div>
  )
}
