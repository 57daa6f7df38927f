import type { Agent } from './agents'
import { instantAt, isHoliday, localTime, minutesLater, monday, type Day } from './calendar'
import type { Motif } from './motifs'
import type { Planning } from './openings'
import type { Picker } from './people-picker'
import type { Random } from './random'
import { FUTURE_DAYS, PAST_DAYS, type Author, type Participation, type Rdv, type Status } from './rdvs'
import { firstFallFrom, occurrencesOf, weekly } from './recurrence'
import type { Lieu } from './territories'

type Setting = {
  now: Date
  today: Day
  motifs: readonly Motif[]
  lieux: readonly Lieu[]
  planning: Planning
  away: (agent: Agent, day: Day) => boolean
  pickUsager: Picker
}

/** Workshops: every second or fourth week, in a half-day their agent keeps free. */
export function makeCollectiveRdvs(random: Random, setting: Setting): Rdv[] {
  return setting.motifs.filter(({ spec }) => spec.isCollective).flatMap((motif) => seriesOf(random, motif, setting))
}

function seriesOf(random: Random, motif: Motif, setting: Setting): Rdv[] {
  const { today, planning, lieux, away } = setting
  const host = [...planning.free].find(
    ([agent, free]) =>
      free.size > 0 &&
      agent.organisations.includes(motif.organisation) &&
      agent.spec.services.includes(motif.spec.service),
  )
  const lieu = lieux.find((other) => other.organisation === motif.organisation && other.state === 'open')
  if (!host || !lieu) return []
  const [agent, free] = host
  const half = [...free][0] ?? 0
  free.delete(half)
  const rule = weekly(random.pick([2, 3, 4]), [half >> 1])
  const firstDay = firstFallFrom(rule, monday(today) - PAST_DAYS + random.int(0, 20))
  const startMin = half % 2 === 0 ? 570 : 840
  const series = { firstDay, startMin, endMin: startMin + motif.spec.durationMin, rule, exceptions: [] }
  const maxSeats = random.pick([6, 8, 8, 10, 12])
  return occurrencesOf(series, today - PAST_DAYS, today + FUTURE_DAYS)
    .filter(({ day }) => !isHoliday(day, motif.organisation.territory.departmentNumber) && !away(agent, day))
    .map(({ day }) => sessionRdv(random, { motif, agent, lieu, day, startMin, maxSeats }, setting))
}

type Place = { motif: Motif; agent: Agent; lieu: Lieu; day: Day; startMin: number; maxSeats: number }

function sessionRdv(random: Random, place: Place, { now, today, pickUsager }: Setting): Rdv {
  const { motif, agent, lieu, day, startMin, maxSeats } = place
  const { zone } = motif.organisation.territory
  const startsAt = instantAt(zone, day, startMin)
  const endsAt = minutesLater(startsAt, motif.spec.durationMin)
  const isPast = endsAt <= now
  const status = random.weighted<Status>(
    isPast
      ? [
          ['seen', 90],
          ['revoked', 6],
          [day > today - 10 ? 'unknown' : 'seen', 8],
        ]
      : [
          ['unknown', 94],
          ['revoked', 6],
        ],
  )
  const createdAt = instantAt(zone, Math.min(day - 40, today - 1), random.int(540, 1000))
  const author: Author = { kind: 'agent', id: agent.id }
  const isFull = random.chance(0.22)
  const people = isFull ? maxSeats : random.int(isPast ? 2 : 0, maxSeats - 2)
  const opened = createdAt.getTime()
  const closed = Math.min(now.getTime(), startsAt.getTime())
  const participations = Array.from({ length: people }, (): Participation => {
    const usager = pickUsager(motif, day)
    const isOnline = random.chance(0.5)
    return {
      usager,
      status: participantStatus(random, status, isFull),
      author: isOnline ? { kind: 'usager', id: usager.responsible?.id ?? usager.id } : author,
      createdAt: new Date(Math.round(opened + random.next() * (closed - opened))),
    }
  })
  const settledAt = status === 'unknown' ? null : isPast ? endsAt : new Date(Math.round((opened + now.getTime()) / 2))
  return {
    uuid: random.uuid(),
    motif,
    lieu,
    agents: [agent],
    day,
    startsAt,
    endsAt,
    status,
    participations,
    author,
    createdAt,
    settledAt:
      status === 'revoked'
        ? new Date(Math.min((settledAt ?? now).getTime(), startsAt.getTime() - 3_600_000))
        : settledAt,
    context: null,
    exclusive: true,
    collective: { title: titleOf(motif, zone, startsAt), maxSeats: random.chance(0.08) ? null : maxSeats },
  }
}

function participantStatus(random: Random, rdvStatus: Status, isFull: boolean): Status {
  if (rdvStatus === 'revoked') return 'revoked'
  if (rdvStatus === 'seen')
    return random.weighted([
      ['seen', 80],
      ['noshow', 12],
      ['excused', 8],
    ])
  return !isFull && random.chance(0.07) ? 'excused' : 'unknown'
}

const titleOf = ({ spec }: Motif, zone: string, startsAt: Date) =>
  `${spec.name} (${localTime(zone, startsAt).min < 720 ? 'matin' : 'après-midi'})`
