import { onlyFor, WRITERS, type Cell, type World } from './matrix.test-model'

const writers = onlyFor(...WRITERS)
const oneDate = ({ openingId }: World) => ({
  target: { id: openingId, version: 1, scope: 'this', day: '2030-03-04' },
  known: null,
})
const newOpening = ({ agentId, organisationId, lieuId, motifId }: World) => ({
  agentIds: [agentId],
  target: null,
  organisationId,
  lieuId,
  motifIds: [motifId],
  title: 'Permanence',
  firstDay: '2031-03-03',
  startMin: 540,
  endMin: 720,
  rrule: null,
  onHolidays: false,
  known: null,
})

/** Openings are written by whoever writes on the agenda. */
export const OPENINGS: Record<string, Cell> = {
  'scheduling.listOpenings': { who: writers, input: ({ agentId }) => ({ agentId }) },
  'scheduling.getOpening': { who: writers, input: ({ openingId }) => ({ openingId }) },
  'scheduling.getOpeningMeans': { who: writers, input: ({ agentId }) => ({ agentId }) },
  'booking.judgeOpening': { who: writers, input: newOpening },
  'booking.saveOpening': { who: writers, input: newOpening },
  'booking.judgeOpeningDeletion': { who: writers, input: oneDate },
  'booking.deleteOpening': { who: writers, input: oneDate },
}
