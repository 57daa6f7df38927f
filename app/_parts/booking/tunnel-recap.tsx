import { capitalise, dayOf, formatDateTime, formatDurations, zoneWords } from '@/app/_lib/dates'
import { Recap, type RecapRow } from '@/app/_ui/recap'
import { locationWords } from '@/app/_words/booking'
import type { TunnelRecap as Facts } from '@/server/booking/rules/tunnel'
import { instructionsHref, stepHref, type Tunnel } from './tunnel'
import { hasInstructions } from '@/server/directory/rules/motif'

const change = (href: string, about: string) => ({ href, words: 'Modifier', about })

/** What has been chosen so far, each row with its way back. A step that had one answer says so instead. */
export function TunnelRecap({ recap, tunnel }: { recap: Facts; tunnel: Tunnel }) {
  return <Recap rows={tunnelRows(recap, tunnel)} />
}

export function tunnelRows({ commune, service, motif, place, startAt, territory }: Facts, tunnel: Tunnel): RecapRow[] {
  const { skipped } = tunnel
  const rows: RecapRow[] = []
  if (!place) {
    rows.push({
      label: 'Commune',
      value: `${commune.name} (${commune.departmentNumber})`,
      action: change('/prendre-rdv', 'la commune'),
    })
  }
  if (service) {
    rows.push(
      skipped.includes('service')
        ? { label: 'Service', value: service.shortName, note: 'Seul service proposé ici en ligne' }
        : { label: 'Service', value: service.shortName, action: change(stepHref('service', tunnel), 'le service') },
    )
  }
  if (motif) {
    rows.push({
      label: 'Motif',
      value: motif.name,
      note: (
        <>
          {formatDurations(motif.durationMin, motif.longestDurationMin)}
          {skipped.includes('motif') && ' · seul motif proposé'}
          {hasInstructions(motif) && (
            <>
              {' · '}
              <a href={instructionsHref(tunnel)} className="link -my-2 inline-flex min-h-11 items-center">
                Consignes
              </a>
            </>
          )}
        </>
      ),
      ...(!skipped.includes('motif') && { action: change(stepHref('motif', tunnel), 'le motif') }),
    })
  }
  if (motif && place) {
    const isOnSite = motif.locationType === 'public_office'
    const notes = [isOnSite ? place.address : place.name, skipped.includes('lieu') && 'seul lieu proposé']
    rows.push({
      label: 'Lieu',
      value: isOnSite ? place.name : locationWords[motif.locationType],
      note: notes.filter(Boolean).join(' · '),
      ...(!skipped.includes('lieu') && { action: change(stepHref('lieu', tunnel), 'le lieu') }),
    })
  }
  if (place && startAt) {
    rows.push({
      label: 'Quand',
      value: capitalise(formatDateTime(startAt, territory.zone)),
      note: zoneWords(territory.zone),
      action: change(stepHref('creneau', tunnel, { du: dayOf(startAt, territory.zone) }), 'le jour et l’heure'),
    })
  }
  return rows
}
