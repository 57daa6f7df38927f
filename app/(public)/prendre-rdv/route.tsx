import { redirect } from 'next/navigation'
import { publicPage } from '@/app/_lib/public-page'
import { AddressForm } from '@/app/_parts/booking/address-form'
import { communeHref, CommuneList } from '@/app/_parts/booking/commune-list'
import { StepPage } from '@/app/_parts/booking/step-page'
import { tunnelFrom } from '@/app/_parts/booking/tunnel'
import { ErrorSummary } from '@/app/_ui/error-summary'
import { Notice } from '@/app/_ui/notice'
import { countWords } from '@/app/_words/booking'
import { api } from '@/server/api'

export const GET = publicPage({ title: 'Votre commune', script: 'communes' }, async ({ search }) => {
  const { typed, notice } = tunnelFrom(search)
  const { sectorisation } = await api()
  const communes = typed ? await sectorisation.searchCommunes({ q: typed }) : []
  const [only] = communes
  if (only && communes.length === 1) redirect(communeHref(only.code))
  if (typed && !only) {
    // A whole address all the same: its commune is what matters, and the rest leaves the address bar.
    const [first] = await sectorisation.searchCommunesOfAddress({ q: typed })
    if (first && first.name !== typed) redirect(`/prendre-rdv?${new URLSearchParams({ q: first.name }).toString()}`)
  }

  const error =
    search.q === undefined || communes.length > 0
      ? undefined
      : typed
        ? `Aucune commune ne correspond à «\u00a0${typed}\u00a0»`
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
        <Notice title={'Que faire\u202f?'}>
          <p>Vérifiez l’orthographe, ou tapez les cinq chiffres de votre code postal.</p>
        </Notice>
      )}
      {communes.length > 0 && (
        <section aria-labelledby="resultats" className="space-y-3">
          <h2 id="resultats" className="text-lg">
            {countWords(communes.length, 'commune')} pour «&nbsp;{typed}&nbsp;»
          </h2>
          <CommuneList communes={communes} />
        </section>
      )}
      <p className="text-ink-soft">
        Plusieurs lieux vous reçoivent peut-être.{' '}
        <a href="/prendre-rdv/adresse" className="link inline-flex min-h-11 items-center">
          Trouver le plus proche avec mon adresse
        </a>
      </p>
    </StepPage>
  )
})
