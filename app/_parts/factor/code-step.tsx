import type { ReactNode } from 'react'
import { SignInNotice } from '@/app/connexion/_components/sign-in-notice'
import { Button } from '@/app/_ui/button'
import { PageShell } from '@/app/_ui/page-shell'
import { StepTitle } from '@/app/_ui/step-title'
import { CodeField } from './set-up-factor'

type Props = {
  /** What the last form answered, from the URL. */
  answered: { avis: string | undefined; minutes: string | undefined }
  action: string
  /** Where to go on to afterwards, when the form must remember it. */
  goesBackTo?: string
  /** The page of the password. */
  again: { href: string; words: string }
  /** Shown before the form. */
  note?: ReactNode
  /** For whoever has neither telephone nor recovery code left. */
  lost: ReactNode
}

/** The second step of signing in: the code, whoever is asked for it. */
export function CodeStep({ answered, action, goesBackTo, again, note, lost }: Props) {
  return (
    <PageShell>
      <StepTitle intro="Ouvrez l’application de codes de votre téléphone.">Votre code de connexion</StepTitle>
      <SignInNotice {...answered} />
      {note}
      <form method="post" action={action} className="space-y-5">
        {goesBackTo !== undefined && <input type="hidden" name="retour" value={goesBackTo} />}
        <CodeField
          label="Code à 6 chiffres, ou code de secours"
          hint="Le code change toutes les 30 secondes. Un code de secours sert une seule fois."
          error={undefined}
        />
        <Button isFull className="sm:w-auto">
          Se connecter
        </Button>
      </form>
      <p>
        <a href={again.href} className="link inline-flex min-h-11 items-center">
          {again.words}
        </a>
      </p>
      <p className="text-ink-soft">Plus de téléphone ni de code de secours ? {lost}</p>
    </PageShell>
  )
}
