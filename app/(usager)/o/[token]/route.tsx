import {
  capitalise,
  dayOf,
  formatDateTime,
  formatDay,
  formatDuration,
  formatTime,
  isoOf,
  zoneWords,
} from '@/app/_lib/dates'
import { publicPage } from '@/app/_lib/public-page'
import { Instructions } from '@/app/_parts/booking/rdv-sheet'
import { Button, ButtonLink } from '@/app/_ui/button'
import { Notice } from '@/app/_ui/notice'
import { PageShell } from '@/app/_ui/page-shell'
import { PhoneLink } from '@/app/_ui/phone-link'
import { StepTitle } from '@/app/_ui/step-title'
import { locationWords } from '@/app/_words/booking'
import { acceptRefusalWords, offerDelayWords, offerStateWords } from '@/app/_words/waitlist'
import type { OfferState, WaitForUsager } from '@/server/booking/rules/waitlist'
import { linkSchema } from '@/server/booking/schema'
import { AppError } from '@/server/kernel/errors'
import { api } from '@/server/api'

const titleOf = (state: OfferState): string => {
  if (state === 'open') return 'Ce créneau vous convient-il\u202f?'
  return state === 'accepted' ? 'Ce créneau est à vous' : 'Ce créneau n’est plus proposé'
}

type Offer = NonNullable<WaitForUsager['offer']>

const isRefusal = (word: unknown): word is keyof typeof acceptRefusalWords =>
  typeof word === 'string' && Object.hasOwn(acceptRefusalWords, word)

export const GET = publicPage(
  { title: 'Un créneau vous est proposé', isPersonal: true },
  async ({ params, search }) => {
    const link = linkSchema.safeParse(params)
    if (!link.success) throw new AppError('not-found')
    const wait = await (await api()).waitlist.getOffer(link.data)
    const { offer } = wait
    if (!offer) throw new AppError('not-found')
    const isOpen = offer.state === 'open'
    return (
      <PageShell where={wait.territoryName}>
        {isRefusal(search.avis) && (
          <Notice tone="warn" title="Ce créneau n’a pas été pris" isLive>
            <p>{acceptRefusalWords[search.avis]}</p>
            {wait.endedBy === null && <p>Vous restez sur la file d’attente.</p>}
          </Notice>
        )}
        <StepTitle>{titleOf(offer.state)}</StepTitle>
        <OfferSheet wait={wait} offer={offer} />
        {isOpen ? (
          <Answer wait={wait} offer={offer} path={`/o/${link.data.token}`} />
        ) : (
          <Over wait={wait} offer={offer} />
        )}
      </PageShell>
    )
  },
)

function OfferSheet({ wait, offer }: { wait: WaitForUsager; offer: Offer }) {
  const { zone, locationType, placeName, placeAddress, motifName } = wait
  const isOnSite = locationType === 'public_office'
  const durationMin = Math.round((offer.endAt.getTime() - offer.startAt.getTime()) / 60_000)
  const isOpen = offer.state === 'open'
  return (
    <div className="overflow-hidden rounded-card border border-line bg-card">
      <p className={`px-4 py-4 sm:px-6 ${isOpen ? 'bg-accent text-white' : 'bg-paper text-ink-soft'}`}>
        <time dateTime={isoOf(offer.startAt)}>
          <span className="block text-lg font-semibold">
            {capitalise(formatDay(dayOf(offer.startAt, zone), { withYear: true }))}
          </span>
          <span className="block text-3xl font-bold">{formatTime(offer.startAt, zone)}</span>
        </time>
        <span className="block">{[formatDuration(durationMin), zoneWords(zone)].filter(Boolean).join(' · ')}</span>
      </p>
      <div className="space-y-1 px-4 py-3 sm:px-6">
        {motifName && <p className="font-semibold">{motifName}</p>}
        <p>{isOnSite ? [placeName, placeAddress].filter(Boolean).join(', ') : locationWords[locationType]}</p>
        {wait.rdvStartAt && isOpen && (
          <p className="text-ink-soft">Au lieu du {formatDateTime(wait.rdvStartAt, zone)}</p>
        )}
      </div>
    </div>
  )
}

/** One press is an answer; opening the page is none. */
function Answer({ wait, offer, path }: { wait: WaitForUsager; offer: Offer; path: string }) {
  return (
    <>
      <Notice>
        <p>{offerDelayWords(offer, wait.zone)}</p>
        {wait.rdvStartAt && <p>Sans réponse, votre rendez-vous reste à sa date.</p>}
      </Notice>
      <form method="post" action={`${path}/repondre`} className="flex flex-col gap-3 sm:flex-row sm:flex-wrap">
        <Button name="geste" value="accepter">
          Je prends ce créneau
        </Button>
        <Button name="geste" value="laisser" variant="secondary">
          {wait.rdvStartAt ? 'Non, je garde ma date' : 'Non, pas celui-ci'}
        </Button>
        <Button name="geste" value="quitter" variant="quiet">
          Ne plus être prévenu
        </Button>
      </form>
      {wait.instructions && <Instructions text={wait.instructions} />}
    </>
  )
}

function Over({ wait, offer }: { wait: WaitForUsager; offer: Offer }) {
  return (
    <>
      <p>{offerStateWords[offer.state]}</p>
      {wait.endedBy === null && offer.state !== 'accepted' && (
        <p>Vous restez sur la file d’attente{'\u00a0'}: le prochain créneau libéré vous sera proposé à votre tour.</p>
      )}
      {wait.rdvPath ? (
        <ButtonLink href={wait.rdvPath}>Voir mon rendez-vous</ButtonLink>
      ) : (
        <ButtonLink href="/prendre-rdv">Prendre un rendez-vous</ButtonLink>
      )}
      {wait.phone && (
        <p>
          Une question{'\u202f'}? Appelez le <PhoneLink number={wait.phone} />
        </p>
      )}
    </>
  )
}
