import { dayOf, formatDay, formatTime } from '@/app/_lib/dates'
import type { RdvHistoryLine } from '@/server/booking/rules/agent-views'
import { STATUSES, type Status } from '@/server/booking/rules/status'

/** « aujourd’hui à 10 h 12 », « lundi 23 novembre à 10 h 12 ». */
export function whenWords(at: Date, zone: string, now: Date): string {
  const day = dayOf(at, zone)
  return `${day === dayOf(now, zone) ? 'aujourd’hui' : formatDay(day)} à\u00a0${formatTime(at, zone)}`
}

/** The status a history ends on, newest line first; null when no line tells. */
export function lastStatusIn(history: readonly RdvHistoryLine[]): Status | null {
  const line = history.find(({ kind }) => kind === 'rdv.status-set' || kind === 'rdv.cancelled')
  if (line?.kind === 'rdv.cancelled') return 'excused'
  return STATUSES.find((status) => status === line?.to) ?? null
}
