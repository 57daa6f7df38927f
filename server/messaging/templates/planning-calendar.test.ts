import fc from 'fast-check'
import { RRuleTemporal } from 'rrule-temporal'
import { describe, expect, test } from 'vitest'
import { addDays, civilDayOf, dayNumberOf, instantMs } from '@/server/scheduling/rules/civil'
import {
  formatRecurrence,
  occurrenceDays,
  occurrencesOf,
  type OccurrenceException,
  type Recurrence,
} from '@/server/scheduling/rules/recurrence'
import { planningCalendarOf, type PlannedEvent } from './planning-calendar'

const PARIS = 'Europe/Paris'
const TO = {
  ...{ to: 'claire@example.org', from: { name: 'Paul Durand', email: 'rdv@example.org' } },
  now: new Date('2027-03-01T06:00:00Z'),
}
const TUESDAYS: PlannedEvent = {
  ...{ kind: 'opening', id: 7, version: 3, title: 'Permanence', zone: PARIS, place: 'MDS d’Arras' },
  ...{ firstDay: '2027-03-02', startMin: 540, lastDay: '2027-03-02', endMin: 720, rrule: 'FREQ=WEEKLY;BYDAY=TU' },
  ...{ exceptions: [], closedDays: [] },
}
const LEAVE: PlannedEvent = {
  ...{ ...TUESDAYS, kind: 'absence', id: 9, version: 1, title: 'Congés', place: null, rrule: null },
  ...{ firstDay: '2027-04-06', startMin: 0, lastDay: '2027-04-09', endMin: 1440 },
}

function written(...all: PlannedEvent[]) {
  const calendar = planningCalendarOf({ written: all, gone: [] }, TO)
  if (!calendar) throw new Error('no calendar')
  const lines = calendar.text.replaceAll('\r\n ', '').split('\r\n')
  const events = lines.join('\n').split('BEGIN:VEVENT').slice(1)
  return { method: calendar.method, lines, events: events.map((event) => event.split('\n')) }
}

describe('what a save wrote', () => {
  test('an opening that repeats is one invitation, on the wall clock of its place, and takes no time', () => {
    const { method, lines } = written(TUESDAYS)
    expect(method).toBe('REQUEST')
    expect(lines).toEqual(
      expect.arrayContaining([
        'METHOD:REQUEST',
        'BEGIN:VTIMEZONE',
        'TZID:Europe/Paris',
        'UID:plage-7@rdv-territoires',
        'SEQUENCE:3',
        'DTSTART;TZID=Europe/Paris:20270302T090000',
        'DTEND;TZID=Europe/Paris:20270302T120000',
        'RRULE:FREQ=WEEKLY;BYDAY=TU',
        'SUMMARY:Plage d’ouverture\u00a0: Permanence',
        'LOCATION:MDS d’Arras',
        'TRANSP:TRANSPARENT',
        'DTSTAMP:20270301T060000Z',
      ]),
    )
    expect(lines.find((line) => line.startsWith('ATTENDEE'))).toMatch(/RSVP=FALSE:MAILTO:claire@example\.org$/i)
  })

  test('its last day is an instant, the dates it skips are named, and one that moved is moved', () => {
    const { lines, events } = written({
      ...{ ...TUESDAYS, rrule: 'FREQ=WEEKLY;BYDAY=TU;UNTIL=20270629' },
      exceptions: [
        { onDay: '2027-03-09', kind: 'cancelled' },
        { onDay: '2027-03-16', kind: 'moved', toDay: '2027-03-17', startMin: 600, endMin: 660 },
      ],
      closedDays: ['2027-04-05', '2027-06-08'],
    })
    expect(lines).toContain('RRULE:FREQ=WEEKLY;BYDAY=TU;UNTIL=20270629T070000Z')
    expect(lines).toContain('EXDATE;TZID=Europe/Paris:20270309T090000,20270608T090000')
    expect(events).toHaveLength(2)
    expect(events[1]).toEqual(
      expect.arrayContaining([
        'UID:plage-7@rdv-territoires',
        'RECURRENCE-ID;TZID=Europe/Paris:20270316T090000',
        'DTSTART;TZID=Europe/Paris:20270317T100000',
        'DTEND;TZID=Europe/Paris:20270317T110000',
      ]),
    )
  })

  test('an absence of whole days has no hour, and takes the time', () => {
    const { lines } = written(LEAVE)
    expect(lines).toEqual(
      expect.arrayContaining([
        'UID:absence-9@rdv-territoires',
        'DTSTART;VALUE=DATE:20270406',
        'DTEND;VALUE=DATE:20270410',
        'TRANSP:OPAQUE',
        'X-MICROSOFT-CDO-BUSYSTATUS:OOF',
      ]),
    )
    const weekly = written({ ...LEAVE, lastDay: '2027-04-06', rrule: 'FREQ=WEEKLY;BYDAY=TU;UNTIL=20270629' })
    expect(weekly.lines).toContain('RRULE:FREQ=WEEKLY;BYDAY=TU;UNTIL=20270629')
  })

  test('several rows are a file to import: nobody is invited', () => {
    const { method, lines, events } = written(TUESDAYS, { ...TUESDAYS, id: 8 })
    expect([method, events.length]).toEqual(['PUBLISH', 2])
    expect(lines.join('\n')).not.toMatch(/ATTENDEE|ORGANIZER/)
  })
})

