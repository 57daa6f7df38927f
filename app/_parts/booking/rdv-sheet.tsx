import type { ReactNode } from 'react'
import { capitalise, dayOf, formatDay, formatDuration, formatTime, isoOf, zoneWords } from '@/app/_lib/dates'
import { Icon, type IconName } from '@/app/_ui/icon'
import { PhoneLink } from '@/app/_ui/phone-link'
import { locationSentences, locationWords } from '@/app/_words/booking'
import type { RdvForUsager } from '@/server/booking/rules/tunnel'

const LOCATION_ICONS = { public_office: 'pin', phone: 'phone', home: 'home', visio: 'video' } as const

/** Everything a person needs to be there: when, where, what to bring, whom to call. */
export function RdvSheet({ rdv, isCancelled = false }: { rdv: RdvForUsager; isCancelled?: boolean }) {
  const durationMin = Math.round((rdv.endAt.getTime() - rdv.startAt.getTime()) / 60_000)
  const day = capitalise(formatDay(dayOf(rdv.startAt, rdv.zone), { withYear: true }))
  const time = formatTime(rdv.startAt, rdv.zone)
  const isOnSite = rdv.locationType === 'public_office'
  return (
    <div className="overflow-hidden rounded-card border border-line bg-card">
      <div
        className={`px-4 py-4 sm:px-6 ${isCancelled ? 'bg-paper text-ink-soft' : 'bg-accent text-white print:border-b print:bg-transparent print:text-ink'}`}
      >
        <p>
          <time dateTime={isoOf(rdv.startAt)} className={isCancelled ? 'line-through' : ''}>
            <span className="block text-lg font-semibold">{day}</span>
            <span className="block text-3xl font-bold">{time}</span>
          </time>
        </p>
        <p>{[formatDuration(durationMin), zoneWords(rdv.zone)].filter(Boolean).join(' · ')}</p>
      </div>
      <dl className="divide-y divide-line px-4 sm:px-6">
        <Row icon="calendar" label="Motif">
          <span className="font-semibold">{rdv.motifName ?? 'Rendez-vous'}</span>
          {rdv.title && <span className="block">{rdv.title}</span>}
          <span className="block text-ink-soft">{rdv.motifName ? rdv.serviceName : rdv.organisationName}</span>
        </Row>
        <Row icon={LOCATION_ICONS[rdv.locationType]} label="Lieu">
          <span className="font-semibold">{isOnSite ? rdv.placeName : locationWords[rdv.locationType]}</span>
          {rdv.placeAddress && <span className="block">{rdv.placeAddress}</span>}
          {!isOnSite && <span className="block text-ink-soft">{locationSentences[rdv.locationType]}</span>}
          {rdv.videoUrl && !isCancelled && (
            <a href={rdv.videoUrl} className="link inline-flex min-h-11 items-center font-semibold">
              Rejoindre la visioconférence
            </a>
          )}
          {isOnSite && rdv.placeHours && <span className="block text-ink-soft">{rdv.placeHours}</span>}
        </Row>
        {rdv.accessibilityNote && (
          <Row icon="wheelchair" label="Accessibilité">
            {rdv.accessibilityNote}
          </Row>
        )}
        <Row icon="people" label="Pour">
          <span className="font-semibold">{rdv.forFirstName}</span>
        </Row>
        {rdv.phone && (
          <Row icon="phone" label="Un empêchement ?">
            Appelez le{' '}
            <PhoneLink number={rdv.phone} className="link -my-2 inline-flex min-h-11 items-center font-semibold" />
          </Row>
        )}
      </dl>
    </div>
  )
}

function Row({ icon, label, children }: { icon: IconName; label: string; children: ReactNode }) {
  return (
    <div className="py-3">
      <dt className="sr-only">{label}</dt>
      <dd className="grid grid-cols-[1.25rem_minmax(0,1fr)] gap-x-3">
        <Icon name={icon} className="mt-0.5 text-accent" />
        <div>{children}</div>
      </dd>
    </div>
  )
}

/** What to prepare, on the confirmation and on the RDV's page. */
export function Instructions({ text }: { text: string }) {
  return (
    <section
      aria-labelledby="consignes"
      className="space-y-1.5 rounded-card border-l-4 border-accent bg-accent-soft px-4 py-3"
    >
      <h2 id="consignes" className="text-lg">
        Pour préparer votre venue
      </h2>
      <p className="whitespace-pre-line">{text}</p>
    </section>
  )
}
