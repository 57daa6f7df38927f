import { redirect } from 'next/navigation'
import { AddressForm } from '@/app/_parts/booking/address-form'
import { publicPage } from '@/app/_lib/public-page'
import { StepPage } from '@/app/_parts/booking/step-page'
import { tunnelFrom, stepHref } from '@/app/_parts/booking/tunnel'
import { ErrorSummary } from '@/app/_ui/error-summary'
import { LinkCard } from '@/app/_ui/card'
import { Notice } from '@/app/_ui/notice'
import { countWords } from '@/app/_words/booking'
import { api } from '@/server/api'

const NOWHERE = { params: {}, skipped: [] } as const
const communeHref = (code: string) => stepHref('service', NOWHERE, { commune: code })

/** To about 100 m: enough to tell which lieu is nearer, too little to tell a door. */
const rounded = (degrees: number) => degrees.toFixed(3)

/** A house number and a street, or three words: the address service may know it. */
const looksLikeAnAddress = (typed: string) => /\d+.*\p{L}{3}/u.test(typed) && !/^\s*\d{5}\b/.test(typed)

export const GET = publicPage('Votre commune', async ({ search }) => {
  const { typed, notice } = tunnelFrom(search)
  const isAsked = 'q' in search
  const caller = await api()
  const communes = typed ? await caller.sectorisation.searchCommunes({ q: typed }) : []
  const answer = typed && looksLikeAnAddress(typed) ? await caller.sectorisation.searchAddresses({ q: typed }) : null
  const addresses = answer?.status === 'answered' ? answer.addresses : []

  const [only] = communes
  if (only && communes.length === 1 && addresses.length === 0) redirect(communeHref(only.code))

  const found = communes.length + addresses.length
  const error =
    !isAsked || found > 0
      ? undefined
      : typed
        ? `Aucune commune ne correspond à « ${typed} »`
        : 'Indiquez une commune ou un code postal'
  return (
    <StepPage
      step={1}
      question={'Où habitez-vous\u202f?'}
      intro="Pour trouver les services de votre département."
      notice={notice}
      before={error && <ErrorSummary title="Commune à préciser" errors={[{ name: 'q', message: error }]} />}
    >
      <AddressForm typed={typed} error={error} />
      {error && typed && (
        <Notice title="Que faire ?">
          <p>Vérifiez l’orthographe, ou tapez les cinq chiffres de votre code postal.</p>
        </Notice>
      )}
      {answer?.status === 'unavailable' && (
        <Notice>
          <p>La recherche d’adresses ne répond pas pour le moment. Choisissez votre commune : cela suffit.</p>
        </Notice>
      )}
      {found > 0 && (
        <section aria-labelledby="resultats" className="space-y-3">
          <h2 id="resultats" className="text-lg">
            {countWords(found, 'résultat')} pour « {typed} »
          </h2>
          <ul className="grid gap-2">
            {addresses.map((address) => (
              <li key={address.label}>
                <LinkCard
                  href={stepHref('service', NOWHERE, {
                    commune: address.cityCode,
                    lat: rounded(address.latitude),
                    lon: rounded(address.longitude),
                  })}
                  title={address.label}
                />
              </li>
            ))}
            {communes.map((commune) => (
              <li key={commune.code}>
                <LinkCard href={communeHref(commune.code)} title={commune.name}>
                  {postCodeWords(commune.postCodes)} · département {commune.departmentNumber}
                </LinkCard>
              </li>
            ))}
          </ul>
        </section>
      )}
    </StepPage>
  )
})

function postCodeWords(postCodes: readonly string[]): string {
  const [first = '', ...others] = postCodes
  return others.length === 0 ? first : `${first} et ${countWords(others.length, 'autre')}`
}
