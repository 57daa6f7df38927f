import { redirect } from 'next/navigation'
import { formatDurations } from '@/app/_lib/dates'
import { orNull } from '@/app/_parts/booking/ask'
import { publicPage } from '@/app/_lib/public-page'
import { StepPage } from '@/app/_parts/booking/step-page'
import { furthestStep, missingBefore, tunnelFrom, stepHref } from '@/app/_parts/booking/tunnel'
import { TunnelRecap } from '@/app/_parts/booking/tunnel-recap'
import { ButtonLink } from '@/app/_ui/button'
import { Card } from '@/app/_ui/card'
import { Icon } from '@/app/_ui/icon'
import { Notice } from '@/app/_ui/notice'
import { locationSentences } from '@/app/_words/booking'
import { api } from '@/server/api'

export const GET = publicPage('Ce qu’il faut savoir', async ({ search }) => {
  const tunnel = tunnelFrom(search)
  if (!tunnel.params.commune) redirect('/prendre-rdv')
  const caller = await api()
  const recap = await orNull(caller.booking.getRecap(tunnel.params))
  if (!recap) redirect('/prendre-rdv')
  const elsewhere = missingBefore('consignes', tunnel, recap)
  const { motif } = recap
  if (elsewhere || !motif) redirect(elsewhere ?? '/prendre-rdv')

  const isSeenAgain = tunnel.params.consignes === 'lues'
  const next = stepHref(furthestStep(tunnel), tunnel, { consignes: 'lues' })
  return (
    <StepPage
      step={3}
      question="Ce qu’il faut savoir"
      backHref={isSeenAgain ? next : stepHref('motif', tunnel)}
      where={recap.territory.name}
      recap={<TunnelRecap recap={recap} tunnel={tunnel} />}
      notice={tunnel.notice}
    >
      {motif.restriction && (
        <Notice tone="warn" title="Ce rendez-vous est-il pour vous ?">
          <p className="whitespace-pre-line">{motif.restriction}</p>
        </Notice>
      )}
      <Card className="space-y-4">
        <ul className="space-y-2">
          <li className="flex gap-3">
            <Icon name="clock" className="mt-0.5 shrink-0 text-accent" />
            <span>
              Le rendez-vous dure <strong>{formatDurations(motif.durationMin, motif.longestDurationMin)}</strong>.
            </span>
          </li>
          <li className="flex gap-3">
            <Icon name={LOCATION_ICONS[motif.locationType]} className="mt-0.5 shrink-0 text-accent" />
            <span>
              {motif.isCollective
                ? 'C’est une séance collective, avec d’autres personnes.'
                : locationSentences[motif.locationType]}
            </span>
          </li>
        </ul>
        {motif.instructions && (
          <div className="space-y-1.5 border-t border-line pt-4">
            <h2 className="text-lg">Pour préparer votre venue</h2>
            <p className="whitespace-pre-line">{motif.instructions}</p>
          </div>
        )}
      </Card>
      <div className="flex flex-col gap-3 sm:flex-row">
        <ButtonLink href={next}>{isSeenAgain ? 'Continuer ma demande' : 'J’ai compris, continuer'}</ButtonLink>
        <ButtonLink href={stepHref('motif', tunnel)} variant="secondary">
          Choisir un autre motif
        </ButtonLink>
      </div>
    </StepPage>
  )
})

const LOCATION_ICONS = { public_office: 'pin', phone: 'phone', home: 'home', visio: 'video' } as const
