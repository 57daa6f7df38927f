'use client'

import { useQuery } from '@tanstack/react-query'
import { useEffect, useState, type ComponentProps } from 'react'
import { useTRPC } from '@/app/_lib/trpc.client'
import { Field } from '@/app/_ui/field'

/** Where the address base places an address. */
export type Position = { readonly cityCode: string; readonly latitude: number; readonly longitude: number }

type Props = Omit<ComponentProps<typeof Field>, 'value' | 'defaultValue' | 'onChange'> & {
  value: string
  /** Of the address as it stands; null while the address base does not know it, left out when nobody keeps it. */
  position?: Position | null
  onChange: (address: string, position: Position | null) => void
}

/** Enough to look an address up. */
const LEAST_TYPED = 5
const PAUSE_MS = 300

/** An address: those the address base knows are proposed as one types; another is kept as typed. */
export function AddressField({ value, position, onChange, ...field }: Props) {
  const trpc = useTRPC()
  const [typed, setTyped] = useState('')
  const asked = useSettled(typed)
  const found = useQuery({
    ...trpc.sectorisation.searchAddresses.queryOptions({ q: asked }),
    enabled: asked.length >= LEAST_TYPED,
    retry: false,
  })
  const isAnswered = asked !== '' && asked === value.trim() && found.data !== undefined
  const addresses = isAnswered && found.data.status === 'answered' ? found.data.addresses : []

  function choose({ label, ...given }: Position & { label: string }) {
    setTyped('')
    onChange(label, given)
  }

  return (
    <div className="space-y-2">
      <Field
        maxLength={300}
        autoComplete="off"
        {...field}
        value={value}
        onChange={({ target }) => {
          onChange(target.value, null)
          setTyped(target.value.trim())
        }}
      />
      <div role="status" className="space-y-2">
        {addresses.length > 0 && (
          <ul aria-label="Adresses proposées" className="rounded-card border-[1.5px] border-line-strong bg-card p-1">
            {addresses.map((address) => (
              <li key={address.label}>
                <button
                  type="button"
                  className="min-h-12 w-full rounded-card px-3.5 py-2.5 text-left hover:bg-accent-soft"
                  onClick={() => choose(address)}
                >
                  {address.label}
                </button>
              </li>
            ))}
          </ul>
        )}
        {position ? (
          <p className="text-ink-soft">Adresse reconnue{'\u00a0'}: sa position est connue.</p>
        ) : (
          isAnswered &&
          found.data.status === 'answered' &&
          addresses.length === 0 && (
            <p className="text-ink-soft">
              La base des adresses ne la connaît pas{'\u00a0'}: elle sera gardée telle que vous l’écrivez.
            </p>
          )
        )}
      </div>
    </div>
  )
}

/** A text once it has stayed as it is for a moment. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}
