import type { Metadata } from 'next'
import { keptOf } from '@/app/_lib/kept'
import { one, type Search } from '@/app/_lib/search'
import { requireViewer } from '@/app/_lib/viewer'
import { BackLink } from '@/app/_parts/form/back-link'
import { Faults, FormNotice } from '@/app/_parts/form/form-parts'
import { Button } from '@/app/_ui/button'
import { CheckField, RadioGroup } from '@/app/_ui/controls'
import { StepTitle } from '@/app/_ui/step-title'
import { faultSentence } from '@/app/_words/administration'
import {
  absenceNotificationWords,
  arrivalNotificationWords,
  digestWords,
  openingNotificationWords,
  rdvNotificationWords,
} from '@/app/_words/preferences'

export const metadata: Metadata = { title: 'Mes préférences' }

const choicesOf = (words: Readonly<Record<string, { label: string; hint: string | null }>>) =>
  Object.entries(words).map(([value, { label, hint }]) => ({ value, label, ...(hint && { hint }) }))

/** What an agent is told by e-mail, and what their weeks show. A plain form. */
export default async function Page({ searchParams }: { searchParams: Search }) {
  const { email, preferences } = await requireViewer()
  const search = await searchParams
  const isAgain = search.erreurs !== undefined
  const { fields, faults } = await keptOf('preferences', isAgain)
  const isTicked = (name: 'displaysSaturdays' | 'displaysCancelledRdvs') =>
    Object.keys(fields).length > 0 ? fields[name] === 'oui' : preferences[name]
  return (
    <div className="mx-auto max-w-2xl space-y-5">
      <BackLink href="/agent/profil">Mon profil</BackLink>
      <Faults faults={faults} />
      <StepTitle intro={email ? `Vos e-mails arrivent à ${email}.` : 'Votre compte n’a pas d’adresse e-mail.'}>
        Mes préférences
      </StepTitle>
      <FormNotice avis={one(search.avis)} />
      <form method="post" action="/agent/profil/preferences/enregistrer" className="space-y-8" noValidate>
        <section aria-labelledby="emails" className="space-y-5">
          <h2 id="emails" className="text-xl">
            Ce dont je suis prévenu par e-mail
          </h2>
          <RadioGroup
            name="rdvNotifications"
            label="Mes RDV"
            hint="Deux changements à moins de deux minutes font un seul e-mail."
            choices={choicesOf(rdvNotificationWords)}
            value={fields.rdvNotifications ?? preferences.rdvNotifications}
            error={faultSentence(faults.rdvNotifications)}
          />
          <RadioGroup
            name="arrivalNotifications"
            label="La salle d’attente"
            hint="Rien n’arrive si «&nbsp;Mes RDV&nbsp;» est à «&nbsp;Aucun e-mail&nbsp;»."
            choices={choicesOf(arrivalNotificationWords)}
            value={fields.arrivalNotifications ?? preferences.arrivalNotifications}
            error={faultSentence(faults.arrivalNotifications)}
          />
          <RadioGroup
            name="openingNotifications"
            label="Mes plages d’ouverture"
            choices={choicesOf(openingNotificationWords)}
            value={fields.openingNotifications ?? preferences.openingNotifications}
            error={faultSentence(faults.openingNotifications)}
          />
          <RadioGroup
            name="absenceNotifications"
            label="Mes absences"
            choices={choicesOf(absenceNotificationWords)}
            value={fields.absenceNotifications ?? preferences.absenceNotifications}
            error={faultSentence(faults.absenceNotifications)}
          />
          <RadioGroup
            name="digest"
            label="Ma journée"
            hint="La liste de mes RDV. Un jour sans RDV, rien n’arrive."
            choices={choicesOf(digestWords)}
            value={fields.digest ?? preferences.digest}
            error={faultSentence(faults.digest)}
          />
        </section>
        <section aria-labelledby="affichage" className="space-y-3">
          <h2 id="affichage" className="text-xl">
            Ce que montrent les agendas
          </h2>
          <p className="text-ink-soft">Le mien et ceux de mes collègues, quand c’est moi qui les regarde.</p>
          <CheckField
            name="displaysSaturdays"
            value="oui"
            defaultChecked={isTicked('displaysSaturdays')}
            label="Toujours montrer le samedi"
            hint="Sinon, une semaine ne le montre que s’il s’y passe quelque chose"
          />
          <CheckField
            name="displaysCancelledRdvs"
            value="oui"
            defaultChecked={isTicked('displaysCancelledRdvs')}
            label="Montrer les RDV annulés"
            hint="Sinon, l’agenda dit combien il en cache. La liste des RDV, elle, montre tout"
          />
        </section>
        <Button isFull className="sm:w-auto">
          Enregistrer
        </Button>
      </form>
    </div>
  )
}
