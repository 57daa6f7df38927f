import { Button } from '@/app/_ui/button'
import { Field } from '@/app/_ui/field'
import { Icon } from '@/app/_ui/icon'

/**
 * The first question. Plain GET: a commune says nothing of a person; a whole address has a form of its own, posted.
 * Typed here all the same, it is never asked about as one types, and leaves the address bar at once.
 * `communes.client.ts` makes the field suggest as one types.
 */
export function AddressForm({ typed = '', error }: { typed?: string; error?: string | undefined }) {
  return (
    <form action="/prendre-rdv" method="get" role="search" className="space-y-4" data-communes="/prendre-rdv/communes">
      <Field
        name="q"
        label="Votre commune ou votre code postal"
        hint={'Exemples\u00a0: Lens, 62300'}
        error={error}
        defaultValue={typed}
        type="text"
        inputMode="search"
        enterKeyHint="search"
        autoComplete="off"
        autoCapitalize="words"
        spellCheck={false}
        maxLength={200}
      />
      <div data-suggestions>
        <Button className="w-full sm:w-auto">
          <Icon name="search" />
          Chercher
        </Button>
      </div>
    </form>
  )
}
