import { redirect } from 'next/navigation'
import { formatDateTime } from '@/app/_lib/dates'
import { orNull } from '@/app/_parts/booking/ask'
import { NoSlots } from '@/app/_parts/booking/no-slots'
import { publicPage } from '@/app/_lib/public-page'
import { StepPage } from '@/app/_parts/booking/step-page'
import { missingBefore, paramsBefore, tunnelFrom, stepHref } from '@/app/_parts/booking/tunnel'
import { TunnelRecap } from '@/app/_parts/booking/tunnel-recap'
import { LinkCard } from '@/app/_ui/card'
import { Icon } from '@/app/_ui/icon'
import { formatDistance, placeOrderWords, placeQuestionWords } from '@/app/_words/booking'
import type { PlaceChoice } from '@/server/booking/rules/tunnel'
import { api } from '@/server/api'
import { hasInstructions } from '@/server/directory/rules/motif'

export const GET = publicPage('Quel lieu ?', async ({ search }) => {
  const tunnel = tunnelFrom(search)
  if (!tunnel.params.commune) redirect('/prendre-rdv')
  const caller = await api()
  const answer = await orNull(caller.booking.listPlaces(tunnel.params))
  if (!answer) redirect('/prendre-rdv')
  const { recap, places } = answer
  const elsewhere = missingBefore('lieu', tunnel, recap)
  const { motif } = recap
  if (elsewhere || !motif) redirect(elsewhere ?? '/prendre-rdv')

  const slotsHref = (place: PlaceChoice, isOnly = false) => {
    const before = { ...tunnel, params: paramsBefore('lieu', tunnel.params) }
    return stepHref('creneau', before, { [place.kind]: String(place.id), ...(isOnly && { seul: ['lieu'] as const }) })
  }
  const [only] = places
  if (only && places.length === 1) redirect(slotsHref(only, true))

  return (
    <StepPage
      step={4}
      question={placeQuestionWords[motif.locationType]}
      intro={placeOrderWords(answer.orderedBy, recap.commune.name)}
      backHref={stepHref(hasInstructions(motif) ? 'consignes' : 'motif', tunnel)}
      where={recap.territory.name}
      recap={<TunnelRecap recap={recap} tunnel={tunnel} />}
      notice={tunnel.notice}
    >
      {places.length === 0 && (
        <NoSlots
          firstHref={null}
          reasons={[]}
          phone={recap.territory.phone}
          otherMotifsHref={stepHref('motif', tunnel)}
          waitHref={null}
          otherPlacesHref={null}
        />
      )}
      <ul className="grid gap-2">
        {places.map((place) => (
          <li key={`${place.kind} ${place.id}`}>
            <LinkCard href={slotsHref(place)} title={place.name}>
              {(place.address ?? place.distanceM !== null) && (
                <span className="block">
                  {place.address}
                  {place.distanceM !== null && ` · à ${formatDistance(place.distanceM)}`}
                </span>
              )}
              {place.accessibilityNote && <span className="block">{place.accessibilityNote}</span>}
              {place.nextAt ? (
                <span className="flex items-baseline gap-2 pt-1 font-semibold text-ok">
                  <Icon name="calendar" className="shrink-0 self-center" />
                  <span>Dès {formatDateTime(place.nextAt, recap.territory.zone)}</span>
                </span>
              ) : (
                <span className="block pt-1 font-semibold text-warn">Aucun créneau pour le moment : voir pourquoi</span>
              )}
            </LinkCard>
          </li>
        ))}
      </ul>
    </StepPage>
  )
})
