import { capitalise, dayOf, formatDay, formatTime, isoOf, zoneWords } from '@/app/_lib/dates'
import { ButtonLink } from '@/app/_ui/button'
import { Icon } from '@/app/_ui/icon'
import { Tag } from '@/app/_ui/tag'
import { locationWords, usagerStatusWords } from '@/app/_words/booking'
import type { AccountRdv } from '@/server/booking/rules/account-rdvs'
import { isCancelled } from '@/server/booking/rules/status'

/** One RDV of the list: when, where, for whom, and what may be done with it: of one that is past, nothing. */
export function AccountRdvCard({ rdv, isPast }: { rdv: AccountRdv; isPast: boolean }) {
  const isOff = isCancelled(rdv.status)
  const isOn = rdv.status === 'unknown'
  const day = capitalise(formatDay(dayOf(rdv.startAt, rdv.zone), { withYear: true }))
  const time = formatTime(rdv.startAt, rdv.zone)
  const where = rdv.locationType === 'public_office' ? rdv.placeName : locationWords[rdv.locationType]
  const about = `${day} à ${time}`
  return (
    <article aria-label={about} className="overflow-hidden rounded-card border border-line bg-card">
      <div className="space-y-2 p-4 sm:p-5">
        <div className="flex flex-wrap items-start justify-between gap-2">
          <h3 className={`text-lg ${isOff ? 'text-ink-soft line-through' : ''}`}>
            <time dateTime={isoOf(rdv.startAt)}>
              {day}
              <span className="block text-2xl font-bold">{time}</span>
            </time>
          </h3>
          <Tag tone={isOff ? 'bad' : isOn ? 'ok' : 'info'}>{usagerStatusWords[rdv.status]}</Tag>
        </div>
        {zoneWords(rdv.zone) && <p className="text-ink-soft">{capitalise(zoneWords(rdv.zone) ?? '')}</p>}
        <p>
          <span className="block font-semibold">{rdv.motifName ?? 'Rendez-vous'}</span>
          {rdv.title && <span className="block">{rdv.title}</span>}
          {where && <span className="block text-ink-soft">{where}</span>}
        </p>
        <p className="flex items-center gap-2">
          <Icon name={rdv.isRelative ? 'people' : 'person'} className="text-accent" />
          Pour {rdv.forFirstName}
        </p>
      </div>
      {!isPast && <Ways rdv={rdv} about={about} />}
    </article>
  )
}

function Ways({ rdv, about }: { rdv: AccountRdv; about: string }) {
  const isOn = rdv.status === 'unknown'
  return (
    <div className="flex flex-col gap-2 border-t border-line bg-paper px-4 py-3 sm:flex-row sm:flex-wrap sm:px-5">
      <ButtonLink href={rdv.linkPath} variant="secondary">
        {isOn ? 'Détails, consignes, annuler' : 'Détails'}
        <span className="sr-only"> du rendez-vous, {about}</span>
      </ButtonLink>
      {isOn && rdv.whyNotMove === null && (
        <ButtonLink href={`${rdv.linkPath}/deplacer`} variant="quiet">
          Déplacer
          <span className="sr-only"> le rendez-vous, {about}</span>
        </ButtonLink>
      )}
      {isOn && (
        <ButtonLink href={`${rdv.linkPath}/calendrier`} variant="quiet">
          Ajouter à mon agenda
          <span className="sr-only"> le rendez-vous, {about}</span>
        </ButtonLink>
      )}
      {isOn && (
        <ButtonLink href={`${rdv.linkPath}/convocation`} variant="quiet">
          Imprimer la convocation
          <span className="sr-only"> du rendez-vous, {about}</span>
        </ButtonLink>
      )}
    </div>
  )
}
