import { expect, test } from 'vitest'
import { dayOf, formatDateTime, formatDay, formatDuration, formatTime, zoneWords } from './dates'

const plain = (text: string) => text.replace(/\u00a0|\u202f/g, ' ')
const AT = new Date('2026-11-30T21:30:00Z')

test('writes a time in the zone of the territory, whatever the server’s', () => {
  expect(plain(formatDateTime(AT, 'Europe/Paris'))).toBe('lundi 30 novembre à 22 h 30')
  expect(plain(formatDateTime(AT, 'Indian/Reunion'))).toBe('mardi 1er décembre à 1 h 30')
  expect(dayOf(AT, 'Indian/Reunion')).toBe('2026-12-01')
})

test.each([
  ['2026-03-01', {}, 'dimanche 1er mars'],
  ['2026-03-09', { withYear: true }, 'lundi 9 mars 2026'],
  ['2026-11-24', { isShort: true }, 'mar. 24 nov.'],
])('writes the day %s %o as « %s »', (day, style, words) => expect(plain(formatDay(day, style))).toBe(words))

test.each([
  ['2026-11-24T00:00Z', '0 h'],
  ['2026-11-24T09:00Z', '9 h'],
  ['2026-11-24T09:05Z', '9 h 05'],
  ['2026-11-24T14:30Z', '14 h 30'],
])('writes %s as « %s »', (at, words) => expect(plain(formatTime(new Date(at), 'UTC'))).toBe(words))

test.each([
  [30, '30 min'],
  [60, '1 h'],
  [90, '1 h 30'],
])('writes %i minutes as « %s »', (minutes, words) => expect(plain(formatDuration(minutes))).toBe(words))

test('never breaks a line inside a time', () => expect(formatTime(AT, 'Europe/Paris')).not.toContain(' '))

test('names the zone overseas only', () => {
  expect(zoneWords('Europe/Paris')).toBeNull()
  expect(zoneWords('Indian/Reunion')).toBe('heure de La Réunion')
})