test('what is gone is taken away, above the version that was known; nothing is nothing', () => {
  const gone = [{ kind: 'absence', id: 9, version: 4, title: 'Congés', firstDay: '2027-04-06' } as const]
  const calendar = planningCalendarOf({ written: [], gone }, TO)
  expect(calendar?.method).toBe('CANCEL')
  for (const line of ['METHOD:CANCEL', 'UID:absence-9@rdv-territoires', 'SEQUENCE:5', 'STATUS:CANCELLED'])
    expect(calendar?.text.split('\r\n')).toContain(line)
  expect(planningCalendarOf({ written: [], gone: [] }, TO)).toBeNull()
})

const someRecurrence: fc.Arbitrary<Recurrence> = fc
  .tuple(fc.integer({ min: 1, max: 3 }), fc.option(fc.integer({ min: 30, max: 300 })))
  .chain(([interval, days]) => {
    const until = days === null ? null : addDays('2027-02-01', days)
    return fc.oneof(
      fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 4 }).map((weekdays) => ({
        ...{ kind: 'weekly' as const, interval, until, weekdays: weekdays.sort((a, b) => a - b) },
      })),
      fc.tuple(fc.constantFrom(1, 2, 3, 4, -1), fc.integer({ min: 1, max: 7 })).map(([nth, weekday]) => ({
        ...{ kind: 'monthly-weekday' as const, interval, until, nth, weekday },
      })),
    )
  })

/** The instants a calendar shows, read by a library that knows the standard and nothing of this house. */
function shownMs({ events }: ReturnType<typeof written>, fromMs: number, toMs: number): number[] {
  const valueOf = (event: string[] | undefined, name: string) => event?.find((line) => line.startsWith(name))
  const wallMs = (text: string) => {
    const [, day = '', minute = ''] = /(\d{8})T(\d{4})00$/.exec(text) ?? []
    const civil = `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`
    return instantMs(PARIS, civil, Number(minute.slice(0, 2)) * 60 + Number(minute.slice(2)))
  }
  const [base, ...moved] = events
  const exdates = valueOf(base, 'EXDATE')?.split(':')[1]?.split(',').map(wallMs) ?? []
  const replaced = moved.map((event) => wallMs(valueOf(event, 'RECURRENCE-ID') ?? ''))
  const rule = `${valueOf(base, 'RRULE') ?? ''};WKST=MO`
  const own = new RRuleTemporal({ rruleString: `${valueOf(base, 'DTSTART') ?? ''}\n${rule}` })
    .between(new Date(fromMs), new Date(toMs), true)
    .map(({ epochMilliseconds }) => epochMilliseconds)
    .filter((ms) => !exdates.includes(ms) && !replaced.includes(ms))
  return [...own, ...moved.map((event) => wallMs(valueOf(event, 'DTSTART;') ?? ''))].sort((a, b) => a - b)
}

test('a calendar shows the very occurrences of the series, across changes of the clocks', () => {
  fc.assert(
    fc.property(someRecurrence, fc.nat(60), fc.array(fc.boolean(), { maxLength: 6 }), (recurrence, late, kinds) => {
      const from = dayNumberOf('2027-02-01') + late
      const [days, to] = [occurrenceDays(recurrence, from, from, from + 400), from + 420]
      fc.pre(days.length > 0)
      const firstDay = civilDayOf(days[0] ?? 0)
      const all = occurrenceDays(recurrence, dayNumberOf(firstDay), from, to)
      const exceptions = kinds.slice(0, all.length).map((isMoved, i): OccurrenceException => {
        const onDay = civilDayOf(all[i] ?? 0)
        return isMoved
          ? { onDay, kind: 'moved', toDay: addDays(onDay, 1), startMin: 615, endMin: 700 }
          : { onDay, kind: 'cancelled' }
      })
      const series = { firstDay, rrule: formatRecurrence(recurrence), exceptions }
      const found = occurrencesOf(series, from, to + 2)
      if (!found.ok) throw new Error(found.reason)
      const expected = [
        ...found.value.days.filter((day) => day < to).map((day) => instantMs(PARIS, civilDayOf(day), 540)),
        ...found.value.moved.map(({ toDay, startMin }) => instantMs(PARIS, toDay, startMin)),
      ].sort((a, b) => a - b)
      const calendar = written({ ...TUESDAYS, ...series, lastDay: firstDay })
      const toMs = instantMs(PARIS, civilDayOf(to), 0)
      expect(shownMs(calendar, instantMs(PARIS, civilDayOf(from), 0), toMs)).toEqual(expected)
    }),
    { numRuns: 150 },
  )
})
