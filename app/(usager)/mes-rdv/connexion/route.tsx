import { redirect } from 'next/navigation'
import { keptOf } from '@/app/_lib/kept'
import { publicPage } from '@/app/_lib/public-page'
import { Button, ButtonLink } from '@/app/_ui/button'
import { boxClass, Field, Frame } from '@/app/_ui/field'
import { Icon } from '@/app/_ui/icon'
import { Notice } from '@/app/_ui/notice'
import { PageShell } from '@/app/_ui/page-shell'
import { StepTitle } from '@/app/_ui/step-title'
import { linkSentWords } from '@/app/_words/account'
import { hasFranceConnect, isFranceConnectOpen, isPersonSignedIn } from '@/server/person-api'
import { EMAIL_FIELD, PHONE_FIELD } from '../_components/contact-fields'
import { AccountNotice } from '../_components/account-notice'
import { HOME } from '../_components/steps'

export const GET = publicPage({ title: 'Retrouver mes rendez-vous', isPersonal: true }, async ({ search }) => {
  if (await isPersonSignedIn()) redirect(HOME)
  const [phone, email] = await Promise.all([
    keptOf('mes-rdv-telephone', search.erreurs !== undefined),
    keptOf('mes-rdv-adresse', search.erreurs !== undefined),
  ])
  return (
    <PageShell>
      <StepTitle intro="Sans mot de passe et sans créer de compte : un code reçu par SMS suffit.">
        Retrouver mes rendez-vous
      </StepTitle>
      <AccountNotice avis={search.avis} />
      {search.envoye === 'lien' && (
        <Notice tone="ok" title="Regardez vos e-mails" isLive>
          <p>{linkSentWords}</p>
        </Notice>
      )}
      {(await isFranceConnectOpen()) && (
        <Notice title="Vous êtes encore connecté à FranceConnect">
          <a href="/mes-rdv/france-connect/sortir" className="link inline-flex min-h-11 items-center font-semibold">
            Me déconnecter aussi de FranceConnect
          </a>
        </Notice>
      )}
      <form
        method="post"
        action="/mes-rdv/connexion/telephone"
        className="space-y-4 rounded-card border border-line bg-card p-4 shadow-card sm:p-6"
      >
        <Field
          name="phone"
          label="Votre numéro de mobile"
          hint="Celui que vous avez donné au service"
          {...PHONE_FIELD}
          defaultValue={phone.fields.phone}
          error={phone.faults.phone}
        />
        <Button className="w-full sm:w-auto">Recevoir un code par SMS</Button>
      </form>
      <form method="post" action="/mes-rdv/connexion/adresse" className="space-y-4 border-t border-line pt-6">
        <h2 className="text-lg">Pas de mobile{'\u202f'}? Par e-mail</h2>
        <Field
          name="email"
          label="Votre adresse e-mail"
          {...EMAIL_FIELD}
          defaultValue={email.fields.email}
          error={email.faults.email}
        />
        <Button variant="secondary" className="w-full sm:w-auto">
          Recevoir un lien par e-mail
        </Button>
      </form>
      <details className="border-t border-line pt-4">
        <summary className="flex min-h-12 cursor-pointer items-center font-semibold">
          <Icon name="plus" className="mr-2 text-accent" />
          J’ai choisi un mot de passe
        </summary>
        <form method="post" action="/mes-rdv/connexion/mot-de-passe" className="space-y-4 pt-2">
          <Frame name="login" label="Mon adresse e-mail">
            <input
              id="champ-login"
              name="email"
              type="email"
              autoComplete="username"
              maxLength={254}
              className={`${boxClass()} w-full sm:max-w-96`}
            />
          </Frame>
          <Field
            name="password"
            label="Mon mot de passe"
            type="password"
            autoComplete="current-password"
            maxLength={128}
            className="sm:max-w-96"
          />
          <Button variant="secondary" className="w-full sm:w-auto">
            Se connecter
          </Button>
        </form>
      </details>
      {hasFranceConnect() && (
        <section aria-labelledby="identite" className="space-y-3 border-t border-line pt-6">
          <h2 id="identite" className="text-lg">
            Avec FranceConnect
          </h2>
          <p className="text-ink-soft">
            FranceConnect est le moyen de l’État pour vous reconnaître, avec un compte que vous avez déjà (impôts,
            assurance maladie, La Poste…).
          </p>
          <ButtonLink href="/mes-rdv/france-connect" variant="secondary" className="w-full sm:w-auto">
            S’identifier avec FranceConnect
          </ButtonLink>
          <p>
            <a href="https://franceconnect.gouv.fr/" className="link inline-flex min-h-11 items-center">
              Qu’est-ce que FranceConnect{'\u202f'}?
            </a>
          </p>
        </section>
      )}
      <p className="text-ink-soft">
        Vous n’avez donné ni mobile ni adresse e-mail{'\u202f'}? Appelez le lieu du rendez-vous{'\u00a0'}: les agents le
        retrouvent avec votre nom.
      </p>
    </PageShell>
  )
})
