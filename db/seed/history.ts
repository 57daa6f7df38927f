import type { events, eventValues, participations } from '../schema'
import type { Agent } from './agents'
import type { Random } from './random'
import type { Rdv } from './rdvs'
import type { Row } from './write'

type Event = Omit<Row<typeof events>, 'id'> & { occurredAt: Date }
type Fact = { event: Event; change: { from: string; to: string } | null }

/** What the ledger would hold of one agent's RDVs, had they been placed and settled in the application. */
export function makeHistory(
  random: Random,
  agent: Agent,
  booked: { numbered: readonly { rdv: Rdv; id: number }[]; participations: readonly Row<typeof participations>[] },
) {
  const firstParticipation = new Map<number, number>()
  for (const { id, rdvId } of [...booked.participations].reverse()) if (id) firstParticipation.set(rdvId, id)
  const told = booked.numbered
    .filter(({ rdv }) => rdv.agents.includes(agent))
    .flatMap(({ rdv, id }) => storyOf(random, rdv, id, firstParticipation.get(id) ?? null))
    .sort((a, b) => a.event.occurredAt.getTime() - b.event.occurredAt.getTime())
    .map((told, index) => ({ ...told, id: index + 1 }))
  return {
    events: told.map(({ event, id }): Row<typeof events> => ({ ...event, id })),
    eventValues: told.flatMap(({ id, event, change }): Row<typeof eventValues>[] =>
      change
        ? [{ eventId: id, occurredAt: event.occurredAt, field: 'status', oldValue: change.from, newValue: change.to }]
        : [],
    ),
  }
}

function storyOf(random: Random, rdv: Rdv, id: number, participationId: number | null): Fact[] {
  const about = { territoryId: rdv.motif.organisation.territory.id, subjectKind: 'rdv', subjectId: id }
  const [first] = rdv.agents
  const isOnline = rdv.author.kind !== 'agent'
  const placed: Event = {
    ...about,
    occurredAt: rdv.createdAt,
    kind: isOnline ? 'rdv.booked' : 'rdv.created',
    actorKind: isOnline ? 'anonymous' : 'agent',
    actorId: isOnline ? null : rdv.author.id,
    requestId: random.uuid(),
    payload: isOnline
      ? { participationId, agentId: first?.id ?? null }
      : { agentIds: rdv.agents.map((agent) => agent.id), acknowledgedOverlap: !rdv.exclusive },
  }
  const told: Fact[] = [{ event: placed, change: null }]
  if (!rdv.settledAt) return told
  const byPerson = rdv.status === 'excused' && isOnline && !rdv.collective
  const settled: Event = {
    ...about,
    occurredAt: rdv.settledAt,
    kind: byPerson ? 'rdv.cancelled' : 'rdv.status-set',
    actorKind: byPerson ? 'link' : 'agent',
    actorId: byPerson ? participationId : (first?.id ?? null),
    requestId: random.uuid(),
    payload: byPerson ? { participationId, participationOnly: false } : { from: 'unknown', to: rdv.status },
  }
  return [...told, { event: settled, change: byPerson ? null : { from: 'unknown', to: rdv.status } }]
}
