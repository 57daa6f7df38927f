'use client'

import { useState, type ComponentProps } from 'react'
import { Field, fieldId } from '@/app/_ui/field'

/** A password that may be shown while it is typed. Without scripts, an ordinary password field. */
export function PasswordField(props: Omit<ComponentProps<typeof Field>, 'type'>) {
  const [isShown, setShown] = useState(false)
  return (
    <div className="space-y-1">
      <Field {...props} type={isShown ? 'text' : 'password'} spellCheck={false} autoCapitalize="none" />
      <button
        type="button"
        aria-pressed={isShown}
        aria-controls={fieldId(props.name)}
        onClick={() => setShown(!isShown)}
        className="min-h-11 text-accent underline underline-offset-4"
      >
        {isShown ? 'Masquer le mot de passe' : 'Afficher le mot de passe'}
      </button>
    </div>
  )
}
