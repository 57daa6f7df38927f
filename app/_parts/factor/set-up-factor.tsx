import { Button } from '@/app/_ui/button'
import { Card } from '@/app/_ui/card'
import { Field } from '@/app/_ui/field'
import { faultSentence } from '@/app/_words/administration'
import { QrCode } from './qr-code'

/** « ABCD EFGH »: by four, as people type it. */
const byFour = (key: string) => key.match(/.{1,4}/g)?.join(' ') ?? key

/** The first code of a telephone turns a second factor on: photograph or type the key, then read the code. */
export function SetUpFactor({
  pending,
  faults,
  action,
  again,
  asksPassword = false,
}: {
  pending: { key: string; uri: string }
  faults: Readonly<Record<string, string>>
  action: string
  /** Draws another key. */
  again: string
  /** Of somebody whose session may have been open for days. */
  asksPassword?: boolean
}) {
  return (
    <>
      <ol className="space-y-5">
        <li>
          <Card className="space-y-3">
            <h2 className="text-lg">1. Ajoutez RDV Territoires à votre application de codes</h2>
            <p>
              Sur votre téléphone, ouvrez une application comme FreeOTP, Aegis ou celle de votre collectivité, puis
              photographiez ce carré.
            </p>
            <QrCode text={pending.uri} label="Carré à photographier avec l’application de codes" />
            <p>Sans appareil photo, tapez cette clé dans l’application :</p>
            <p className="font-mono text-lg font-bold break-words select-all" data-cle>
              {byFour(pending.key)}
            </p>
          </Card>
        </li>
        <li>
          <Card>
            <form method="post" action={action} className="space-y-4">
              <h2 className="text-lg">2. Tapez le code qu’elle affiche</h2>
              {asksPassword && <OwnPasswordField error={faults.password} />}
              <CodeField label="Code à 6 chiffres" hint="Il change toutes les 30 secondes." error={faults.code} />
              <p className="text-ink-soft">
                Vos autres connexions seront fermées : elles ont été ouvertes sans code. Celle-ci reste ouverte.
              </p>
              <Button isFull className="sm:w-auto">
                Activer
              </Button>
            </form>
          </Card>
        </li>
      </ol>
      <form method="post" action={again}>
        <Button variant="quiet">Recommencer avec une autre clé</Button>
      </form>
    </>
  )
}

/** One's own password, asked for again. */
export function OwnPasswordField({ error }: { error: string | undefined }) {
  return (
    <Field
      name="password"
      label="Mot de passe"
      hint="Celui de votre compte : il prouve que c’est bien vous."
      type="password"
      autoComplete="current-password"
      error={faultSentence(error)}
      required
    />
  )
}

/** Six digits, or a recovery code. */
export function CodeField({ label, hint, error }: { label: string; hint: string; error: string | undefined }) {
  return (
    <Field
      name="code"
      label={label}
      hint={hint}
      error={faultSentence(error)}
      autoComplete="one-time-code"
      autoCapitalize="characters"
      spellCheck={false}
      maxLength={40}
      required
      className="sm:max-w-64"
    />
  )
}
