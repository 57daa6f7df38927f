import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { keptOf } from '@/app/_lib/kept'
import { idIn, one, type Search } from '@/app/_lib/search'
import { requireViewer } from '@/app/_lib/viewer'
import { BackLink } from '@/app/_parts/form/back-link'
import { Faults, FormNotice } from '@/app/_parts/form/form-parts'
import { Button } from '@/app/_ui/button'
import { Field } from '@/app/_ui/field'
import { StepTitle } from '@/app/_ui/step-title'
import { faultSentence } from '@/app/_words/administration'
import { gatewayWords } from '@/app/_words/sms'
import { api } from '@/server/api'
import type { GatewayKind } from '@/server/kernel/gateways'
import { administeredTerritory } from '../../../_components/territory'
import { HttpFields } from '../_components/http-fields'

export const metadata: Metadata = { title: 'Passerelle SMS' }

const SECRETS = {
  brevo: { label: 'Clé d’API', hint: 'Dans Brevo, «\u00a0SMTP et API\u00a0».' },
  'link-mobility': { label: 'Mot de passe', hint: 'Celui du compte ouvert par LINK Mobility.' },
  http: {
    label: 'Secret',
    hint: 'Il prend la place de {secret}. Pour une authentification Basic, donnez-le déjà codé.',
  },
} as const satisfies Record<GatewayKind, { label: string; hint: string }>

const isKind = (kind: string): kind is GatewayKind => Object.hasOwn(gatewayWords, kind)

export default async function Page({ searchParams }: { searchParams: Search }) {
  await requireViewer()
  const search = await searchParams
  const { territoryId } = await administeredTerritory(search.territoire)
  const { gateways } = await (await api()).sms.get({ territoryId })
  const saved =
    search.passerelle === undefined
      ? null
      : (gateways.find(({ gatewayId }) => gatewayId === idIn(search.passerelle)) ?? notFound())
  const kind = saved?.settings.kind ?? one(search.type) ?? 'brevo'
  if (!isKind(kind)) notFound()
  const { fields, faults } = await keptOf(`sms-passerelle-${saved?.gatewayId ?? kind}`, search.erreurs !== undefined)
  const settings = saved?.settings
  return (
    <div className="mx-auto max-w-2xl space-y-5">
      <BackLink href={`/configuration/messages/sms?territoire=${territoryId}`}>Envoi des SMS</BackLink>
      <Faults faults={faults} />
      <StepTitle intro={saved ? 'Modifier cette passerelle.' : 'Ajouter cette passerelle, la dernière à être essayée.'}>
        {gatewayWords[kind]}
      </StepTitle>
      <FormNotice avis={one(search.avis)} />
      <form method="post" action="/configuration/messages/sms/enregistrer" className="space-y-5" noValidate>
        <input type="hidden" name="territoryId" value={territoryId} />
        <input type="hidden" name="gatewayId" value={saved?.gatewayId ?? ''} />
        <input type="hidden" name="kind" value={kind} />
        {kind === 'link-mobility' && (
          <Field
            name="username"
            label="Identifiant du compte"
            maxLength={100}
            autoComplete="off"
            defaultValue={fields.username ?? (settings?.kind === 'link-mobility' ? settings.username : '')}
            error={faultSentence(faults.username)}
          />
        )}
        {kind === 'http' && (
          <HttpFields saved={settings?.kind === 'http' ? settings : null} fields={fields} faults={faults} />
        )}
        <Field
          name="secret"
          type="password"
          label={SECRETS[kind].label}
          hint={saved ? 'Enregistré, et jamais montré. Laissez vide pour le garder.' : SECRETS[kind].hint}
          maxLength={500}
          autoComplete="new-password"
          error={faultSentence(faults.secret)}
        />
        <Button isFull className="sm:w-auto">
          Enregistrer
        </Button>
      </form>
      {saved && <Replies url={saved.repliesUrl} />}
      {saved && <ReceiptsHelp kind={kind} url={saved.receiptsUrl} />}
    </div>
  )
}

/** Where the gateway says what people answered: STOP, and they are written to by SMS no more. */
function Replies({ url }: { url: string }) {
  return (
    <section aria-labelledby="reponses" className="space-y-3 border-t border-line pt-5">
      <h2 id="reponses" className="text-xl">
        Réponses «{'\u00a0'}STOP{'\u00a0'}»
      </h2>
      <p>
        Si la passerelle transmet les réponses aux SMS, donnez-lui cette adresse, à appeler en POST. Un SMS «{'\u00a0'}
        STOP{'\u00a0'}» arrête alors les SMS vers ce numéro dans le territoire, et «{'\u00a0'}START{'\u00a0'}» les
        reprend. Qui connaît cette adresse peut en faire autant{'\u00a0'}: gardez-la pour vous.
      </p>
      <p className="rounded-card border border-line bg-card px-4 py-3 break-all">{url}</p>
      <p className="text-ink-soft">
        Le numéro y est attendu dans «{'\u00a0'}from{'\u00a0'}», le texte dans «{'\u00a0'}text{'\u00a0'}». Si la
        passerelle les nomme autrement, ajoutez à l’adresse, par exemple{'\u00a0'}: ?numero=msisdn&texte=message.body
      </p>
    </section>
  )
}

const REPORTS = {
  brevo: 'Dans Brevo, ajoutez un webhook des SMS transactionnels à cette adresse.',
  'link-mobility': 'Demandez à LINK Mobility d’envoyer les accusés de réception, par POST, à cette adresse.',
  http: 'Donnez à la passerelle cette adresse, complétée d’après ce qu’elle envoie.',
} as const satisfies Record<GatewayKind, string>

/** What the address of the reports of a generic gateway is completed with. */
const HTTP_PLACES = [
  { name: 'reference', words: 'Le champ où l’accusé donne la référence du SMS, ou notre {key}.' },
  { name: 'etat', words: 'Le champ où il dit ce qu’est devenu le SMS.' },
  { name: 'remis', words: 'Les mots, séparés par des virgules, qui disent que le SMS est arrivé.' },
  { name: 'perdu', words: 'Ceux qui disent qu’il n’arrivera pas.' },
] as const

/** Where a gateway says which SMS arrived. */
function ReceiptsHelp({ kind, url }: { kind: GatewayKind; url: string }) {
  const places = kind === 'http' ? '?reference=id&etat=status&remis=delivered&perdu=undelivered,expired' : ''
  return (
    <section aria-labelledby="accuses" className="space-y-3 border-t border-line pt-5">
      <h2 id="accuses" className="text-xl">
        Savoir quels SMS arrivent
      </h2>
      <p>{REPORTS[kind]}</p>
      <p className="rounded-card border border-line bg-card px-4 py-3 break-all">{url + places}</p>
      {kind === 'http' && (
        <dl className="grid gap-x-4 gap-y-1 sm:grid-cols-[auto_1fr]">
          {HTTP_PLACES.map(({ name, words }) => (
            <div key={name} className="contents">
              <dt className="font-bold">{name}</dt>
              <dd className="text-ink-soft max-sm:mb-2">{words}</dd>
            </div>
          ))}
        </dl>
      )}
      <p className="text-ink-soft">
        Cette adresse est un secret{'\u00a0'}: qui la connaît peut dire qu’un SMS est arrivé.
      </p>
    </section>
  )
}
