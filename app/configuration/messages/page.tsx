import type { Metadata } from 'next'
import { keptOf } from '@/app/_lib/kept'
import { tickedIn } from '@/app/_lib/save-route'
import { one, type Search } from '@/app/_lib/search'
import { requireViewer } from '@/app/_lib/viewer'
import { BackLink } from '@/app/_parts/form/back-link'
import { Faults, FormNotice } from '@/app/_parts/form/form-parts'
import { clockOf } from '@/app/_parts/scheduling/clock'
import { Button } from '@/app/_ui/button'
import { LinkCard } from '@/app/_ui/card'
import { CheckGroup } from '@/app/_ui/controls'
import { Field } from '@/app/_ui/field'
import { StepTitle } from '@/app/_ui/step-title'
import { faultSentence } from '@/app/_words/administration'
import { leadWords } from '@/app/_words/catalogue'
import { WEEKDAY_WORDS } from '@/app/_words/recurrence'
import { REMINDER_LEADS_MIN } from '@/server/directory/rules/sending'
import { api } from '@/server/api'
import { DAY_MIN } from '@/server/scheduling/rules/civil'
import { administeredTerritory } from '../_components/territory'

export const metadata: Metadata = { title: 'Messages et rappels' }

const DAYS = WEEKDAY_WORDS.map((words, i) => ({ value: String(i + 1), label: words }))
const LEADS = REMINDER_LEADS_MIN.map((lead) => ({ value: String(lead), label: `${leadWords(lead)} avant` }))

export default async function Page({ searchParams }: { searchParams: Search }) {
  await requireViewer()
  const search = await searchParams
  const { territoryId, name } = await administeredTerritory(search.territoire)
  const caller = await api()
  const [rules, identity] = await Promise.all([
    caller.territories.getSending({ territoryId }),
    caller.territories.getMailIdentity({ territoryId }),
  ])
  const isAgain = search.erreurs !== undefined
  const { fields, faults } = await keptOf('messages', isAgain)
  const typed = await keptOf('messages-identite', isAgain)
  const isTyped = fields.from !== undefined
  const ticked = (prefix: string, saved: readonly number[]) => (isTyped ? tickedIn(fields, prefix) : saved.map(String))
  return (
    <div className="mx-auto max-w-2xl space-y-5">
      <BackLink href="/configuration">Configuration</BackLink>
      <Faults faults={{ ...faults, ...typed.faults }} />
      <StepTitle intro="Ce que reçoivent les usagers par e-mail et par SMS, et quand.">
        {`Messages et rappels\u00a0: ${name}`}
      </StepTitle>
      <FormNotice avis={one(search.avis)} />
      <div className="grid gap-2 sm:grid-cols-2">
        <LinkCard href={`/configuration/messages/textes?territoire=${territoryId}`} title="Textes des messages">
          Ce qu’ils disent, pour tout le territoire ou pour un motif
        </LinkCard>
        <LinkCard href={`/configuration/messages/sms?territoire=${territoryId}`} title="Envoi des SMS">
          Par quelle passerelle, sous quel nom
        </LinkCard>
      </div>
      <form method="post" action="/configuration/messages/enregistrer" className="space-y-6" noValidate>
        <input type="hidden" name="territoryId" value={territoryId} />
        <CheckGroup
          prefix="rappel"
          name="leadsMin"
          label="Rappeler un RDV"
          hint="Trois rappels au plus. Qui vient de prendre rendez-vous n’est pas rappelé aussitôt. Un motif peut dire autrement."
          choices={LEADS}
          ticked={ticked('rappel', rules.leadsMin)}
          error={faultSentence(faults.leadsMin)}
        />
        <div className="grid gap-5 sm:grid-cols-2">
          <Field
            name="from"
            label="Les messages partent de"
            type="time"
            defaultValue={fields.from ?? clockOf(rules.fromMin)}
            error={faultSentence(faults.from)}
          />
          <Field
            name="until"
            label="Jusqu’à"
            type="time"
            defaultValue={fields.until ?? clockOf(rules.untilMin % DAY_MIN)}
            error={faultSentence(faults.until)}
          />
        </div>
        <CheckGroup
          prefix="jour"
          name="weekdays"
          label="Ces jours-là"
          choices={DAYS}
          ticked={ticked('jour', rules.weekdays)}
          error={faultSentence(faults.weekdays)}
        />
        <Button isFull className="sm:w-auto">
          Enregistrer
        </Button>
      </form>
      <p className="text-ink-soft">
        En dehors de ces heures, et les jours fériés, un message attend qu’elles reviennent, sauf si le RDV commence
        avant. Ce qu’une personne vient de faire elle-même lui est confirmé aussitôt.
      </p>
      <form
        method="post"
        action="/configuration/messages/identite"
        className="space-y-4 border-t border-line pt-5"
        noValidate
      >
        <h2 className="text-xl">Expéditeur des e-mails</h2>
        <input type="hidden" name="territoryId" value={territoryId} />
        <Field
          name="senderName"
          label="Nom affiché"
          isOptional
          hint={'Exemple\u00a0: Département du Pas-de-Calais. L’adresse reste celle de la plateforme.'}
          maxLength={60}
          autoComplete="off"
          defaultValue={typed.fields.senderName ?? identity.senderName ?? ''}
          error={faultSentence(typed.faults.senderName)}
        />
        <Field
          name="replyTo"
          label="Adresse où arrivent les réponses"
          type="email"
          isOptional
          hint={
            identity.takesAnswers
              ? 'Sans adresse, les réponses des usagers sont transmises aux agents du RDV, sans leurs pièces jointes.'
              : 'Sans adresse, les usagers ne peuvent pas répondre à un e-mail.'
          }
          maxLength={254}
          autoComplete="off"
          defaultValue={typed.fields.replyTo ?? identity.replyTo ?? ''}
          error={faultSentence(typed.faults.replyTo)}
        />
        <Button isFull className="sm:w-auto">
          Enregistrer l’expéditeur
        </Button>
      </form>
    </div>
  )
}
