import { leavesAt, type SendingHours } from '@/server/booking/rules/sending-hours'

const MINUTE_MS = 60_000
/** Whoever has just been told needs not be reminded. */
const FRESH_MS = 12 * 60 * MINUTE_MS
/** A reminder whose moment was past when the RDV was placed is still worth giving the day before. */
const LATE_LEAD_MIN = 24 * 60

export type Remindable = {
  startsAt: Date
  /** When its people were last told of it, or would have been. */
  toldAt: Date
  zone: string
  hours: SendingHours
}

/**
 * When to remind of an RDV, `leadMin` minutes before it starts, within the hours of the territory. A late booking is
 * reminded the day before, if it was not placed less than twelve hours before that; null when a reminder would say what
 * was just said.
 */
export function remindsAt(leadMin: number, { startsAt, toldAt, zone, hours }: Remindable): Date | null {
  const leads = leadMin > LATE_LEAD_MIN ? [leadMin, LATE_LEAD_MIN] : [leadMin]
  const moment = leads
    .map((lead) => new Date(startsAt.getTime() - lead * MINUTE_MS))
    .find((at) => at.getTime() - toldAt.getTime() >= FRESH_MS)
  return moment ? leavesAt(moment, startsAt, hours, zone) : null
}

/** When each of the reminders of an RDV is due, the same moment once. */
export function remindersOf(leadsMin: readonly number[], rdv: Remindable): { leadMin: number; dueAt: Date }[] {
  const byMoment = new Map<number, { leadMin: number; dueAt: Date }>()
  for (const leadMin of [...leadsMin].sort((a, b) => b - a)) {
    const dueAt = remindsAt(leadMin, rdv)
    if (dueAt) byMoment.set(dueAt.getTime(), { leadMin, dueAt })
  }
  return [...byMoment.values()]
}
