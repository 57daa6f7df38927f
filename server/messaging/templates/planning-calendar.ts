import ical, {
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalCalendarMethod,
  ICalEventBusyStatus,
  ICalEventStatus,
  ICalEventTransparency,
  type ICalEventData,
} from 'ical-generator'
import { Temporal } from 'temporal-polyfill'
import { calendarName } from '@/server/booking/rules/calendar-names'
import type { MailCalendar } from '@/server/platform/mail'
import { addDays, dayNumberOf, diffDays, instantMs, type CivilDay } from '@/server/scheduling/rules/civil'
import {
  occurrenceDays,
  parseRecurrence,
  type MovedOccurrence,
  type Series,
} from '@/server/scheduling/rules/recurrence'
import { vtimezoneOf } from '@/server/scheduling/rules/vtimezone'

/** An opening or an absence as a calendar holds it, on its own wall clock. */
export type PlannedEvent = Series & {
  kind: 'opening' | 'absence'
  id: number
  version: number
  title: string
  zone: string
  startMin: number
  /** Last day of one occurrence. */
  lastDay: CivilDay
  endMin: number
  place: string | null
  /** Days on which it does not take place, of those to come: public holidays. */
  closedDays: readonly CivilDay[]
}
/** One that is no more. */
export type GonePlanned = Pick<PlannedEvent, 'kind' | 'id' | 'version' | 'title' | 'firstDay'>

/** How many years of clock changes are said of a zone: a calendar that knows its name needs none. */
const YEARS = 10
const SUMMARIES = { opening: 'Plage d’ouverture', absence: 'Absence' } as const
const summaryOf = ({ kind, title }: Pick<PlannedEvent, 'kind' | 'title'>): string =>
  title === '' ? SUMMARIES[kind] : `${SUMMARIES[kind]}\u00a0: ${title}`
const uidOf = ({ kind, id }: Pick<PlannedEvent, 'kind' | 'id'>): string =>
  `${kind === 'opening' ? 'plage' : 'absence'}-${id}@rdv-territoires`

/**
 * What a save makes of an agent's own calendar: what it wrote, with how it repeats, and what it took away. A mail invites to one,
 * or takes one away; several are a file to import (RFC 5546). Null of none.
 */
export function planningCalendarOf(
  { written, gone }: { written: readonly PlannedEvent[]; gone: readonly GonePlanned[] },
  { to, from, now }: { to: string; from: { name: string; email: string }; now: Date },
): MailCalendar | null {
  const count = written.length + gone.length
  if (count === 0) return null
  const only = count === 1
  const method = !only
    ? ICalCalendarMethod.PUBLISH
    : gone.length > 0
      ? ICalCalendarMethod.CANCEL
      : ICalCalendarMethod.REQUEST
  const calendar = ical({
    prodId: { company: 'RDV Territoires', product: 'agenda', language: 'FR' },
    timezone: { name: null, generator: (zone) => vtimezoneOf(zone, { fromYear: now.getUTCFullYear(), years: YEARS }) },
  })
  calendar.method(method)
  const answered = { rsvp: false, status: ICalAttendeeStatus.ACCEPTED, role: ICalAttendeeRole.REQ }
  const invited = only
    ? { organizer: { ...from, name: calendarName(from.name) }, attendees: [{ email: to, ...answered }] }
    : {}
  for (const one of written) {
    for (const event of eventsOf(one)) calendar.createEvent({ ...event, ...invited, stamp: now })
  }
  for (const one of gone) {
    calendar.createEvent({
      ...{ id: uidOf(one), sequence: one.version + 1, stamp: now, summary: summaryOf(one) },
      ...{ start: dateOf(one.firstDay), allDay: true, status: ICalEventStatus.CANCELLED, ...invited },
    })
  }
  return { method, text: calendar.toString() }
}

/** A day alone: without hour, its UTC date is what is written. */
const dateOf = (day: CivilDay): Date => new Date(`${day}T00:00:00Z`)
const wallOf = (day: CivilDay, minute: number): Temporal.PlainDateTime =>
  Temporal.PlainDate.from(day).toPlainDateTime().add({ minutes: minute })
