import { onlyFor, WRITERS, type Cell, type World } from './matrix.test-model'

export const FAR_AWAY = {
  kind: 'leave',
  title: '',
  firstDay: '2030-03-01',
  startMin: 0,
  lastDay: '2030-03-01',
  endMin: 1440,
} as const

const writers = onlyFor(...WRITERS)
const newAbsence = ({ agentId }: World) => ({
  agentIds: [agentId],
  target: null,
  ...FAR_AWAY,
  color: null,
  rrule: null,
  known: null,
})
const whole = ({ absenceId }: World) => ({
  target: { id: absenceId, version: 1, scope: 'all', day: FAR_AWAY.firstDay },
})

/** Absences are written by whoever writes on the agenda. */
export const ABSENCES: Record<string, Cell> = {
  'booking.judgeAbsence': { who: writers, input: newAbsence },
  'booking.saveAbsence': { who: writers, input: newAbsence },
  'scheduling.listAbsences': { who: writers, input: ({ agentId }) => ({ agentId, period: 'current' }) },
  'scheduling.getAbsence': { who: writers, input: ({ absenceId }) => ({ absenceId }) },
  'scheduling.deleteAbsence': { who: writers, input: whole },
}
