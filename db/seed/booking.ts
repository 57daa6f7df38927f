import type { Agent } from './agents'
import { instantAt, localTime, minutesLater, type Day } from './calendar'
import { isDemoAgent } from './demo-agent'
import { createPicker, pickAuthor, type Picker } from './people-picker'
import type { Random } from './random'
import { bookedAt, densityOf, fillSession, occupies, settle, type Rdv, type Session, type Slot } from './rdvs'
import type { Usager } from './usagers'

export type BookingSetting = { now: Date; today: Day; agents: readonly Agent[]; usagers: readonly Usager[] }

const CANCEL_RATE = 0.16
const OVERLAPS = 14
const PAIR_RATE = 0.035

const CONTEXTS = [
  'Vient avec une voisine qui traduit.',
  'A appelé deux fois cette semaine.',
  'Adressée par la maternité.',
  'Courrier de la CAF à regarder ensemble.',
  'Premier contact, très inquiète.',
  'Voir le dossier avant le rendez-vous.',
]

/** Individual RDVs: exactly `count` of them, dense around today, thin in the distance. */
export function makeRdvs(random: Random, sessions: readonly Session[], count: number, setting: BookingSetting): Rdv[] {
  const { today } = setting
  const wanted = count - OVERLAPS
  const plans = fillSessions(random, sessions, wanted, today)
  const pickUsager = createPicker(random, setting.usagers, today)
  const secretaries = setting.agents.filter(({ spec }) => spec.isSecretary)
  const rdvs = plans.flatMap(({ session, slots }) =>
    slots.map((slot) => makeRdv(random, session, slot, { ...setting, pickUsager, secretaries })),
  )
  addOverlaps(random, rdvs, setting)
  fillDemoAgentsList(rdvs, setting)
  return rdvs
}

type Plan = { session: Session; slots: Slot[] }

function fillSessions(random: Random, sessions: readonly Session[], wanted: number, today: Day): Plan[] {
  const isKept = ({ opening }: Session) => opening.lieu?.state === 'full' || isDemoAgent(opening.agent)
  let factor = 0.2
  for (;;) {
    const plans = sessions.map((session): Plan => {
      const density = densityOf(session, today)
      const scaled = isKept(session) ? density : Math.min(0.9, density * factor)
      const isToday = session.opening.rule === null && session.occurrence.day === today
      const slots =
        isToday && isDemoAgent(session.opening.agent)
          ? []
          : fillSession(random, session, scaled, density === 1 ? 0 : CANCEL_RATE)
      return { session, slots }
    })
    const total = plans.reduce((sum, { slots }) => sum + slots.length, 0)
    if (total >= wanted) return thin(random, plans, total - wanted, today)
    factor *= Math.max(1.02, Math.min(1.5, wanted / Math.max(1, total)))
  }
}

/** Takes the surplus away from the end of old sessions, which leaves the grid of what stays as it is. */
function thin(random: Random, plans: Plan[], surplus: number, today: Day) {
  const old = random.shuffled(plans.filter(({ session }) => session.occurrence.day < today - 30))
  for (let left = surplus, turn = 0; left > 0; turn++) {
    if (old[turn % old.length]?.slots.pop()) left--
  }
  return plans
}

type MakingOf = BookingSetting & { pickUsager: Picker; secretaries: readonly Agent[] }

function makeRdv(random: Random, { opening, occurrence }: Session, slot: Slot, making: MakingOf): Rdv {
  const { now, today } = making
  const { motif, startMin, isCancelled } = slot
  const { zone } = motif.organisation.territory
  const startsAt = instantAt(zone, occurrence.day, startMin)
  const endsAt = minutesLater(startsAt, motif.spec.durationMin)
  const usager = making.pickUsager(motif, occurrence.day)
  const createdAt = bookedAt(random, zone, { day: occurrence.day, notBefore: usager.bornDay + 2, now, today })
  const { status, settledAt } = settle(random, { isCancelled, startsAt, endsAt, createdAt, now })
  const author = pickAuthor(random, { motif, agent: opening.agent, usager, secretaries: making.secretaries })
  const comesWith = usager.responsible && !motif.spec.isConfidential && random.chance(0.06) ? [usager.responsible] : []
  return {
    uuid: random.uuid(),
    motif,
    lieu: motif.location === 'public_office' ? opening.lieu : null,
    agents: [opening.agent],
    day: occurrence.day,
    startsAt,
    endsAt,
    status,
    participations: [usager, ...comesWith].map((person) => ({ usager: person, status, author, createdAt })),
    author,
    createdAt,
    settledAt,
    context:
      !motif.spec.isConfidential && author.kind === 'agent' && random.chance(0.08) ? random.pick(CONTEXTS) : null,
    exclusive: true,
    collective: null,
  }
}