const compact = (wall: Temporal.PlainDateTime): string =>
  wall.toString({ smallestUnit: 'second' }).replaceAll(/[-:]/g, '')

/** What repeats, then each of its dates that was moved. */
function eventsOf(one: PlannedEvent): ICalEventData[] {
  const { startMin, endMin, firstDay, zone, kind } = one
  const span = diffDays(firstDay, one.lastDay)
  const moved = one.exceptions.filter((exception): exception is MovedOccurrence => exception.kind === 'moved')
  const isAllDay = kind === 'absence' && startMin === 0 && endMin === 1440 && moved.length === 0
  const shared = {
    ...{ id: uidOf(one), sequence: one.version, summary: summaryOf(one), status: ICalEventStatus.CONFIRMED },
    // Time offered is not time taken.
    ...(kind === 'opening'
      ? { transparency: ICalEventTransparency.TRANSPARENT, busystatus: ICalEventBusyStatus.FREE }
      : { transparency: ICalEventTransparency.OPAQUE, busystatus: ICalEventBusyStatus.OOF }),
    ...(one.place !== null && { location: one.place }),
  }
  const when = isAllDay
    ? { allDay: true, start: dateOf(firstDay), end: dateOf(addDays(one.lastDay, 1)) }
    : { timezone: zone, start: wallOf(firstDay, startMin), end: wallOf(one.lastDay, endMin) }
  const repeating = repeatingOf(one, isAllDay)
  // Once, and moved: only where it went is left.
  const base =
    one.rrule === null && one.exceptions.length > 0 ? [] : [{ ...shared, ...when, ...(repeating && { repeating }) }]
  const places = moved
    .filter(({ onDay, toDay }) => fallsOn(one, onDay) && !one.closedDays.includes(toDay))
    .map((exception) => ({
      ...{ ...shared, timezone: zone },
      start: wallOf(exception.toDay, exception.startMin),
      end: wallOf(addDays(exception.toDay, span), exception.endMin),
      ...(one.rrule !== null && { recurrenceId: wallOf(exception.onDay, startMin) }),
    }))
  return [...base, ...places]
}

const recurrenceOf = ({ rrule }: Series) => {
  const parsed = rrule === null ? null : parseRecurrence(rrule)
  return parsed?.ok ? parsed.value : null
}
const fallsOn = (series: Series, day: CivilDay): boolean => {
  const number = dayNumberOf(day)
  return occurrenceDays(recurrenceOf(series), dayNumberOf(series.firstDay), number, number + 1).length > 0
}

/** Its rule, whose end is said as an instant where there are hours; and the dates it skips. */
function repeatingOf(one: PlannedEvent, isAllDay: boolean): string | null {
  const recurrence = recurrenceOf(one)
  if (one.rrule === null || recurrence === null) return null
  const { startMin, zone } = one
  const until = (day: CivilDay) =>
    isAllDay
      ? day.replaceAll('-', '')
      : new Date(instantMs(zone, day, startMin)).toISOString().replaceAll(/[-:]|\.000/g, '')
  const rule = one.rrule.replace(/UNTIL=\d+/, () => `UNTIL=${until(recurrence.until ?? one.firstDay)}`)
  const movedToClosed = one.exceptions.flatMap((exception) =>
    exception.kind === 'cancelled' || one.closedDays.includes(exception.toDay) ? [exception.onDay] : [],
  )
  const isMoved = (day: CivilDay) => one.exceptions.some(({ onDay }) => onDay === day)
  const skipped = [...movedToClosed, ...one.closedDays.filter((day) => !isMoved(day))]
    .filter((day) => fallsOn(one, day))
    .sort()
  const exdate = isAllDay
    ? `EXDATE;VALUE=DATE:${skipped.map((day) => day.replaceAll('-', '')).join(',')}`
    : `EXDATE;TZID=${zone}:${skipped.map((day) => compact(wallOf(day, startMin))).join(',')}`
  return [`RRULE:${rule}`, ...(skipped.length > 0 ? [exdate] : [])].join('\r\n')
}
