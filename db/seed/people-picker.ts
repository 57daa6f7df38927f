import type { Agent } from './agents'
import type { Day } from './calendar'
import type { Motif } from './motifs'
import type { Random } from './random'
import type { Author } from './rdvs'
import { audiences, type Usager } from './usagers'

const OPEN_RDVS = 2

export type Picker = ReturnType<typeof createPicker>

/** Finds who comes to an RDV: one of the right age, from around, not already busy that day nor booked too often. */
export function createPicker(random: Random, all: readonly Usager[], today: Day) {
  const find = audiences(all, today)
  const pools = new Map<string, Usager[]>()
  const days = new Set<string>()
  const upcoming = new Map<string, number>()
  const poolOf = ({ organisation, spec }: Motif) => {
    const key = `${organisation.id}|${spec.for}`
    const known = pools.get(key)
    if (known) return known
    const pool = find(organisation.spec.basins, spec.for).filter(
      (usager) => spec.for !== 'young' || usager.sex === 'F' || usager.id % 3 === 0,
    )
    pools.set(key, pool)
    return pool
  }
  return function pickUsager(motif: Motif, day: Day): Usager {
    const pool = poolOf(motif)
    for (let attempt = 0; ; attempt++) {
      const usager = random.pick(pool)
      const key = `${usager.id}|${motif.id}`
      const open = upcoming.get(key) ?? 0
      const fits = !days.has(`${usager.id}|${day}`) && (day < today || open < OPEN_RDVS) && usager.bornDay < day - 8
      if (!fits && attempt < 40) continue
      days.add(`${usager.id}|${day}`)
      if (day >= today) upcoming.set(key, open + 1)
      return usager
    }
  }
}

/** Who placed the RDV: the person online, the agent, a secretary of the organisation, or a prescripteur. */
export function pickAuthor(
  random: Random,
  { motif, agent, usager, secretaries }: { motif: Motif; agent: Agent; usager: Usager; secretaries: readonly Agent[] },
): Author {
  const { bookableBy, isFollowUp } = motif.spec
  const kind = random.weighted<Author['kind']>([
    ['agent', 45],
    ['usager', bookableBy === 'everyone' ? (isFollowUp ? 15 : 50) : 0],
    ['prescripteur', bookableBy === 'agents' || isFollowUp ? 0 : 5],
  ])
  if (kind === 'usager') return { kind, id: usager.responsible?.id ?? usager.id }
  if (kind === 'prescripteur') return { kind, id: null }
  const own = secretaries.filter(({ organisations }) => organisations.includes(motif.organisation))
  return { kind: 'agent', id: own.length > 0 && random.chance(0.4) ? random.pick(own).id : agent.id }
}
