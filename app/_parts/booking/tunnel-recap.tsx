import { capitalise, dayOf, formatDateTime, formatDurations, zoneWords } from '@/app/_lib/dates'
import { Recap, type RecapRow } from '@/app/_ui/recap'
import { locationWords } from '@/app/_words/booking'
import type { TunnelRecap as Facts } from '@/server/booking/rules/tunnel'
import { hasInstructions, instructionsHref, stepHref, type Tunnel } from './tunnel'

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
        ? { label: 'Service', value: service.name, note: 'Seul service proposé ici en ligne' }
        : { label: 'Service', value: service.name, action: change(stepHref('service', tunnel), 'le service') },
    )
  }
  if (motif) {
    rows.push(
      skipped.includes('motif')
        ? { label: 'Motif', value: motif.name, note: 'Seul motif proposé en ligne' }
        : { label: 'Motif', value: motif.name, action: change(stepHref('motif', tunnel), 'le motif') },
    )
    rows.push({
      label: 'Durée',
      value: formatDurations(motif.durationMin, motif.longestDurationMin),
      ...(hasInstructions(motif) && {
        action: { href: instructionsHref(tunnel), words: 'Consignes', about: ': les revoir' },
      }),
    })
  }
  if (motif && place) {
    const value = (
      <>
        {motif.locationType === 'public_office' ? place.name : locationWords[motif.locationType]}
        <span className="block font-normal text-ink-soft">
          {motif.locationType === 'public_office' ? place.address : place.name}
        </span>
      </>
    )
    rows.push(
      skipped.includes('lieu')
        ? { label: 'Lieu', value, note: 'Seul lieu proposé' }
        : { label: 'Lieu', value, action: change(stepHref('lieu', tunnel), 'le lieu') },
    )
  }
  if (place && startAt) {
    rows.push({
      label: 'Quand',
      value: (
        <>
          {capitalise(formatDateTime(startAt, territory.zone))}
          {zoneWords(territory.zone) && (
            <span className="block font-normal text-ink-soft">{zoneWords(territory.zone)}</span>
          )}
        </>
      ),
      action: change(stepHref('creneau', tunnel, { du: dayOf(startAt, territory.zone) }), 'le jour et l’heure'),
    })
  }
  return rows
}
