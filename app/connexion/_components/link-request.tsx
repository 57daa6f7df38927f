import { environmentBand } from '@/server/api'
import { Button } from '@/app/_ui/button'
import { Field } from '@/app/_ui/field'
import { Notice } from '@/app/_ui/notice'

/** Asks for the e-mail a link is sent to. */
export function LinkRequestForm({ action, email, button }: { action: string; email: string; button: string }) {
  return (
    <form method="post" action={action} className="space-y-5">
      <Field
        label="Votre adresse e-mail professionnelle"
        name="email"
        type="email"
        autoComplete="email"
        inputMode="email"
        defaultValue={email}
        required
      />
      <Button isFull className="sm:w-auto">
        {button}
      </Button>
    </form>
  )
}

/** The same whether the account exists or not. */
export function LinkSent({ email, lasts, again }: { email: string; lasts: string; again: string }) {
  const { capturesMessages, opensKeys } = environmentBand()
  return (
    <div className="space-y-5">
      <Notice tone="ok" title="Regardez votre messagerie" isLive>
        <p>
          Si un compte existe pour {email ? <strong>{email}</strong> : 'cette adresse'}, un e-mail vient de partir. Son
          lien fonctionne une seule fois, pendant {lasts}.
        </p>
      </Notice>
      {capturesMessages && !opensKeys && (
        <p>Ici, rien n’est envoyé{'\u00a0'}: le support lit ce message et peut vous donner son lien.</p>
      )}
      {opensKeys && (
        <p>
          Ici, rien n’est envoyé : le message se lit sur la page{' '}
          <a href="/recette/messages" className="link inline-flex min-h-6 items-center">
            des messages de cet environnement
          </a>
          .
        </p>
      )}
      <p className="text-ink-soft">
        Rien reçu après quelques minutes ? Regardez dans les courriers indésirables, vérifiez l’adresse, puis{' '}
        <a href={again} className="link inline-flex min-h-6 items-center">
          recommencez
        </a>
        .
      </p>
    </div>
  )
}
