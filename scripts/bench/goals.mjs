// What each figure should come to (docs/performance.md), beside it in the table.
const within = (limit, unit) => `≤ ${limit} ${unit}`
const atLeast = (limit, unit) => `≥ ${limit} ${unit}`

const PAGES = ['home', 'address', 'service', 'motif', 'consignes', 'lieu', 'creneau']
PAGES.push('coordonnees', 'verifier', 'confirme', 'rdv by link', 'sign-in')

/** By the name of the measure. */
export const GOALS = {
  'W1 search': '≤ × 4',
  'W2 search': '≤ × 4',
  'W3 next availability': '≤ × 4',
  'growth with agents': '≤ 1,1',
  'growth with days': '≤ 1,0',
  'growth with bookings': '≤ 0,45',
  ...Object.fromEntries(
    ['services', 'motifs', 'places', 'slots', 'scaled places', 'scaled slots'].map((name) => [
      `${name}, statements`,
      within(6, 'statements'),
    ]),
  ),
  'availability, statements': within(3, 'statements'),
  ...Object.fromEntries(['services', 'motifs'].map((name) => [`${name}, flights`, within(1, 'flights')])),
  ...Object.fromEntries(['places', 'slots'].map((name) => [`${name}, flights`, within(2, 'flights')])),
  'availability, flights': within(1, 'flights'),
  'bookings, 1 connection': '≥ × 0,5',
  'bookings, 10 connections': '≥ × 0,5',
  'bookings, 50 connections': '≥ × 0,5',
  'hot slots, attempts': '≥ × 0,4',
  'hot slots, p99': within(75, 'ms'),
  'slots page, 20 clients': atLeast(250, 'pages/s'),
  'slots page, 20 clients, p95': within(100, 'ms'),
  'scaled search, 200 agents × 90 days, p95': within(150, 'ms'),
  'scaled search, an organisation × 90 days, p95': within(300, 'ms'),
  'scaled search, 300 agents × 84 days, p95': within(500, 'ms'),
  'scaled agenda, a week of the busiest agent, p95': within(500, 'ms'),
  'scaled agendas, 8 agents side by side, p95': within(500, 'ms'),
  'scaled free times, for a caller, p95': within(300, 'ms'),
  ...Object.fromEntries(PAGES.map((page) => [`${page}, without JavaScript`, within(60, 'kB')])),
  'creneau, scripts alone': within(60, 'kB'),
}