/** The demo's own day: some behind, some ahead, one called off, at any hour of any weekday. */
export function makeDemoDay(random: Random, session: Session, setting: BookingSetting): Rdv[] {
  const { opening, occurrence } = session
  const [motif] = opening.motifs
  if (!motif) return []
  const { min } = localTime(motif.organisation.territory.zone, setting.now)
  const step = motif.spec.durationMin
  const starts = Array.from(
    { length: Math.floor((occurrence.endMin - occurrence.startMin) / step) },
    (_, i) => occurrence.startMin + i * step,
  )
  const past = starts.filter((start) => start + step <= min)
  const ahead = starts.filter((start) => start > min)
  const called = ahead[2]
  const chosen = [past.at(-4), past.at(-3), past.at(-1), ahead[0], ahead[1], called, ahead[3], ahead[5]]
  const making = { ...setting, pickUsager: createPicker(random, setting.usagers, setting.today), secretaries: [] }
  return chosen
    .filter((startMin) => startMin !== undefined)
    .map((startMin) => {
      const rdv = makeRdv(random, session, { motif, startMin, isCancelled: startMin === called }, making)
      if (rdv.endsAt > setting.now) return rdv
      return withStatus(rdv, startMin === past.at(-1) ? 'unknown' : 'seen')
    })
}

function withStatus(rdv: Rdv, status: 'unknown' | 'seen'): Rdv {
  const participations = rdv.participations.map((participation) => ({ ...participation, status }))
  return { ...rdv, status, participations, settledAt: status === 'unknown' ? null : rdv.endsAt }
}

/** « RDV à renseigner » of the demo agent: a dozen, the most recent ones. */
function fillDemoAgentsList(rdvs: Rdv[], { today }: BookingSetting) {
  const settled = rdvs
    .map((rdv, index) => ({ rdv, index }))
    .filter(({ rdv }) => rdv.agents[0] && isDemoAgent(rdv.agents[0]) && rdv.day < today && occupies(rdv.status))
    .sort((a, b) => b.rdv.startsAt.getTime() - a.rdv.startsAt.getTime())
  let toFill = 12
  for (const [rank, { rdv, index }] of settled.entries()) {
    const isLeft = toFill > 0 && rank % 2 === 1
    if (isLeft) toFill--
    if (isLeft) rdvs[index] = withStatus(rdv, 'unknown')
    else if (rdv.status === 'unknown') rdvs[index] = withStatus(rdv, 'seen')
  }
}

/** A few overlaps that an agent knowingly accepted. */
function addOverlaps(random: Random, rdvs: Rdv[], { agents }: BookingSetting) {
  const candidates = random.shuffled(
    rdvs.filter(
      (rdv) => occupies(rdv.status) && rdv.author.kind === 'agent' && rdv.agents[0] && !isDemoAgent(rdv.agents[0]),
    ),
  )
  for (const rdv of candidates.slice(0, OVERLAPS)) {
    const other = random.pick(rdvs.filter(({ motif, lieu }) => motif === rdv.motif && lieu === rdv.lieu))
    const author = { kind: 'agent' as const, id: agents.find((agent) => agent === rdv.agents[0])?.id ?? null }
    rdvs.push({
      ...rdv,
      uuid: random.uuid(),
      startsAt: minutesLater(rdv.startsAt, 10),
      endsAt: minutesLater(rdv.endsAt, 10),
      participations: other.participations
        .slice(0, 1)
        .map((one) => ({ ...one, status: rdv.status, author, createdAt: rdv.createdAt })),
      author,
      context: 'Reçue entre deux rendez-vous, d’accord avec elle.',
      exclusive: false,
    })
  }
}

/** Each file in doubt comes from an online booking: its RDV is still ahead. */
export function bringDoubles(rdvs: readonly Rdv[], doubles: readonly Usager[], now: Date) {
  const free = rdvs.filter(
    ({ author, startsAt, participations, collective }) =>
      author.kind === 'usager' && startsAt > now && !collective && participations[0]?.usager.id === author.id,
  )
  for (const double of doubles) {
    const found = free.findIndex(({ participations }) => participations[0]?.usager.basin === double.basin)
    const [rdv] = found < 0 ? [] : free.splice(found, 1)
    if (!rdv) continue
    rdv.author = { kind: 'usager', id: double.id }
    rdv.participations = rdv.participations.map((one) => ({ ...one, usager: double, author: rdv.author }))
  }
}

/** A second agent of the organisation joins some RDVs, when their own agenda allows. */
export function addSecondAgents(
  random: Random,
  rdvs: readonly Rdv[],
  agents: readonly Agent[],
  away: (agent: Agent, day: Day) => boolean,
) {
  const byDay = new Map<string, Rdv[]>()
  const keyOf = (agent: Agent, day: Day) => `${agent.id}|${day}`
  const note = (agent: Agent, rdv: Rdv) => {
    const key = keyOf(agent, rdv.day)
    byDay.set(key, [...(byDay.get(key) ?? []), rdv])
  }
  for (const rdv of rdvs) for (const agent of rdv.agents) note(agent, rdv)
  for (const rdv of rdvs) {
    if (rdv.collective || !rdv.exclusive || rdv.motif.spec.isConfidential || !random.chance(PAIR_RATE)) continue
    const second = random
      .shuffled(agents)
      .find(
        (agent) =>
          agent.receives &&
          !rdv.agents.includes(agent) &&
          agent.organisations.includes(rdv.motif.organisation) &&
          !away(agent, rdv.day) &&
          !(byDay.get(keyOf(agent, rdv.day)) ?? []).some(
            (other) => other.startsAt < rdv.endsAt && rdv.startsAt < other.endsAt,
          ),
      )
    if (!second) continue
    rdv.agents.push(second)
    note(second, rdv)
  }
}
