import { ButtonLink } from '@/app/_ui/button'
import { Notice } from '@/app/_ui/notice'
import { PageShell } from '@/app/_ui/page-shell'
import { StepTitle } from '@/app/_ui/step-title'
import type { View } from '@/app/_lib/document'

/** The answer to the form that turns a second factor on: its recovery codes, told this once, at no address. */
export const recoveryCodesView = (codes: readonly string[], then: { href: string; words: string }): View => ({
  title: 'Vos codes de secours',
  isPersonal: true,
  body: (
    <PageShell>
      <StepTitle intro="La double authentification est active. Un code de votre téléphone sera demandé à chaque connexion. Vos autres connexions sont fermées.">
        Vos codes de secours
      </StepTitle>
      <Notice tone="warn" title="Notez-les maintenant">
        <p>
          Ils ne seront plus jamais affichés. Chacun remplace une seule fois votre téléphone, s’il est perdu ou cassé.
          Gardez-les loin de lui : imprimés, ou dans votre coffre-fort de mots de passe.
        </p>
      </Notice>
      <ul aria-label="Codes de secours" className="grid grid-cols-2 gap-x-6 gap-y-2 font-mono text-lg font-bold">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <ButtonLink href={then.href} className="w-full sm:w-auto">
        {then.words}
      </ButtonLink>
    </PageShell>
  ),
})
