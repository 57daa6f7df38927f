import type { agentTimes, participations, rdvs, referents, tellings, usagerOrganisations } from '../schema'
import { occupies, type Rdv } from './rdvs'
import type { Usager } from './usagers'
import type { Row } from './write'

/** The rows of the RDVs, and what follows from them: who follows whom, who belongs where. */
export function bookingRows(all: readonly Rdv[]) {
  const sorted = [...all].sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime())
  const numbered = sorted.map((rdv, index) => ({ rdv, id: index + 1 }))
  const times = numbered.flatMap(({ rdv, id }) => rdv.agents.map((agent) => ({ rdv, id, agent })))
  const parts = numbered.flatMap(({ rdv, id }) => rdv.participations.map((part) => ({ rdv, id, part })))
  return {
    numbered,
    rows: {
      rdvs: numbered.map(({ rdv, id }) => rdvRow(rdv, id)),
      agentTimes: times.map(({ rdv, id, agent }, index): Row<typeof agentTimes> => ({
        id: index + 1,
        agentId: agent.id,
        kind: 'rdv',
        rdvId: id,
        startsAt: rdv.startsAt,
        endsAt: rdv.endsAt,
        occupies: occupies(rdv.status),
        exclusive: rdv.exclusive,
        createdAt: rdv.createdAt,
      })),
      participations: parts.map(({ rdv, id, part }, index): Row<typeof participations> => {
        const notifies = (rdv.motif.spec.visibility ?? 'visible_and_notified') === 'visible_and_notified'
        return {
          id: index + 1,
          territoryId: rdv.motif.organisation.territory.id,
          rdvId: id,
          usagerId: part.usager.id,
          status: part.status,
          notifiesLifecycle: notifies,
          notifiesReminder: notifies,
          authorKind: part.author.kind,
          authorId: part.author.id,
          createdAt: part.createdAt,
        }
      }),
      tellings: parts.map(({ rdv, id, part }, index): Row<typeof tellings> => ({
        participationId: index + 1,
        rdvId: id,
        isOn: occupies(rdv.status) && occupies(part.status),
        startsAt: rdv.startsAt,
        endsAt: rdv.endsAt,
        lieuId: rdv.lieu?.id ?? null,
        ...saidOf(rdv),
        toldAt: part.createdAt,
      })),
    },
  }
}

/** What messages said besides: the title of a session, the agents of a motif by which somebody is followed. */
function saidOf({ motif: { spec }, collective, agents }: Rdv): Pick<Row<typeof tellings>, 'title' | 'agentIds'> {
  if (spec.isConfidential) return { title: null, agentIds: null }
  return {
    title: collective && collective.title,
    agentIds: spec.isFollowUp ? agents.map(({ id }) => id).sort((one, other) => one - other) : null,
  }
}

function rdvRow(rdv: Rdv, id: number): Row<typeof rdvs> {
  const [first] = rdv.participations
  const { organisation, location } = rdv.motif
  return {
    id,
    uuid: rdv.uuid,
    territoryId: organisation.territory.id,
    organisationId: organisation.id,
    motifId: rdv.motif.id,
    lieuId: rdv.lieu?.id ?? null,
    startsAt: rdv.startsAt,
    endsAt: rdv.endsAt,
    status: rdv.status,
    isCollective: rdv.collective !== null,
    title: rdv.collective?.title ?? null,
    maxSeats: rdv.collective?.maxSeats ?? null,
    seatsTaken: 0,
    isOverbooked: false,
    homeAddress: location === 'home' ? (first?.usager.address ?? null) : null,
    context: rdv.context,
    cancelledAt: rdv.status === 'excused' || rdv.status === 'revoked' ? rdv.settledAt : null,
    authorKind: rdv.author.kind,
    authorId: rdv.author.id,
    sequence: 0,
    updatedAt: rdv.settledAt ?? rdv.createdAt,
    createdAt: rdv.createdAt,
  }
}

/** Follow-up RDVs are with one's référent: an usager who has one of those has that agent as a référent. */
export function referentRows(all: readonly Rdv[]): Row<typeof referents>[] {
  const pairs = new Map<string, Row<typeof referents>>()
  for (const { motif, agents, participations } of all) {
    const [agent] = agents
    if (!agent || !motif.spec.isFollowUp) continue
    for (const { usager } of participations) {
      pairs.set(`${usager.id}|${agent.id}`, { usagerId: usager.id, agentId: agent.id })
    }
  }
  return [...pairs.values()]
}

/** Whoever has an RDV in an organisation belongs to it, with the family; the others belong to one near home. */
export function membershipRows(all: readonly Rdv[], usagers: readonly Usager[]): Row<typeof usagerOrganisations>[] {
  const memberships = new Map<string, Row<typeof usagerOrganisations>>()
  const nearHome = new Map<string, number>()
  const join = (usager: Usager, organisationId: number) => {
    const head = usager.responsible ?? usager
    for (const { id } of [head, ...head.proches, usager]) {
      memberships.set(`${id}|${organisationId}`, { territoryId: usager.territory.id, usagerId: id, organisationId })
    }
  }
  for (const { motif, participations } of all) {
    for (const { usager } of participations) {
      join(usager, motif.organisation.id)
      nearHome.set(usager.basin, motif.organisation.id)
    }
  }
  const known = new Set([...memberships.values()].map(({ usagerId }) => usagerId))
  for (const usager of usagers) {
    const near = nearHome.get(usager.basin)
    if (!known.has(usager.id) && near !== undefined) join(usager, near)
  }
  return [...memberships.values()]
}
