'use client'

import { useState } from 'react'
import { Field, fieldId } from '@/app/_ui/field'
import { Icon } from '@/app/_ui/icon'
import { contrastWithWhite, LEAST_CONTRAST, MOTIF_COLORS } from '@/server/directory/rules/color'

/** A colour by name from the palette, or any other, with a warning when its text would be hard to read. */
export function ColorField({ value, error }: { value: string; error?: string | undefined }) {
  const [color, setColor] = useState(value)
  const isColor = /^#[0-9a-f]{6}$/i.test(color)
  const isPale = isColor && contrastWithWhite(color.toLowerCase()) < LEAST_CONTRAST
  return (
    <fieldset className="space-y-3">
      <legend className="font-bold">Couleur dans l’agenda</legend>
      <div className="flex flex-wrap gap-2">
        {Object.entries(MOTIF_COLORS).map(([one, name]) => (
          <button
            key={one}
            type="button"
            aria-pressed={color.toLowerCase() === one}
            onClick={() => setColor(one)}
            className="inline-flex min-h-11 items-center gap-2 rounded-card border-[1.5px] border-line-strong bg-card px-3 hover:border-ink aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:font-bold"
          >
            <Swatch color={one} />
            {name}
          </button>
        ))}
      </div>
      <Field
        name="color"
        label="Code de la couleur"
        hint="La palette, ou le code de votre choix."
        value={color}
        maxLength={7}
        autoComplete="off"
        error={error}
        onChange={({ target }) => setColor(target.value)}
      />
      <p role="status" className={isPale ? 'flex gap-2 font-semibold text-warn' : 'sr-only'}>
        {isPale && (
          <>
            <Icon name="warning" className="mt-0.5 shrink-0" />
            <a href={`#${fieldId('color')}`} className="text-warn">
              Cette couleur est claire&nbsp;: le texte blanc s’y lira mal. Choisissez-en une plus foncée si vous pouvez.
            </a>
          </>
        )}
      </p>
    </fieldset>
  )
}

export const Swatch = ({ color }: { color: string }) => (
  <svg aria-hidden="true" focusable="false" viewBox="0 0 16 16" width="16" height="16" className="shrink-0">
    <rect width="16" height="16" rx="4" fill={color} />
  </svg>
)
