import { redirect } from 'next/navigation'
import { orNull } from '@/app/_parts/booking/ask'
import { communeOf, DeadEnd } from '@/app/_parts/booking/dead-end'
import { publicPage } from '@/app/_lib/public-page'
import { StepPage } from '@/app/_parts/booking/step-page'
import { tunnelFrom, stepHref } from '@/app/_parts/booking/tunnel'
import { TunnelRecap } from '@/app/_parts/booking/tunnel-recap'
import { LinkCard } from '@/app/_ui/card'
import { countWords } from '@/app/_words/booking'
import { api } from '@/server/api'

export const GET = publicPage('Quel service ?', async ({ search }) => {
  const tunnel = tunnelFrom(search)
  if (!tunnel.params.commune) redirect('/prendre-rdv')
  const caller = await api()
  const answer = await orNull(caller.booking.listServices(tunnel.params))
  if (!answer) return <DeadEnd commune={await communeOf(caller, tunnel)} territory={null} />
  const { recap, services } = answer
  const [only] = services
  if (!only) return <DeadEnd commune={recap.commune} territory={recap.territory} />
  if (services.length === 1) redirect(stepHref('motif', tunnel, { service: String(only.id), seul: ['service'] }))

  return (
    <StepPage
      step={2}
      question={'Avec quel service\u202f?'}
      backHref="/prendre-rdv"
      where={recap.territory.name}
      recap={<TunnelRecap recap={recap} tunnel={tunnel} />}
      notice={tunnel.notice}
    >
      <ul className="grid gap-2">
        {services.map((service) => (
          <li key={service.id}>
            <LinkCard href={stepHref('motif', tunnel, { service: String(service.id) })} title={service.name}>
              {countWords(service.motifCount, 'motif')}
            </LinkCard>
          </li>
        ))}
      </ul>
      <p>
        <a href={stepHref('motif', tunnel)} className="link inline-flex min-h-11 items-center">
          Je ne sais pas : voir tous les motifs
        </a>
      </p>
    </StepPage>
  )
})
