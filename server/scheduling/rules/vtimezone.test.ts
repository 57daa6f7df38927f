import fc from 'fast-check'
import { expect, test } from 'vitest'
import { instantMs, wallClock, civilDayOf, dayNumberOf } from './civil'
import { vtimezoneOf } from './vtimezone'

const ZONES = ['Europe/Paris', 'Indian/Reunion', 'America/Miquelon', 'America/Guadeloupe', 'Pacific/Noumea']
const valueOf = (block: string, name: string) => new RegExp(`${name}:(.*)`).exec(block)?.[1] ?? ''
const minutesOf = (text: string) =>
  (text.startsWith('-') ? -1 : 1) * (Number(text.slice(1, 3)) * 60 + Number(text.slice(3, 5)))
const utcMs = (text: string) =>
  Date.UTC(
    ...([0, 4, 6].map((at, i) => Number(text.slice(at, at + (i === 0 ? 4 : 2))) - (i === 1 ? 1 : 0)) as [
      number,
      number,
      number,
    ]),
    Number(text.slice(9, 11)),
    Number(text.slice(11, 13)),
  )

/** Reads it as a calendar does: the last change at or before the instant says the offset. */
function offsetMinAt(vtimezone: string, ms: number): number {
  const changes = vtimezone
    .replaceAll('\r\n', '\n')
    .split(/BEGIN:(?:STANDARD|DAYLIGHT)\n/)
    .slice(1)
    .map((block) => {
      const from = minutesOf(valueOf(block, 'TZOFFSETFROM'))
      const at = utcMs(valueOf(block, 'DTSTART')) - from * 60_000
      return { at, to: minutesOf(valueOf(block, 'TZOFFSETTO')) }
    })
  return changes.findLast(({ at }) => at <= ms)?.to ?? NaN
}

test('a calendar that reads it finds the clock of the zone at any instant of those years', () => {
  const [from, to] = [Date.UTC(2027, 0, 1), Date.UTC(2036, 11, 31)]
  const texts = new Map(ZONES.map((zone) => [zone, vtimezoneOf(zone, { fromYear: 2027, years: 10 })]))
  fc.assert(
    fc.property(fc.constantFrom(...ZONES), fc.integer({ min: from, max: to }), (zone, at) => {
      const ms = Math.floor(at / 60_000) * 60_000
      const { onDay, minuteOfDay } = wallClock(zone, ms)
      const local = dayNumberOf(onDay) * 1440 + minuteOfDay
      expect(local - ms / 60_000).toBe(offsetMinAt(texts.get(zone) ?? '', ms))
    }),
    { numRuns: 2000 },
  )
})

test('in Paris, at one in the morning UTC on the last Sundays of March and October', () => {
  const text = vtimezoneOf('Europe/Paris', { fromYear: 2027, years: 1 })
  expect(text).toContain('BEGIN:DAYLIGHT\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nDTSTART:20270328T020000\r\n')
  expect(text).toContain('BEGIN:STANDARD\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nDTSTART:20271031T030000\r\n')
  expect(instantMs('Europe/Paris', civilDayOf(dayNumberOf('2027-03-28')), 180)).toBe(Date.UTC(2027, 2, 28, 1))
})

test('where the clocks never change, once', () =>
  expect(vtimezoneOf('Indian/Reunion', { fromYear: 2027, years: 10 }).match(/BEGIN:STANDARD/g)).toHaveLength(1))
