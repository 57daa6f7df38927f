'use client'

import { useState, useSyncExternalStore, type ComponentProps } from 'react'
import { Field, fieldId } from '@/app/_ui/field'

const never = () => () => undefined

/** A password that may be shown while it is typed. Without scripts, an ordinary password field. */
export function PasswordField(props: Omit<ComponentProps<typeof Field>, 'type'>) {
  const [isShown, setShown] = useState(false)
  const hasScripts = useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
  return (
    <div className="space-y-1">
      <Field {...props} type={isShown ? 'text' : 'password'} spellCheck={false} autoCapitalize="none" />
      {/* Its place is kept: nothing moves once scripts are there. */}
      <div className="min-h-11">
        {hasScripts && (
          <button
            type="button"
            aria-controls={fieldId(props.name)}
            onClick={() => setShown(!isShown)}
            className="min-h-11 text-accent underline underline-offset-4"
          >
            {isShown ? 'Masquer le mot de passe' : 'Afficher le mot de passe'}
          </button>
        )}
      </div>
    </div>
  )
}
