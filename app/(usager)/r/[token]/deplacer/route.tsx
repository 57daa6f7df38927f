import { redirect } from 'next/navigation'
import { dayOf, formatDateTime, zoneWords } from '@/app/_lib/dates'
import { publicPage } from '@/app/_lib/public-page'
import { NoSlots } from '@/app/_parts/booking/no-slots'
import { SlotList } from '@/app/_parts/booking/slot-list'
import { ButtonLink } from '@/app/_ui/button'
import { Notice } from '@/app/_ui/notice'
import { PageShell } from '@/app/_ui/page-shell'
import { Pagination } from '@/app/_ui/pagination'
import { StepTitle } from '@/app/_ui/step-title'
import { WayBack } from '@/app/_ui/way-back'
import { moveToRefusalWords } from '@/app/_words/booking'
import { moveSlotsSchema } from '@/server/booking/schema'
import { AppError } from '@/server/kernel/errors'
import { api } from '@/server/api'

const isRefusal = (word: unknown): word is keyof typeof moveToRefusalWords =>
  typeof word === 'string' && Object.hasOwn(moveToRefusalWords, word)

export const GET = publicPage({ title: 'Déplacer votre rendez-vous', isPersonal: true }, async ({ params, search }) => {
  const asked = moveSlotsSchema.safeParse({ ...params, fromDay: search.du })
  if (!asked.success) throw new AppError('not-found')
  const { rdv, page } = await (await api()).booking.listMoveSlots(asked.data)
  const path = `/r/${asked.data.token}`
  // The RDV's own page says why.
  if (!page) redirect(path)
  const zone = zoneWords(rdv.zone)
  const dayHref = (du: string) => `${path}/deplacer?${new URLSearchParams({ du }).toString()}`
  const { nextAvailabilityAt } = page
  const hasOthers = page.days.some(({ slots }) => slots.some(({ startAt }) => !isCurrent(startAt)))
  function isCurrent(at: Date) {
    return at.getTime() === rdv.startAt.getTime()
  }
  return (
    <PageShell where={rdv.territoryName}>
      <WayBack href={path} />
      {isRefusal(search.avis) && (
        <Notice tone="warn" isLive>
          <p className="font-semibold">{moveToRefusalWords[search.avis]}</p>
        </Notice>
      )}
      <StepTitle
        intro={
          <>
            <p>
              Votre rendez-vous est prévu {formatDateTime(rdv.startAt, rdv.zone)}
              {rdv.placeName && `, ${rdv.placeName}`}. Il n’est déplacé que lorsque vous confirmez.
            </p>
            {zone && <p>Les horaires sont à l’{zone}.</p>}
          </>
        }
      >
        Quel nouvel horaire{'\u202f'}?
      </StepTitle>
      {page.days.length === 0 && nextAvailabilityAt && (
        <Notice title="Pas de créneau cette semaine-là">
          <ButtonLink href={dayHref(dayOf(nextAvailabilityAt, rdv.zone))}>
            {`Aller au ${formatDateTime(nextAvailabilityAt, rdv.zone)}`}
          </ButtonLink>
        </Notice>
      )}
      {!hasOthers && !nextAvailabilityAt && !page.nextFromDay && (
        <NoSlots
          firstHref={page.previousFromDay ? `${path}/deplacer` : null}
          reasons={page.reasons}
          phone={rdv.phone}
          waitHref={null}
          otherPlacesHref={null}
          otherMotifsHref={null}
        />
      )}
      <SlotList
        days={page.days}
        zone={rdv.zone}
        isCollective={false}
        durationMin={page.days[0]?.slots[0]?.durationMin ?? 0}
        currentAt={rdv.startAt}
        hrefOf={(creneau) => `${path}/deplacer/verifier?creneau=${creneau}`}
      />
      <Pagination
        label="Autres jours"
        previous={page.previousFromDay ? { href: dayHref(page.previousFromDay), words: 'Jours précédents' } : null}
        next={
          page.nextFromDay && page.days.length > 0 ? { href: dayHref(page.nextFromDay), words: 'Jours suivants' } : null
        }
      />
    </PageShell>
  )
})
