import { expect, test } from 'vitest'
import { calendarName } from './calendar-names'

test('quotes become those of a text, alone or around words; nothing else changes', () => {
  expect(calendarName('MDS "Les Lilas" de Lens')).toBe('MDS «\u00a0Les Lilas\u00a0» de Lens')
  expect(calendarName('12" de "vinyle"')).not.toContain('"')
  expect(calendarName('Salle 3"')).toBe('Salle 3”')
  expect(calendarName('MDS d’Avion, 1; étage: 2')).toBe('MDS d’Avion, 1; étage: 2')
})
