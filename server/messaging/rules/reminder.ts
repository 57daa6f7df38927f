import { isSendingTime, lastCallBefore, leavesAt, type SendingHours } from '@/server/booking/rules/sending-hours'

const MINUTE_MS = 60_000
/** Whoever has just been told needs not be reminded: for so long at most. */
const FRESH_MS = 12 * 60 * MINUTE_MS
/**
 * Of a reminder that comes a few hours before, half of that: who was told in the morning, of the afternoon, is still reminded
 * two hours before.
 */
const freshMs = (leadMin: number): number => Math.min(FRESH_MS, (leadMin * MINUTE_MS) / 2)
/** A reminder whose moment was past when the RDV was placed is still worth giving the day before. */
const LATE_LEAD_MIN = 24 * 60

export type Remindable = {
  startsAt: Date
  /** When its people were last told of it, or would have been. */
  toldAt: Date
  /** When this is asked: nothing is due before. */
  now: Date
  zone: string
  hours: SendingHours
}

/**
 * When to remind of an RDV, `leadMin` minutes before it starts, within the hours of the territory. A late booking is
 * reminded the day before, if it was not placed less than twelve hours before that; null when a reminder would say what
 * was just said: within twelve hours, or within half the lead when that is less.
 */
export function remindsAt(leadMin: number, rdv: Remindable): Date | null {
  const leads = leadMin > LATE_LEAD_MIN ? [leadMin, LATE_LEAD_MIN] : [leadMin]
  const moment = leads
    .map((lead) => ({ lead, at: new Date(rdv.startsAt.getTime() - lead * MINUTE_MS) }))
    .find(({ lead, at }) => at.getTime() - rdv.toldAt.getTime() >= freshMs(lead))
  return moment ? withinHours(moment, rdv) : null
}

/**
 * A moment outside the hours waits for them to open. Where that is hardly before the RDV, the evening before they closed is
 * better, unless it is past, or its people had just been told then: the Saturday evening of a Tuesday morning, when Monday is a holiday.
 */
function withinHours(
  { lead, at }: { lead: number; at: Date },
  { startsAt, toldAt, now, zone, hours }: Remindable,
): Date {
  const opens = leavesAt(at, startsAt, hours, zone)
  if (isSendingTime(at, hours, zone) || (opens > at && startsAt.getTime() - opens.getTime() >= freshMs(lead)))
    return opens
  const lastCall = lastCallBefore(at, hours, zone)
  return lastCall && lastCall > now && lastCall.getTime() - toldAt.getTime() >= freshMs(lead) ? lastCall : opens
}

type Planned = { leadMin: number; dueAt: Date }

/**
 * When each of the reminders of an RDV is due. One that could not be given at its own moment is left out when another
 * comes within twelve hours: a Sunday's, put off to Monday morning, an hour before Monday's own.
 */
export function remindersOf(leadsMin: readonly number[], rdv: Remindable): Planned[] {
  const planned = [...leadsMin]
    .sort((a, b) => b - a)
    .flatMap((leadMin): Planned[] => {
      const dueAt = remindsAt(leadMin, rdv)
      return dueAt ? [{ leadMin, dueAt }] : []
    })
  const isAtItsMoment = ({ leadMin, dueAt }: Planned) =>
    rdv.startsAt.getTime() - dueAt.getTime() === leadMin * MINUTE_MS
  return planned.filter(
    (one, index) =>
      isAtItsMoment(one) ||
      !planned.some(
        (other, at) =>
          (at > index || isAtItsMoment(other)) && Math.abs(other.dueAt.getTime() - one.dueAt.getTime()) < FRESH_MS,
      ),
  )
}

/** One that cannot be judged, by a fault of ours, or not before what is being told has left, is judged again after this long. */
export const JUDGED_AGAIN_MS = 15 * MINUTE_MS

/** Kept under this lead: the reminder of those who had just been told when the others were reminded. */
export const LATER_LEAD_MIN = 0

/** Whether somebody has just been told, and needs not be given this reminder now. */
export const isFresh = (toldAt: Date | null, now: Date, leadMin: number): boolean =>
  toldAt !== null && now.getTime() - toldAt.getTime() < freshMs(leadMin === LATER_LEAD_MIN ? LATE_LEAD_MIN : leadMin)

/** When whoever was told too late for a reminder is reminded all the same: the day before; null when that is too late too. */
export const remindsLaterAt = (rdv: Remindable): Date | null => remindsAt(LATE_LEAD_MIN, rdv)
