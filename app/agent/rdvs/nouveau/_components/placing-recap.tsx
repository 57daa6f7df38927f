import { capitalise, formatDateTime, formatDuration, zoneWords } from '@/app/_lib/dates'
import { Recap, type RecapRow } from '@/app/_ui/recap'
import { locationShortWords, nameWords } from '@/app/_words/agent'
import { recurrenceWords } from '@/app/_words/recurrence'
import { needsWords } from '@/app/_words/usager'
import type { Placement } from '@/server/booking/rules/placing'
import { hasNeeds } from '@/server/people/rules/needs'
import { placingHref, type Placing, type Step } from './placing'

/** `repeated`: the rule of a series, as it is stored. */
type Props = { placing: Placing; placement: Placement; step: Step; repeated?: string | null }

/** What is chosen stays in sight at each step, the time first of all. */
export function PlacingRecap({ placing, placement, step, repeated = null }: Props) {
  const { motif, agents, lieux, people } = placement
  const needs = placement.needs.filter(hasNeeds)
  const change = (to: Step, about: string) =>
    to === step ? undefined : { href: placingHref(placing, { step: to }), words: 'Modifier', about }
  const isRow = placing.inARow && people.length > 1
  const duration = placing.durationMin ?? motif.durationMin
  const length = isRow
    ? `${people.length} RDV à la suite, ${formatDuration(duration)} chacun`
    : formatDuration(duration)
  const lieu = lieux.find(({ id }) => id === placing.lieu)
  const names = placing.agents.flatMap((agentId) => agents.find(({ id }) => id === agentId)?.name ?? [])
  const zone = zoneWords(motif.zone)
  const rows: (RecapRow | null)[] = [
    {
      label: 'Motif',
      value: motif.name,
      note: [motif.organisationName, motif.serviceName, locationShortWords[motif.locationType]].join(' · '),
      action: change('motif', 'le motif'),
    },
    people.length === 0
      ? null
      : { label: 'Pour', value: people.map(nameWords).join(', '), action: change('personnes', 'les personnes') },
    needs.length === 0
      ? null
      : {
          label: 'À prévoir',
          value: needs.map((one) => (
            <span key={one.usagerId} className="block">
              {people.length > 1 &&
                `${people
                  .filter(({ id }) => id === one.usagerId)
                  .map(nameWords)
                  .join()}\u00a0: `}
              {needsWords(one).join(' · ')}
            </span>
          )),
        },
    placing.startAt && {
      label: 'Quand',
      value: capitalise(formatDateTime(placing.startAt, motif.zone, { withYear: true })),
      note: [length, zone].filter(Boolean).join(' · '),
      action: change('horaire', 'l’horaire'),
    },
    repeated === null
      ? null
      : { label: 'Répété', value: capitalise(recurrenceWords(repeated)), action: withdraw(placing) },
    placing.lieu === 'one-off'
      ? { label: 'Lieu', value: 'Autre lieu', note: 'Pour ce RDV seulement', action: change('horaire', 'le lieu') }
      : null,
    lieu ? { label: 'Lieu', value: lieu.name, note: lieu.address, action: change('horaire', 'le lieu') } : null,
    names.length === 0 ? null : { label: 'Avec', value: names.join(', '), action: change('horaire', 'les agents') },
  ]
  return <Recap title="Le rendez-vous" rows={rows.filter((row) => row !== null)} />
}

const withdraw = (placing: Placing) => ({
  href: placingHref(placing, { repeat: null }),
  words: 'Retirer',
  about: 'la répétition',
})
