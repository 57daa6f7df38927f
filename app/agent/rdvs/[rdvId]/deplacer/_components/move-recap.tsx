import { capitalise, formatDateTime, formatDuration, zoneWords } from '@/app/_lib/dates'
import { Recap, type RecapRow } from '@/app/_ui/recap'
import { rdvName } from '@/app/_words/agent'
import type { AgentRdv } from '@/server/booking/rules/agent-views'
import type { Rescheduling } from '@/server/booking/rules/reschedule'
import { movingHref, type Moving } from './moving'

type Props = { rdv: AgentRdv; moving: Moving | null; rescheduling: Rescheduling }

/** The RDV as it will be, and under each change what it was. */
export function MoveRecap({ rdv, moving, rescheduling: { agents, lieux } }: Props) {
  const startAt = moving?.startAt ?? rdv.startAt
  const durationMin = moving?.durationMin ?? rdv.durationMin
  const lieuId = moving?.lieuId ?? rdv.lieuId
  const agentIds = moving?.agentIds ?? rdv.agents.map(({ id }) => id)
  const namesOf = (ids: readonly number[]) =>
    agents.flatMap(({ id, name }) => (ids.includes(id) ? [name] : [])).join(', ')
  const placeOf = (id: number | null) => lieux.find((lieu) => lieu.id === id)?.name ?? rdv.placeName
  const whenOf = (at: Date) => capitalise(formatDateTime(at, rdv.zone, { withYear: true }))
  const was = (before: string | null, after: string | null) =>
    before === after || !before ? null : <Before>{before}</Before>
  const change = moving && { href: movingHref(rdv.id, moving, 'horaire'), words: 'Modifier' }
  const place = placeOf(lieuId)
  const names = namesOf(agentIds)
  const rows: (RecapRow | null)[] = [
    { label: 'Pour', value: rdvName(rdv), note: rdv.motifName },
    {
      label: 'Quand',
      value: whenOf(startAt),
      note: was(whenOf(rdv.startAt), whenOf(startAt)) ?? zoneWords(rdv.zone),
      action: change ? { ...change, about: 'l’horaire' } : undefined,
    },
    {
      label: 'Durée',
      value: formatDuration(durationMin),
      note: was(formatDuration(rdv.durationMin), formatDuration(durationMin)),
    },
    place
      ? {
          label: 'Lieu',
          value: place,
          note: was(rdv.placeName, place),
          action: change ? { ...change, about: 'le lieu' } : undefined,
        }
      : null,
    {
      label: 'Avec',
      value: names,
      note: was(namesOf(rdv.agents.map(({ id }) => id)), names),
      action: change ? { ...change, about: 'les agents' } : undefined,
    },
  ]
  return <Recap title={moving ? 'Le RDV déplacé' : 'Le RDV aujourd’hui'} rows={rows.filter((row) => row !== null)} />
}

function Before({ children }: { children: string }) {
  return (
    <>
      <span className="sr-only">{'au lieu de\u00a0: '}</span>
      <s>{children}</s>
    </>
  )
}
