import type { View } from '@/app/_lib/document'
import { formRoute } from '@/app/_lib/form-route'
import { publicPage } from '@/app/_lib/public-page'
import { CommuneList, NOWHERE } from '@/app/_parts/booking/commune-list'
import { StepPage } from '@/app/_parts/booking/step-page'
import { stepHref } from '@/app/_parts/booking/tunnel'
import { Button } from '@/app/_ui/button'
import { LinkCard } from '@/app/_ui/card'
import { ErrorSummary } from '@/app/_ui/error-summary'
import { Field } from '@/app/_ui/field'
import { Notice } from '@/app/_ui/notice'
import type { CommuneChoice } from '@/server/booking/rules/tunnel'

const HERE = '/prendre-rdv/adresse'
const TITLE = 'Votre adresse'
const MAX_LENGTH = 200

type Found = { label: string; cityCode: string; latitude: number; longitude: number }

/** To about 100 m: enough to tell which lieu is nearer, too little to tell a door. */
const rounded = (degrees: number) => degrees.toFixed(3)

const addressHref = ({ cityCode, latitude, longitude }: Found) =>
  stepHref('service', NOWHERE, { commune: cityCode, lat: rounded(latitude), lon: rounded(longitude) })

export const GET = publicPage(TITLE, () => <AddressPage />)

/** Posted, and answered with the page itself: no address of a person stands in an address of ours. */
export const POST = formRoute(
  async ({ fields, caller }) => {
    const typed = (fields.adresse ?? '').trim().slice(0, MAX_LENGTH)
    if (!typed) return view({ error: 'Indiquez votre adresse' })
    const answer = await caller.sectorisation.searchAddresses({ q: typed })
    const addresses = answer.status === 'answered' ? answer.addresses : []
    const [only] = addresses
    if (only && addresses.length === 1) return addressHref(only)
    if (addresses.length > 0) return view({ typed, addresses })
    const communes = await caller.sectorisation.searchCommunesOfAddress({ q: typed })
    const error = communes.length === 0 ? 'Cette adresse n’a pas été trouvée. Ajoutez-y la commune' : undefined
    return view({ typed, communes, error, isServiceAbsent: answer.status !== 'answered' })
  },
  { backHref: HERE },
)

type Props = {
  typed?: string
  error?: string | undefined
  addresses?: readonly Found[]
  communes?: readonly CommuneChoice[]
  isServiceAbsent?: boolean
}

const view = (props: Props): View => ({
  title: props.error ? `Erreur\u00a0: ${TITLE}` : TITLE,
  isPersonal: true,
  body: <AddressPage {...props} />,
})

function AddressPage({ typed = '', error, addresses = [], communes = [], isServiceAbsent = false }: Props) {
  return (
    <StepPage
      step={1}
      question={'À quelle adresse habitez-vous\u202f?'}
      intro="Elle sert à trouver le lieu le plus proche, et n’est pas gardée."
      backHref="/prendre-rdv"
      before={error && <ErrorSummary title="Adresse à préciser" errors={[{ name: 'adresse', message: error }]} />}
    >
      <form method="post" action={HERE} className="space-y-4">
        <Field
          name="adresse"
          label="Votre adresse"
          hint={'Numéro, rue et commune. Exemple\u00a0: 12 rue Gambetta, Lens'}
          error={error}
          defaultValue={typed}
          autoComplete="street-address"
          maxLength={MAX_LENGTH}
        />
        <Button className="w-full sm:w-auto">Chercher</Button>
      </form>
      {isServiceAbsent && communes.length > 0 && (
        <Notice>
          <p>
            La recherche d’adresses n’est pas disponible pour le moment. Choisissez votre commune&nbsp;: cela suffit
            pour prendre rendez-vous.
          </p>
        </Notice>
      )}
      {addresses.length + communes.length > 0 && (
        <section aria-labelledby="resultats" className="space-y-3">
          <h2 id="resultats" className="text-lg">
            {addresses.length > 0 ? 'Laquelle est la vôtre\u202f?' : 'Votre commune'}
          </h2>
          {addresses.length > 0 && (
            <ul className="grid gap-2">
              {addresses.map((address) => (
                <li key={address.label}>
                  <LinkCard href={addressHref(address)} title={address.label} />
                </li>
              ))}
            </ul>
          )}
          {communes.length > 0 && <CommuneList communes={communes} />}
        </section>
      )}
    </StepPage>
  )
}
