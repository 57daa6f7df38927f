import { Icon } from '@/app/_ui/icon'

/** In the place of what a message says, when it opens an account that is not the reader's. */
export function MaskedText() {
  return (
    <p className="flex gap-2 text-ink-soft">
      <Icon name="lock" className="mt-0.5 shrink-0" />
      <span>
        Contenu masqué{'\u00a0'}: il porte un lien ou un code qui ouvre un compte, et qui le lirait prendrait la place
        de cette personne.
      </span>
    </p>
  )
}
