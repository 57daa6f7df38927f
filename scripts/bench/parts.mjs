// The parts of `npm run bench`, in the order they run: those that write work on copies, the site comes last.
import { measureBytes } from './bytes.mjs'
import { measurePages } from './pages.mjs'

export const PARTS = [
  {
    id: 'engine',
    label: 'Moteur de créneaux',
    work: async ({ measure }) => (await measure('engine')).results,
  },
  {
    id: 'search',
    label: 'Recherche par SQL',
    work: async ({ searched }) => (await searched()).results,
  },
  {
    id: 'bookings',
    label: 'Réservations',
    work: async ({ measure, copyOfDemo }) => (await measure('bookings', await copyOfDemo('reservations'))).results,
  },
  {
    id: 'messages',
    label: 'Messages par seconde',
    work: async ({ measure, copyOfDemo }) => (await measure('messages', await copyOfDemo('messages'))).results,
  },
  {
    id: 'scale',
    needsScale: true,
    label: 'Recherche à grande échelle',
    work: async ({ measure, copyOfDemo }) => (await measure('scale', await copyOfDemo('echelle'))).results,
  },
  { id: 'pages', label: 'Pages par seconde', work: measurePages },
  { id: 'bytes', label: 'Octets transférés', work: measureBytes },
]
