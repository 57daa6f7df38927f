import { redirect } from 'next/navigation'
import { capitalise, dayOf, formatDateTime, zoneWords } from '@/app/_lib/dates'
import { orNull } from '@/app/_parts/booking/ask'
import { NoSlots } from '@/app/_parts/booking/no-slots'
import { publicPage } from '@/app/_lib/public-page'
import { SlotList } from '@/app/_parts/booking/slot-list'
import { StepPage } from '@/app/_parts/booking/step-page'
import { missingBefore, paramsBefore, tunnelFrom, stepHref } from '@/app/_parts/booking/tunnel'
import { TunnelRecap } from '@/app/_parts/booking/tunnel-recap'
import { ButtonLink } from '@/app/_ui/button'
import { Notice } from '@/app/_ui/notice'
import { Pagination } from '@/app/_ui/pagination'
import { PhoneLink } from '@/app/_ui/phone-link'
import { api } from '@/server/api'
import { hasInstructions } from '@/server/directory/rules/motif'

export const GET = publicPage('Quel jour, à quelle heure ?', async ({ search }) => {
  const tunnel = tunnelFrom(search)
  if (!tunnel.params.commune) redirect('/prendre-rdv')
  const caller = await api()
  const answer = await orNull(caller.booking.searchSlots(tunnel.params))
  if (!answer) redirect('/prendre-rdv')
  const { recap, page } = answer
  const elsewhere = missingBefore('creneau', tunnel, recap)
  const { motif, place, territory } = recap
  if (elsewhere || !motif || !place) redirect(elsewhere ?? '/prendre-rdv')

  const isOnlyPlace = tunnel.skipped.includes('lieu')
  const phone = place.phone ?? territory.phone
  const isEmpty = page.days.length === 0 && !page.nextAvailabilityAt
  const mayWait = isEmpty && !motif.isCollective && (await caller.waitlist.isOpen({ territoryId: territory.id }))
  const waitHref = mayWait ? stepHref('prevenir', tunnel) : null
  const zone = zoneWords(territory.zone)
  const dayHref = (du: string) => stepHref('creneau', tunnel, { du })
  return (
    <StepPage
      step={5}
      question={motif.isCollective ? 'Quelle séance\u202f?' : 'Quel jour, à quelle heure\u202f?'}
      intro={zone && `Les horaires sont à l’${zone}.`}
      backHref={
        isOnlyPlace ? stepHref(hasInstructions(motif) ? 'consignes' : 'motif', tunnel) : stepHref('lieu', tunnel)
      }
      where={territory.name}
      recap={<TunnelRecap recap={recap} tunnel={tunnel} />}
      notice={tunnel.notice}
    >
      {page.days.length === 0 &&
        (page.nextAvailabilityAt ? (
          <Notice title="Pas de créneau cette semaine-là">
            <p>Le prochain est {formatDateTime(page.nextAvailabilityAt, territory.zone)}.</p>
            <ButtonLink href={dayHref(dayOf(page.nextAvailabilityAt, territory.zone))}>
              {`Aller au ${formatDateTime(page.nextAvailabilityAt, territory.zone)}`}
            </ButtonLink>
          </Notice>
        ) : (
          <NoSlots
            firstHref={
              page.previousFromDay
                ? stepHref('creneau', { ...tunnel, params: paramsBefore('coordonnees', tunnel.params) })
                : null
            }
            reasons={page.reasons}
            phone={phone}
            waitHref={waitHref}
            otherPlacesHref={isOnlyPlace ? null : stepHref('lieu', tunnel)}
            otherMotifsHref={stepHref('motif', tunnel)}
          />
        ))}
      <SlotList
        days={page.days}
        zone={territory.zone}
        isCollective={motif.isCollective}
        durationMin={motif.durationMin}
        hrefOf={(creneau) => stepHref('coordonnees', tunnel, { creneau })}
      />
      <Pagination
        label="Autres jours"
        previous={page.previousFromDay ? { href: dayHref(page.previousFromDay), words: 'Jours précédents' } : null}
        next={
          page.nextFromDay && page.days.length > 0 ? { href: dayHref(page.nextFromDay), words: 'Jours suivants' } : null
        }
      />
      {page.days.length > 0 && (phone ?? !isOnlyPlace) && (
        <Notice title={capitalise('aucun horaire ne convient\u202f?')}>
          <ul>
            {!isOnlyPlace && (
              <li>
                <a href={stepHref('lieu', tunnel)} className="link inline-flex min-h-11 items-center">
                  Voir les autres lieux
                </a>
              </li>
            )}
            {phone && (
              <li>
                Appelez le{' '}
                <PhoneLink
                  number={phone}
                  className="link inline-flex min-h-11 items-center font-semibold whitespace-nowrap"
                />
              </li>
            )}
          </ul>
        </Notice>
      )}
    </StepPage>
  )
})
