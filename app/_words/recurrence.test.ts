import { expect, test } from 'vitest'
import { recurrenceWords } from './recurrence'

test.each([
  [null, 'une seule fois'],
  ['FREQ=WEEKLY;BYDAY=MO', 'tous les lundis, sans date de fin'],
  ['FREQ=WEEKLY;BYDAY=MO,TH;UNTIL=20270630', 'tous les lundis et jeudis, jusqu’au 30\u00a0juin 2027'],
  [
    'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;UNTIL=20270301',
    'toutes les 2\u00a0semaines, les lundis et jeudis, jusqu’au 1er\u00a0mars 2027',
  ],
  [
    'FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,TU,SU',
    'toutes les 3\u00a0semaines, les lundis, mardis et dimanches, sans date de fin',
  ],
  ['FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', 'du lundi au vendredi, sans date de fin'],
  ['FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU', 'tous les jours, sans date de fin'],
  ['FREQ=MONTHLY;BYDAY=2TU', 'le deuxième mardi de chaque mois, sans date de fin'],
  ['FREQ=MONTHLY;INTERVAL=3;BYDAY=-1FR', 'le dernier vendredi tous les 3\u00a0mois, sans date de fin'],
  ['FREQ=MONTHLY;BYMONTHDAY=1', 'le 1er de chaque mois, sans date de fin'],
  ['FREQ=MONTHLY;BYMONTHDAY=-1', 'le dernier jour de chaque mois, sans date de fin'],
  ['FREQ=DAILY', 'selon une règle que l’application ne sait pas lire'],
])('%s reads « %s »', (rrule, words) => expect(recurrenceWords(rrule)).toBe(words))
