import type { Metadata } from 'next'
import { keptOf } from '@/app/_lib/kept'
import { one, type Search } from '@/app/_lib/search'
import { requireViewer } from '@/app/_lib/viewer'
import { BackLink } from '@/app/_parts/form/back-link'
import { Faults, FormNotice } from '@/app/_parts/form/form-parts'
import { AnswerNotice } from '@/app/_ui/answer-notice'
import { Button, ButtonLink } from '@/app/_ui/button'
import { Field } from '@/app/_ui/field'
import { Notice } from '@/app/_ui/notice'
import { StepTitle } from '@/app/_ui/step-title'
import { faultSentence } from '@/app/_words/administration'
import { gatewayWords, trialNotices } from '@/app/_words/sms'
import { centsWords } from '@/app/_words/wordings'
import { api } from '@/server/api'
import { DEFAULT_SMS_SENDER, MAX_GATEWAYS } from '@/server/kernel/gateways'
import { administeredTerritory } from '../../_components/territory'
import { GatewayItem } from './_components/gateway-item'

export const metadata: Metadata = { title: 'Envoi des SMS' }

export default async function Page({ searchParams }: { searchParams: Search }) {
  await requireViewer()
  const search = await searchParams
  const { territoryId, name } = await administeredTerritory(search.territoire)
  const { sender, priceMillis, gateways, hasDefault, isProduction } = await (await api()).sms.get({ territoryId })
  const isAgain = search.erreurs !== undefined
  const { fields, faults } = await keptOf('sms-expediteur', isAgain)
  const price = await keptOf('sms-prix', isAgain)
  const trial = await keptOf('sms-essai', isAgain)
  const trialFaults = trial.faults.phone ? { [`phone-${trial.fields.gatewayId ?? ''}`]: trial.faults.phone } : {}
  return (
    <div className="mx-auto max-w-2xl space-y-6">
      <BackLink href={`/configuration/messages?territoire=${territoryId}`}>Messages et rappels</BackLink>
      <Faults faults={{ ...faults, ...trialFaults, ...price.faults }} />
      <StepTitle intro="Par quelle passerelle partent les SMS du territoire, et sous quel nom.">
        {`Envoi des SMS\u00a0: ${name}`}
      </StepTitle>
      <FormNotice avis={one(search.avis)} />
      <AnswerNotice answers={trialNotices} avis={one(search.essai)} />
      {!isProduction && (
        <Notice title="Ici, presque rien ne part">
          <p>
            Hors production, les SMS sont gardés parmi les{' '}
            <a href="/recette/messages" className="link">
              messages de recette
            </a>
            , sauf vers les numéros que l’exploitant laisse passer.
          </p>
        </Notice>
      )}
      <section aria-labelledby="passerelles" className="space-y-3">
        <h2 id="passerelles" className="text-xl">
          Passerelles
        </h2>
        {gateways.length === 0 ? (
          <Notice tone={hasDefault ? 'info' : 'warn'} title="Aucune passerelle propre au territoire">
            <p>
              {hasDefault
                ? 'Les SMS partent par la passerelle de la plateforme.'
                : 'En production, aucun SMS ne partirait\u00a0: ajoutez une passerelle. Les e-mails partent sans elle.'}
            </p>
          </Notice>
        ) : (
          <>
            <p className="text-ink-soft">
              La première est essayée d’abord. Si elle ne prend pas un SMS, la suivante est essayée aussitôt, sauf s’il
              est peut-être déjà parti. Plus rien ne part par celle que vous retirez{'\u00a0'}; ce qu’elle dit encore
              des SMS déjà partis, et les STOP, comptent pendant 90 jours.
            </p>
            <ol className="space-y-3">
              {gateways.map((gateway, index) => (
                <GatewayItem
                  key={gateway.gatewayId}
                  gateway={gateway}
                  rank={index + 1}
                  territoryId={territoryId}
                  phone={trial.fields.gatewayId === String(gateway.gatewayId) ? trial.fields.phone : undefined}
                  error={trial.fields.gatewayId === String(gateway.gatewayId) ? trial.faults.phone : undefined}
                />
              ))}
            </ol>
          </>
        )}
        {gateways.length < MAX_GATEWAYS && (
          <div className="space-y-2">
            <p id="ajouter" className="font-bold">
              {'Ajouter une passerelle\u00a0:'}
            </p>
            <ul aria-labelledby="ajouter" className="grid gap-2 sm:grid-cols-3">
              {Object.entries(gatewayWords).map(([kind, words]) => (
                <li key={kind}>
                  <ButtonLink
                    href={`/configuration/messages/sms/passerelle?territoire=${territoryId}&type=${kind}`}
                    variant="secondary"
                    isFull
                    className="h-full"
                  >
                    {words}
                  </ButtonLink>
                </li>
              ))}
            </ul>
          </div>
        )}
      </section>
      <section aria-labelledby="expediteur" className="space-y-3">
        <h2 id="expediteur" className="text-xl">
          Expéditeur
        </h2>
        <form method="post" action="/configuration/messages/sms/expediteur" className="space-y-4" noValidate>
          <input type="hidden" name="territoryId" value={territoryId} />
          <Field
            name="sender"
            label="Nom affiché sur le téléphone"
            isOptional
            hint={`De 3 à 11 lettres sans accent, chiffres ou espaces. Sans réponse\u00a0: ${DEFAULT_SMS_SENDER}. La passerelle doit connaître ce nom.`}
            maxLength={20}
            autoComplete="off"
            defaultValue={fields.sender ?? sender ?? ''}
            error={faultSentence(faults.sender)}
          />
          <Button isFull className="sm:w-auto">
            Enregistrer ce nom
          </Button>
        </form>
      </section>
      <section aria-labelledby="prix" className="space-y-3">
        <h2 id="prix" className="text-xl">
          Prix
        </h2>
        <form method="post" action="/configuration/messages/sms/prix" className="space-y-4" noValidate>
          <input type="hidden" name="territoryId" value={territoryId} />
          <Field
            name="price"
            label="Prix d’un SMS, en centimes d’euro"
            isOptional
            hint={'Exemple\u00a0: 4,5. L’aperçu des textes dit alors ce que coûte chaque message.'}
            inputMode="decimal"
            maxLength={5}
            autoComplete="off"
            defaultValue={price.fields.price ?? (priceMillis === null ? '' : centsWords(priceMillis))}
            error={faultSentence(price.faults.price)}
          />
          <Button isFull className="sm:w-auto">
            Enregistrer ce prix
          </Button>
        </form>
      </section>
    </div>
  )
}
