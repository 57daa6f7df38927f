import { keptOf } from '@/app/_lib/kept'
import { publicPage } from '@/app/_lib/public-page'
import { Button, ButtonLink } from '@/app/_ui/button'
import { Field } from '@/app/_ui/field'
import { Notice } from '@/app/_ui/notice'
import { PageShell } from '@/app/_ui/page-shell'
import { formatPhone } from '@/app/_ui/phone-link'
import { StepTitle } from '@/app/_ui/step-title'
import { WayBack } from '@/app/_ui/way-back'
import { PASSWORD_RULES } from '@/app/_words/access'
import { EMAIL_FIELD, PHONE_FIELD } from '../_components/contact-fields'
import { ContactSection } from '../_components/contact-section'
import { AccountNotice } from '../_components/account-notice'
import { FileSection } from '../_components/file-section'
import { orSignIn } from '../_components/or-sign-in'
import { HOME } from '../_components/steps'

export const GET = publicPage({ title: 'Mes coordonnées', isPersonal: true }, async ({ search }) => {
  const own = await orSignIn((caller) => caller.account.getContacts())
  const kept = await keptOf('mes-coordonnees', search.erreurs !== undefined)
  return (
    <PageShell>
      <WayBack href={HOME} words="Mes rendez-vous" />
      <StepTitle intro="Là où vous êtes prévenu de vos rendez-vous.">Mes coordonnées</StepTitle>
      <AccountNotice avis={search.avis} />
      {search.envoye === 'lien' && (
        <Notice tone="ok" title="Regardez vos e-mails" isLive>
          <p>Un lien vient d’y être envoyé. Votre adresse change quand vous l’ouvrez.</p>
        </Notice>
      )}
      {own.identity && (
        <p>
          FranceConnect vous connaît sous le nom de{' '}
          <strong>
            {own.identity.firstName} {own.identity.lastName}
          </strong>
          . Ce nom ne se change pas ici.
        </p>
      )}
      <ContactSection id="mobile" title="Mon mobile" current={own.phoneE164 && formatPhone(own.phoneE164)}>
        <form method="post" action="/mes-rdv/coordonnees/telephone" className="space-y-3">
          <Field
            name="phone"
            label={own.phoneE164 ? 'Nouveau numéro de mobile' : 'Ajouter un numéro de mobile'}
            hint="Un code y est envoyé : le numéro compte une fois le code tapé."
            {...PHONE_FIELD}
            defaultValue={kept.fields.phone}
            error={kept.faults.phone}
          />
          <Button variant="secondary" className="w-full sm:w-auto">
            Recevoir un code
          </Button>
        </form>
      </ContactSection>
      <ContactSection id="email" title="Mon adresse e-mail" current={own.email}>
        <form method="post" action="/mes-rdv/coordonnees/email" className="space-y-3">
          <Field
            name="email"
            label={own.email ? 'Nouvelle adresse e-mail' : 'Ajouter une adresse e-mail'}
            hint="Un lien y est envoyé : l’adresse compte une fois le lien ouvert."
            {...EMAIL_FIELD}
            defaultValue={kept.fields.email ?? (own.email === null ? own.identity?.email : null) ?? undefined}
            error={kept.faults.email}
          />
          <Button variant="secondary" className="w-full sm:w-auto">
            Recevoir un lien
          </Button>
        </form>
      </ContactSection>
      {own.email && (
        <section
          aria-labelledby="mot-de-passe"
          className="space-y-4 rounded-card border border-line bg-card p-4 sm:p-6"
        >
          <h2 id="mot-de-passe" className="text-lg">
            Mot de passe <span className="font-normal text-ink-soft">(facultatif)</span>
          </h2>
          <p className="text-ink-soft">
            {own.hasPassword
              ? 'Vous en avez un. Pour le changer, choisissez-en un autre.'
              : 'Un code ou un lien suffit toujours. Avec un mot de passe, vous n’attendez pas de message.'}
          </p>
          <form method="post" action="/mes-rdv/coordonnees/mot-de-passe" className="space-y-3">
            <Field
              name="password"
              label="Nouveau mot de passe"
              hint={`Il faut ${PASSWORD_RULES.join('\u00a0; ')}.`}
              type="password"
              autoComplete="new-password"
              maxLength={128}
              error={kept.faults.password}
              className="sm:max-w-96"
            />
            <Button variant="secondary" className="w-full sm:w-auto">
              Enregistrer ce mot de passe
            </Button>
          </form>
        </section>
      )}
      {own.files.map((file) => (
        <FileSection key={file.usagerId} file={file} kept={kept} />
      ))}
      {own.isPartial && (
        <p className="rounded-card border border-line bg-card p-4">
          {own.isForServiceToCheck
            ? 'Pour choisir comment vous êtes prévenu, appelez le service\u00a0: il vérifie vos coordonnées avec vous.'
            : 'Confirmez votre numéro de mobile et votre adresse e-mail pour choisir comment vous êtes prévenu\u00a0: le service connaît une coordonnée que vous n’avez pas encore confirmée.'}
        </p>
      )}
      {own.files.length > 0 && (
        <p className="text-ink-soft">
          Un nom ou une date de naissance est à corriger{'\u202f'}? Dites-le au service, lors d’un rendez-vous.
        </p>
      )}
      <section aria-labelledby="compte" className="space-y-4 border-t border-line pt-5">
        <h2 id="compte" className="text-lg">
          Mon compte
        </h2>
        <div className="flex flex-col gap-3 sm:flex-row sm:flex-wrap">
          <form method="post" action="/mes-rdv/sortir">
            <input type="hidden" name="partout" value="oui" />
            <Button variant="secondary" className="w-full sm:w-auto">
              Me déconnecter de tous mes appareils
            </Button>
          </form>
          <ButtonLink href="/mes-rdv/effacer" variant="quiet">
            Effacer mon compte
          </ButtonLink>
        </div>
      </section>
    </PageShell>
  )
})
